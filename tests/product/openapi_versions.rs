//! The document in three versions of OpenAPI: an app that uses every word of ours, and the official schemas.
//!
//! `tests/service/test_documents.py` checks the snapshots against the OpenAPI Initiative's own schemas.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use versify::{
    Service,
    openapi::{Components, Contact, Describe, Example, Info, Kind, License, OpenApiVersion, Schema, Server, Tag},
    prelude::*,
    types::{Base64Bytes, TextBytes},
};

use crate::client::{get, pretty, send};

#[model(rename_all = "lowercase")]
#[derive(Clone)]
enum Color {
    Red,
    Green,
}

#[model]
enum Level {
    Low = 1,
    High = 2,
}

#[model(literal)]
enum One {
    #[field(alias = "one")]
    One,
}

#[model(literal)]
enum OneOrNull {
    #[field(value = 1)]
    One,
    #[field(value = null)]
    Null,
}

#[model(untagged)]
enum Mixed {
    Number(#[field(gt = 0)] i64),
    Text(String),
    Nothing,
}

#[model(tag = "kind", rename_all = "snake_case")]
enum Shape {
    Circle { radius: f64 },
    Square { side: f64 },
}

#[model(extra = "forbid", examples = [json!({"color": "red"}), json!({"color": "green"})])]
struct Closed {
    color: Color,
}

#[model(extra = "allow")]
struct Open {
    name: String,
    #[field(flatten)]
    rest: BTreeMap<String, Value>,
}

/// A node of a tree.
#[model]
struct Node {
    #[field(default)]
    children: Vec<Node>,
    parent: Option<Box<Node>>,
}

/// What no type of ours says.
#[derive(Default)]
struct ByHand;

impl Describe for ByHand {
    fn describe(_: &mut Components) -> Schema {
        let further = json!({
            "patternProperties": {"^x_": {"const": 1}},
            "dependentRequired": {"a": ["b"]},
            "x-own": {"const": 1},
        });
        let Value::Object(extensions) = further else { unreachable!() };
        Schema {
            property_names: Some(Box::new(Schema { pattern: Some("^[a-z_]+$"), ..Schema::string() })),
            min_properties: Some(1),
            max_properties: Some(9),
            all_of: vec![Schema { exclusive_maximum: Some(10.into()), maximum: Some(5.into()), ..Schema::any() }],
            extensions,
            ..Schema::of(Kind::Object)
        }
    }
}

/// All that a schema can say.
#[model(title = "Everything")]
#[allow(dead_code, reason = "the password is not written")]
struct Everything {
    #[field(gt = 0, lt = 100, multiple_of = 5, examples = [5, 10])]
    count: i64,
    #[field(ge = 0.5, le = 1.5)]
    ratio: f64,
    byte: u8,
    #[field(min_length = 1, max_length = 50, pattern = "^[a-z]+$", title = "The name", description = "Of the thing")]
    name: String,
    #[field(min_length = 1, max_length = 5)]
    tags: BTreeSet<String>,
    pair: (i64, String),
    same: (f64, f64),
    three: [bool; 3],
    #[field(gt = 1)]
    maybe: Option<i64>,
    maybe_color: Option<Color>,
    maybe_closed: Option<Closed>,
    maybe_shape: Option<Shape>,
    #[field(default = Color::Green, description = "Of the paint", deprecated)]
    color: Color,
    level: Level,
    one: One,
    one_or_null: OneOrNull,
    mixed: Mixed,
    shape: Shape,
    open: Open,
    node: Node,
    numbers: BTreeMap<String, Vec<Option<i64>>>,
    nothing: (),
    anything: Value,
    encoded: Base64Bytes,
    text_bytes: TextBytes,
    #[field(read_only)]
    id: i64,
    #[field(write_only)]
    password: String,
}

fn examples() -> Vec<(&'static str, Example)> {
    vec![("short", Example::new(json!("a")).summary("Short")), ("long", Example::new(json!({"const": 1})))]
}

/// Takes everything.
#[post("/everything/{kind}", status = 201, tags = ["all"])]
async fn everything(
    kind: Color,
    #[query(gt = 0, description = "How many")] limit: Option<u64>,
    #[query(openapi_examples = examples)] q: Option<String>,
    #[header(default)] x_tags: Vec<String>,
    #[cookie] session: Option<One>,
    everything: Everything,
) -> Everything {
    let _ = (kind, limit, q, x_tags, session);
    everything
}

#[put("/several")]
async fn several(first: Option<Node>, #[body(gt = 0)] second: Option<i64>) -> Option<Node> {
    let _ = second;
    first
}

#[post("/raw")]
async fn raw(body: versify::Bytes) {
    let _ = body;
}

#[get("/nothing")]
async fn nothing() {}

#[model]
struct Holder {
    #[field(default)]
    by_hand: Hand,
}

/// [`ByHand`], read and written as any value is.
#[derive(Default)]
struct Hand(Value, ByHand);

impl versify::decode::Decode for Hand {
    fn decode<'de, D: serde::Deserializer<'de>>(
        source: D,
        cx: &mut versify::decode::Context,
    ) -> std::result::Result<Option<Self>, D::Error> {
        Ok(Value::decode(source, cx)?.map(|value| Self(value, ByHand)))
    }
}

impl serde::Serialize for Hand {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl Describe for Hand {
    fn describe(components: &mut Components) -> Schema {
        ByHand::describe(components)
    }
}

#[post("/by-hand")]
async fn by_hand(holder: Holder) -> Holder {
    holder
}

fn app() -> App {
    let info = Info {
        summary: Some("Everything.".into()),
        description: Some("All words.".into()),
        terms_of_service: Some("https://example.com/terms".into()),
        contact: Some(Contact { name: Some("We".into()), url: None, email: Some("we@example.com".into()) }),
        license: Some(License { name: "MIT".into(), identifier: Some("MIT".into()), url: None }),
        tags: vec![Tag { name: "all".into(), description: Some("All.".into()), ..Tag::default() }],
        servers: vec![Server { url: "https://example.com".into(), description: None }],
        ..Info::new("Versions", "1.0.0")
    };
    App::new("", "").info(info).routes(routes![everything, several, raw, nothing, by_hand])
}

fn service() -> Service {
    app().build().unwrap()
}

fn document(version: OpenApiVersion) -> Value {
    serde_json::from_slice(service().openapi_version(version)).unwrap()
}

#[test]
fn in_3_0_3() {
    insta::assert_snapshot!(pretty(&document(OpenApiVersion::V3_0)));
}

#[test]
fn in_3_1_0() {
    insta::assert_snapshot!(pretty(&document(OpenApiVersion::V3_1)));
}

#[test]
fn in_3_2_0() {
    let mut document = document(OpenApiVersion::V3_2);
    assert_eq!(document["openapi"], "3.2.0");
    document["openapi"] = json!("3.1.0");
    assert_eq!(document, self::document(OpenApiVersion::V3_1));
}

#[tokio::test]
async fn over_http() {
    let service = service();
    for (query, version) in [
        ("", "3.1.0"),
        ("?version=3.0.3", "3.0.3"),
        ("?version=3.1.0", "3.1.0"),
        ("?version=3.2.0", "3.2.0"),
        ("?version=3.2.0&version=3.0.3", "3.0.3"),
        ("?other=1", "3.1.0"),
    ] {
        let uri = format!("/openapi.json{query}");
        let answer = get(&service, &uri).await;
        assert_eq!(answer.status, 200, "{uri}");
        assert_eq!(answer.json()["openapi"], version, "{uri}");
        let etag = answer.header("etag").to_owned();
        let again = send(&service, "GET", &uri, &[("if-none-match", &etag)], ()).await;
        assert_eq!(again.status, 304, "{uri}");
        let plain = get(&service, "/openapi.json").await;
        assert_eq!(plain.header("etag") == etag, version == "3.1.0", "{uri}");
    }
    for version in ["3.0.0", "3", "", "%C3%A9"] {
        let answer = get(&service, &format!("/openapi.json?version={version}")).await;
        assert_eq!(answer.status, 422);
        let sent = if version == "%C3%A9" { "é" } else { version };
        assert_eq!(
            answer.json(),
            json!({"detail": [{
                "type": "literal_error",
                "loc": ["query", "version"],
                "msg": "Input should be '3.0.3', '3.1.0' or '3.2.0'",
                "input": sent,
                "ctx": {"expected": "'3.0.3', '3.1.0' or '3.2.0'"},
            }]})
        );
    }
}

#[tokio::test]
async fn another_default() {
    let service = app().openapi_version(OpenApiVersion::V3_0).build().unwrap();
    assert_eq!(get(&service, "/openapi.json").await.json()["openapi"], "3.0.3");
    assert_eq!(get(&service, "/openapi.json?version=3.1.0").await.json()["openapi"], "3.1.0");
    assert_eq!(service.openapi(), service.openapi_version(OpenApiVersion::V3_0));
}
