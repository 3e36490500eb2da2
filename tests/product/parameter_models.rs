//! Parameters that a model declares: several of them, optional ones, with undeclared ones ignored, forbidden or kept.

mod declared;

use serde_json::{Value, json};

use self::declared::service;
use crate::client::{Answer, get, post, send};

/// What is expected of an answer.
enum Expected {
    Json(Value),
    Faults(&'static [&'static str]),
}
use Expected::{Faults, Json};

fn assert(case: &str, answer: &Answer, expected: &Expected) {
    match expected {
        Json(json) => {
            assert_eq!(answer.status, 200, "{case}: {}", answer.body);
            assert_eq!(&answer.json(), json, "{case}");
        }
        Faults(faults) => {
            assert_eq!(answer.status, 422, "{case}: {}", answer.body);
            assert_eq!(&answer.faults(), faults, "{case}");
        }
    }
}

#[tokio::test]
async fn of_the_query() {
    let service = service();
    let cases = [
        (
            "/open/query?term=hello&limit=2&host=example.com",
            Json(json!({"filters": {"term": "hello", "limit": "2", "host": "example.com"},
                "paging": {"limit": 2, "term": "hello", "host": "example.com"}, "host": "example.com"})),
        ),
        (
            "/open/query?term=hello&note=a&note=b",
            Json(json!({"filters": {"term": "hello", "note": ["a", "b"]},
                "paging": {"limit": 10, "term": "hello", "note": ["a", "b"]}, "host": ""})),
        ),
        ("/open/query?term=hello&limit=0", Faults(&["greater_than_equal@query.limit"])),
        (
            "/closed/query?term=hello&limit=2&host=x",
            Faults(&[
                "extra_forbidden@query.limit",
                "extra_forbidden@query.host",
                "extra_forbidden@query.term",
                "extra_forbidden@query.host",
            ]),
        ),
        ("/closed/beside?term=a", Json(json!([{"term": "a"}, 10]))),
        ("/closed/beside?term=a&limit=2", Faults(&["extra_forbidden@query.limit"])),
        ("/closed/optional", Json(json!([null, 10]))),
        ("/closed/optional?page=5", Faults(&["extra_forbidden@query.page"])),
        ("/closed/optional?page=5&x=1", Faults(&["extra_forbidden@query.page", "extra_forbidden@query.x"])),
        (
            "/shapes?legacy=first&legacy=last",
            Json(json!({"many": {"names": ["first", "last"]}, "one": {"legacy": "last"}, "last": "last"})),
        ),
        ("/optional", Json(json!([null, null, 10]))),
        ("/optional?limit=5", Json(json!([null, null, 5]))),
        (
            "/optional?start=0&end=10&tags=a&tags=b&label=",
            Json(json!([{"start": 0, "end": 10, "tags": ["a", "b"], "enabled": true, "label": ""}, null, 10])),
        ),
        ("/optional?start=&end=10", Faults(&["int_parsing@query.start"])),
        ("/optional?label=", Faults(&["missing@query.start", "missing@query.end"])),
        ("/optional?tags=a", Faults(&["missing@query.start", "missing@query.end"])),
        ("/optional?start=20&end=10", Faults(&["value_error@query"])),
        ("/nullable", Faults(&["missing@query"])),
        ("/nullable?term=", Json(json!({"term": ""}))),
        ("/default", Json(json!({"term": "parameter default"}))),
        ("/default?term=sent", Json(json!({"term": "sent"}))),
        ("/optional-open", Json(json!(null))),
        ("/optional-open?unknown=value", Faults(&["missing@query.term"])),
        ("/optional-open?term=search&unknown=value", Json(json!({"term": "search", "unknown": "value"}))),
        ("/ignoring/query?limit=2&more=3", Json(json!({"limit": 2}))),
        ("/counts?name=x&a=1&b=2&b=3", Faults(&["int_type@query.b"])),
        ("/counts?name=x&a=1", Json(json!({"name": "x", "a": 1}))),
        ("/counts?name=x&a=one", Faults(&["int_parsing@query.a"])),
        ("/hidden?shared=2&secret=ok", Json(json!([{"shared": 2}, {"shared": 2}, {"secret": "ok"}]))),
        ("/hidden?secret=ok", Faults(&["missing@query.shared"])),
    ];
    for (uri, expected) in cases {
        assert(uri, &get(&service, uri).await, &expected);
    }
    let answer = get(&service, "/nullable").await.json();
    assert_eq!(answer["detail"][0]["input"], Value::Null);
    let answer = get(&service, "/optional-open?unknown=value").await.json();
    assert_eq!(answer["detail"][0]["input"], json!({"unknown": "value"}));
}

#[tokio::test]
async fn of_headers_and_cookies() {
    let service = service();
    type Headers = &'static [(&'static str, &'static str)];
    let cases: Vec<(&str, Headers, Expected)> = vec![
        (
            "/open/header",
            &[("term", "hello"), ("limit", "2"), ("note", "a"), ("note", "b")],
            Json(json!({"filters": {"term": "hello", "limit": "2", "note": ["a", "b"]},
                "paging": {"limit": 2, "term": "hello", "note": ["a", "b"]}})),
        ),
        (
            "/open/cookie",
            &[("cookie", "term=hello; limit=2; note=a; note=b")],
            Json(json!({"filters": {"term": "hello", "limit": "2", "note": "b"},
                "paging": {"limit": 2, "term": "hello", "note": "b"}})),
        ),
        (
            "/mixed",
            &[("X-Id", "1"), ("x_id", "2"), ("X-Tags", "a"), ("x-tags", "b")],
            Json(json!({"converted": {"x_id": 1, "X-Tags": ["a", "b"]}, "literal": {"x_id": 2, "X-Tags": ["a", "b"]}})),
        ),
        (
            "/mixed",
            &[("x-id", "bad"), ("x_id", "also-bad")],
            Faults(&["int_parsing@header.x-id", "int_parsing@header.x_id"]),
        ),
        ("/headers", &[("x_id", "1")], Faults(&["missing@header.x-id"])),
        ("/headers", &[("x_id", "1"), ("x-id", "2")], Json(json!({"x_id": 2, "X-Tags": []}))),
        ("/cookie-choices", &[("cookie", "session=1")], Json(json!(1))),
        ("/cookie-choices", &[("cookie", "legacy_session=2; session=1")], Json(json!(1))),
        ("/cookie-choices", &[("cookie", "legacy_session=1; legacy_session=2")], Json(json!(2))),
        (
            "/cookie-choices",
            &[("cookie", "session=invalid; legacy_session=2")],
            Faults(&["int_parsing@cookie.session"]),
        ),
        ("/cookie-choices", &[("cookie", "Session=1")], Faults(&["missing@cookie.session"])),
    ];
    for (uri, headers, expected) in cases {
        assert(&format!("{uri} {headers:?}"), &send(&service, "GET", uri, headers, ()).await, &expected);
    }
    let places: Headers = &[("value", "2"), ("cookie", "value=3")];
    let answer = send(&service, "GET", "/places?value=1", places, ()).await;
    assert_eq!(answer.json(), json!([{"value": 1}, {"value": 2}, {"value": 3}]));
    let choices: Vec<(Headers, Expected)> = vec![
        (&[("x-first", "1")], Json(json!([1, ["default"]]))),
        (&[("X-SECOND", "1")], Json(json!([1, ["default"]]))),
        (&[("x-first", "1"), ("x-tag", "one"), ("x-tag", "two")], Json(json!([1, ["one", "two"]]))),
        (&[("x-first", "1"), ("ITEM_VALUES", "")], Json(json!([1, [""]]))),
        (&[("x-second", "1"), ("x-second", "2")], Json(json!([1, ["default"]]))),
        (
            &[("x-second", "2"), ("x-first", "1"), ("x-tag", "unused"), ("item_values", "one")],
            Json(json!([1, ["one"]])),
        ),
        (&[("x-first", "invalid"), ("x-second", "2")], Faults(&["int_parsing@header.X-First"])),
        (&[("x-second", "invalid"), ("x-first", "2")], Json(json!([2, ["default"]]))),
        (&[("x-second", "invalid")], Faults(&["int_parsing@header.X-Second"])),
        (&[("x-value", "1")], Faults(&["missing@header.X-First"])),
    ];
    for (headers, expected) in choices {
        for uri in ["/choices", "/choice"] {
            assert(&format!("{uri} {headers:?}"), &send(&service, "GET", uri, headers, ()).await, &expected);
        }
    }
}

#[tokio::test]
async fn of_bodies() {
    let service = service();
    let cases = [
        ("/bodies", "{}", Json(json!([10, []]))),
        ("/bodies", r#"{"first": 1, "items": [2, 3]}"#, Json(json!([1, [2, 3]]))),
        ("/bodies", r#"{"second": 2, "tags": [3, 4]}"#, Json(json!([2, [3, 4]]))),
        ("/bodies", r#"{"second": 2, "first": 0, "tags": [3], "items": []}"#, Json(json!([0, []]))),
        ("/bodies", r#"{"first": null, "second": 2}"#, Json(json!([null, []]))),
        ("/bodies", r#"{"first": "x", "second": 2}"#, Faults(&["int_parsing@body.first"])),
        ("/bodies", r#"{"second": "x"}"#, Faults(&["int_parsing@body.second"])),
        ("/bodies", r#"{"tags": [1, "x"]}"#, Faults(&["int_parsing@body.tags.1"])),
        (
            "/kept",
            r#"{"more": {"a": [1]}, "term": "x", "n": 1, "n": 2}"#,
            Json(json!({"term": "x", "more": {"a": [1]}, "n": 2})),
        ),
        ("/kept", r#"{"more": 1}"#, Faults(&["missing@body.term"])),
        ("/counts", r#"{"name": "x", "a": "1", "b": 2.0}"#, Json(json!({"name": "x", "a": 1, "b": 2}))),
        ("/counts/patch", r#"{"b": 3, "c": 4}"#, Json(json!({"name": "old", "a": 1, "b": 3, "c": 4}))),
        ("/counts", r#"{"a": "x", "name": 1}"#, Faults(&["string_type@body.name", "int_parsing@body.a"])),
        ("/events", r#"{"term": "x", "kind": "Search", "n": 1}"#, Json(json!({"kind": "Search", "term": "x", "n": 1}))),
    ];
    for (uri, body, expected) in cases {
        assert(&format!("{uri} {body}"), &post(&service, uri, body).await, &expected);
    }
}

#[test]
fn the_document_names_each_once() {
    let document: Value = serde_json::from_slice(service().openapi()).unwrap();
    let parameters = |path: &str| -> Vec<String> {
        let parameters = document["paths"][path]["get"]["parameters"].as_array().unwrap();
        let one = |parameter: &Value| {
            let text = |key: &str| parameter[key].as_str().unwrap().to_owned();
            let required = if parameter["required"] == true { "!" } else { "" };
            format!("{} {}{required}", text("in"), text("name"))
        };
        parameters.iter().map(one).collect()
    };
    assert_eq!(parameters("/open/query"), ["query term!", "query limit", "query host"]);
    assert_eq!(parameters("/mixed"), ["header x-id!", "header X-Tags", "header x_id!"]);
    assert_eq!(parameters("/hidden"), ["query shared!"]);
    assert_eq!(parameters("/places"), ["query value!", "header value!", "cookie value!"]);
    assert_eq!(
        parameters("/optional"),
        ["query start", "query end", "query tags", "query enabled", "query label", "query legacy", "query limit"]
    );
    let limit = &document["paths"]["/open/query"]["get"]["parameters"][1];
    assert_eq!(limit["description"], "Page size");
    assert_eq!(
        limit["schema"],
        json!({"type": "integer", "minimum": 1, "default": 10, "title": "Limit", "description": "Page size"})
    );
    let schemas = &document["components"]["schemas"];
    assert_eq!(schemas["Filters"]["additionalProperties"], true);
    assert_eq!(schemas["Counts"]["additionalProperties"], json!({"type": "integer"}));
}
