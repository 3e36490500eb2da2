//! Server-sent events.

use std::time::Duration;

use serde_json::json;
use versify::{EventFault, LastEventId, prelude::*};

use crate::client::{get, send};

/// An item on sale.
#[model]
struct Item {
    name: String,
    price: f64,
}

fn plumbus() -> Item {
    Item { name: "Plümbus".to_owned(), price: f64::NAN }
}

#[get("/items")]
async fn items() -> Events<impl Stream<Item = Item>> {
    Events::of([plumbus()])
}

#[post("/events", status = 202)]
async fn events() -> Events<impl Stream<Item = Result<Event<Item>>>> {
    Events::of([Ok(Event::data(plumbus()).event("update").id(1).retry(Duration::from_secs(5)))])
}

#[get("/any")]
async fn any() -> Events<impl Stream<Item = Event>> {
    Events::of([Event::comment("hello"), Event::json(&plumbus()), Event::raw("[DONE]")])
}

#[get("/values")]
async fn values() -> Events<impl Stream<Item = Value>> {
    Events::of([json!({"a": [1, {"b": f64::NAN}]}), json!("é")])
}

#[get("/count")]
async fn count(last: LastEventId<u32>) -> Events<impl Stream<Item = Event<u32>>> {
    let start = last.map_or(0, |last| last + 1);
    Events::of((start..4).map(|number| Event::data(number).id(number)))
}

#[get("/faulty")]
async fn faulty() -> Events<impl Stream<Item = Event>> {
    Events::of([Event::raw("good"), Event::raw("bad").id("a\nb")])
}

#[get("/silent")]
async fn silent() -> Events<impl Stream<Item = Event>> {
    Events::new(stream! {
        tokio::time::sleep(Duration::from_secs(40)).await;
        yield Event::raw("at last");
        tokio::time::sleep(Duration::from_secs(14)).await;
        yield Event::raw("again");
        tokio::time::sleep(Duration::from_secs(16)).await;
    })
}

#[get("/quiet")]
async fn quiet() -> Events<impl Stream<Item = Event>> {
    Events::new(stream! {
        tokio::time::sleep(Duration::from_secs(40)).await;
        yield Event::raw("at last");
    })
    .keep_alive(None)
}

fn service() -> versify::Service {
    App::new("events", "1").routes(routes![items, events, any, values, count, faulty, silent, quiet]).build().unwrap()
}

#[test]
fn an_event_is_written_in_fastapis_order() {
    let events: [(Event, &str); 12] = [
        (Event::new(), "\n"),
        (Event::data(json!({"a": [1, 2]})), "data: {\"a\": [1, 2]}\n\n"),
        (Event::data(json!("hello")), "data: \"hello\"\n\n"),
        (Event::data(json!(null)), "data: null\n\n"),
        (Event::json(&"é\n"), "data: \"é\\n\"\n\n"),
        (Event::raw(""), "data: \n\n"),
        (Event::raw("a\rb\n\nc\r\n"), "data: a\ndata: b\ndata: \ndata: c\ndata: \n\n"),
        (Event::comment("a\r\nb"), ": a\n: b\n\n"),
        (Event::new().id(""), "id: \n\n"),
        (Event::new().retry(Duration::ZERO), "retry: 0\n\n"),
        (Event::new().event("x y"), "event: x y\n\n"),
        (
            Event::raw("d").retry(Duration::from_millis(1500)).id(7).event("e").with_comment("c"),
            ": c\nevent: e\ndata: d\nid: 7\nretry: 1500\n\n",
        ),
    ];
    for (event, text) in events {
        assert_eq!((event.to_string().as_str(), event.fault()), (text, None));
    }
}

#[test]
fn what_no_event_can_be_is_known_at_once() {
    for (event, fault) in [
        (Event::<Value>::new().id("a\0"), EventFault::NullInId),
        (Event::new().id("a\n"), EventFault::LineBreakInId),
        (Event::new().id("a\rb"), EventFault::LineBreakInId),
        (Event::new().event("a\nb"), EventFault::LineBreakInEvent),
        (Event::new().event("\r"), EventFault::LineBreakInEvent),
    ] {
        assert_eq!(event.fault(), Some(&fault));
    }
}

#[tokio::test]
async fn events_are_sent_as_they_come() {
    let service = service();
    for (method, uri, status, body) in [
        ("GET", "/items", 200, "data: {\"name\":\"Plümbus\",\"price\":null}\n\n"),
        ("POST", "/events", 202, "event: update\ndata: {\"name\":\"Plümbus\",\"price\":null}\nid: 1\nretry: 5000\n\n"),
        ("GET", "/any", 200, ": hello\n\ndata: {\"name\":\"Plümbus\",\"price\":null}\n\ndata: [DONE]\n\n"),
        ("GET", "/values", 200, "data: {\"a\": [1, {\"b\": null}]}\n\ndata: \"\\u00e9\"\n\n"),
    ] {
        let answer = send(&service, method, uri, &[], ()).await;
        assert_eq!((answer.status, answer.body.as_str()), (status, body), "{uri}");
        for (name, value) in [
            ("content-type", "text/event-stream; charset=utf-8"),
            ("cache-control", "no-cache"),
            ("x-accel-buffering", "no"),
        ] {
            assert_eq!(answer.header(name), value, "{uri}");
        }
    }
}

#[tokio::test]
async fn a_client_goes_on_where_it_was() {
    let service = service();
    for (header, data) in [(None, "0 1 2 3"), (Some("1"), "2 3"), (Some("3"), "")] {
        let headers: Vec<_> = header.iter().map(|id| ("last-event-id", *id)).collect();
        let answer = send(&service, "GET", "/count", &headers, ()).await;
        let sent: Vec<&str> = answer.body.lines().filter_map(|line| line.strip_prefix("data: ")).collect();
        assert_eq!(sent.join(" "), data, "{header:?}");
    }
    let answer = send(&service, "GET", "/count", &[("last-event-id", "x")], ()).await;
    assert_eq!((answer.status, answer.faults()), (422, vec!["int_parsing@header.last-event-id".to_owned()]));
}

#[tokio::test]
async fn a_faulty_event_ends_the_stream() {
    let request = versify::poem::Request::builder().uri_str("/faulty").finish();
    let mut body = service().answer(request).await.take_body().into_async_read();
    let mut text = Vec::new();
    let read = tokio::io::AsyncReadExt::read_to_end(&mut body, &mut text).await;
    assert!(read.is_err());
    assert_eq!(String::from_utf8(text).unwrap(), "data: good\n\n");
}

#[tokio::test(start_paused = true)]
async fn a_comment_keeps_a_silent_stream_alive() {
    let ping = ": ping\n\n";
    let silent = get(&service(), "/silent").await;
    assert_eq!(silent.body, format!("{ping}{ping}data: at last\n\ndata: again\n\n{ping}"));
    assert_eq!(get(&service(), "/quiet").await.body, "data: at last\n\n");
}

#[tokio::test]
async fn the_document_says_what_the_data_is() {
    let document: Value = serde_json::from_slice(service().openapi()).unwrap();
    let event = |data: Value, required: bool| {
        let mut schema = json!({"type": "object", "properties": {
            "data": data,
            "event": {"type": "string"},
            "id": {"type": "string"},
            "retry": {"type": "integer", "minimum": 0},
        }});
        if required {
            schema["required"] = json!(["data"]);
        }
        json!({"text/event-stream": {"itemSchema": schema}})
    };
    let typed = |schema: Value| {
        event(json!({"type": "string", "contentMediaType": "application/json", "contentSchema": schema}), true)
    };
    let item = json!({"$ref": "#/components/schemas/Item"});
    for (path, method, status, content) in [
        ("/items", "get", "200", typed(item.clone())),
        ("/events", "post", "202", typed(item)),
        ("/any", "get", "200", event(json!({"type": "string"}), false)),
        ("/values", "get", "200", event(json!({"type": "string"}), false)),
    ] {
        assert_eq!(document["paths"][path][method]["responses"][status]["content"], content, "{path}");
    }
    let count = &document["paths"]["/count"]["get"]["parameters"][0];
    assert_eq!(
        (&count["name"], &count["in"], &count["required"]),
        (&json!("last-event-id"), &json!("header"), &json!(false))
    );
}
