//! Dependencies: what operations share, and when it runs.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU32, Ordering::SeqCst},
};

use serde_json::json;
use versify::{ExitStack, Outcome, SecurityScopes, Service, StartFault, prelude::*};

use crate::client::{get, post, send};

/// What happened, in order.
#[derive(Clone, Default)]
pub struct Journal(Arc<Mutex<Vec<String>>>);

impl Journal {
    fn write(&self, line: impl Into<String>) {
        self.0.lock().unwrap().push(line.into());
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

#[derive(Default)]
pub struct Counter(AtomicU32);

/// Counts how often it is called.
#[dependency]
async fn count(counter: State<Counter>) -> u32 {
    counter.0.fetch_add(1, SeqCst) + 1
}

#[dependency]
async fn twice(count: Depends<count>) -> u32 {
    *count * 2
}

#[get("/shared")]
async fn shared(count: Depends<count>, twice: Depends<twice>) -> (u32, u32) {
    (*count, *twice)
}

#[get("/fresh")]
async fn fresh(count: Depends<count>, #[depends(use_cache = false)] again: Depends<count>) -> (u32, u32) {
    (*count, *again)
}

fn counting() -> Service {
    App::new("counting", "1").state(Counter::default()).routes(routes![shared, fresh]).build().unwrap()
}

#[tokio::test]
async fn a_dependency_runs_once_per_request_unless_told_otherwise() {
    let app = counting();
    assert_eq!(get(&app, "/shared").await.json(), json!([1, 2]));
    assert_eq!(get(&app, "/shared").await.json(), json!([2, 4]));
    assert_eq!(get(&app, "/fresh").await.json(), json!([3, 4]));
}

#[model]
struct Item {
    #[field(gt = 0)]
    price: f64,
}

#[dependency]
async fn inner(#[query(ge = 0)] skip: i32, #[header] x_token: String, journal: State<Journal>) -> Result<i32> {
    journal.write("inner");
    match x_token.as_str() {
        "secret" => Ok(skip),
        _ => Err(HttpError::new(401, "No")),
    }
}

#[dependency]
fn outer(inner: Depends<inner>, #[query(le = 9)] limit: i32, journal: State<Journal>) -> i32 {
    journal.write("outer");
    *inner + limit
}

#[post("/items/{item_id}")]
async fn create_item(item_id: u32, item: Item, outer: Depends<outer>, #[query] q: bool) -> (u32, f64, i32, bool) {
    (item_id, item.price, *outer, q)
}

#[tokio::test]
async fn faults_come_in_fastapis_order() {
    let journal = Journal::default();
    let app = App::new("order", "1").state(journal.clone()).routes(routes![create_item]).build().unwrap();
    let ask = async |uri: &str, token: &str, body: &str| {
        let headers = [("content-type", "application/json"), ("x-token", token)];
        send(&app, "POST", uri, if token.is_empty() { &headers[..1] } else { &headers[..] }, body.to_owned()).await
    };

    let answer = ask("/items/1?skip=2&limit=3&q=1", "secret", r#"{"price": 1}"#).await;
    assert_eq!(answer.json(), json!([1, 1.0, 5, true]));
    assert_eq!(journal.take(), ["inner", "outer"]);

    // Depth first, each with its own places in order; then the function's own.
    let answer = ask("/items/x?skip=-1&limit=10&q=maybe", "", r#"{"price": 0}"#).await;
    assert_eq!(answer.status, 422);
    assert_eq!(
        answer.faults(),
        [
            "greater_than_equal@query.skip",
            "missing@header.x-token",
            "less_than_equal@query.limit",
            "int_parsing@path.item_id",
            "bool_parsing@query.q",
            "greater_than@body.price",
        ]
    );
    assert!(journal.take().is_empty(), "what cannot read its arguments is not called");

    // One that fails ends the request, whatever else is wrong.
    let answer = ask("/items/x?skip=1&limit=10", "wrong", r#"{"price": 0}"#).await;
    assert_eq!((answer.status, answer.body.as_str()), (401, r#"{"detail":"No"}"#));
    assert_eq!(journal.take(), ["inner"]);

    // Broken JSON ends it before anything is called.
    let answer = ask("/items/1?skip=1&limit=1&q=1", "wrong", "{").await;
    assert_eq!(answer.faults(), ["json_invalid@body.1"]);
    assert!(journal.take().is_empty());
}

#[get("/neighbours", dependencies = [key, token])]
async fn neighbours() {}

#[tokio::test]
async fn a_dependency_runs_whatever_is_wrong_with_its_neighbours() {
    let app = App::new("neighbours", "1").routes(routes![neighbours]).build().unwrap();
    let ask = async |uri: &str, token: &str| send(&app, "GET", uri, &[("x-token", token)], ()).await;
    // Its error ends the request, though another one lacks a parameter.
    assert_eq!(ask("/neighbours", "wrong").await.body, r#"{"detail":"X-Token header invalid"}"#);
    assert_eq!(ask("/neighbours", "secret").await.faults(), ["missing@query.key"]);
    assert_eq!(ask("/neighbours?key=k", "secret").await.status, 200);
}

#[dependency]
async fn with_body(user: Item) -> f64 {
    user.price
}

#[post("/embedded")]
async fn embedded(item: Item, user: Depends<with_body>) -> (f64, f64) {
    (item.price, *user)
}

#[post("/alone")]
async fn alone(user: Depends<with_body>) -> f64 {
    *user
}

#[tokio::test]
async fn bodies_of_dependencies_count() {
    let app = App::new("bodies", "1").routes(routes![embedded, alone]).build().unwrap();
    let answer = post(&app, "/embedded", r#"{"item": {"price": 1}, "user": {"price": 2}}"#).await;
    assert_eq!(answer.json(), json!([1.0, 2.0]));
    assert_eq!(post(&app, "/alone", r#"{"price": 3}"#).await.json(), json!(3.0));
    let document: serde_json::Value = serde_json::from_slice(app.openapi()).unwrap();
    let body = &document["components"]["schemas"]["Body_embedded_embedded_post"];
    assert_eq!(body["required"], json!(["item", "user"]));
}

#[dependency]
async fn token(#[header] x_token: String) -> Result<()> {
    if x_token == "secret" { Ok(()) } else { Err(HttpError::new(400, "X-Token header invalid")) }
}

#[dependency]
async fn key(#[query] key: String) -> String {
    key
}

#[get("/{item_id}", dependencies = [key])]
async fn read_item(#[path(prefix, ge = 1)] user_id: u32, item_id: u32, name: String) -> (u32, u32, String) {
    (user_id, item_id, name)
}

#[get("")]
async fn read_items(user_id: u32) -> u32 {
    user_id
}

#[tokio::test]
async fn routers_have_prefixes_tags_and_dependencies() {
    let items = || Router::new().prefix("/users/{user_id}/{name}").tag("items").routes(routes![read_item, read_items]);
    let app = App::new("routers", "1")
        .dependency::<token>()
        .include(items())
        .include(Router::new().prefix("/old").tag("old").deprecated(true).include(items()))
        .build()
        .unwrap();
    let ask = async |uri: &str| send(&app, "GET", uri, &[("x-token", "secret")], ()).await;
    assert_eq!(ask("/users/7/ann/3?key=k").await.json(), json!([7, 3, "ann"]));
    assert_eq!(ask("/old/users/7/ann/3?key=k").await.json(), json!([7, 3, "ann"]));
    assert_eq!(ask("/users/7/ann").await.json(), json!(7));
    assert_eq!(
        ask("/users/0/ann/x").await.faults(),
        ["missing@query.key", "greater_than_equal@path.user_id", "int_parsing@path.item_id"]
    );
    assert_eq!(get(&app, "/users/7/ann").await.faults(), ["missing@header.x-token"]);
    let answer = send(&app, "GET", "/users/7/ann", &[("x-token", "x")], ()).await;
    assert_eq!((answer.status, answer.body.as_str()), (400, r#"{"detail":"X-Token header invalid"}"#));

    let document: serde_json::Value = serde_json::from_slice(app.openapi()).unwrap();
    let operation = &document["paths"]["/old/users/{user_id}/{name}/{item_id}"]["get"];
    assert_eq!(operation["tags"], json!(["old", "items"]));
    assert_eq!(operation["deprecated"], json!(true));
    assert_eq!(operation["operationId"], "read_item_old_users__user_id___name___item_id__get");
    let names: Vec<String> =
        operation["parameters"].as_array().unwrap().iter().map(|p| format!("{} {}", p["in"], p["name"])).collect();
    assert_eq!(
        names,
        [r#""path" "user_id""#, r#""path" "item_id""#, r#""path" "name""#, r#""query" "key""#, r#""header" "x-token""#]
    );
}

#[dependency]
async fn key_override(#[query] secret: String) -> String {
    secret
}

#[get("/key")]
async fn read_key(key: Depends<key>) -> String {
    key.to_string()
}

#[tokio::test]
async fn dependencies_can_be_overridden() {
    let app = || App::new("overrides", "1").routes(routes![read_key]);
    let plain = app().build().unwrap();
    assert_eq!(get(&plain, "/key?key=k").await.json(), "k");
    let fixed = app().override_dependency::<key>(|| "fixed".to_owned()).build().unwrap();
    assert_eq!(get(&fixed, "/key").await.json(), "fixed");
    let replaced = app().replace_dependency::<key, key_override>().build().unwrap();
    assert_eq!(get(&replaced, "/key?secret=s").await.json(), "s");
    assert_eq!(get(&replaced, "/key?key=k").await.faults(), ["missing@query.secret"]);
    assert_eq!(plain.openapi(), replaced.openapi());
}

/// Says when it is released.
pub struct Noisy(&'static str, Journal);

impl Drop for Noisy {
    fn drop(&mut self) {
        self.1.write(format!("release {}", self.0));
    }
}

#[dependency]
async fn first(journal: State<Journal>, exit: ExitStack) -> Noisy {
    let own = Journal::clone(&journal);
    exit.push(async move |outcome: Outcome| own.write(format!("exit first {}", outcome.is_success())));
    Noisy("first", Journal::clone(&journal))
}

#[dependency]
async fn second(_first: Depends<first>, journal: State<Journal>, exit: ExitStack) -> Noisy {
    let own = Journal::clone(&journal);
    exit.push(async move |outcome: Outcome| own.write(format!("exit second {}", outcome.is_success())));
    Noisy("second", Journal::clone(&journal))
}

#[dependency(scope = "function")]
async fn early(journal: State<Journal>) -> Noisy {
    Noisy("early", Journal::clone(&journal))
}

#[get("/held/{fail}")]
async fn held(
    fail: bool,
    _second: Depends<second>,
    _early: Depends<early>,
    tasks: BackgroundTasks,
    journal: State<Journal>,
) -> Result<&'static str> {
    let own = Journal::clone(&journal);
    tasks.add_task(async move { own.write("task") });
    journal.write("operation");
    if fail { Err(HttpError::new(500, "no")) } else { Ok("done") }
}

#[tokio::test]
async fn what_dependencies_hold_is_released_in_order() {
    let journal = Journal::default();
    let app = App::new("held", "1").state(journal.clone()).routes(routes![held]).build().unwrap();
    let request = || poem::Request::builder().uri("/held/false".parse().unwrap()).finish();

    let response = app.answer(request()).await;
    assert_eq!(journal.take(), ["operation", "release early"]);
    drop(response);
    app.background_done().await;
    assert_eq!(journal.take(), ["task", "exit second true", "exit first true", "release second", "release first"]);

    let answer = get(&app, "/held/true").await;
    assert_eq!(answer.status, 500);
    app.background_done().await;
    assert_eq!(
        journal.take(),
        ["operation", "exit second false", "exit first false", "release early", "release second", "release first"]
    );
}

#[get("/waits")]
async fn waits(_second: Depends<second>, journal: State<Journal>) {
    journal.write("waiting");
    std::future::pending::<()>().await;
}

#[tokio::test]
async fn a_client_that_goes_away_releases_too() {
    let journal = Journal::default();
    let app = App::new("gone", "1").state(journal.clone()).routes(routes![waits]).build().unwrap();
    let request = poem::Request::builder().uri("/waits".parse().unwrap()).finish();
    let waited = tokio::time::timeout(std::time::Duration::from_millis(20), app.answer(request)).await;
    assert!(waited.is_err());
    app.background_done().await;
    assert_eq!(journal.take(), ["waiting", "exit second false", "exit first false", "release second", "release first"]);
}

#[dependency]
async fn user(scopes: SecurityScopes, counter: State<Counter>) -> (String, u32) {
    (scopes.scope_str(), counter.0.fetch_add(1, SeqCst))
}

#[dependency]
async fn active(#[depends(scopes = ["me"])] user: Depends<user>) -> String {
    user.0.clone()
}

#[get("/scopes")]
async fn scopes(
    #[depends(scopes = ["items", "me"])] active: Depends<active>,
    user: Depends<user>,
    again: Depends<user>,
) -> (String, String, bool) {
    (active.to_string(), user.0.clone(), user.1 == again.1)
}

#[tokio::test]
async fn scopes_of_those_who_depend_reach_a_dependency() {
    let app = App::new("scopes", "1").state(Counter::default()).routes(routes![scopes]).build().unwrap();
    assert_eq!(get(&app, "/scopes").await.json(), json!(["items me", "", true]));
}

#[dependency]
async fn chicken(_egg: Depends<egg>) {}

#[dependency]
async fn egg(_chicken: Depends<chicken>) {}

#[get("/cycle")]
async fn cycle(_chicken: Depends<chicken>) {}

#[dependency]
async fn lost(#[path] item_id: u32) -> u32 {
    item_id
}

#[get("/lost")]
async fn lost_path(lost: Depends<lost>) -> u32 {
    *lost
}

#[test]
fn cycles_and_lost_path_parameters_are_faults_at_the_start() {
    let app = App::new("faults", "1").routes(routes![cycle, lost_path]).include(Router::new().prefix("items/"));
    let error = app.build().unwrap_err();
    assert_eq!(error.faults().len(), 3, "{error}");
    assert!(
        error
            .faults()
            .iter()
            .any(|fault| matches!(fault, StartFault::DependencyCycle { functions } if functions.len() == 2))
    );
    for text in ["chicken (tests/product/dependencies.rs:", "reads the path parameter `item_id`", "the prefix `items/`"]
    {
        assert!(error.to_string().contains(text), "{text}: {error}");
    }
}
