//! Answers of other forms than JSON, and with headers and cookies of their own.

use serde_json::{Value, json};
use versify::{
    Bytes, Cookie, Either, Html, NoContent, Redirect, Response, Text, Xml,
    poem::{self, IntoResponse},
    prelude::*,
};

use crate::client::{Answer, get, send};

versify::media_type! {
    /// A table.
    Csv = "text/csv";
    Png = "image/png";
}

#[get("/html")]
async fn html() -> Html<&'static str> {
    Html("<p>é</p>")
}

#[get("/text")]
async fn text() -> Text {
    Text("hello".to_owned())
}

#[get("/xml")]
async fn xml() -> Xml<&'static str> {
    Xml("<a/>")
}

#[get("/csv", status = 201)]
async fn csv() -> Result<Csv> {
    Ok(Csv("a,b".to_owned()))
}

#[get("/png")]
async fn png() -> Response<Png<Vec<u8>>> {
    Response::new(Png(vec![1, 2])).header("content-type", "image/x-png")
}

#[get("/bytes")]
async fn bytes() -> Bytes {
    Bytes::from_static(b"x")
}

#[get("/nothing")]
async fn nothing() -> NoContent {
    NoContent
}

#[get("/not-modified", status = 304)]
async fn not_modified() -> Text {
    Text("never sent".to_owned())
}

#[get("/redirect")]
async fn redirect() -> Redirect {
    Redirect::to("https://example.org/a b?c=é#d")
}

#[get("/found", status = 302)]
async fn found() -> Redirect {
    Redirect::to("/")
}

#[get("/other")]
async fn other() -> Redirect {
    Redirect::see_other("/")
}

#[get("/json")]
async fn headers() -> Response<Value> {
    Response::new(json!({"a": 1}))
        .status(202)
        .header("x-a", "1")
        .header("x-a", "2")
        .cookie(("session", "1"))
        .cookie(Cookie::new("theme", "dark").path("/app").http_only())
        .delete_cookie("old")
}

#[get("/broken/{case}")]
async fn broken(case: u8) -> Response<&'static str> {
    let response = Response::new("never sent");
    match case {
        0 => response.header("x-a", "line\nbreak"),
        1 => response.header("not a name", "x"),
        _ => response.cookie(("a=b", "x")),
    }
}

#[get("/poem")]
async fn own(teleport: bool) -> poem::Response {
    match teleport {
        true => Redirect::to("/elsewhere").into_response(),
        false => Response::new(json!("here")).header("x-a", "1").into_response(),
    }
}

fn service() -> versify::Service {
    let routes =
        routes![html, text, xml, csv, png, bytes, nothing, not_modified, redirect, found, other, headers, broken, own];
    App::new("x", "1").routes(routes).build().unwrap()
}

#[tokio::test]
async fn each_form_has_its_status_type_and_body() {
    let service = service();
    for (path, status, content_type, body) in [
        ("/html", 200, "text/html; charset=utf-8", "<p>é</p>"),
        ("/text", 200, "text/plain; charset=utf-8", "hello"),
        ("/xml", 200, "application/xml", "<a/>"),
        ("/csv", 201, "text/csv; charset=utf-8", "a,b"),
        ("/png", 200, "image/x-png", "\u{1}\u{2}"),
        ("/bytes", 200, "application/octet-stream", "x"),
        ("/nothing", 204, "", ""),
        ("/not-modified", 304, "", ""),
        ("/redirect", 307, "", ""),
        ("/json", 202, "application/json", r#"{"a":1}"#),
        ("/broken/0", 500, "text/plain; charset=utf-8", "Internal Server Error"),
        ("/broken/1", 500, "text/plain; charset=utf-8", "Internal Server Error"),
        ("/broken/2", 500, "text/plain; charset=utf-8", "Internal Server Error"),
        ("/poem?teleport=1", 307, "", ""),
        ("/poem?teleport=0", 200, "application/json", "\"here\""),
    ] {
        let answer = get(&service, path).await;
        let seen = (answer.status, answer.header("content-type"), answer.body.as_str());
        assert_eq!(seen, (status, content_type, body), "{path}");
    }
    for (path, status, location) in [
        ("/redirect", 307, "https://example.org/a%20b?c=%C3%A9#d"),
        ("/found", 302, "/"),
        ("/other", 303, "/"),
        ("/poem?teleport=1", 307, "/elsewhere"),
    ] {
        let answer = get(&service, path).await;
        assert_eq!((answer.status, answer.header("location")), (status, location), "{path}");
    }
}

fn all<'a>(answer: &'a Answer, name: &str) -> Vec<&'a str> {
    answer.headers.get_all(name).iter().map(|value| value.to_str().unwrap()).collect()
}

#[tokio::test]
async fn headers_and_cookies_come_with_the_answer() {
    let answer = get(&service(), "/json").await;
    assert_eq!(all(&answer, "x-a"), ["1", "2"]);
    let cookies = all(&answer, "set-cookie");
    assert_eq!(
        cookies.get(..2).unwrap(),
        ["session=1; Path=/; SameSite=lax", "theme=dark; HttpOnly; Path=/app; SameSite=lax"]
    );
    let deleted = cookies[2];
    assert!(deleted.starts_with("old=; expires="), "{deleted}");
    assert!(deleted.ends_with(" GMT; Max-Age=0; Path=/; SameSite=lax"), "{deleted}");
}

#[test]
fn each_form_is_documented() {
    let document: Value = serde_json::from_slice(service().openapi()).unwrap();
    let text = json!({"type": "string"});
    for (path, status, content) in [
        ("/html", "200", json!({"text/html": {"schema": text}})),
        ("/csv", "201", json!({"text/csv": {"schema": text}})),
        ("/png", "200", json!({"image/png": {"schema": text}})),
        (
            "/bytes",
            "200",
            json!({"application/octet-stream": {"schema": {
                "type": "string", "contentMediaType": "application/octet-stream",
            }}}),
        ),
        ("/nothing", "204", Value::Null),
        ("/not-modified", "304", Value::Null),
        ("/redirect", "307", Value::Null),
        ("/found", "302", Value::Null),
        ("/json", "200", json!({"application/json": {"schema": {}}})),
    ] {
        let responses = &document["paths"][path]["get"]["responses"];
        assert_eq!(responses[status]["description"], "Successful Response", "{path}: {responses}");
        assert_eq!(responses[status]["content"], content, "{path}");
        assert_eq!(responses.as_object().unwrap().len(), 1, "{path}");
    }
}

#[tokio::test]
async fn a_head_has_no_body_of_its_own_making() {
    let answer = send(&service(), "HEAD", "/html", &[], ()).await;
    assert_eq!((answer.status, answer.header("allow")), (405, "GET"));
}

#[dependency]
async fn session(head: versify::ResponseHead, fail: Option<bool>) -> Result<()> {
    head.header("x-session", "1");
    head.cookie(("session", "1"));
    match fail {
        Some(true) => Err(HttpError::new(403, "no")),
        _ => Ok(()),
    }
}

#[get("/head", status = 204)]
async fn head(head: versify::ResponseHead, _session: Depends<session>, created: Option<bool>) -> &'static str {
    if created == Some(true) {
        head.status(201);
    }
    head.header("x-own", "1");
    "body"
}

#[get("/bad-head")]
async fn bad_head(head: versify::ResponseHead) {
    head.header("x-own", "a\nb");
}

#[tokio::test]
async fn arguments_say_what_comes_with_the_answer() {
    let service = App::new("x", "1").routes(routes![head, bad_head]).build().unwrap();
    for (path, status, body, own, sessions) in [
        ("/head", 204, "", "1", 1),
        ("/head?created=1", 201, "\"body\"", "1", 1),
        ("/head?fail=1", 403, r#"{"detail":"no"}"#, "", 0),
        ("/bad-head", 500, "Internal Server Error", "", 0),
    ] {
        let answer = get(&service, path).await;
        assert_eq!((answer.status, answer.body.as_str(), answer.header("x-own")), (status, body, own), "{path}");
        assert_eq!(all(&answer, "set-cookie").len(), sessions, "{path}");
    }
}

#[get("/file", status = 200)]
async fn file(name: Option<String>) -> versify::FileResponse {
    let file = versify::FileResponse::new("ui/argument/self.rs").media_type("text/x-rust");
    match name {
        Some(name) => file.file_name(name),
        None => file.inline(),
    }
}

#[get("/missing")]
async fn missing() -> Either<u8, versify::FileResponse> {
    Either::Right(versify::FileResponse::new("ui/not-there.png"))
}

#[tokio::test]
async fn files_are_sent_whole_or_in_parts() {
    let service = App::new("x", "1").routes(routes![file, missing]).build().unwrap();
    let text = std::fs::read_to_string("ui/argument/self.rs").unwrap();
    let whole = get(&service, "/file").await;
    assert_eq!((whole.status, whole.body.as_str()), (200, text.as_str()));
    assert_eq!(whole.header("content-length"), text.len().to_string());
    assert_eq!(whole.header("content-type"), "text/x-rust; charset=utf-8");
    assert_eq!(whole.header("accept-ranges"), "bytes");
    let (etag, modified) = (whole.header("etag").to_owned(), whole.header("last-modified").to_owned());
    for (headers, status, body) in [
        (&[("range", "bytes=0-4")][..], 206, &text[..5]),
        (&[("range", "bytes=5-")], 206, &text[5..]),
        (&[("range", "bytes=0-4"), ("if-range", &*etag)], 206, &text[..5]),
        (&[("range", "bytes=0-4"), ("if-range", &*modified)], 206, &text[..5]),
        (&[("range", "bytes=0-4"), ("if-range", "\"other\"")], 200, &*text),
        (&[("range", "bytes=99999-")], 416, ""),
        (&[("range", "bytes")], 400, "Malformed range header."),
        (&[("if-none-match", &*etag)], 304, ""),
        (&[("if-none-match", "\"other\"")], 200, &*text),
        (&[("if-modified-since", &*modified)], 304, ""),
        (&[("if-modified-since", "Wed, 21 Oct 2015 07:28:00 GMT")], 200, &*text),
    ] {
        let answer = send(&service, "GET", "/file", headers, ()).await;
        assert_eq!((answer.status, answer.body.as_str()), (status, body), "{headers:?}");
    }
    let size = text.len();
    let part = send(&service, "GET", "/file", &[("range", "bytes=0-4")], ()).await;
    assert_eq!(part.header("content-range"), format!("bytes 0-4/{size}"));
    let parts = send(&service, "GET", "/file", &[("range", "bytes=0-1, 4-5")], ()).await;
    let boundary = parts.header("content-type").strip_prefix("multipart/byteranges; boundary=").unwrap();
    let one = |range: &str, text: &str| {
        format!(
            "--{boundary}\r\nContent-Type: text/x-rust; charset=utf-8\r\nContent-Range: bytes {range}/{size}\r\n\r\n{text}\r\n"
        )
    };
    assert_eq!(parts.body, format!("{}{}--{boundary}--", one("0-1", &text[..2]), one("4-5", &text[4..6])));
    assert_eq!(parts.header("content-length"), parts.body.len().to_string());
    for (name, disposition) in
        [("a.rs", "attachment; filename=\"a.rs\""), ("%C3%A9%20%22.rs", "attachment; filename*=utf-8''%C3%A9%20%22.rs")]
    {
        let answer = get(&service, &format!("/file?name={name}")).await;
        assert_eq!(answer.header("content-disposition"), disposition);
    }
    let missing = get(&service, "/missing").await;
    assert_eq!((missing.status, missing.body.as_str()), (500, "Internal Server Error"));
    let document = get(&service, "/openapi.json").await.json();
    let responses = &document["paths"]["/missing"]["get"]["responses"];
    let content = &responses["200"]["content"];
    assert_eq!(content["application/json"]["schema"]["type"], "integer", "{responses}");
}
