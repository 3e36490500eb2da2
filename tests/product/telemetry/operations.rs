//! The spans of what an operation does: its dependencies, its function, its answer, its tasks.

use opentelemetry::trace::{SpanContext, SpanKind};
use opentelemetry_sdk::trace::SpanData;
use versify::{ResponseClass, prelude::*};

use super::{Broken, Told, current, is_error, said};
use crate::client::get;

#[dependency]
fn blocking_dependency() -> SpanContext {
    current()
}

#[dependency]
async fn dependency_of(blocking: Depends<blocking_dependency>) -> (SpanContext, SpanContext) {
    (SpanContext::clone(&blocking), current())
}

#[get("/spans")]
async fn spans(seen: Depends<dependency_of>, tasks: BackgroundTasks) -> Value {
    tasks.add_task(background());
    let (blocking, dependency) = &*seen;
    json!([blocking.span_id().to_string(), dependency.span_id().to_string(), current().span_id().to_string()])
}

#[get("/blocking")]
fn blocking_spans() -> String {
    current().span_id().to_string()
}

async fn background() {}

#[tokio::test]
async fn what_operations_do_has_spans() {
    let told = Told::new();
    let app = App::new("spans", "1").routes(routes![spans, blocking_spans]).opentelemetry(told.settings());
    let app = app.build().unwrap();
    let seen = get(&app, "/spans").await.json();
    app.background_done().await;
    let server = told.server();
    let id = |name: &str| told.named(name).span_context.span_id().to_string();
    let (dependencies, endpoint) = (id("versify.dependencies"), id("versify.endpoint"));
    assert_eq!(seen, json!([dependencies, dependencies, endpoint]));
    for (name, function) in [
        ("versify.dependencies", "product::telemetry::operations::spans"),
        ("versify.endpoint", "product::telemetry::operations::spans"),
        ("versify.serialization", "product::telemetry::operations::spans"),
        ("versify.background_task", "product::telemetry::operations::background"),
    ] {
        let span = told.named(name);
        assert_eq!(span.parent_span_id, server.span_context.span_id(), "{name}");
        assert_eq!(said(&span, "code.function.name").as_deref(), Some(function), "{name}");
        assert!(!is_error(&span), "{name}");
    }
    assert_eq!(told.spans().len(), 5);
    told.spans.reset();
    assert_eq!(get(&app, "/blocking").await.json(), id("versify.endpoint"));
}

#[tokio::test]
async fn without_operation_spans_there_is_one() {
    let told = Told::new();
    let settings = told.settings().operation_spans(false);
    let app = App::new("spans", "1").routes(routes![spans]).opentelemetry(settings).build().unwrap();
    let seen = get(&app, "/spans").await.json();
    app.background_done().await;
    assert_eq!(told.spans().len(), 1);
    let server = told.server().span_context.span_id().to_string();
    assert_eq!(seen, json!([server, server, server]));
}

struct JsonApi;

impl ResponseClass for JsonApi {
    const MEDIA_TYPE: &'static str = "application/vnd.api+json";
}

#[tokio::test]
async fn answers_are_written_as_without_spans() {
    let told = Told::new();
    let app = App::new("spans", "1").routes(routes![blocking_spans]).default_response_class::<JsonApi>();
    let app = app.opentelemetry(told.settings()).build().unwrap();
    assert_eq!(get(&app, "/blocking").await.header("content-type"), "application/vnd.api+json");
    assert_eq!(told.spans().len(), 4);
}

#[dependency]
async fn failing(#[query] how: String) -> Result<()> {
    match how.as_str() {
        "dependency" => Err(Broken)?,
        "refused" => Err(HttpError::new(401, "no"))?,
        _ => {}
    }
    Ok(())
}

#[get("/phases", dependencies = [failing])]
async fn phases(#[query] how: String) -> Result<u32> {
    match how.as_str() {
        "endpoint" => Err(Broken)?,
        "panic" => panic!("no"),
        "handled" => Err(HttpError::new(400, "no")),
        _ => Ok(1),
    }
}

#[tokio::test]
async fn errors_are_those_of_the_part_that_failed() {
    for (how, failed, names) in [
        ("dependency", Some("versify.dependencies"), vec!["versify.dependencies"]),
        ("refused", None, vec!["versify.dependencies"]),
        ("endpoint", Some("versify.endpoint"), vec!["versify.dependencies", "versify.endpoint"]),
        ("panic", Some("versify.endpoint"), vec!["versify.dependencies", "versify.endpoint"]),
        ("handled", None, vec!["versify.dependencies", "versify.endpoint"]),
        ("fine", None, vec!["versify.dependencies", "versify.endpoint", "versify.serialization"]),
    ] {
        let told = Told::new();
        let app = App::new("phases", "1").routes(routes![phases]).opentelemetry(told.settings()).build().unwrap();
        get(&app, &format!("/phases?how={how}")).await;
        let parts: Vec<SpanData> =
            told.spans().into_iter().filter(|span| span.span_kind == SpanKind::Internal).collect();
        assert_eq!(parts.iter().map(|span| &*span.name).collect::<Vec<_>>(), names, "{how}");
        let errors: Vec<&str> = parts.iter().filter(|span| is_error(span)).map(|span| &*span.name).collect();
        assert_eq!(errors, failed.into_iter().collect::<Vec<_>>(), "{how}");
    }
}
