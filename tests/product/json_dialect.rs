//! The JSON that is taken, where it is more or less than JSON: each answer is a decision, which the guide lists
//! (`versify::guide::json`).
//!
//! `tests/run` runs these tests, and all others, once more with serde_json's `arbitrary_precision`.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use versify::{Service, prelude::*};

use crate::client::{Answer, post, send};

#[model(tag = "kind", rename_all = "lowercase")]
enum Shape {
    Circle { radius: f64 },
    Square { side: f64 },
}

#[model(untagged)]
enum Either {
    Int(i128),
    Float(f64),
}

/// What was not sent is left out of the answer.
#[model(partial = Probe)]
#[allow(dead_code, reason = "only its part is used")]
struct All {
    float: f64,
    #[field(allow_inf_nan = false)]
    finite: f64,
    int: i64,
    #[field(strict)]
    exactly_int: i64,
    byte: u8,
    big: i128,
    decimal: rust_decimal::Decimal,
    text: String,
    flag: bool,
    any: Value,
    map: BTreeMap<String, i64>,
    inner: Inner,
    shape: Shape,
    either: Either,
}

#[model]
struct Inner {
    a: Option<i64>,
    b: Option<i64>,
}

#[post("/")]
async fn echo(probe: Probe) -> Probe {
    probe
}

#[post("/embedded")]
async fn embedded(#[body] any: Value, #[body] big: Option<i128>) -> Value {
    json!({"any": any, "big": big.map(|big| big.to_string())})
}

fn service() -> Service {
    App::new("Dialect", "1.0.0").routes(routes![echo, embedded]).build().unwrap()
}

async fn send_bytes(service: &Service, body: Vec<u8>) -> Answer {
    send(service, "POST", "/", &[("content-type", "application/json")], body).await
}

/// What is answered to what was sent.
enum Expected {
    /// 200, and this text.
    Read(&'static str),
    /// 422, with these faults.
    Faults(&'static [&'static str]),
    /// 422, with Python's words and its offset.
    Syntax(&'static str, usize),
    /// 400.
    Unreadable,
}
use Expected::{Faults, Read, Syntax, Unreadable};

fn check(sent: &[u8], answer: &Answer, expected: &Expected) {
    let sent: String = String::from_utf8_lossy(sent).chars().take(80).collect();
    match expected {
        Read(body) => assert_eq!((answer.status, answer.body.as_str()), (200, *body), "{sent}"),
        Faults(faults) => {
            assert_eq!(answer.status, 422, "{sent}: {}", answer.body);
            assert_eq!(&answer.faults(), faults, "{sent}");
        }
        Syntax(message, offset) => {
            let expected = json!({"detail": [{"type": "json_invalid", "loc": ["body", offset],
                "msg": "JSON decode error", "input": {}, "ctx": {"error": message}}]});
            assert_eq!((answer.status, answer.json()), (422, expected), "{sent}");
        }
        Unreadable => {
            let expected = json!({"detail": "There was an error parsing the body"});
            assert_eq!((answer.status, answer.json()), (400, expected), "{sent}");
        }
    }
}

#[tokio::test]
async fn texts() {
    let service = service();
    for (body, expected) in [
        // Python's words for what is no number; they are written as null.
        (r#"{"float": NaN}"#, Read(r#"{"float":null}"#)),
        (r#"{"float": Infinity}"#, Read(r#"{"float":null}"#)),
        (r#"{"float": -Infinity}"#, Read(r#"{"float":null}"#)),
        (r#"{"float": "nan"}"#, Read(r#"{"float":null}"#)),
        (r#"{"any": [NaN, 1, -Infinity]}"#, Read(r#"{"any":[null,1,null]}"#)),
        (r#"{"finite": NaN}"#, Faults(&["finite_number@body.finite"])),
        (r#"{"finite": -Infinity}"#, Faults(&["finite_number@body.finite"])),
        (r#"{"int": NaN}"#, Faults(&["finite_number@body.int"])),
        (r#"{"int": Infinity}"#, Faults(&["finite_number@body.int"])),
        (r#"{"decimal": NaN}"#, Faults(&["finite_number@body.decimal"])),
        (r#"{"text": NaN}"#, Faults(&["string_type@body.text"])),
        (r#"{"flag": NaN}"#, Faults(&["bool_type@body.flag"])),
        (r#"{"float": nan}"#, Syntax("Expecting value", 10)),
        (r#"{"float": -NaN}"#, Syntax("Expecting value", 10)),
        (r#"{"float": +1}"#, Syntax("Expecting value", 10)),
        // Beyond all floats is infinite; what is too small is zero.
        (r#"{"float": 1e400}"#, Read(r#"{"float":null}"#)),
        (r#"{"float": -1e400}"#, Read(r#"{"float":null}"#)),
        (r#"{"finite": 1e400}"#, Faults(&["finite_number@body.finite"])),
        (r#"{"int": 1e400}"#, Faults(&["finite_number@body.int"])),
        (r#"{"any": 1e400}"#, Read(r#"{"any":null}"#)),
        (r#"{"float": 1e-400}"#, Read(r#"{"float":0.0}"#)),
        // Floats are read exactly.
        (r#"{"float": 0.1}"#, Read(r#"{"float":0.1}"#)),
        (r#"{"float": 9007199254740993.0}"#, Read(r#"{"float":9007199254740992.0}"#)),
        (r#"{"float": 5e-324}"#, Read(r#"{"float":5e-324}"#)),
        (r#"{"float": 1.7976931348623157e308}"#, Read(r#"{"float":1.7976931348623157e+308}"#)),
        (r#"{"float": 1}"#, Read(r#"{"float":1.0}"#)),
        // Long integers.
        (r#"{"int": 9223372036854775807}"#, Read(r#"{"int":9223372036854775807}"#)),
        (r#"{"int": 9223372036854775808}"#, Faults(&["less_than_equal@body.int"])),
        (r#"{"int": 18446744073709551616}"#, Faults(&["less_than_equal@body.int"])),
        (r#"{"int": -18446744073709551617}"#, Faults(&["greater_than_equal@body.int"])),
        (r#"{"byte": 1180591620717411303424}"#, Faults(&["less_than_equal@body.byte"])),
        (r#"{"int": 1e30}"#, Faults(&["int_parsing_size@body.int"])),
        (r#"{"int": 1e3}"#, Read(r#"{"int":1000}"#)),
        (r#"{"int": -0}"#, Read(r#"{"int":0}"#)),
        (r#"{"exactly_int": 1.0}"#, Faults(&["int_type@body.exactly_int"])),
        (r#"{"exactly_int": 7}"#, Read(r#"{"exactly_int":7}"#)),
        (r#"{"big": 1180591620717411303424}"#, Read(r#"{"big":1180591620717411303424}"#)),
        (
            r#"{"big": -170141183460469231731687303715884105728}"#,
            Read(r#"{"big":-170141183460469231731687303715884105728}"#),
        ),
        (r#"{"big": 170141183460469231731687303715884105728}"#, Faults(&["less_than_equal@body.big"])),
        (r#"{"big": 1e30}"#, Faults(&["int_parsing_size@body.big"])),
        (r#"{"float": 1180591620717411303424}"#, Read(r#"{"float":1.1805916207174113e+21}"#)),
        (r#"{"decimal": 12345678901234567890123456}"#, Read(r#"{"decimal":"12345678901234567890123456"}"#)),
        (r#"{"decimal": 1.10}"#, Read(r#"{"decimal":"1.1"}"#)),
        (r#"{"either": 1180591620717411303424}"#, Read(r#"{"either":1180591620717411303424}"#)),
        (r#"{"either": 1.5}"#, Read(r#"{"either":1.5}"#)),
        (r#"{"text": 1180591620717411303424}"#, Faults(&["string_type@body.text"])),
        // Surrogates that stand alone become U+FFFD.
        (r#"{"text": "\ud800"}"#, Read("{\"text\":\"\u{fffd}\"}")),
        (r#"{"text": "a\udc00\ud800b"}"#, Read("{\"text\":\"a\u{fffd}\u{fffd}b\"}")),
        (r#"{"text": "\ud83e\udd80"}"#, Read("{\"text\":\"🦀\"}")),
        (r#"{"map": {"\ud800": 1}}"#, Read("{\"map\":{\"\u{fffd}\":1}}")),
        (r#"{"any": "\udc00"}"#, Read("{\"any\":\"\u{fffd}\"}")),
        (r#"{"text": "\u0000"}"#, Read(r#"{"text":"\u0000"}"#)),
        // Of a key that comes twice the last value counts, whatever the first one was.
        (r#"{"int": 1, "int": 2}"#, Read(r#"{"int":2}"#)),
        (r#"{"int": "x", "int": 2}"#, Read(r#"{"int":2}"#)),
        (r#"{"int": 1, "int": "x"}"#, Faults(&["int_parsing@body.int"])),
        (r#"{"int": "x", "int": "y"}"#, Faults(&["int_parsing@body.int"])),
        (r#"{"any": {"a": 1, "b": 2, "a": 3}}"#, Read(r#"{"any":{"a":3,"b":2}}"#)),
        (r#"{"map": {"a": "x", "a": 3}}"#, Read(r#"{"map":{"a":3}}"#)),
        (r#"{"inner": {"a": 1}, "inner": {"b": 2}}"#, Read(r#"{"inner":{"a":null,"b":2}}"#)),
        (r#"{"int": 1, "\u0069nt": 2}"#, Read(r#"{"int":2}"#)),
        (
            r#"{"shape": {"kind": "circle", "side": 1, "kind": "square"}}"#,
            Read(r#"{"shape":{"kind":"square","side":1.0}}"#),
        ),
        (
            r#"{"shape": {"side": 1, "kind": "circle", "kind": "square"}}"#,
            Read(r#"{"shape":{"kind":"square","side":1.0}}"#),
        ),
        // A byte order mark is passed over, once.
        ("\u{feff}{\"int\": 1}", Read(r#"{"int":1}"#)),
        ("\u{feff}\u{feff}{\"int\": 1}", Syntax("Expecting value", 0)),
        ("\u{feff}{\"int\": }", Syntax("Expecting value", 8)),
        // What is no JSON to anybody.
        ("{'int': 1}", Syntax("Expecting property name enclosed in double quotes", 1)),
        (r#"{"int": 1,}"#, Syntax("Expecting property name enclosed in double quotes", 10)),
        (r#"{"int": 1} // one"#, Syntax("Extra data", 11)),
        (r#"{"int": 01}"#, Syntax("Expecting ',' delimiter", 9)),
        (r#"{"int": 0x1}"#, Syntax("Expecting ',' delimiter", 9)),
        ("{\"int\":\u{a0}1}", Syntax("Expecting value", 7)),
        ("{\"text\": \"a\nb\"}", Syntax("Invalid control character at", 11)),
        (r#"{"text": "\x41"}"#, Syntax("Invalid \\escape", 10)),
        (r#"{"text": "é", "int": True}"#, Syntax("Expecting value", 21)),
        // Objects that look like serde_json's own numbers are objects.
        (r#"{"any": {"$serde_json::private::Number": "5"}}"#, Read(r#"{"any":{"$serde_json::private::Number":"5"}}"#)),
        (
            r#"{"any": {"$serde_json::private::RawValue": "[]"}}"#,
            Read(r#"{"any":{"$serde_json::private::RawValue":"[]"}}"#),
        ),
        (r#"{"int": {"$serde_json::private::Number": "5"}}"#, Faults(&["int_type@body.int"])),
        (
            r#"{"either": {"$serde_json::private::Number": "5"}}"#,
            Faults(&["int_type@body.either.int", "float_type@body.either.float"]),
        ),
        // A number where an object is wanted is no object.
        (
            r#"{"inner": 5, "map": 5, "shape": 5}"#,
            Faults(&["dict_type@body.map", "model_attributes_type@body.inner", "model_attributes_type@body.shape"]),
        ),
    ] {
        check(body.as_bytes(), &post(&service, "/", body).await, &expected);
    }
}

#[tokio::test]
async fn bytes() {
    let service = service();
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    for (body, expected) in [
        // Only UTF-8 is text. Python guesses UTF-16 and UTF-32, too.
        (b"{\"text\": \"\xff\"}".to_vec(), Unreadable),
        (b"{\"text\": \"\xed\xa0\x80\"}".to_vec(), Unreadable),
        (b"{\"text\": \"\xc3\"}".to_vec(), Unreadable),
        (b"\xff".to_vec(), Unreadable),
        (utf16("\u{feff}{}"), Unreadable),
        (utf16("{}"), Syntax("Expecting property name enclosed in double quotes", 1)),
    ] {
        let answer = send_bytes(&service, body.clone()).await;
        check(&body, &answer, &expected);
    }
}

#[tokio::test]
async fn limits() {
    let service = service();
    let nested = |levels: usize| format!("{{\"any\": {}{}}}", "[".repeat(levels), "]".repeat(levels));
    // serde_json's own limit is 128.
    for levels in [1, 126, 127, 128, 199] {
        let answer = post(&service, "/", &nested(levels)).await;
        assert_eq!((answer.status, answer.body), (200, nested(levels).replace(' ', "")), "{levels}");
    }
    for levels in [200, 100_000] {
        let body = nested(levels);
        check(body.as_bytes(), &post(&service, "/", &body).await, &Unreadable);
        check(body.as_bytes(), &post(&service, "/", &body.replace(']', "")).await, &Unreadable);
    }
    // Side by side is not deep.
    let wide = format!("{{\"any\": [{}1]}}", "[1],".repeat(10_000));
    assert_eq!(post(&service, "/", &wide).await.status, 200);
    // What no float holds is infinite, without an exponent too; Python reads integers of at most 4,300 digits.
    let digits = |count: usize| format!("{{\"float\": {}}}", "9".repeat(count));
    assert_eq!(post(&service, "/", &digits(300)).await.body, r#"{"float":1e+300}"#);
    assert_eq!(post(&service, "/", &digits(4_300)).await.body, r#"{"float":null}"#);
    let body = digits(4_301);
    check(body.as_bytes(), &post(&service, "/", &body).await, &Unreadable);
    let body = format!("{{\"int\": {}}}", "9".repeat(4_300));
    check(body.as_bytes(), &post(&service, "/", &body).await, &Faults(&["finite_number@body.int"]));
}

/// Integers beyond 64 bits, where any JSON is taken: `Value` holds them only with `arbitrary_precision`.
#[tokio::test]
async fn any_json() {
    let service = service();
    let digits = "1180591620717411303424";
    let is_exact = serde_json::to_string(&serde_json::from_str::<Value>(digits).unwrap()).unwrap() == digits;
    let shown = if is_exact { digits } else { "1.1805916207174113e+21" };
    let answer = post(&service, "/", r#"{"any": 1180591620717411303424}"#).await;
    assert_eq!((answer.status, answer.body), (200, format!(r#"{{"any":{shown}}}"#)));
    let sent = r#"{"any": [1180591620717411303424, 1.50], "big": 1180591620717411303424}"#;
    let answer = post(&service, "/embedded", sent).await;
    assert_eq!(answer.body, format!(r#"{{"any":[{shown},1.5],"big":"1180591620717411303424"}}"#));
    // What is quoted has its digits.
    let answer = post(&service, "/", r#"{"int": 1180591620717411303424}"#).await;
    assert!(answer.body.contains(r#""input":1180591620717411303424,"#), "{}", answer.body);
}

/// serde's `Deserialize` of models reads alike, whatever serde_json is asked for.
#[test]
fn through_serde() {
    let read = |text: &str| serde_json::from_str::<Probe>(text).map(|probe| serde_json::to_string(&probe).unwrap());
    for (text, written) in [
        (r#"{"int": 5, "float": 1.5, "flag": 1}"#, r#"{"float":1.5,"int":5,"flag":true}"#),
        (r#"{"map": {"a": 1}, "any": [1, 2.5]}"#, r#"{"any":[1,2.5],"map":{"a":1}}"#),
        (r#"{"shape": {"kind": "square", "side": 2}}"#, r#"{"shape":{"kind":"square","side":2.0}}"#),
    ] {
        assert_eq!(read(text).unwrap(), written);
    }
    let error = read(r#"{"map": 5, "exactly_int": 1.5, "inner": 7}"#).unwrap_err().to_string();
    assert_eq!(
        error,
        "exactly_int: Input should be a valid integer; map: Input should be a valid dictionary; \
         inner: Input should be a valid dictionary or object to extract fields from"
    );
}
