//! The middlewares that come with versify: cross-origin rules, compression, host names, encryption.

use versify::{
    Service,
    middleware::{Cors, Gzip, HttpsRedirect, TrustedHost},
    poem::{Body, Response},
    prelude::*,
};

use crate::client::{Answer, send};

#[get("/")]
async fn index() -> Value {
    json!({"message": "Hello World"})
}

fn app(change: impl FnOnce(App) -> App) -> Service {
    change(App::new("layers", "1").routes(routes![index, text, stream])).build().unwrap()
}

/// Request header fields, the status and body, and header fields of the answer; "" for none.
type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], u16, &'a [(&'a str, &'a str)]);

async fn check(app: &Service, cases: &[Case<'_>]) -> Vec<Answer> {
    let mut answers = Vec::new();
    for (method, headers, status, expected) in cases {
        let answer = send(app, method, "/", headers, ()).await;
        assert_eq!(answer.status, *status, "{method} {headers:?}: {answer:?}");
        for (name, value) in *expected {
            assert_eq!(answer.header(name), *value, "{name} of {method} {headers:?}");
        }
        answers.push(answer);
    }
    answers
}

const VARY: &str =
    "Origin, Access-Control-Request-Method, Access-Control-Request-Headers, Access-Control-Request-Private-Network";

#[tokio::test]
async fn cors_of_some_origins() {
    let cors = Cors::new()
        .allow_origins(["https://a.example"])
        .allow_origin_regex("https://[a-z]+[.]b[.]example")
        .unwrap()
        .allow_headers(["X-One"])
        .allow_credentials(true)
        .allow_private_network(true)
        .expose_headers(["X-Two"]);
    let app = app(|app| app.layer(cors));
    let (origin, method, named) = ("origin", "access-control-request-method", "access-control-request-headers");
    let answers = check(
        &app,
        &[
            ("GET", &[], 200, &[("vary", "Origin"), ("access-control-allow-origin", "")]),
            (
                "GET",
                &[(origin, "https://a.example")],
                200,
                &[
                    ("vary", "Origin"),
                    ("access-control-allow-origin", "https://a.example"),
                    ("access-control-allow-credentials", "true"),
                    ("access-control-expose-headers", "X-Two"),
                ],
            ),
            ("GET", &[(origin, "https://x.b.example")], 200, &[("access-control-allow-origin", "https://x.b.example")]),
            ("GET", &[(origin, "https://x.b.example.evil")], 200, &[("access-control-allow-origin", "")]),
            (
                "GET",
                &[(origin, "https://evil.example")],
                200,
                &[
                    ("access-control-allow-origin", ""),
                    ("access-control-allow-credentials", "true"),
                    ("vary", "Origin"),
                ],
            ),
            // No preflight: no method is asked for.
            ("OPTIONS", &[(origin, "https://a.example")], 405, &[("access-control-allow-origin", "https://a.example")]),
            (
                "OPTIONS",
                &[(origin, "https://a.example"), (method, "GET"), (named, "x-one, Content-Type")],
                200,
                &[
                    ("vary", VARY),
                    ("access-control-allow-origin", "https://a.example"),
                    ("access-control-allow-methods", "GET"),
                    ("access-control-allow-headers", "Accept, Accept-Language, Content-Language, Content-Type, X-One"),
                    ("access-control-max-age", "600"),
                    ("content-type", "text/plain; charset=utf-8"),
                ],
            ),
            (
                "OPTIONS",
                &[(origin, "https://evil.example"), (method, "PUT"), (named, "x-nine")],
                400,
                &[("vary", VARY)],
            ),
            (
                "OPTIONS",
                &[(origin, "https://a.example"), (method, "GET"), ("access-control-request-private-network", "true")],
                200,
                &[("access-control-allow-private-network", "true")],
            ),
        ],
    )
    .await;
    assert_eq!(answers[6].body, "OK");
    assert_eq!(answers[7].body, "Disallowed CORS origin, method, headers");
}

#[tokio::test]
async fn cors_of_all_origins() {
    let app = app(|app| app.layer(Cors::new().allow_origins(["*"]).allow_methods(["*"]).allow_headers(["*"])));
    let (origin, method, named) = ("origin", "access-control-request-method", "access-control-request-headers");
    check(
        &app,
        &[
            ("GET", &[(origin, "https://x")], 200, &[("access-control-allow-origin", "*"), ("vary", "Origin")]),
            (
                "OPTIONS",
                &[(origin, "https://x"), (method, "QUERY"), (named, "X-Any")],
                200,
                &[
                    ("access-control-allow-origin", "*"),
                    ("access-control-allow-methods", "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT, QUERY"),
                    ("access-control-allow-headers", "X-Any"),
                ],
            ),
            (
                "OPTIONS",
                &[(origin, "https://x"), (method, "GET"), ("access-control-request-private-network", "true")],
                400,
                &[],
            ),
        ],
    )
    .await;
}

#[get("/text/{length}")]
async fn text(length: usize, #[query(default = "text/plain")] media_type: String) -> Response {
    Response::builder().content_type(&media_type).header("etag", "\"a\"").body("x".repeat(length))
}

#[get("/stream")]
async fn stream() -> Response {
    let pieces = ["one ", "two ", "three"].map(|piece| Ok::<_, std::io::Error>(piece.as_bytes().to_vec()));
    Response::builder().content_type("text/plain").body(Body::from_bytes_stream(futures_util::stream::iter(pieces)))
}

#[tokio::test]
async fn gzip_of_what_is_worth_it() {
    let app = app(|app| app.layer(Gzip::new()));
    // Path, what the client takes, whether it is compressed, `Vary`.
    for (path, accepts, compressed, vary) in [
        ("/text/500", "gzip, br", true, "Accept-Encoding"),
        ("/text/500", "br", false, "Accept-Encoding"),
        ("/text/500", "gzip;q=0", false, "Accept-Encoding"),
        ("/text/499", "gzip", false, ""),
        ("/text/5000?media_type=image/png", "gzip", false, ""),
        ("/text/5000?media_type=text/event-stream", "gzip", false, ""),
        ("/text/5000?media_type=video/mp4", "gzip", false, ""),
        ("/text/5000?media_type=image/svg%2Bxml", "gzip", true, "Accept-Encoding"),
        ("/stream", "gzip", true, "Accept-Encoding"),
    ] {
        let request = poem::Request::builder().uri(path.parse().unwrap()).header("accept-encoding", accepts).finish();
        let mut response = app.answer(request).await;
        assert_eq!(response.header("content-encoding") == Some("gzip"), compressed, "{path} {accepts}");
        assert_eq!(response.header("vary").unwrap_or_default(), vary, "{path} {accepts}");
        let bytes = response.take_body().into_vec().await.unwrap();
        if compressed {
            assert_ne!(response.header("etag"), Some("\"a\""));
            let mut plain = String::new();
            std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&*bytes), &mut plain).unwrap();
            assert!(plain == "one two three" || plain.bytes().all(|byte| byte == b'x'), "{plain}");
        }
    }
}

#[tokio::test]
async fn hosts_and_encryption() {
    let hosts = app(|app| app.layer(TrustedHost::new(["example.com", "*.Example.org", "www.only.com"])));
    check(
        &hosts,
        &[
            ("GET", &[("host", "EXAMPLE.com:8000")], 200, &[]),
            ("GET", &[("host", "a.example.org")], 200, &[]),
            ("GET", &[("host", "example.org")], 400, &[("content-type", "text/plain; charset=utf-8")]),
            ("GET", &[("host", "example.com:x")], 400, &[]),
            ("GET", &[("host", "only.com:8")], 307, &[("location", "http://www.only.com:8/")]),
            ("GET", &[], 400, &[]),
        ],
    )
    .await;
    let encrypted = app(|app| app.trusted_proxies(versify::TrustedProxies::all()).layer(HttpsRedirect));
    check(
        &encrypted,
        &[
            ("GET", &[("host", "example.com")], 307, &[("location", "https://example.com/")]),
            ("GET", &[("host", "example.com:80")], 307, &[("location", "https://example.com/")]),
            ("GET", &[("host", "example.com:8000")], 307, &[("location", "https://example.com:8000/")]),
            ("GET", &[("host", "example.com"), ("upgrade", "websocket")], 307, &[("location", "wss://example.com/")]),
            ("GET", &[("host", "example.com"), ("x-forwarded-proto", "https")], 200, &[]),
            ("GET", &[], 400, &[]),
        ],
    )
    .await;
}
