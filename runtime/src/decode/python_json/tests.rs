use serde::de::{Deserialize, IntoDeserializer, value};

use super::*;

// All expectations are what Python 3.11 answered.

fn json(text: &str) -> Result<String, Fault> {
    parse(text).map(|content| serde_json::to_string(&content).unwrap())
}

#[test]
fn faults() {
    for (text, message, offset) in [
        ("", "Expecting value", 0),
        ("  ", "Expecting value", 2),
        ("nul", "Expecting value", 0),
        ("True", "Expecting value", 0),
        ("-", "Expecting value", 0),
        ("-NaN", "Expecting value", 0),
        ("+1", "Expecting value", 0),
        (".5", "Expecting value", 0),
        ("'a'", "Expecting value", 0),
        ("\u{b}1", "Expecting value", 0),
        ("\u{a0}1", "Expecting value", 0),
        ("\u{feff}1", "Expecting value", 0),
        ("٣", "Expecting value", 0),
        ("[", "Expecting value", 1),
        ("[ ", "Expecting value", 2),
        ("[,", "Expecting value", 1),
        ("[1,]", "Expecting value", 3),
        ("[1, ", "Expecting value", 4),
        ("{\"a\":", "Expecting value", 5),
        ("{\"a\": }", "Expecting value", 6),
        ("[\"é🦀\", nope]", "Expecting value", 7),
        ("{", "Expecting property name enclosed in double quotes", 1),
        ("{ ", "Expecting property name enclosed in double quotes", 2),
        ("{1:2}", "Expecting property name enclosed in double quotes", 1),
        ("{'a':1}", "Expecting property name enclosed in double quotes", 1),
        ("{\"name\": \"x\",}", "Expecting property name enclosed in double quotes", 13),
        ("{\"a\":1, ", "Expecting property name enclosed in double quotes", 8),
        ("{\"a\"", "Expecting ':' delimiter", 4),
        ("{\"a\" 1}", "Expecting ':' delimiter", 5),
        ("{\"a\", 1}", "Expecting ':' delimiter", 4),
        ("[1", "Expecting ',' delimiter", 2),
        ("[1 2]", "Expecting ',' delimiter", 3),
        ("[1}", "Expecting ',' delimiter", 2),
        ("[01]", "Expecting ',' delimiter", 2),
        ("[1.]", "Expecting ',' delimiter", 2),
        ("{\"a\":1 \"b\"}", "Expecting ',' delimiter", 7),
        ("{\"a\":[]]", "Expecting ',' delimiter", 7),
        ("1 2", "Extra data", 2),
        ("01", "Extra data", 1),
        ("1.", "Extra data", 1),
        ("1.e5", "Extra data", 1),
        ("1e+", "Extra data", 1),
        ("-0.5E-x", "Extra data", 4),
        ("1_0", "Extra data", 1),
        ("nullx", "Extra data", 4),
        ("[] \n]", "Extra data", 4),
        ("\"🦀\"\u{2028}", "Extra data", 3),
        ("\"", "Unterminated string starting at", 0),
        ("[\"é\", \"abc", "Unterminated string starting at", 6),
        ("\"a\\", "Unterminated string starting at", 0),
        ("\"a\\\"", "Unterminated string starting at", 0),
        ("{\"a", "Unterminated string starting at", 1),
        ("\"é\n\"", "Invalid control character at", 2),
        ("\"\0\"", "Invalid control character at", 1),
        ("{\"\t\":1}", "Invalid control character at", 2),
        ("\"\\x\"", "Invalid \\escape", 1),
        ("\"🦀\\é\"", "Invalid \\escape", 2),
        ("\"\\U0041\"", "Invalid \\escape", 1),
        ("\"\\u12", "Invalid \\uXXXX escape", 2),
        ("\"\\u12\"", "Invalid \\uXXXX escape", 2),
        ("\"\\u1234", "Invalid \\uXXXX escape", 2),
        ("\"\\u+123\"", "Invalid \\uXXXX escape", 2),
        ("\"\\u00_1\"", "Invalid \\uXXXX escape", 2),
        ("\"\\u٣٣٣٣\"", "Invalid \\uXXXX escape", 2),
        ("\"\\u123é\"", "Invalid \\uXXXX escape", 2),
        ("\"\\ud83e\\ud\"", "Invalid \\uXXXX escape", 8),
        ("\"\\ud83e\\udd80", "Invalid \\uXXXX escape", 8),
    ] {
        let fault = Fault { kind: FaultKind::Syntax, message, offset };
        assert_eq!(json(text), Err(fault), "{text:?}");
    }
}

#[test]
fn accepted() {
    for (text, written) in [
        (" \t\n\r1 \t\n\r", "1"),
        ("[ ]", "[]"),
        ("{ }", "{}"),
        ("[[],{},\"\",null,true,false]", "[[],{},\"\",null,true,false]"),
        ("[ 1 , 2 ]", "[1,2]"),
        ("{ \"a\" : 1 , \"b\" : { } }", "{\"a\":1,\"b\":{}}"),
        ("{\"a\":1,\"b\":2,\"a\":3}", "{\"a\":3,\"b\":2}"),
        ("{\"a\":1,\"\\u0061\":2}", "{\"a\":2}"),
        ("\"\u{7f}\u{2028}é🦀\"", "\"\u{7f}\u{2028}é🦀\""),
        ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\\"\\\\/\\b\\f\\n\\r\\t\""),
        ("\"x\\u00e9\\uD83E\\udd80y\"", "\"xé🦀y\""),
        ("\"\\u0000\"", "\"\\u0000\""),
        // Each surrogate that stands alone.
        ("\"\\ud800\"", "\"\u{fffd}\""),
        ("\"\\udc00\\ud800x\"", "\"\u{fffd}\u{fffd}x\""),
        ("\"\\ud800\\ud83e\\udd80\"", "\"\u{fffd}🦀\""),
        ("\"\\ud800\\n\"", "\"\u{fffd}\\n\""),
    ] {
        assert_eq!(json(text).as_deref(), Ok(written), "{text:?}");
    }
}

#[test]
fn numbers() {
    for (text, value) in [
        ("-0", Content::I64(0)),
        ("-12", Content::I64(-12)),
        ("18446744073709551615", Content::U64(u64::MAX)),
        ("-9223372036854775809", Content::BigInt("-9223372036854775809".into())),
        ("1E5", Content::F64(1e5)),
        ("1.5e-3", Content::F64(0.0015)),
        ("0e0", Content::F64(0.0)),
        ("1e400", Content::F64(f64::INFINITY)),
        ("-1e400", Content::F64(f64::NEG_INFINITY)),
        ("Infinity", Content::F64(f64::INFINITY)),
        ("-Infinity", Content::F64(f64::NEG_INFINITY)),
    ] {
        assert_eq!(parse(text), Ok(value), "{text}");
    }
    assert!(matches!(parse("NaN"), Ok(Content::F64(value)) if value.is_nan()));
    assert!(matches!(parse("-0.0"), Ok(Content::F64(value)) if value.is_sign_negative()));
}

#[test]
fn limits() {
    let digits = "9".repeat(MAX_DIGITS);
    for good in [digits.clone(), format!("-{digits}"), format!("9{digits}.0"), format!("9{digits}e-1")] {
        assert!(parse(&good).is_ok(), "{good:.9}");
    }
    for bad in [format!("[9{digits}]"), format!("[-9{digits}"), format!("[9{digits}.]")] {
        let fault = parse(&bad).unwrap_err();
        assert_eq!((fault.kind, fault.offset), (FaultKind::Limit, 1));
    }
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let nested = |levels| format!("{}{}{}", open.repeat(levels), "1", close.repeat(levels));
        let deep = nested(MAX_DEPTH);
        let content = parse(&deep).unwrap();
        // These take stack for each level.
        assert_eq!(serde_json::to_string(&content.to_owned_content()).unwrap(), deep);
        assert_eq!(content.quoted_len_within(usize::MAX).unwrap(), deep.len());
        let source = IntoDeserializer::<value::Error>::into_deserializer(&content);
        assert_eq!(Content::deserialize(source).as_ref(), Ok(&content));
        for levels in [MAX_DEPTH + 1, 100_000] {
            let fault = parse(&nested(levels)).unwrap_err();
            assert_eq!((fault.kind, fault.offset), (FaultKind::Limit, MAX_DEPTH * open.len()));
        }
    }
    // Side by side is not deep.
    assert!(parse(&format!("[{}[]]", "[[]],".repeat(1_000))).is_ok());
}

#[test]
fn text_is_borrowed_unless_it_has_escapes() {
    let borrowed = |text| matches!(parse(text), Ok(Content::Str(Cow::Borrowed(_))));
    assert!(borrowed("\"é x\"") && borrowed("\"\""));
    assert!(!borrowed("\"\\n\"") && !borrowed("\"a\\nb\""));
}

/// What serde_json reads, this reads alike; and nothing makes it panic.
#[test]
fn arbitrary_texts() {
    const PARTS: &str = "[ ] { } : , \" \\ 0 1 -1 1.5 e 9007199254740993.0 true null NaN -Infinity \"a\" \"b\" \
                         \\n \\u00e9 \\ud83e\\udd80 \\ud8 é 🦀 [] {} {\"a\": \"b\": [1, [\"x\"";
    let parts: Vec<&str> = PARTS.split_ascii_whitespace().chain([" ", "\n", "\0"]).collect();
    let mut state = 7_u64;
    let mut random = |below: usize| {
        // Knuth's MMIX generator.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut read = 0;
    for _ in 0..50_000 {
        let text: String = (0..random(9)).map(|_| parts[random(parts.len())]).collect();
        let ours = parse(&text);
        match serde_json::from_str(&text) {
            // `-0` and integers beyond 64 bits, which serde_json takes for floats, do not arise.
            Ok(theirs) => assert_eq!(ours, Ok(theirs), "{text:?}"),
            Err(_) => assert!(ours.is_err() || text.contains(['N', 'I', 'u']), "{text:?}"),
        }
        read += usize::from(ours.is_ok());
        if let Err(fault) = ours {
            assert!(fault.offset <= text.chars().count(), "{text:?}");
        }
    }
    assert!(read > 1_000, "{read}");
}
