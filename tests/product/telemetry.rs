//! OpenTelemetry: what an app tells of its requests.

mod operations;
mod sockets;
mod told;

use futures_util::StreamExt;
use opentelemetry::{
    Context,
    baggage::BaggageExt,
    trace::{SpanContext, SpanKind, Status, TraceContextExt},
};
use opentelemetry_sdk::trace::{InMemorySpanExporter, Sampler, SpanData};
use versify::{
    ExitStack, StaticFiles, TextStream,
    poem::{Request, Response, http::StatusCode},
    prelude::*,
};

use self::told::Told;
use crate::client::{Answer, get, post, send};

fn said(span: &SpanData, key: &str) -> Option<String> {
    span.attributes.iter().find(|said| said.key.as_str() == key).map(|said| said.value.to_string())
}

fn is_error(span: &SpanData) -> bool {
    matches!(span.status, Status::Error { .. })
}

fn current() -> SpanContext {
    Context::current().span().span_context().clone()
}

#[derive(Debug)]
struct Broken;

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("endpoint failed")
    }
}

impl std::error::Error for Broken {}

#[get("/ok")]
fn ok() -> &'static str {
    "ok"
}

#[get("/validation/{value}")]
async fn validation(value: u32) -> u32 {
    value
}

#[get("/fail")]
async fn fail() -> Result<()> {
    Err(Broken)?;
    Ok(())
}

#[get("/panics")]
async fn panics() {
    panic!("endpoint panicked")
}

#[get("/handled")]
async fn handled() -> Result<()> {
    Err(HttpError::new(503, "Unavailable"))
}

#[post("/items/{item_id}", status = 201)]
async fn write_item(item_id: u32) -> u32 {
    item_id
}

fn statuses(told: &Told) -> App {
    let routes = routes![ok, validation, fail, panics, handled, write_item];
    App::new("statuses", "1").routes(routes).opentelemetry(told.settings())
}

#[tokio::test]
async fn each_status_has_its_span() {
    for (path, status, route, error) in [
        ("/ok", 200, Some("/ok"), None),
        ("/missing", 404, None, None),
        ("/validation/no", 422, Some("/validation/{value}"), None),
        ("/validation/1", 200, Some("/validation/{value}"), None),
        ("/fail", 500, Some("/fail"), Some("product::telemetry::Broken")),
        ("/panics", 500, Some("/panics"), Some("panic")),
        ("/handled", 503, Some("/handled"), Some("503")),
        ("/ok/", 307, Some("/ok"), None),
        ("/items/5", 405, Some("/items/{item_id}"), None),
        ("/docs", 200, Some("/docs"), None),
    ] {
        let told = Told::new();
        let answer = get(&statuses(&told).build().unwrap(), path).await;
        assert_eq!(answer.status, status, "{path}");
        assert!(answer.headers.keys().all(|name| !name.as_str().starts_with("trace")), "{:?}", answer.headers);
        let span = told.server();
        assert_eq!(span.name, route.map_or("GET".to_owned(), |route| format!("GET {route}")), "{path}");
        assert_eq!(said(&span, "http.route").as_deref(), route, "{path}");
        assert_eq!(said(&span, "http.response.status_code"), Some(status.to_string()), "{path}");
        assert_eq!(said(&span, "error.type").as_deref(), error, "{path}");
        assert_eq!(is_error(&span), error.is_some(), "{path}");
        assert!(span.events.is_empty());
        assert!(!format!("{span:?}").contains("endpoint failed"), "{span:?}");
        let (durations, active) = told.measured();
        let [(1, measured)] = durations.as_slice() else { panic!("{path}: {durations:?}") };
        let measured_route = measured.iter().find(|(key, _)| key == "http.route").map(|(_, route)| route.as_str());
        assert_eq!((measured_route, active), (route, 0), "{path}");
    }
}

#[get("/items/{item_id}")]
async fn read_item(item_id: u32) -> Value {
    let context = Context::current();
    let baggage: Vec<String> = context.baggage().iter().map(|(key, (value, _))| format!("{key}={value}")).collect();
    let span = current().span_id().to_string();
    json!({"item_id": item_id, "span": span, "baggage": baggage})
}

#[tokio::test]
async fn a_request_continues_the_client_s_trace() {
    let told = Told::new();
    let app = App::new("items", "1").routes(routes![read_item]).opentelemetry(told.settings()).build().unwrap();
    let headers = [
        ("traceparent", "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01"),
        ("tracestate", "vendora=one"),
        ("tracestate", "vendorb=two"),
        ("baggage", "first=one"),
        ("baggage", "second=two"),
        ("authorization", "Bearer authorization-secret"),
        ("host", "shop.example.com:8443"),
    ];
    let answer = send(&app, "GET", "/items/123?page=2&sig=signature-secret", &headers, ()).await.json();
    let mut baggage: Vec<&str> = answer["baggage"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    baggage.sort_unstable();
    assert_eq!(baggage, ["first=one", "second=two"]);
    let span = told.server();
    assert_eq!(span.name, "GET /items/{item_id}");
    assert_eq!(span.span_context.trace_id().to_string(), "0123456789abcdef0123456789abcdef");
    assert_eq!(span.parent_span_id.to_string(), "0123456789abcdef");
    assert_eq!(span.span_context.trace_state().header(), "vendora=one,vendorb=two");
    for (key, value) in [
        ("url.path", "/items/123"),
        ("url.query", "page=2&sig=REDACTED"),
        ("url.scheme", "http"),
        ("http.request.method", "GET"),
        ("network.protocol.version", "1.1"),
        ("server.address", "shop.example.com"),
        ("server.port", "8443"),
    ] {
        assert_eq!(said(&span, key).as_deref(), Some(value), "{key}");
    }
    assert!(!format!("{:?}", told.spans()).contains("secret"));
    let endpoint = told.named("versify.endpoint");
    assert_eq!(answer["span"], endpoint.span_context.span_id().to_string());
    assert_eq!(endpoint.parent_span_id, span.span_context.span_id());
    assert!(!current().is_valid());
}

#[tokio::test]
async fn methods_that_nobody_knows_are_others() {
    let told = Told::new();
    send(&statuses(&told).build().unwrap(), "BREW", "/ok", &[], ()).await;
    let span = told.server();
    assert_eq!(span.name, "HTTP /ok");
    assert_eq!(said(&span, "http.request.method").as_deref(), Some("_OTHER"));
    assert_eq!(said(&span, "http.request.method_original").as_deref(), Some("BREW"));
    assert!(!format!("{:?}", told.measured().0).contains("BREW"));
}

#[tokio::test]
async fn errors_and_requests_that_are_not_valid_are_recorded() {
    let told = Told::new();
    let app = statuses(&told).build().unwrap();
    for (path, event, words) in [
        ("/fail", "http.server.request.exception", Some("endpoint failed")),
        ("/panics", "http.server.request.exception", Some("endpoint panicked")),
        ("/validation/secret-input", "versify.validation.failed", None),
        ("/handled", "", None),
        ("/missing", "", None),
    ] {
        told.logs.reset();
        get(&app, path).await;
        let records = told.records();
        assert_eq!(records.len(), usize::from(!event.is_empty()), "{path}: {records:?}");
        let Some(record) = records.first() else { continue };
        assert!(record.contains(event), "{path}: {record}");
        assert!(words.is_none_or(|words| record.contains(words)), "{path}: {record}");
        assert!(record.contains("http.route"), "{path}: {record}");
        assert!(!record.contains("secret-input"), "{path}: {record}");
        let trace = told.servers().last().unwrap().span_context.trace_id();
        assert!(record.contains(&format!("{trace:?}")), "{path}: {record}");
    }
}

#[dependency]
async fn closing(told: State<std::sync::Mutex<Vec<usize>>>, spans: State<InMemorySpanExporter>, exit: ExitStack) {
    exit.push(async move |_| {
        let servers = spans.get_finished_spans().unwrap();
        let servers = servers.iter().filter(|span| span.span_kind == SpanKind::Server).count();
        told.lock().unwrap().push(servers);
    });
}

#[get("/stream", dependencies = [closing])]
async fn stream_of_two() -> TextStream<impl Stream<Item = String>> {
    TextStream::new(stream! {
        yield "one".to_owned();
        tokio::task::yield_now().await;
        yield "two".to_owned();
    })
}

#[tokio::test]
async fn a_stream_s_span_ends_with_its_last_byte_and_before_what_follows() {
    let told = Told::new();
    let app = App::new("streams", "1").routes(routes![stream_of_two]).opentelemetry(told.settings());
    let app = app.state(std::sync::Mutex::new(Vec::<usize>::new())).state(told.spans.clone()).build().unwrap();
    let request = || Request::builder().uri("/stream".parse().unwrap()).finish();
    let mut response = app.answer(request()).await;
    let mut body = response.take_body().into_bytes_stream();
    assert_eq!(body.next().await.unwrap().unwrap(), "one");
    assert!(told.servers().is_empty());
    assert_eq!(told.measured().1, 1);
    assert_eq!(body.next().await.unwrap().unwrap(), "two");
    assert!(body.next().await.is_none());
    assert!(!is_error(&told.server()));
    drop(body);
    app.background_done().await;
    // One who goes away breaks it off.
    told.spans.reset();
    let mut response = app.answer(request()).await;
    let mut body = response.take_body().into_bytes_stream();
    body.next().await.unwrap().unwrap();
    drop(body);
    let span = told.server();
    assert_eq!(said(&span, "error.type").as_deref(), Some("client_disconnected"));
    assert!(is_error(&span));
    assert_eq!(told.measured().1, 0);
}

#[get("/waits")]
async fn waits() {
    std::future::pending::<()>().await;
}

#[tokio::test]
async fn who_goes_away_before_the_answer_is_told_of() {
    let told = Told::new();
    let app = App::new("waits", "1").routes(routes![waits]).opentelemetry(told.settings()).build().unwrap();
    let service = app.clone();
    let running = tokio::spawn(async move { get(&service, "/waits").await.status });
    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    running.abort();
    assert!(running.await.unwrap_err().is_cancelled());
    let span = told.server();
    assert_eq!(said(&span, "http.response.status_code"), None);
    assert_eq!(said(&span, "error.type").as_deref(), Some("client_disconnected"));
    assert_eq!(told.measured().1, 0);
}

#[tokio::test]
async fn each_signal_is_switched_off_by_itself() {
    for (tracing, metrics, logs) in
        [(true, false, false), (false, true, false), (false, false, true), (false, false, false)]
    {
        let told = Told::new();
        let settings = told.settings().tracing(tracing).metrics(metrics).logs(logs);
        let app = App::new("signals", "1").routes(routes![fail]).opentelemetry(settings).build().unwrap();
        get(&app, "/fail").await;
        let seen = (!told.spans().is_empty(), !told.measured().0.is_empty(), !told.records().is_empty());
        assert_eq!(seen, (tracing, metrics, logs));
    }
}

#[tokio::test]
async fn what_is_excluded_or_not_sampled_leaves_nothing() {
    let told = Told::new();
    let settings = told.settings().exclude(|request| request.uri().path() == "/ok");
    let app = App::new("excluded", "1").routes(routes![ok, fail]).opentelemetry(settings).build().unwrap();
    get(&app, "/ok").await;
    assert!(told.spans().is_empty() && told.measured().0.is_empty());
    get(&app, "/fail").await;
    assert_eq!(told.servers().len(), 1);

    let unsampled = Told::sampled(Sampler::AlwaysOff);
    get(&statuses(&unsampled).build().unwrap(), "/ok").await;
    assert!(unsampled.spans().is_empty());
    assert_eq!(unsampled.measured().0.len(), 1);
}

async fn by_itself(_: Request, _: versify::middleware::Next) -> Response {
    Response::builder().status(StatusCode::IM_A_TEAPOT).body("middleware")
}

async fn breaks(_: Request, _: versify::middleware::Next) -> Result<()> {
    Err(Broken)?;
    Ok(())
}

#[tokio::test]
async fn middleware_that_answers_has_no_route() {
    let told = Told::new();
    let app = App::new("m", "1").routes(routes![ok]).middleware(by_itself).opentelemetry(told.settings());
    assert_eq!(get(&app.build().unwrap(), "/ok").await.status, 418);
    assert_eq!(told.server().name, "GET");
    told.spans.reset();
    let app = App::new("m", "1").routes(routes![ok]).middleware(breaks).opentelemetry(told.settings());
    assert_eq!(get(&app.build().unwrap(), "/ok").await.status, 500);
    assert_eq!(said(&told.server(), "error.type").as_deref(), Some("product::telemetry::Broken"));
}

#[tokio::test]
async fn routes_are_named_as_clients_see_them() {
    let told = Told::new();
    let items = || Router::new().prefix("/v1").routes(routes![read_item]);
    let files = tempfile::tempdir().unwrap();
    std::fs::write(files.path().join("a.txt"), "a").unwrap();
    let app = App::new("outer", "1")
        .root_path("/proxy")
        .include(items())
        .mount("/static", StaticFiles::new(files.path()))
        .mount_app("/tenants", App::new("inner", "1").include(items()))
        .opentelemetry(told.settings())
        .build()
        .unwrap();
    for (path, status, route) in [
        ("/proxy/v1/items/4", 200, "/proxy/v1/items/{item_id}"),
        ("/proxy/tenants/v1/items/4", 200, "/proxy/tenants/v1/items/{item_id}"),
        ("/proxy/tenants/v1/items/4/", 307, "/proxy/tenants/v1/items/{item_id}"),
        ("/proxy/static/a.txt", 200, "/proxy/static/{path}"),
        ("/proxy/static/none.txt", 404, "/proxy/static/{path}"),
    ] {
        told.spans.reset();
        assert_eq!(get(&app, path).await.status, status, "{path}");
        let span = told.server();
        assert_eq!(span.name, format!("GET {route}"), "{path}");
        assert_eq!(said(&span, "url.path").as_deref(), Some(path));
    }
    // Inside of a mounted app there are spans, too.
    get(&app, "/proxy/tenants/v1/items/4").await;
    assert_eq!(
        said(&told.named("versify.endpoint"), "code.function.name").as_deref(),
        Some("product::telemetry::read_item")
    );
}

#[tokio::test]
async fn head_and_bodies_without_bytes_end_at_once() {
    let told = Told::new();
    let app = statuses(&told).build().unwrap();
    let request = Request::builder().method(versify::poem::http::Method::HEAD).uri("/docs".parse().unwrap()).finish();
    let response = app.answer(request).await;
    assert_eq!(told.server().name, "HEAD /docs");
    drop(response);
    assert_eq!(told.servers().len(), 1);
    assert_eq!(post(&app, "/items/3", "").await.status, 201);
}

#[tokio::test]
async fn errors_of_handlers_are_seen_within_the_span() {
    let told = Told::new();
    async fn on_error(_: Request, _: HttpError) -> versify::Response<Value> {
        versify::Response::new(json!({"span": current().span_id().to_string()})).status(500)
    }
    let app = statuses(&told).on_status(500, on_error).build().unwrap();
    let answer: Answer = get(&app, "/fail").await;
    assert_eq!(answer.json()["span"], told.server().span_context.span_id().to_string());
}
