//! Request ids, the log, and what Prometheus is told.

use std::{
    io,
    sync::{Arc, Mutex},
};

use tracing_subscriber::fmt::MakeWriter;
use versify::{
    Metrics, RequestId, Service, StartFault, poem::Request, prelude::*, prometheus_client::metrics::counter::Counter,
};

use crate::client::{get, send};

/// A log that is kept.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Kept {
    /// Its lines, as objects.
    fn lines(&self) -> Vec<Value> {
        let text = String::from_utf8(std::mem::take(&mut *self.0.lock().unwrap())).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn listen(&self) -> tracing::subscriber::DefaultGuard {
        let log = tracing_subscriber::fmt().json().flatten_event(true).with_writer(self.clone());
        tracing::subscriber::set_default(log.finish())
    }
}

impl io::Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Kept {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

#[get("/items/{item_id}")]
async fn read_item(item_id: u32, id: RequestId) -> String {
    tracing::info!(item_id, "reading");
    id.to_string()
}

#[get("/fails")]
async fn fails() -> Result<()> {
    Err(std::io::Error::other("the disk is gone"))?;
    Ok(())
}

#[get("/panics")]
async fn panics() {
    panic!("at the disco")
}

#[get("/task")]
async fn with_task(tasks: BackgroundTasks) {
    tasks.add_task(async { tracing::info!("later") });
}

fn app() -> App {
    App::new("observed", "1").routes(routes![read_item, fails, panics, with_task])
}

fn observed() -> Service {
    app().request_ids().log_requests().build().unwrap()
}

#[tokio::test]
async fn ids_are_the_client_s_or_random() {
    let app = observed();
    let answer = send(&app, "GET", "/items/1", &[("x-request-id", "from-client-1")], ()).await;
    assert_eq!((answer.json(), answer.header("x-request-id")), (json!("from-client-1"), "from-client-1"));
    for sent in ["", "no blanks", "line\tfeed", &"x".repeat(129)] {
        let answer = send(&app, "GET", "/items/1", &[("x-request-id", sent)], ()).await;
        let id = answer.header("x-request-id");
        assert_eq!(answer.json(), id);
        assert!(id.len() == 32 && id != sent, "{id}");
    }
    // On all answers: of operations, of the framework, of faults.
    for path in ["/none", "/fails", "/panics", "/items/no", "/docs", "/items/1/"] {
        assert_eq!(get(&app, path).await.header("x-request-id").len(), 32, "{path}");
    }
}

#[tokio::test]
async fn an_app_without_ids_that_wants_them_does_not_start() {
    let error = app().build().unwrap_err();
    assert!(matches!(error.faults(), [StartFault::NoRequestIds { function: ("read_item", _) }]), "{error}");
    assert!(error.to_string().contains("Add `.request_ids()` to the app."), "{error}");
    // Those of the app that it is mounted in will do.
    let outer = App::new("outer", "1").request_ids().mount_app("/inner", app()).build().unwrap();
    let answer = get(&outer, "/inner/items/1").await;
    assert_eq!(answer.json(), answer.header("x-request-id"));
}

#[tokio::test]
async fn an_app_that_is_not_observed_adds_nothing() {
    let app = App::new("plain", "1").routes(routes![fails]).build().unwrap();
    let answer = send(&app, "GET", "/fails", &[("x-request-id", "mine")], ()).await;
    assert!(!answer.headers.contains_key("x-request-id"));
}

#[tokio::test]
async fn each_request_has_a_line() {
    let (kept, app) = (Kept::default(), observed());
    let _listening = kept.listen();
    for (path, status, route, level) in [
        ("/items/7?token=secret", 200, json!("/items/{item_id}"), "INFO"),
        ("/items/no", 422, json!("/items/{item_id}"), "INFO"),
        ("/none", 404, Value::Null, "INFO"),
        ("/fails", 500, json!("/fails"), "WARN"),
    ] {
        let answer = get(&app, path).await;
        let lines = kept.lines();
        let line = lines.last().unwrap();
        assert_eq!(line["target"], "versify::request", "{path}");
        assert_eq!(line["level"], level, "{path}");
        assert_eq!(line["method"], "GET", "{path}");
        assert_eq!(line["status"], status, "{path}");
        assert_eq!(line["route"], route, "{path}");
        assert_eq!(line["request_id"], answer.header("x-request-id"), "{path}");
        assert!(line["duration_ms"].as_f64().is_some_and(|duration| duration >= 0.0), "{line}");
        assert!(!json!(lines).to_string().contains("secret"), "{lines:?}");
        // What the operation logs knows whose request it is.
        if status == 200 {
            assert_eq!(lines[0]["span"]["request_id"], answer.header("x-request-id"), "{lines:?}");
        }
    }
}

#[tokio::test]
async fn errors_that_nobody_foresaw_are_logged_once_with_operation_and_id() {
    let (kept, app) = (Kept::default(), observed());
    let _listening = kept.listen();
    for (path, operation, kind, reason) in [
        ("/fails", "product::observability::fails", "std::io::error::Error", "the disk is gone"),
        ("/panics", "product::observability::panics", "panic", "at the disco"),
    ] {
        let answer = get(&app, path).await;
        assert_eq!(answer.body, "Internal Server Error");
        let errors: Vec<Value> = kept.lines().into_iter().filter(|line| line["level"] == "ERROR").collect();
        let [error] = errors.as_slice() else { panic!("{path}: {errors:?}") };
        assert_eq!((&error["operation"], &error["reason"]), (&json!(operation), &json!(reason)), "{error}");
        assert_eq!(error["error"], kind, "{error}");
        assert_eq!(error["span"]["request_id"], answer.header("x-request-id"), "{error}");
    }
}

#[tokio::test]
async fn errors_are_logged_whoever_looks() {
    async fn breaks(_: Request, _: versify::middleware::Next) -> Result<()> {
        Err(HttpError::internal("in the middle"))
    }
    async fn on_error(_: Request, _: HttpError) -> Result<()> {
        Err(HttpError::internal("in the handler"))
    }
    let kept = Kept::default();
    let _listening = kept.listen();
    let plain = || App::new("plain", "1").routes(routes![fails]);
    for (app, reasons) in [
        (plain(), vec!["the disk is gone"]),
        (plain().middleware(breaks), vec!["in the middle"]),
        (App::new("r", "1").include(Router::new().middleware(breaks).routes(routes![fails])), vec!["in the middle"]),
        (plain().on_status(500, on_error), vec!["the disk is gone", "in the handler"]),
        (App::new("outer", "1").mount_app("", plain()), vec!["the disk is gone"]),
    ] {
        assert_eq!(get(&app.build().unwrap(), "/fails").await.status, 500);
        let said: Vec<Value> = kept.lines().into_iter().map(|mut line| line["reason"].take()).collect();
        assert_eq!(said, reasons);
    }
}

#[tokio::test]
async fn what_follows_a_request_belongs_to_it() {
    let (kept, app) = (Kept::default(), observed());
    let _listening = kept.listen();
    let answer = get(&app, "/task").await;
    app.background_done().await;
    let lines = kept.lines();
    let later = lines.iter().find(|line| line["message"] == "later").unwrap();
    assert_eq!(later["span"]["request_id"], answer.header("x-request-id"));
}

#[post("/orders")]
async fn order(orders: State<Counter>) {
    orders.inc();
}

#[tokio::test]
async fn prometheus_is_told() {
    let orders: Counter = Counter::default();
    let metrics = Metrics::at("/metrics").register("orders", "Orders that were placed", orders.clone());
    let inner = App::new("inner", "1").routes(routes![fails]);
    let app = app().request_ids().routes(routes![order]).state(orders).metrics(metrics).mount_app("/inner", inner);
    let app = app.build().unwrap();
    for path in ["/items/1", "/items/2", "/items/no", "/none/1", "/none/2", "/inner/fails"] {
        get(&app, path).await;
    }
    send(&app, "POST", "/orders", &[], ()).await;
    send(&app, "BREW", "/items/1", &[], ()).await;
    let answer = get(&app, "/metrics").await;
    assert_eq!(answer.header("content-type"), "application/openmetrics-text; version=1.0.0; charset=utf-8");
    for line in [
        r#"http_server_requests_total{http_request_method="GET",http_route="/items/{item_id}",http_response_status_code="200"} 2"#,
        r#"http_server_requests_total{http_request_method="GET",http_route="/items/{item_id}",http_response_status_code="422"} 1"#,
        r#"http_server_requests_total{http_request_method="GET",http_route="",http_response_status_code="404"} 2"#,
        r#"http_server_requests_total{http_request_method="GET",http_route="/inner/fails",http_response_status_code="500"} 1"#,
        r#"http_server_requests_total{http_request_method="_OTHER",http_route="/items/{item_id}",http_response_status_code="405"} 1"#,
        r#"http_server_request_duration_seconds_count{http_request_method="GET",http_route="/items/{item_id}",http_response_status_code="200"} 2"#,
        r#"http_server_request_duration_seconds_bucket{le="10.0",http_request_method="GET",http_route="/items/{item_id}",http_response_status_code="200"} 2"#,
        r#"http_server_active_requests{http_request_method="GET",http_route="/items/{item_id}"} 0"#,
        r#"http_server_active_requests{http_request_method="GET",http_route="/inner/fails"} 0"#,
        r#"http_server_active_requests{http_request_method="GET",http_route="/metrics"} 1"#,
        "orders_total 1",
        "# EOF",
    ] {
        assert!(answer.body.lines().any(|there| there == line), "{line}\n{}", answer.body);
    }
    assert!(!get(&app, "/openapi.json").await.body.contains("/metrics"));
}

#[get("/metrics")]
async fn taken() {}

#[test]
fn metrics_have_a_path_of_their_own() {
    for (app, reason) in [
        (App::new("m", "1").metrics("metrics"), "it does not begin with `/`"),
        (App::new("m", "1").metrics("/{all}"), "it has parameters"),
        (App::new("m", "1").routes(routes![taken]).metrics("/metrics"), "an operation answers there"),
    ] {
        let error = app.build().unwrap_err().to_string();
        assert!(error.contains(reason), "{error}");
    }
}
