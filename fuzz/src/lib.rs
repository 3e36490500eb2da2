//! What the fuzz targets do with their input: they send it, and look at the answer.

use std::sync::LazyLock;

use serde_json::Value;
use tokio::runtime::{Builder, Runtime};
use versify::{
    Service,
    poem::{
        Request,
        http::{Method, Uri},
    },
};
use versify_tests::{places, spread};

static SERVICE: LazyLock<Service> = LazyLock::new(|| spread::service().expect("the app starts"));
static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_current_thread().build().expect("a runtime can be made"));

/// The first byte chooses one of `all`; the others are sent.
fn chosen<'a, 'd>(all: &[&'a str], data: &'d [u8]) -> Option<(&'a str, &'d [u8])> {
    let (first, rest) = data.split_first()?;
    Some((all.get(usize::from(*first) % all.len())?, rest))
}

/// Sends `data` as a body. What is no JSON must be refused, faults must stand at places that exist.
pub fn body(data: &[u8]) {
    let Some((path, body)) = chosen(spread::BODIES, data) else { return };
    let request = Request::builder()
        .method(Method::POST)
        .uri(path.parse().expect("a path"))
        .header("content-type", "application/json")
        .body(body.to_vec());
    let input: Option<Value> = serde_json::from_slice(body).ok().map(|input| spread::seen(path, &input));
    check(request, "body", input.as_ref());
}

/// Sends `data` as a query string.
pub fn query(data: &[u8]) {
    let Some((path, query)) = chosen(spread::QUERIES, data) else { return };
    let query: String = query.iter().map(|byte| char::from(*byte)).collect();
    // What no server hands on is no input.
    let Ok(uri) = format!("{path}?{query}").parse::<Uri>() else { return };
    check(Request::builder().method(Method::GET).uri(uri).finish(), "query", None);
}

fn check(request: Request, root: &str, input: Option<&Value>) {
    let (status, body) = RUNTIME.block_on(async {
        let mut response = SERVICE.answer(request).await;
        let body = response.take_body().into_bytes().await.expect("an answer is in memory");
        (response.status().as_u16(), body)
    });
    let answer: Value = serde_json::from_slice(&body).expect("an answer is JSON");
    assert!(matches!(status, 200 | 400 | 422), "{status} {answer}");
    let is_syntax = answer["detail"][0]["type"] == "json_invalid";
    if let (422, false, Some(input)) = (status, is_syntax, input) {
        if let Err(fault) = places::check(&answer, root, input, &spread::LABELS) {
            panic!("{fault}\n{input}");
        }
    }
}
