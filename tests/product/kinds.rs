//! The kinds of model beyond plain objects: newtypes, literals, unions, shared and computed fields, generics, patches.

use serde_json::{Value, json};
use versify::prelude::*;

use crate::client::{get, patch, post, pretty};

/// A stock-keeping unit.
#[model]
#[derive(Debug, Clone, PartialEq)]
struct Sku(#[field(min_length = 3, pattern = "^[A-Z]+$")] String);

#[model]
#[derive(Debug, Clone, Copy, PartialEq)]
enum Level {
    Low = 1,
    High = 2,
}

#[model(literal)]
#[derive(Debug, Clone, Copy, PartialEq)]
enum Size {
    #[field(alias = "s")]
    Small,
    #[field(value = 40)]
    Forty,
    #[field(value = null)]
    Unknown,
}

#[model(untagged)]
#[derive(Debug, Clone, PartialEq)]
enum Id {
    Number(i64),
    Name(String),
}

#[model(untagged)]
#[derive(Debug, Clone, PartialEq)]
enum Thing {
    Box(Parcel),
    List(Vec<i64>),
    Ratio(#[field(ge = 0)] f64),
    Nothing,
}

#[model(untagged, left_to_right)]
#[derive(Debug, Clone, PartialEq)]
enum Left {
    Number(i64),
    Name(String),
}

#[model]
#[derive(Debug, Clone, PartialEq)]
struct Parcel {
    width: u32,
    height: Option<u32>,
}

#[model]
#[derive(Debug, Clone, PartialEq)]
struct Stamp {
    created: u32,
    #[field(alias = ["by", "author"])]
    by: String,
}

fn even(number: &i64) -> Result<(), &'static str> {
    if number % 2 == 0 { Ok(()) } else { Err("must be even") }
}

fn ordered(range: &Range) -> std::result::Result<(), String> {
    if range.from <= range.to { Ok(()) } else { Err(format!("{} is after {}", range.from, range.to)) }
}

#[model(validate = ordered, computed = [length])]
#[derive(Debug, Clone, PartialEq)]
struct Range {
    from: i64,
    to: i64,
}

impl Range {
    fn length(&self) -> i64 {
        self.to - self.from
    }
}

fn fresh() -> u64 {
    7
}

#[model(partial = OrderPatch)]
#[derive(Debug, Clone, PartialEq)]
struct Order {
    before: bool,
    #[field(flatten)]
    stamp: Stamp,
    sku: Sku,
    level: Level,
    size: Size,
    id: Id,
    #[field(strict)]
    count: i64,
    #[field(validate = even)]
    even: i64,
    #[field(items(gt = 0), max_length = 3)]
    sizes: Vec<i64>,
    #[field(fail_fast)]
    quick: Vec<i64>,
    #[field(unique_items)]
    unique: Vec<String>,
    range: Range,
    #[field(default_with = fresh)]
    number: u64,
    #[field(read_only)]
    total: f64,
    #[field(write_only)]
    secret: Option<String>,
    pair: (i64, String),
    #[field(default = 11, validate_default, le = 20)]
    limited: u8,
}

#[model]
#[derive(Debug, Clone, PartialEq)]
struct Page<T> {
    #[field(max_length = 2)]
    items: Vec<T>,
    #[field(default)]
    next: Option<T>,
}

#[post("/orders")]
async fn order(order: Order) -> Order {
    order
}

#[patch("/orders")]
async fn patch_order(patch: OrderPatch) -> OrderPatch {
    patch
}

#[post("/pages")]
async fn page(page: Page<Parcel>) -> Page<Parcel> {
    page
}

#[post("/things")]
async fn thing(thing: Thing) -> Thing {
    thing
}

#[post("/left")]
async fn left(#[body] left: Left) -> Left {
    left
}

#[get("/skus/{sku}/{id}")]
async fn sku(sku: Sku, id: Id, level: Level, size: Size) -> (Sku, Id, Level, Size) {
    (sku, id, level, size)
}

/// Where to begin, and how much.
#[model(extra = "forbid")]
#[derive(Debug, Clone, PartialEq)]
struct Window {
    #[field(default, ge = 0)]
    offset: i64,
    /// At most so many.
    #[field(default = 10, le = 100)]
    limit: u32,
    tags: Vec<String>,
    order_by: Option<String>,
}

#[model]
#[derive(Debug, Clone, PartialEq)]
struct Headers {
    save_data: bool,
    #[field(alias = "x_trace")]
    trace: Option<String>,
    x_tag: Vec<String>,
}

#[model]
#[derive(Debug, Clone, PartialEq)]
struct Session {
    session_id: String,
    visits: Option<u32>,
}

#[get("/window")]
async fn window(#[query] window: Window) -> Window {
    window
}

#[get("/headers")]
async fn headers(#[header] headers: Headers, #[cookie] session: Option<Session>) -> (Headers, Option<Session>) {
    (headers, session)
}

#[get("/alias")]
async fn alias(#[query(alias = ["q", "query"], min_length = 2)] text: String) -> String {
    text
}

fn service() -> versify::Service {
    let all = routes![order, patch_order, page, thing, left, sku, window, headers, alias];
    App::new("kinds", "1").routes(all).build().unwrap()
}

fn good() -> Value {
    json!({
        "before": true, "created": 1, "author": "me", "sku": "ABC", "level": 2, "size": 40, "id": "x", "count": 1,
        "even": 2, "sizes": [1], "quick": [1], "unique": ["a"], "range": {"from": 1, "to": 3}, "pair": [1, "a"],
        "secret": "s",
    })
}

/// `good`, with something else.
fn with(change: Value) -> String {
    let mut body = good();
    for (key, value) in change.as_object().unwrap() {
        body[key] = value.clone();
    }
    body.to_string()
}

#[tokio::test]
async fn a_good_order_comes_back() {
    let answer = post(&service(), "/orders", &good().to_string()).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let mut expected = good();
    let object = expected.as_object_mut().unwrap();
    object.remove("author");
    object.remove("secret");
    object.insert("by".to_owned(), json!("me"));
    object.insert("number".to_owned(), json!(7));
    object.insert("total".to_owned(), json!(0.0));
    object.insert("limited".to_owned(), json!(11));
    expected["range"]["length"] = json!(2);
    assert_eq!(answer.json(), expected);
}

#[tokio::test]
async fn each_fault_has_its_place() {
    let service = service();
    for (change, faults) in [
        (json!({"author": null}), &["string_type@body.author"][..]),
        (json!({"by": "me"}), &[]),
        (json!({"created": "x"}), &["int_parsing@body.created"]),
        (json!({"sku": "ab"}), &["string_too_short@body.sku"]),
        (json!({"sku": "abc"}), &["string_pattern_mismatch@body.sku"]),
        (json!({"level": 3}), &["enum@body.level"]),
        (json!({"level": "2"}), &[]),
        (json!({"size": "40"}), &["literal_error@body.size"]),
        (json!({"size": null}), &[]),
        (json!({"id": 5}), &[]),
        (json!({"id": []}), &["int_type@body.id.int", "string_type@body.id.str"]),
        (json!({"count": "1"}), &["int_type@body.count"]),
        (json!({"count": 1.0}), &["int_type@body.count"]),
        (json!({"even": 3}), &["value_error@body.even"]),
        (
            json!({"sizes": [1, 0, "x", -1]}),
            &["greater_than@body.sizes.1", "int_parsing@body.sizes.2", "greater_than@body.sizes.3"],
        ),
        (json!({"sizes": [1, 1, 1, 1]}), &["too_long@body.sizes"]),
        (json!({"quick": ["a", "b"]}), &["int_parsing@body.quick.0"]),
        (json!({"unique": ["a", "a"]}), &["unique_items@body.unique"]),
        (json!({"range": {"from": 3, "to": 1}}), &["value_error@body.range"]),
        (json!({"range": {"from": 3, "to": "x"}}), &["int_parsing@body.range.to"]),
        (json!({"pair": [1]}), &["missing@body.pair.1"]),
        (json!({"pair": ["x", 1, 2]}), &["too_long@body.pair"]),
        (json!({"pair": ["x", 1]}), &["int_parsing@body.pair.0", "string_type@body.pair.1"]),
        (json!({"limited": 21}), &["less_than_equal@body.limited"]),
        (json!({"total": "not read"}), &[]),
    ] {
        let answer = post(&service, "/orders", &with(change.clone())).await;
        let found = if answer.status == 200 { Vec::new() } else { answer.faults() };
        assert_eq!(found, faults, "{change}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_patch_tells_null_from_nothing() {
    let service = service();
    for (sent, status) in [
        (json!({}), 200),
        (json!({"count": 5, "secret": null}), 200),
        (json!({"count": null}), 422),
        (json!({"sizes": [0]}), 422),
    ] {
        let answer = patch(&service, "/orders", &sent.to_string()).await;
        assert_eq!(answer.status, status, "{sent}: {}", answer.body);
        if status == 200 {
            let mut expected = sent.clone();
            expected.as_object_mut().unwrap().remove("secret");
            assert_eq!(answer.json(), expected);
        }
    }
}

#[tokio::test]
async fn unions_take_the_nearest_member() {
    let service = service();
    for (uri, sent, answer) in [
        ("/things", json!({"width": 1}), json!({"width": 1, "height": null})),
        ("/things", json!([1, "2"]), json!([1, 2])),
        ("/things", json!("1.5"), json!(1.5)),
        ("/things", json!(null), json!(null)),
        ("/left", json!("5"), json!(5)),
        ("/left", json!("a"), json!("a")),
        ("/pages", json!({"items": [{"width": 1}]}), json!({"items": [{"width": 1, "height": null}], "next": null})),
    ] {
        let got = post(&service, uri, &sent.to_string()).await;
        assert_eq!((got.status, got.json()), (200, answer), "{uri} {sent}");
    }
    let faults = post(&service, "/things", "-1").await.faults();
    assert_eq!(
        faults,
        [
            "model_attributes_type@body.Parcel",
            "list_type@body.list[int]",
            "greater_than_equal@body.constrained-float",
            "none_required@body.none"
        ]
    );
    let faults = post(&service, "/pages", r#"{"items": [{}, {}, {}]}"#).await.faults();
    assert_eq!(faults.len(), 3);
}

#[tokio::test]
async fn parameters_of_every_kind() {
    let service = service();
    let answer = get(&service, "/skus/ABC/5?level=1&size=s").await;
    assert_eq!(answer.json(), json!(["ABC", "5", 1, "s"]));
    let answer = get(&service, "/skus/ab/5?level=9&size=40").await;
    assert_eq!(answer.faults(), ["string_too_short@path.sku", "enum@query.level", "literal_error@query.size"]);
    for (uri, text) in [("/alias?q=ab", "ab"), ("/alias?query=cd", "cd"), ("/alias?query=cd&q=ab", "ab")] {
        assert_eq!(get(&service, uri).await.json(), json!(text), "{uri}");
    }
    assert_eq!(get(&service, "/alias?query=c").await.faults(), ["string_too_short@query.query"]);
    assert_eq!(get(&service, "/alias").await.faults(), ["missing@query.q"]);
}

#[tokio::test]
async fn models_of_parameters() {
    let service = service();
    let answer = get(&service, "/window?tags=a&tags=b&limit=5&offset=1&offset=2").await;
    assert_eq!(answer.json(), json!({"offset": 2, "limit": 5, "tags": ["a", "b"], "order_by": null}));
    let answer = get(&service, "/window?limit=500&offset=-1&tool=x&tool=y").await;
    assert_eq!(
        answer.json()["detail"],
        json!([
            {"type": "greater_than_equal", "loc": ["query", "offset"], "msg": "Input should be greater than or equal to 0",
             "input": "-1", "ctx": {"ge": 0}},
            {"type": "less_than_equal", "loc": ["query", "limit"], "msg": "Input should be less than or equal to 100",
             "input": "500", "ctx": {"le": 100}},
            {"type": "missing", "loc": ["query", "tags"], "msg": "Field required",
             "input": {"offset": "-1", "limit": "500", "tool": ["x", "y"]}},
            {"type": "extra_forbidden", "loc": ["query", "tool"], "msg": "Extra inputs are not permitted",
             "input": ["x", "y"]},
        ])
    );
    let send = |headers: &'static [(&str, &str)]| {
        let service = &service;
        async move { crate::client::send(service, "GET", "/headers", headers, ()).await }
    };
    let answer =
        send(&[("save-data", "true"), ("x-tag", "a"), ("x-tag", "b"), ("cookie", "session_id=1; visits=2")]).await;
    assert_eq!(
        answer.json(),
        json!([{"save_data": true, "x_trace": null, "x_tag": ["a", "b"]}, {"session_id": "1", "visits": 2}])
    );
    let answer = send(&[("x-tag", "a"), ("cookie", "visits=x")]).await;
    assert_eq!(
        answer.json()["detail"],
        json!([
            {"type": "missing", "loc": ["header", "save-data"], "msg": "Field required",
             "input": {"x_tag": ["a"], "cookie": "visits=x"}},
            {"type": "missing", "loc": ["cookie", "session_id"], "msg": "Field required", "input": {"visits": "x"}},
            {"type": "int_parsing", "loc": ["cookie", "visits"],
             "msg": "Input should be a valid integer, unable to parse string as an integer", "input": "x"},
        ])
    );
}

#[test]
fn the_document_says_the_same() {
    let document: Value = serde_json::from_slice(service().openapi()).unwrap();
    insta::assert_snapshot!("kinds_document", pretty(&document));
}
