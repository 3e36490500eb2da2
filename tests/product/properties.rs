//! What holds of any input: nothing panics, faults stand at places that exist, and what is read is what serde reads.

use std::{collections::BTreeMap, fmt::Write, sync::LazyLock};

use proptest::{collection::vec, prelude::*, sample::select};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use tokio::runtime::Runtime;
use versify::{Service, prelude::*};
use versify_tests::{places, spread};

use crate::client::{Answer, get, post};

static SERVICE: LazyLock<Service> = LazyLock::new(|| spread::service().unwrap());
static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap());

/// Small: every run tries others, and the fuzz targets try on.
fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

fn names() -> impl Strategy<Value = String> {
    prop_oneof![8 => select(&spread::NAMES[..]).prop_map(str::to_owned), 1 => "\\PC{0,3}"]
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        select(
            &["red", "circle", "lists", "a", "1", "-7", "2.5", "true", "null", "inf", "2020-01-01", "P1D", "::1"][..]
        )
        .prop_map(str::to_owned),
        "[a-z]{0,6}",
        "\\PC{0,4}",
        any::<String>(),
    ]
}

fn numbers() -> impl Strategy<Value = Value> {
    prop_oneof![
        (-3..6_i64).prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (-8..8_i32).prop_map(|halves| Value::from(f64::from(halves) / 2.0)),
    ]
}

/// JSON that is near the models of [`spread`].
fn values() -> impl Strategy<Value = Value> {
    let leaf =
        prop_oneof![Just(Value::Null), any::<bool>().prop_map(Value::from), numbers(), texts().prop_map(Value::from)];
    leaf.prop_recursive(4, 48, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((names(), inner), 0..6).prop_map(|entries| Value::Object(Map::from_iter(entries))),
        ]
    })
}

/// Bytes that are nearly JSON.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let part = select(
        &[
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\"a\"",
            "\"kind\"",
            "\"circle\"",
            "1",
            "-",
            "1e400",
            "NaN",
            "Infinity",
            "null",
            "true",
            "\\ud800",
            "\u{feff}",
            " ",
            "é",
            "9999999999999999999999",
            "\"$serde_json::private::Number\"",
            "\"$serde_json::private::RawValue\"",
        ][..],
    );
    prop_oneof![
        vec(any::<u8>(), 0..40),
        vec(part, 0..14).prop_map(|parts| parts.concat().into_bytes()),
        (values(), any::<prop::sample::Index>(), any::<u8>()).prop_map(|(value, index, byte)| {
            let mut bytes = value.to_string().into_bytes();
            let index = index.index(bytes.len());
            bytes[index] = byte;
            bytes
        }),
    ]
}

async fn send_bytes(path: &str, body: Vec<u8>) -> Answer {
    crate::client::send(&SERVICE, "POST", path, &[("content-type", "application/json")], body).await
}

/// What an answer must be, whatever was sent. `input` is what the body says, if it is JSON.
fn check(answer: &Answer, root: &str, input: Option<&Value>) -> Result<(), TestCaseError> {
    prop_assert!(matches!(answer.status, 200 | 400 | 422), "{} {}", answer.status, answer.body);
    let json = answer.json();
    if answer.status == 422 {
        let syntax = json["detail"][0]["type"] == "json_invalid";
        if let (Some(input), false) = (input, syntax) {
            prop_assert_eq!(places::check(&json, root, input, &spread::LABELS), Ok(()), "{}", input);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn any_bytes_are_answered(path in select(spread::BODIES), body in bytes()) {
        let input: Option<Value> = serde_json::from_slice(&body).ok().map(|input| spread::seen(path, &input));
        let answer = RUNTIME.block_on(send_bytes(path, body));
        check(&answer, "body", input.as_ref())?;
    }

    #[test]
    fn faults_of_bodies_have_places(path in select(spread::BODIES), input in values()) {
        let answer = RUNTIME.block_on(post(&SERVICE, path, &input.to_string()));
        prop_assert_ne!(answer.status, 400);
        check(&answer, "body", Some(&spread::seen(path, &input)))?;
    }

    /// What was read and written reads as the same again.
    #[test]
    fn answers_are_read_again(path in select(spread::BODIES), input in values()) {
        let answer = RUNTIME.block_on(post(&SERVICE, path, &input.to_string()));
        // `null` is what NaN is written as, a masked secret is another one, and two bodies are answered as a list.
        if answer.status == 200 && path != "/two" && !answer.body.contains("null") && !answer.body.contains("***") {
            let again = RUNTIME.block_on(post(&SERVICE, path, &answer.body));
            prop_assert_eq!((again.status, &again.body), (200, &answer.body), "{} {}", path, input);
        }
    }

    #[test]
    fn any_query_is_answered(path in select(spread::QUERIES), pairs in vec((names(), texts()), 0..6)) {
        let mut query = String::new();
        for (name, text) in &pairs {
            let _ = write!(query, "{}={}&", encoded(name), encoded(text));
        }
        let answer = RUNTIME.block_on(get(&SERVICE, &format!("{path}?{query}")));
        let mut sent: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (name, text) in &pairs {
            sent.entry(name).or_default().push(text);
        }
        check(&answer, "query", Some(&json!(sent)))?;
    }
}

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut all, byte| {
        let _ = if byte.is_ascii_alphanumeric() { write!(all, "{}", byte as char) } else { write!(all, "%{byte:02X}") };
        all
    })
}

mod ours {
    use super::{BTreeMap, Value};
    use versify::model;

    #[model]
    pub struct Leaf {
        pub a: i64,
        pub b: Option<String>,
        #[field(default)]
        pub c: Vec<f64>,
    }

    #[model(rename_all = "camelCase")]
    pub struct Tree {
        pub a: u8,
        pub children: Vec<Tree>,
        pub d: BTreeMap<String, Leaf>,
        pub e: (bool, i64),
        pub f: Color,
        pub long_name: Value,
        pub g: BTreeMap<i8, f32>,
    }

    #[model(rename_all = "lowercase")]
    pub enum Color {
        Red,
        Green,
    }
}

/// The same types as serde derives them.
mod theirs {
    use super::{BTreeMap, Deserialize, Serialize, Value};

    #[derive(Debug, Clone, Serialize, Deserialize)]
    pub struct Leaf {
        pub a: i64,
        pub b: Option<String>,
        #[serde(default)]
        pub c: Vec<f64>,
    }

    #[derive(Debug, Clone, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase")]
    pub struct Tree {
        pub a: u8,
        pub children: Vec<Tree>,
        pub d: BTreeMap<String, Leaf>,
        pub e: (bool, i64),
        pub f: Color,
        pub long_name: Value,
        pub g: BTreeMap<i8, f32>,
    }

    #[derive(Debug, Clone, Serialize, Deserialize)]
    #[serde(rename_all = "lowercase")]
    pub enum Color {
        Red,
        Green,
    }
}

fn leaves() -> impl Strategy<Value = theirs::Leaf> {
    let floats = vec(any::<f64>(), 0..3);
    (any::<i64>(), proptest::option::of(any::<String>()), floats).prop_map(|(a, b, c)| theirs::Leaf { a, b, c })
}

fn trees() -> impl Strategy<Value = theirs::Tree> {
    let node = |children: BoxedStrategy<Vec<theirs::Tree>>| {
        let leaves = proptest::collection::btree_map(any::<String>(), leaves(), 0..3);
        let color = prop_oneof![Just(theirs::Color::Red), Just(theirs::Color::Green)];
        let numbers = proptest::collection::btree_map(any::<i8>(), -1e9_f32..1e9, 0..3);
        let parts = (any::<u8>(), children, leaves, any::<(bool, i64)>(), color, values(), numbers);
        parts.prop_map(|(a, children, d, e, f, long_name, g)| theirs::Tree { a, children, d, e, f, long_name, g })
    };
    node(Just(Vec::new()).boxed()).prop_recursive(3, 12, 3, move |inner| node(vec(inner, 0..3).boxed()).boxed())
}

fn written(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn what_serde_writes_is_read_as_serde_reads_it(tree in trees()) {
        let text = written(&tree);
        let ours: ours::Tree = serde_json::from_str(&text).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let theirs: theirs::Tree = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(written(&ours), written(&theirs));
    }

    #[test]
    fn what_both_read_they_read_alike(value in values()) {
        let text = value.to_string();
        if let (Ok(ours), Ok(theirs)) =
            (serde_json::from_str::<ours::Leaf>(&text), serde_json::from_str::<theirs::Leaf>(&text))
        {
            prop_assert_eq!(written(&ours), written(&theirs), "{}", text);
        }
    }
}
