//! Faults of requests: each is found, located and told in FastAPI's words.

use serde_json::{Value, json};
use versify::prelude::*;

use crate::client::{get, post, send};

#[model]
#[derive(Clone)]
struct Item {
    #[field(min_length = 1, max_length = 5)]
    name: String,
    #[field(gt = 0)]
    price: f64,
    #[field(ge = 0, multiple_of = 2)]
    stock: i32,
    #[field(max_length = 2)]
    tags: Vec<String>,
    #[field(pattern = "^[A-Z]+$")]
    code: Option<String>,
    #[field(default = "box")]
    packing: String,
}

#[put("/items/{item_id}")]
async fn replace(#[path(ge = 1)] item_id: u64, item: Item, q: bool, #[header] x_token: String) -> Item {
    let _ = (item_id, q, x_token);
    item
}

#[post("/items")]
async fn create(item: Item) -> Item {
    item
}

#[post("/optional")]
async fn optional(item: Option<Item>) -> bool {
    item.is_some()
}

fn service() -> versify::Service {
    App::new("faults", "1").routes(routes![replace, create, optional]).build().unwrap()
}

#[tokio::test]
async fn one_422_names_every_fault_in_fastapis_order() {
    let body = r#"{"tags":["a","b","c"],"price":"0","stock":3,"code":"x","name":""}"#;
    let answer = send(&service(), "PUT", "/items/0?q=maybe", &[("content-type", "application/json")], body).await;
    assert_eq!(answer.status, 422);
    let expected = json!({"detail": [
        {"type": "greater_than_equal", "loc": ["path", "item_id"], "msg": "Input should be greater than or equal to 1", "input": "0", "ctx": {"ge": 1}},
        {"type": "bool_parsing", "loc": ["query", "q"], "msg": "Input should be a valid boolean, unable to interpret input", "input": "maybe"},
        {"type": "missing", "loc": ["header", "x-token"], "msg": "Field required", "input": null},
        {"type": "string_too_short", "loc": ["body", "name"], "msg": "String should have at least 1 character", "input": "", "ctx": {"min_length": 1}},
        {"type": "greater_than", "loc": ["body", "price"], "msg": "Input should be greater than 0", "input": "0", "ctx": {"gt": 0.0}},
        {"type": "multiple_of", "loc": ["body", "stock"], "msg": "Input should be a multiple of 2", "input": 3, "ctx": {"multiple_of": 2}},
        {"type": "too_long", "loc": ["body", "tags"], "msg": "List should have at most 2 items after validation, not 3", "input": ["a", "b", "c"], "ctx": {"field_type": "List", "max_length": 2, "actual_length": 3}},
        {"type": "string_pattern_mismatch", "loc": ["body", "code"], "msg": "String should match pattern '^[A-Z]+$'", "input": "x", "ctx": {"pattern": "^[A-Z]+$"}},
    ]});
    assert_eq!(answer.json(), expected);
}

#[tokio::test]
async fn a_body_of_five_faults_has_five_faults() {
    let body = r#"{"name":"longer","price":null,"stock":"x","tags":[1,"b",{}],"code":7}"#;
    let answer = post(&service(), "/items", body).await;
    assert_eq!(
        answer.faults(),
        [
            "string_too_long@body.name",
            "float_type@body.price",
            "int_parsing@body.stock",
            "string_type@body.tags.0",
            "string_type@body.tags.2",
            "string_type@body.code",
        ]
    );
    // A missing field quotes the object that lacks it.
    let answer = post(&service(), "/items", r#"{"name":"a","extra":1.50}"#).await;
    assert_eq!(answer.faults(), ["missing@body.price", "missing@body.stock", "missing@body.tags"]);
    assert_eq!(answer.json()["detail"][0]["input"], json!({"name": "a", "extra": 1.5}));
}

#[tokio::test]
async fn broken_json_is_told_in_pythons_words() {
    let service = service();
    for (body, offset, words) in [
        ("{", 1, "Expecting property name enclosed in double quotes"),
        (r#"{"name": "x",}"#, 13, "Expecting property name enclosed in double quotes"),
        (r#"{"name" "x"}"#, 8, "Expecting ':' delimiter"),
        (r#"{"name": "é" "x"}"#, 13, "Expecting ',' delimiter"),
        (r#"{"name": tru}"#, 9, "Expecting value"),
        (r#"{"a":1} x"#, 8, "Extra data"),
        (r#"{"name": "x"#, 9, "Unterminated string starting at"),
        ("{\"name\": \"a\nb\"}", 11, "Invalid control character at"),
        (" ", 1, "Expecting value"),
    ] {
        let answer = post(&service, "/items", body).await;
        let expected = json!({"detail": [{
            "type": "json_invalid", "loc": ["body", offset], "msg": "JSON decode error", "input": {}, "ctx": {"error": words},
        }]});
        assert_eq!((answer.status, answer.json()), (422, expected), "{body}");
    }
}

#[tokio::test]
async fn bodies_by_their_content_type() {
    let service = service();
    let good = r#"{"name":"a","price":1,"stock":2,"tags":[]}"#;
    let not_json = ["model_attributes_type@body"];
    for (content_type, faults) in [
        ("application/json", &[][..]),
        ("application/json; charset=utf-8", &[]),
        ("Application/JSON", &[]),
        ("application/geo+json", &[]),
        ("text/plain", &not_json),
        ("application/jsonx", &not_json),
    ] {
        let answer = send(&service, "POST", "/items", &[("content-type", content_type)], good).await;
        let found = if answer.status == 200 { Vec::new() } else { answer.faults() };
        assert_eq!(found, faults, "{content_type}");
    }
    let answer = send(&service, "POST", "/items", &[], good).await;
    assert_eq!(answer.json()["detail"][0]["input"], Value::from(good));
    let json_type = [("content-type", "application/json")];
    let answer = send(&service, "POST", "/items", &json_type, vec![b'"', 0xff, b'"']).await;
    assert_eq!((answer.status, answer.body.as_str()), (400, r#"{"detail":"There was an error parsing the body"}"#));
    for (body, faults) in [
        ("", "missing@body"),
        ("null", "model_attributes_type@body"),
        ("[1]", "model_attributes_type@body"),
        ("3", "model_attributes_type@body"),
    ] {
        assert_eq!(post(&service, "/items", body).await.faults(), [faults], "{body:?}");
    }
    for (body, value) in [("", false), ("null", false), (good, true)] {
        assert_eq!(post(&service, "/optional", body).await.json(), json!(value), "{body:?}");
    }
}

#[tokio::test]
async fn what_python_reads_and_json_does_not() {
    let service = service();
    let with = |price: &str| format!(r#"{{"name":"a","price":{price},"stock":2,"tags":[]}}"#);
    for (price, status, written) in [
        ("NaN", 422, json!(null)),
        ("Infinity", 200, json!(null)),
        ("1e400", 200, json!(null)),
        ("1e2", 200, json!(100.0)),
    ] {
        let answer = post(&service, "/items", &with(price)).await;
        assert_eq!(answer.status, status, "{price}: {}", answer.body);
        if status == 200 {
            assert_eq!(answer.json()["price"], written, "{price}");
        }
    }
    // The last of two equal keys counts, and so do its faults.
    for (body, faults) in [
        (r#"{"name":1,"name":"a","price":1,"stock":2,"tags":[]}"#, &[][..]),
        (r#"{"name":"a","name":1,"price":1,"stock":2,"tags":[]}"#, &["string_type@body.name"]),
        ("\u{feff}{\"name\":\"a\",\"price\":1,\"stock\":2,\"tags\":[]}", &[]),
    ] {
        let answer = post(&service, "/items", body).await;
        let found = if answer.status == 200 { Vec::new() } else { answer.faults() };
        assert_eq!(found, faults, "{body}");
    }
    let deep = "[".repeat(100_000);
    assert_eq!(post(&service, "/items", &deep).await.status, 400);
}

#[tokio::test]
async fn numbers_out_of_range_are_faults_with_a_place() {
    #[get("/int/{n}")]
    async fn int(n: i64, small: Option<u8>, narrow: Option<f32>) -> i64 {
        let _ = (small, narrow);
        n
    }
    let service = App::new("ints", "1").routes(routes![int]).build().unwrap();
    for (uri, faults) in [
        ("/int/9223372036854775808", &["less_than_equal@path.n"][..]),
        ("/int/-99999999999999999999", &["greater_than_equal@path.n"]),
        ("/int/1?small=256", &["less_than_equal@query.small"]),
        ("/int/1?small=-1", &["greater_than_equal@query.small"]),
        ("/int/1.5?small=", &["int_parsing@path.n", "int_parsing@query.small"]),
        ("/int/1?narrow=1e39", &["less_than_equal@query.narrow"]),
        ("/int/1?narrow=-1e39", &["greater_than_equal@query.narrow"]),
    ] {
        assert_eq!(get(&service, uri).await.faults(), faults, "{uri}");
    }
    assert_eq!(get(&service, "/int/%201.0").await.json(), json!(1));
}
