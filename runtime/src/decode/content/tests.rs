use std::collections::BTreeMap;

use serde::{
    Deserialize,
    de::{IgnoredAny, IntoDeserializer, value::Error},
};

use super::{
    super::python_json,
    build::{Text, exact_number},
    *,
};

fn read(json: &str) -> Content<'_> {
    serde_json::from_str(json).unwrap()
}

fn text(text: &str) -> Content<'_> {
    Content::Str(text.into())
}

fn big(digits: &str) -> Content<'_> {
    Content::number(digits.into())
}

/// Reads `content` both ways, which must agree.
fn decode<'de, T: Deserialize<'de> + PartialEq + std::fmt::Debug>(content: &Content<'de>) -> Result<T, String> {
    let lent = T::deserialize(IntoDeserializer::<Error>::into_deserializer(content));
    let owned = T::deserialize(IntoDeserializer::<Error>::into_deserializer(content.clone()));
    assert_eq!(lent, owned);
    owned.map_err(|error| error.to_string())
}

#[test]
fn numbers() {
    for (literal, content) in [
        ("0", Content::I64(0)),
        ("-0", Content::I64(0)),
        ("-0.0", Content::F64(-0.0)),
        ("9223372036854775807", Content::I64(i64::MAX)),
        ("9223372036854775808", Content::U64(1 << 63)),
        ("-9223372036854775808", Content::I64(i64::MIN)),
        ("-9223372036854775809", Content::BigInt("-9223372036854775809".into())),
        ("18446744073709551616", Content::BigInt("18446744073709551616".into())),
        ("1e3", Content::F64(1000.0)),
        ("1E400", Content::F64(f64::INFINITY)),
        ("-1.5e400", Content::F64(f64::NEG_INFINITY)),
        ("1e-400", Content::F64(0.0)),
    ] {
        assert_eq!(Content::number(literal.into()), content, "{literal}");
    }
}

#[test]
fn what_is_read_is_written_back() {
    for json in [
        "null",
        "true",
        "[]",
        "{}",
        "[1,-1,1.5,18446744073709551615,\"a\\n\\\"é🦀\"]",
        r#"{"b":{"z":[[]],"a":{}},"a":[null,false]}"#,
    ] {
        let content = read(json);
        assert_eq!(serde_json::to_string(&content).unwrap(), json);
        assert_eq!(serde_json::to_string(&content.to_owned_content()).unwrap(), json);
        assert_eq!(decode::<Content<'_>>(&content), Ok(content), "{json}");
    }
}

#[test]
fn written_as_fastapi_writes() {
    for (content, json) in [
        (Content::F64(f64::NAN), "null"),
        (Content::F64(f64::NEG_INFINITY), "null"),
        (Content::F64(1.0), "1.0"),
        (big("-170141183460469231731687303715884105728"), "-170141183460469231731687303715884105728"),
        (big("340282366920938463463374607431768211455"), "340282366920938463463374607431768211455"),
        // Python would write all digits.
        (big("-170141183460469231731687303715884105729"), "-1.7014118346046923e+38"),
        (Content::BigInt("9".repeat(400).into()), "null"),
    ] {
        assert_eq!(serde_json::to_string(&content).unwrap(), json);
    }
}

#[test]
fn text_is_borrowed_where_it_can_be() {
    let content = read(r#"{"a":"plain","\u0062":"esc\n"}"#);
    let Content::Map(entries) = &content else { panic!("{content:?}") };
    let borrowed = |text: &Cow<'_, str>| matches!(text, Cow::Borrowed(_));
    let kinds: Vec<_> = entries
        .iter()
        .map(|(key, value)| (borrowed(key), matches!(value, Content::Str(text) if borrowed(text))))
        .collect();
    assert_eq!(kinds, [(true, true), (false, false)]);
    assert_eq!(decode::<BTreeMap<String, String>>(&content).unwrap()["b"], "esc\n");
    assert_eq!(decode::<&str>(&text("x")), Ok("x"));
    assert!(decode::<&str>(&Content::Str("x".to_owned().into())).is_err());
    let Text(key) = Text::deserialize(IntoDeserializer::<Error>::into_deserializer(&text("x"))).unwrap();
    assert!(borrowed(&key));
}

#[test]
fn the_last_of_equal_keys_counts_in_the_place_of_the_first() {
    for (json, written) in [
        (r#"{"a":1,"a":2}"#, r#"{"a":2}"#),
        (r#"{"a":1,"b":2,"a":3}"#, r#"{"a":3,"b":2}"#),
        (r#"{"a":1,"b":2,"b":3,"a":4,"c":5,"b":6}"#, r#"{"a":4,"b":6,"c":5}"#),
        (r#"{"":1,"a":{"x":1,"x":{"y":1,"y":2}},"":[]}"#, r#"{"":[],"a":{"x":{"y":2}}}"#),
        (r#"{"a":1,"\u0061":2}"#, r#"{"a":2}"#),
    ] {
        assert_eq!(serde_json::to_string(&read(json)).unwrap(), written);
    }
    let entries = |keys: &[usize]| -> Vec<Entry<'_>> {
        keys.iter().map(|key| (key.to_string().into(), Content::U64(*key as u64))).collect()
    };
    // Beyond `FEW` it goes another way.
    for count in [0, 1, 2, FEW - 1, FEW, FEW + 1, 5 * FEW] {
        let keys: Vec<usize> = (0..count).collect();
        assert_eq!(Content::object(entries(&keys)), Content::Map(entries(&keys)));
        let mut twice = entries(&keys);
        twice.extend(keys.iter().map(|key| (key.to_string().into(), Content::Null)));
        let nulls = keys.iter().map(|key| (key.to_string().into(), Content::Null)).collect();
        assert_eq!(Content::object(twice), Content::Map(nulls));
    }
}

#[test]
fn looking_up() {
    let content = read(r#"{"a":[10,{"b":null}]}"#);
    let list = content.get("a").unwrap();
    assert_eq!(list.index(0), Some(&Content::I64(10)));
    assert_eq!(list.index(1).unwrap().get("b"), Some(&Content::Null));
    assert_eq!((list.index(2), list.get("a"), content.index(0), content.get("b")), (None, None, None, None));
    let twice = Content::Map(vec![("a".into(), Content::I64(1)), ("a".into(), Content::I64(2))]);
    assert_eq!(twice.get("a"), Some(&Content::I64(2)));
}

#[test]
fn lengths() {
    for json in [
        "null",
        "true",
        "false",
        "0",
        "-17",
        "18446744073709551615",
        "1.5",
        "\"\"",
        "\"a\\n\\\"\\\\\\u0001é🦀/\"",
        "[]",
        "[1]",
        "[1,[2,3],{}]",
        r#"{"a":1}"#,
        r#"{"a":1,"b":{"c":"d"}}"#,
    ] {
        let content = read(json);
        assert_eq!(content.quoted_len_within(usize::MAX).unwrap(), json.len(), "{json}");
        assert_eq!(content.quoted_len_within(json.len()), Some(json.len()));
        for budget in 0..json.len() {
            assert_eq!(content.quoted_len_within(budget), None, "{json} {budget}");
        }
    }
    assert_eq!(Content::F64(f64::NAN).quoted_len_within(usize::MAX).unwrap(), 4);
    assert_eq!(big("-98765432109876543210").quoted_len_within(usize::MAX).unwrap(), 21);
}

#[derive(Debug, PartialEq, Deserialize)]
enum Shape {
    Empty,
    Round(f64),
    Pair(i32, String),
    Flat { w: u8, h: Option<u8> },
}

#[derive(Debug, PartialEq, Deserialize)]
struct Wrapped(Option<Shape>);

#[test]
fn enums_and_options() {
    let good = [
        (r#""Empty""#, Some(Shape::Empty)),
        (r#"{"Empty":null}"#, Some(Shape::Empty)),
        (r#"{"Round":1}"#, Some(Shape::Round(1.0))),
        (r#"{"Pair":[1,"x"]}"#, Some(Shape::Pair(1, "x".to_owned()))),
        (r#"{"Flat":{"w":1,"h":null}}"#, Some(Shape::Flat { w: 1, h: None })),
        ("null", None),
    ];
    for (json, value) in good {
        assert_eq!(decode(&read(json)), Ok(Wrapped(value)), "{json}");
    }
    for (json, message) in [
        (r#""Round""#, "invalid type: unit variant, expected newtype variant"),
        (r#""Flat""#, "invalid type: unit variant, expected struct variant"),
        (r#""None""#, "unknown variant `None`, expected one of `Empty`, `Round`, `Pair`, `Flat`"),
        (r#"{"Empty":1}"#, "invalid type: integer `1`, expected unit"),
        (r#"{"Pair":[1]}"#, "invalid length 1, expected tuple variant Shape::Pair with 2 elements"),
        (r#"{"Pair":[1,"x",2]}"#, "invalid length 3, expected 2 elements in sequence"),
        (r#"{"Pair":{}}"#, "invalid type: map, expected tuple variant Shape::Pair"),
        (r#"{"Empty":null,"Round":1}"#, "invalid value: map, expected map with a single key"),
        ("{}", "invalid value: map, expected map with a single key"),
        ("1", "invalid type: integer `1`, expected string or map"),
        ("[]", "invalid type: sequence, expected string or map"),
    ] {
        assert_eq!(decode::<Shape>(&read(json)), Err(message.to_owned()), "{json}");
    }
}

#[test]
fn other_hints() {
    assert_eq!(decode::<IgnoredAny>(&read(r#"{"a":[1]}"#)), Ok(IgnoredAny));
    assert_eq!(decode::<i128>(&big("-98765432109876543210")), Ok(-98_765_432_109_876_543_210));
    assert_eq!(decode::<u128>(&big("340282366920938463463374607431768211455")), Ok(u128::MAX));
    assert_eq!(decode::<f64>(&big("100000000000000000000")), Ok(1e20));
    assert_eq!(decode::<f32>(&big("100000000000000000000")), Ok(1e20));
    assert_eq!(decode::<f64>(&big(&"9".repeat(400))), Ok(f64::INFINITY));
    assert!(decode::<u64>(&big("18446744073709551616")).is_err());
    // Keys are read as what is wanted, as serde_json does.
    let keyed = read(r#"{"-1":1,"7":2}"#);
    assert_eq!(decode(&keyed), Ok(BTreeMap::from([(-1, 1), (7, 2)])));
    assert_eq!(decode(&read(r#"{"true":1}"#)), Ok(BTreeMap::from([(true, 1)])));
    assert_eq!(decode(&read(r#"{"Empty":1}"#)), Ok(BTreeMap::from([("Empty".to_owned(), 1)])));
    assert!(decode::<BTreeMap<u8, i32>>(&keyed).is_err());
    // A visitor that leaves elements behind is told so.
    assert!(decode::<(i32, i32)>(&read("[1,2,3]")).is_err());
}

/// With `arbitrary_precision` numbers come as such objects.
#[test]
fn exact_numbers() {
    let number = |literal: &str| {
        exact_number(&mut [("$serde_json::private::Number".into(), Content::Str(literal.to_owned().into()))])
    };
    for (literal, content) in [
        ("1", Content::I64(1)),
        ("-5", Content::I64(-5)),
        ("1.50", Content::F64(1.5)),
        ("1e400", Content::F64(f64::INFINITY)),
        ("98765432109876543210", Content::BigInt("98765432109876543210".into())),
    ] {
        assert_eq!(number(literal), Some(content), "{literal}");
    }
    for literal in ["", "x", "inf", "NaN", "-", "1x"] {
        assert_eq!(number(literal), None, "{literal}");
    }
    let look_alike = r#"[{"$serde_json::private::Number":"1"}]"#;
    assert_eq!(serde_json::to_string(&python_json::parse(look_alike).unwrap()).unwrap(), look_alike);
}
