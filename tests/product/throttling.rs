//! Timeouts, limits of requests, and layers of tower's.

use std::time::Duration;

use tower_http::{limit::RequestBodyLimitLayer, set_header::SetResponseHeaderLayer};
use versify::{
    Service, TextStream,
    middleware::{ConcurrencyLimit, RateLimit},
    poem::{
        Request,
        http::{HeaderName, HeaderValue},
    },
    prelude::*,
};

use crate::client::{get, post, send};

#[get("/slow/{milliseconds}")]
async fn slow(milliseconds: u64) -> u64 {
    tokio::time::sleep(Duration::from_millis(milliseconds)).await;
    milliseconds
}

#[get("/patient/{milliseconds}", timeout = Duration::from_millis(500))]
async fn patient(milliseconds: u64) -> u64 {
    tokio::time::sleep(Duration::from_millis(milliseconds)).await;
    milliseconds
}

#[get("/stream")]
async fn streamed() -> TextStream<impl Stream<Item = String>> {
    TextStream::new(stream! {
        tokio::time::sleep(Duration::from_millis(200)).await;
        yield "late".to_owned();
    })
}

#[tokio::test(start_paused = true)]
async fn what_takes_too_long_is_a_504() {
    let slower = Router::new().prefix("/slower").timeout(Duration::from_millis(300)).routes(routes![slow, patient]);
    let app = App::new("timeouts", "1").timeout(Duration::from_millis(100)).include(slower);
    let app = app.routes(routes![slow, patient, streamed]).build().unwrap();
    for (path, status) in [
        ("/slow/50", 200),
        ("/slow/150", 504),
        ("/slower/slow/150", 200),
        ("/slower/slow/350", 504),
        ("/patient/350", 200),
        ("/slower/patient/350", 200),
        ("/patient/550", 504),
        ("/stream", 200),
    ] {
        let answer = get(&app, path).await;
        assert_eq!(answer.status, status, "{path}");
        if status == 504 {
            assert_eq!(answer.json(), json!({"detail": "Gateway Timeout"}));
        }
    }
}

fn begin(service: &Service, path: &'static str) -> tokio::task::JoinHandle<u16> {
    let service = service.clone();
    tokio::spawn(async move { get(&service, path).await.status })
}

async fn settle() {
    tokio::time::sleep(Duration::from_millis(1)).await;
}

#[tokio::test(start_paused = true)]
async fn only_so_many_are_let_in_at_once() {
    let limit = ConcurrencyLimit::new(2).queue(1);
    let app = App::new("busy", "1").routes(routes![slow]).layer(limit).build().unwrap();
    let first = [begin(&app, "/slow/100"), begin(&app, "/slow/100")];
    settle().await;
    let waits = begin(&app, "/slow/100");
    settle().await;
    let answer = get(&app, "/slow/100").await;
    assert_eq!((answer.status, answer.header("retry-after")), (503, "1"));
    assert_eq!(answer.json(), json!({"detail": "Service Unavailable"}));
    // Who goes away leaves room for another.
    waits.abort();
    settle().await;
    let waits = begin(&app, "/slow/100");
    for running in first.into_iter().chain([waits]) {
        assert_eq!(running.await.unwrap(), 200);
    }
    assert_eq!(get(&app, "/slow/1").await.status, 200);
}

#[tokio::test(start_paused = true)]
async fn a_stream_keeps_its_place() {
    let router = Router::new().layer(ConcurrencyLimit::new(1)).routes(routes![streamed]);
    let app = App::new("busy", "1").include(router).build().unwrap();
    let response = app.answer(Request::builder().uri("/stream".parse().unwrap()).finish()).await;
    assert_eq!(get(&app, "/stream").await.status, 503);
    drop(response);
    assert_eq!(get(&app, "/stream").await.status, 200);
}

#[post("/login", layers = [RateLimit::per_minute(2).by_header("x-user")])]
async fn login() {}

#[post("/other")]
async fn other() {}

#[tokio::test]
async fn only_so_many_requests_come_in_a_time() {
    let app = App::new("rates", "1").routes(routes![login, other]).build().unwrap();
    let user = |name: &'static str| [("x-user", name)];
    for (path, who, status) in [
        ("/login", "rick", 200),
        ("/login", "rick", 200),
        ("/login", "rick", 429),
        ("/login", "morty", 200),
        ("/other", "rick", 200),
    ] {
        let answer = send(&app, "POST", path, &user(who), ()).await;
        assert_eq!(answer.status, status, "{path} {who}");
        if status == 429 {
            assert_eq!(answer.json(), json!({"detail": "Too Many Requests"}));
            // Two in a minute are one in thirty seconds.
            let wait: u64 = answer.header("retry-after").parse().unwrap();
            assert!((29..=30).contains(&wait), "{wait}");
        }
    }
    // Who has no name has no limit: the tests come from no address.
    for _ in 0..5 {
        assert_eq!(post(&app, "/login", "").await.status, 200);
    }
}

#[tokio::test]
async fn addresses_count_behind_trusted_proxies() {
    let app = App::new("rates", "1").routes(routes![other]).layer(RateLimit::per_hour(10).burst(1));
    let app = app.trusted_proxies(versify::TrustedProxies::all()).build().unwrap();
    for (address, status) in [
        ("1.2.3.4", 200),
        ("1.2.3.4", 429),
        ("1.2.3.5", 200),
        ("2001:db8::1", 200),
        ("2001:db8::2", 429),
        ("2001:db8:1::1", 200),
    ] {
        assert_eq!(send(&app, "POST", "/other", &[("x-forwarded-for", address)], ()).await.status, status, "{address}");
    }
}

#[get("/report", layers = [ConcurrencyLimit::new(0)], timeout = Duration::from_secs(1))]
async fn report() {}

#[tokio::test]
async fn limits_are_in_the_document() {
    let app = || {
        let limited = Router::new().layer(RateLimit::per_second(100)).routes(routes![report]);
        App::new("limits", "1").include(limited).routes(routes![other])
    };
    let document = get(&app().document_framework_answers(true).build().unwrap(), "/openapi.json").await.json();
    let answers = |path: &str, method: &str| {
        let responses = document["paths"][path][method]["responses"].as_object().unwrap();
        responses.keys().cloned().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(answers("/report", "get"), "200 413 429 500 503 504");
    assert_eq!(answers("/other", "post"), "200 413 500");
    let limited = &document["paths"]["/report"]["get"]["responses"]["429"];
    assert_eq!(limited["headers"]["retry-after"]["schema"]["type"], "integer");
    assert_eq!(limited["description"], "Too Many Requests");
    let silent = get(&app().build().unwrap(), "/openapi.json").await.json();
    assert!(silent["paths"]["/report"]["get"]["responses"]["429"].is_null());
}

#[tokio::test]
async fn limits_answer_with_problems_where_the_app_does() {
    for layer in [true, false] {
        let app = App::new("problems", "1").problem_details();
        let app = if layer { app.layer(ConcurrencyLimit::new(0)) } else { app };
        let answer = get(&app.routes(routes![report]).build().unwrap(), "/report").await;
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert_eq!(answer.json(), json!({"type": "about:blank", "title": "Service Unavailable", "status": 503}));
    }
}

#[post("/length")]
async fn length(#[body] text: versify::Bytes, request: &Request) -> (usize, String) {
    (text.len(), request.header("x-from-layer").unwrap_or_default().to_owned())
}

#[tokio::test]
async fn layers_of_tower_mount_as_they_are() {
    let header =
        SetResponseHeaderLayer::overriding(HeaderName::from_static("x-tower"), HeaderValue::from_static("yes"));
    let limited = Router::new().prefix("/limited").tower_layer(RequestBodyLimitLayer::new(4)).routes(routes![length]);
    let app = App::new("towers", "1").include(limited).routes(routes![length]).tower_layer(header).build().unwrap();
    for (path, body, status) in [
        ("/length", "12345", 200),
        ("/limited/length", "1234", 200),
        ("/limited/length", "12345", 413),
        ("/none", "", 404),
    ] {
        let headers = [("content-type", "application/json"), ("content-length", &body.len().to_string())];
        let answer = send(&app, "POST", path, &headers, body).await;
        assert_eq!((answer.status, answer.header("x-tower")), (status, "yes"), "{path} {body}");
        if status == 200 {
            assert_eq!(answer.json()[0], body.len());
        }
    }
}
