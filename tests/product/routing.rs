//! What the framework itself answers.

use serde_json::json;
use versify::{poem::Body, prelude::*};

use crate::client::{get, post, send};

#[get("/items/{id}")]
async fn read(id: u32) -> u32 {
    id
}

#[delete("/items/{id}")]
async fn remove(id: u32) -> Result<()> {
    Err(HttpError::new(404, format!("Item {id} not found")))
}

#[post("/items/", status = 201)]
async fn create(item: Vec<u8>) -> usize {
    item.len()
}

#[get("/panic")]
async fn panics() -> u8 {
    panic!("a secret")
}

#[get("/fails")]
async fn fails() -> Result<u8> {
    Ok("a secret".parse::<u8>()?)
}

#[put("/nothing", status = 204)]
async fn nothing() {}

#[versify::head("/head")]
async fn head_only() {}

#[post("/large", body_limit = 100)]
async fn large(data: versify::Bytes) -> usize {
    data.len()
}

fn service() -> versify::Service {
    App::new("routing", "1")
        .body_limit(50)
        .routes(routes![read, remove, create, panics, fails, nothing, head_only, large])
        .build()
        .unwrap()
}

#[tokio::test]
async fn paths_methods_and_slashes() {
    let service = service();
    for (method, uri, status, body) in [
        ("GET", "/items/5", 200, "5"),
        ("GET", "/items/%35", 200, "5"),
        ("GET", "/nope", 404, r#"{"detail":"Not Found"}"#),
        ("GET", "/items/5/6", 404, r#"{"detail":"Not Found"}"#),
        ("GET", "/items/a%2Fb", 404, r#"{"detail":"Not Found"}"#),
        ("POST", "/items/5", 405, r#"{"detail":"Method Not Allowed"}"#),
        ("HEAD", "/items/5", 405, r#"{"detail":"Method Not Allowed"}"#),
        ("OPTIONS", "/items/5", 405, r#"{"detail":"Method Not Allowed"}"#),
        ("BREW", "/items/5", 405, r#"{"detail":"Method Not Allowed"}"#),
        ("DELETE", "/items/5", 404, r#"{"detail":"Item 5 not found"}"#),
        ("PUT", "/nothing", 204, ""),
        ("HEAD", "/head", 200, "null"),
        ("GET", "/items/5/?a=b", 307, ""),
    ] {
        let answer = send(&service, method, uri, &[("host", "x.org")], ()).await;
        assert_eq!((answer.status, answer.body.as_str()), (status, body), "{method} {uri}");
    }
    assert_eq!(send(&service, "POST", "/items/5", &[], ()).await.header("allow"), "GET");
    let answer = send(&service, "GET", "/items/5/?a=b", &[("host", "x.org")], ()).await;
    assert_eq!(answer.header("location"), "http://x.org/items/5?a=b");
    let answer = send(&service, "POST", "/items", &[("host", "x.org")], ()).await;
    assert_eq!((answer.status, answer.header("location")), (307, "http://x.org/items/"));
    assert_eq!(post(&service, "/items/", "[1,2]").await.status, 201);
}

#[tokio::test]
async fn too_large_bodies_are_refused() {
    let service = service();
    let declared = |length: usize| length.to_string();
    for (uri, length, status) in
        [("/items/", 50, 422), ("/items/", 51, 413), ("/large", 100, 200), ("/large", 101, 413), ("/nope", 51, 413)]
    {
        let length_text = declared(length);
        let headers = [("content-length", length_text.as_str()), ("content-type", "application/json")];
        let body = vec![b' '; length];
        let answer = send(&service, "POST", uri, &headers, body).await;
        assert_eq!(answer.status, status, "{uri} {length}");
        if status == 413 {
            assert_eq!(
                (answer.body.as_str(), answer.header("content-type")),
                ("Content Too Large", "text/plain; charset=utf-8")
            );
        }
    }
    // Without a length the bytes are counted as they come.
    let pieces = (0..11).map(|_| Ok::<_, std::io::Error>(vec![b'x'; 10]));
    let chunked = Body::from_bytes_stream(Pieces(pieces));
    let answer = send(&service, "POST", "/large", &[], chunked).await;
    assert_eq!((answer.status, answer.json()), (413, json!({"detail": "Content Too Large"})));
}

/// An iterator as a stream.
struct Pieces<I>(I);

impl<I: Iterator + Unpin> versify::__private::Stream for Pieces<I> {
    type Item = I::Item;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<I::Item>> {
        std::task::Poll::Ready(self.0.next())
    }
}

#[tokio::test]
async fn what_nobody_foresaw_is_a_500_without_detail() {
    let service = service();
    for uri in ["/panic", "/fails", "/panic"] {
        let answer = get(&service, uri).await;
        assert_eq!((answer.status, answer.body.as_str()), (500, "Internal Server Error"), "{uri}");
        assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
    }
    assert_eq!(get(&service, "/items/1").await.status, 200);
}
