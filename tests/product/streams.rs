//! Answers and bodies that come in pieces.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use serde_json::json;
use versify::{ByteStream, JsonLinesBody, LineError, MediaType, TextStream, poem::Body, prelude::*};

use crate::client::{get, send};

/// An item on sale.
#[model]
struct Item {
    name: String,
    #[field(gt = 0)]
    price: f64,
}

fn item(name: &str, price: f64) -> Item {
    Item { name: name.to_owned(), price }
}

#[get("/typed")]
async fn typed() -> JsonLines<impl Stream<Item = Item>> {
    JsonLines::of([item("é", 1.5), item("b", f64::INFINITY)])
}

#[get("/untyped")]
async fn untyped() -> JsonLines<impl Stream<Item = Value>> {
    JsonLines::of([json!({"name": "é", "prices": [1, 2]}), json!({"value": f64::NAN})])
}

#[get("/numbers", status = 201)]
fn numbers() -> Result<JsonLines<impl Stream<Item = Option<f64>>>> {
    Ok(JsonLines::of([Some(1.0), None, Some(f64::NAN)]))
}

#[get("/refused")]
async fn refused(#[query] really: bool) -> Result<JsonLines<impl Stream<Item = u8>>> {
    if really { Err(HttpError::new(409, "Not now")) } else { Ok(JsonLines::of([1])) }
}

#[get("/blocking")]
fn blocking() -> JsonLines<impl Stream<Item = usize>> {
    JsonLines::blocking((0..100).inspect(|_| std::thread::sleep(Duration::from_micros(10))))
}

#[get("/text")]
async fn text() -> TextStream<impl Stream<Item = &'static str>> {
    TextStream::of(["a", "é"])
}

struct Png;

impl MediaType for Png {
    const NAME: Option<&'static str> = Some("image/png");
}

#[get("/image")]
async fn image() -> ByteStream<impl Stream<Item = Vec<u8>>, Png> {
    ByteStream::of([b"\x89PNG".to_vec(), b"\r\n".to_vec()])
}

#[get("/bytes")]
async fn bytes() -> ByteStream<impl Stream<Item = &'static [u8]>> {
    ByteStream::of([&b"ab"[..], b"c"])
}

#[get("/fails")]
async fn fails() -> JsonLines<impl Stream<Item = Result<u8>>> {
    JsonLines::of([Ok(1), Err(HttpError::internal("a secret")), Ok(3)])
}

#[get("/panics")]
async fn panics() -> JsonLines<impl Stream<Item = u8>> {
    JsonLines::new(stream! {
        yield 1;
        if Duration::ZERO.is_zero() {
            panic!("a secret");
        }
    })
}

#[get("/panics-blocking")]
fn panics_blocking() -> JsonLines<impl Stream<Item = u8>> {
    JsonLines::blocking((0..2).map(|number| if number == 0 { 1 } else { panic!("a secret") }))
}

/// Tells when it is dropped.
struct Guard(Arc<AtomicBool>);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

#[get("/endless")]
async fn endless(dropped: State<Arc<AtomicBool>>) -> JsonLines<impl Stream<Item = u8>> {
    let guard = Guard(Arc::clone(&dropped));
    JsonLines::new(stream! {
        let _guard = guard;
        loop {
            yield 1;
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    })
}

/// Sums up what is sent.
#[post("/sum", body_limit = 1000)]
async fn sum(mut items: JsonLinesBody<Item>) -> Result<f64> {
    let mut sum = 0.0;
    while let Some(item) = items.next().await? {
        sum += item.price;
    }
    Ok(sum)
}

#[post("/faults", body_limit = 4_000_000)]
async fn faults(mut items: JsonLinesBody<Item>) -> Value {
    let mut said = Vec::new();
    loop {
        match items.next().await {
            Ok(None) => return said.into(),
            Ok(Some(item)) => said.push(json!(item.name)),
            Err(LineError::Invalid(issues)) => said.push(json!(issues)),
            Err(LineError::LineTooLong) => said.push("line".into()),
            Err(LineError::Body(_)) => said.push("body".into()),
        }
    }
}

fn service(dropped: &Arc<AtomicBool>) -> versify::Service {
    App::new("streams", "1")
        .state(Arc::clone(dropped))
        .routes(routes![
            typed,
            untyped,
            numbers,
            refused,
            blocking,
            text,
            image,
            bytes,
            fails,
            panics,
            panics_blocking,
            endless,
            sum,
            faults
        ])
        .build()
        .unwrap()
}

#[tokio::test]
async fn items_are_written_as_they_come() {
    let service = service(&Arc::default());
    let numbers: String = (0..100).map(|number| format!("{number}\n")).collect();
    for (uri, status, content_type, body) in [
        ("/typed", 200, "application/jsonl", "{\"name\":\"é\",\"price\":1.5}\n{\"name\":\"b\",\"price\":null}\n"),
        ("/untyped", 200, "application/jsonl", "{\"name\": \"\\u00e9\", \"prices\": [1, 2]}\n{\"value\": null}\n"),
        ("/numbers", 201, "application/jsonl", "1.0\nnull\nnull\n"),
        ("/refused?really=false", 200, "application/jsonl", "1\n"),
        ("/refused?really=true", 409, "application/json", r#"{"detail":"Not now"}"#),
        ("/blocking", 200, "application/jsonl", &numbers),
        ("/text", 200, "text/plain; charset=utf-8", "aé"),
        ("/bytes", 200, "", "abc"),
    ] {
        let answer = get(&service, uri).await;
        let said = (answer.status, answer.header("content-type"), answer.body.as_str());
        assert_eq!(said, (status, content_type, body), "{uri}");
    }
    let mut image = service.answer(versify::poem::Request::builder().uri_str("/image").finish()).await;
    assert_eq!(image.content_type(), Some("image/png"));
    assert_eq!(image.take_body().into_vec().await.unwrap(), b"\x89PNG\r\n");
}

#[tokio::test]
async fn the_document_says_what_an_item_is() {
    let service = service(&Arc::default());
    let document: Value = serde_json::from_slice(service.openapi()).unwrap();
    for (path, status, content) in [
        ("/typed", "200", json!({"application/jsonl": {"itemSchema": {"$ref": "#/components/schemas/Item"}}})),
        ("/untyped", "200", json!({"application/jsonl": {"itemSchema": {}}})),
        (
            "/numbers",
            "201",
            json!({"application/jsonl": {"itemSchema": {
                "anyOf": [{"type": "number"}, {"type": "null"}],
                "title": "Streamitem Numbers Numbers Get",
            }}}),
        ),
        ("/text", "200", json!({"text/plain": {"schema": {"type": "string"}}})),
        ("/image", "200", json!({"image/png": {"schema": {"type": "string"}}})),
        ("/bytes", "200", json!(null)),
    ] {
        assert_eq!(document["paths"][path]["get"]["responses"][status]["content"], content, "{path}");
    }
    let body = &document["paths"]["/sum"]["post"]["requestBody"];
    let item = json!({"$ref": "#/components/schemas/Item"});
    assert_eq!(*body, json!({"content": {"application/jsonl": {"itemSchema": item}}, "required": true}));
}

#[tokio::test]
async fn what_fails_ends_the_stream_with_an_error() {
    let service = service(&Arc::default());
    for uri in ["/fails", "/panics", "/panics-blocking"] {
        let request = versify::poem::Request::builder().uri_str(uri).finish();
        let mut body = service.answer(request).await.take_body().into_async_read();
        let mut text = String::new();
        let read = tokio::io::AsyncReadExt::read_to_string(&mut body, &mut text).await;
        let error = read.unwrap_err().to_string();
        assert!(!error.contains("secret"), "{uri}: {error}");
    }
}

#[tokio::test]
async fn a_stream_is_dropped_with_its_body() {
    let dropped = Arc::new(AtomicBool::new(false));
    let service = service(&dropped);
    let response = service.answer(versify::poem::Request::builder().uri_str("/endless").finish()).await;
    let mut body = response.into_body().into_async_read();
    let mut start = [0; 4];
    tokio::io::AsyncReadExt::read_exact(&mut body, &mut start).await.unwrap();
    assert_eq!((&start, dropped.load(Ordering::SeqCst)), (b"1\n1\n", false));
    drop(body);
    assert!(dropped.load(Ordering::SeqCst));
}

#[tokio::test]
async fn a_body_of_json_lines_is_read_item_by_item() {
    let service = service(&Arc::default());
    let good = r#"{"name": "a", "price": 1}"#;
    let last = r#"{"name": "a", "price": -1}"#;
    let many = format!("{good}\n").repeat(17);
    let located = |at: usize| {
        json!({"detail": [{
            "type": "greater_than",
            "loc": ["body", at, "price"],
            "msg": "Input should be greater than 0",
            "input": -1,
            "ctx": {"gt": 0.0},
        }]})
    };
    for (body, status, answer) in [
        (String::new(), 200, json!(0.0)),
        (format!("{good}\n{good}"), 200, json!(2.0)),
        (format!("{good}\r\n\n  \n{good}\n\n"), 200, json!(2.0)),
        (format!("{many}{last}"), 422, located(17)),
        (format!("\n{last}\n{good}"), 422, located(0)),
        (
            format!("{good}\n{{\"name\": \n"),
            422,
            json!({"detail": [{
                "type": "json_invalid",
                "loc": ["body", 1, 9],
                "msg": "JSON decode error",
                "input": {},
                "ctx": {"error": "Expecting value"},
            }]}),
        ),
        (format!("{good}\n").repeat(100), 413, json!({"detail": "Content Too Large"})),
    ] {
        // In pieces, so that its length is not declared and lines end in later pieces.
        let pieces: Vec<_> = body.as_bytes().chunks(7).map(|piece| Ok::<_, std::io::Error>(piece.to_vec())).collect();
        let pieces = Body::from_bytes_stream(futures_util::stream::iter(pieces));
        let said = send(&service, "POST", "/sum", &[], pieces).await;
        assert_eq!((said.status, said.json()), (status, answer), "{body}");
    }
}

#[tokio::test]
async fn a_faulty_line_does_not_end_the_others() {
    let service = service(&Arc::default());
    let body = "{\"name\": \"a\", \"price\": 1}\nnonsense\n[]\n{\"name\": \"b\", \"price\": 2}\n\u{feff}1";
    let said = send(&service, "POST", "/faults", &[], body).await.json();
    let said: Vec<String> = said
        .as_array()
        .unwrap()
        .iter()
        .map(|item| match item {
            Value::String(name) => name.clone(),
            faults => format!("{}@{}", faults[0]["type"].as_str().unwrap(), faults[0]["loc"]),
        })
        .collect();
    let expected = [
        "a",
        "json_invalid@[\"body\",1,0]",
        "model_attributes_type@[\"body\",2]",
        "b",
        "model_attributes_type@[\"body\",4]",
    ];
    assert_eq!(said, expected);
    // A line is held whole, hence its limit.
    let body = format!("{{\"name\": \"{}\"}}\n{{}}", "a".repeat(1 << 20));
    assert_eq!(send(&service, "POST", "/faults", &[], body).await.json(), json!(["line"]));
}
