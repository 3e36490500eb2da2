//! What keeps an app from starting is told at once, all of it.

use versify::{StartFault, prelude::*};

mod one {
    use versify::prelude::*;

    #[get("/items/{id}")]
    pub async fn read_item(id: u32) -> u32 {
        id
    }

    #[get("/same", operation_id = "same")]
    pub async fn first() {}
}

mod two {
    use versify::prelude::*;

    pub struct Db;

    #[errors]
    #[derive(Debug)]
    pub enum Fault {
        #[error(status = 410, "Gone")]
        Gone,
    }

    #[get("/items/{name}")]
    pub async fn read_item(name: String, _db: State<Db>) -> String {
        name
    }

    #[get("/other", operation_id = "same")]
    pub async fn second() {}

    #[get("/pattern")]
    pub async fn pattern(#[query(pattern = "(")] q: Option<String>) -> Option<String> {
        q
    }
}

#[test]
fn every_fault_is_in_one_report() {
    let app =
        App::new("faulty", "1").routes(routes![one::read_item, one::first, two::read_item, two::second, two::pattern]);
    let error = app.build().unwrap_err();
    assert_eq!(error.faults().len(), 4, "{error}");
    let report = format!("{error:?}");
    for text in [
        "the app cannot start, for 4 reasons:",
        "GET /items/{name} is served by 2 operations:",
        "read_item (tests/product/start.rs:",
        "the operation id `same` stands for 2 operations",
        "nobody provides `State<product::start::two::Db>`",
        "the pattern `(` is no regular expression",
    ] {
        assert!(report.contains(text), "`{text}` is not in:\n{report}");
    }
}

#[test]
fn shadowed_routes_can_be_allowed() {
    let app = App::new("shadowed", "1")
        .state(two::Db)
        .allow_shadowed_routes(true)
        .routes(routes![one::read_item, two::read_item]);
    assert!(app.build().is_ok());
}

#[test]
fn a_parameter_and_the_rest_of_a_path_may_collide() {
    #[get("/a/{rest:path}")]
    async fn rest(rest: String) -> String {
        rest
    }
    #[get("/a/{id}")]
    async fn id(id: String) -> String {
        id
    }
    let error = App::new("collide", "1").routes(routes![rest, id]).build().unwrap_err();
    assert!(matches!(error.faults(), [StartFault::Path { .. }]), "{error}");
}

#[test]
fn a_wrong_pattern_in_a_model_is_found_too() {
    #[model]
    struct Inner {
        #[field(pattern = "[")]
        code: String,
    }
    #[model]
    struct Outer {
        inner: Vec<Inner>,
    }
    #[post("/")]
    async fn create(outer: Outer) -> usize {
        outer.inner.iter().map(|inner| inner.code.len()).sum()
    }
    let error = App::new("pattern", "1").routes(routes![create]).build().unwrap_err();
    assert!(matches!(error.faults(), [StartFault::Pattern { pattern: "[", .. }]), "{error}");
}

#[test]
fn what_cannot_be_sent_as_text_is_no_parameter() {
    use std::collections::HashMap;

    #[model]
    struct Item {
        name: String,
    }
    #[get("/path/{id}")]
    async fn path(id: Vec<String>) -> usize {
        id.len()
    }
    #[get("/models")]
    async fn models(#[query] items: Vec<Item>, #[header] pair: Option<(u8, Item)>) -> usize {
        items.iter().map(|item| item.name.len()).sum::<usize>() + usize::from(pair.is_some())
    }
    #[get("/map")]
    async fn map(#[cookie] by_name: HashMap<String, u8>) -> usize {
        by_name.len()
    }
    #[get("/lists")]
    async fn lists(#[query] lists: Vec<Vec<u8>>) -> usize {
        lists.len()
    }
    #[get("/fine/{id}")]
    async fn fine(id: u8, #[query] tags: Vec<String>, #[query] pair: (u8, String), any: Value) -> usize {
        drop((tags, pair, any));
        usize::from(id)
    }
    let error = App::new("textless", "1").routes(routes![path, models, map, lists, fine]).build().unwrap_err();
    let found: Vec<String> = error
        .faults()
        .iter()
        .map(|fault| match fault {
            StartFault::Parameter { place, name, function } => format!("{} {} {}", function.0, place.as_str(), name),
            other => other.to_string(),
        })
        .collect();
    let expected =
        ["path path id", "models query items", "models header pair", "map cookie by_name", "lists query lists"];
    assert_eq!(found, expected);
}

/// Each kind of fault says where it is, and what to write.
#[tokio::test]
async fn each_fault_says_where_and_what_to_write() {
    use versify::{Environment, Lifespan, Templates};

    #[get("/items")]
    async fn items() {}
    #[post("/both")]
    async fn both(#[form] name: String, first: Depends<body>) -> String {
        name + &first.to_string()
    }
    #[dependency]
    async fn body(number: Vec<u8>) -> usize {
        number.len()
    }
    #[dependency]
    async fn left(other: Depends<right>) -> u8 {
        *other
    }
    #[dependency]
    async fn right(other: Depends<left>) -> u8 {
        *other
    }
    #[get("/cycle")]
    async fn cycle(one: Depends<left>) -> u8 {
        *one
    }
    #[get("/wanted")]
    async fn wanted(_db: State<two::Db>) {}
    #[get("/pattern")]
    async fn pattern(#[query(pattern = "[")] q: String) -> String {
        q
    }
    #[get("/prefixed")]
    async fn prefixed(#[path(prefix)] shop: u8) -> u8 {
        shop
    }
    #[model]
    struct Answer {
        name: String,
    }
    #[get("/fields", exclude = ["nmae"])]
    async fn fields() -> Answer {
        Answer { name: String::new() }
    }
    #[dependency]
    async fn wanting(_db: State<two::Db>) -> usize {
        0
    }
    // What the dependency fails with is no answer of the function's.
    #[dependency]
    async fn failing() -> Result<u8, two::Fault> {
        Err(two::Fault::Gone)
    }
    #[get("/fields-too", exclude = ["nmae"])]
    async fn fields_too(_failing: Depends<failing>) -> Answer {
        Answer { name: String::new() }
    }
    #[get("/list/{ids}")]
    async fn list(ids: Vec<u8>) -> usize {
        ids.len()
    }

    let app = |routes: &[_]| App::new("faulty", "1").routes(routes.iter().copied());
    let table = [
        (app(&routes![items, items]), &["GET /items is served by 2 operations", "Give each its own path"][..]),
        (app(&routes![one::first, two::second]), &["the operation id `same`", "Choose another with `operation_id"]),
        (app(&routes![both]), &["read as a form and as something else", "Make all of it fields of the form"]),
        (app(&routes![cycle]), &["wait for each other", "take one `Depends<..>` away"]),
        (app(&routes![wanted]), &["nobody provides `State<", "Add `.state(..)`"]),
        (app(&routes![pattern]), &["the pattern `[` is no regular expression", "as the crate `regex` reads it"]),
        (app(&routes![prefixed]), &["an argument reads the path parameter `shop`, which is not in it"]),
        (app(&routes![fields]), &["the answer has no field `nmae`", "Its fields are: name."]),
        (app(&routes![fields_too]), &["the answer has no field `nmae`", "Its fields are: name."]),
        (app(&routes![list]), &["the path parameter `ids` cannot be read", "take a scalar"]),
        (
            app(&[]).include(Router::new().prefix("shop/").routes(routes![items])),
            &["the prefix `shop/` cannot be served", "Write `/shop`."],
        ),
        (
            app(&[]).include(Router::new().prefix("/").routes(routes![items])),
            &["the prefix `/` cannot be served", "Leave it out."],
        ),
        (app(&[]).frontend("/app", "nowhere"), &["the front end at `/app/` cannot be served"]),
        (
            app(&[]).state(1_u8).replace_dependency::<body, wanting>(),
            &["nobody provides `State<", "- wanting (tests/product/start.rs:"],
        ),
        (app(&routes![items]).metrics("/items"), &["the path `/items` cannot be served: an operation answers there"]),
        (app(&[]).settings::<Answer>(Environment::of([("other", "1")])), &["NAME: it is not set, and has no default"]),
        (app(&[]).state(Templates::new("nowhere")), &["the directory `", "nowhere` does not exist"]),
        (app(&[]).lifespan(|| async { Err::<Lifespan, _>("no database".into()) }), &["a lifespan failed: no database"]),
    ];
    for (app, expected) in table {
        let report = app.start().await.map(|_| ()).unwrap_err().to_string();
        let place = "tests/product/start.rs:";
        for text in expected.iter().chain([&place]) {
            assert!(report.contains(text), "`{text}` is not in:\n{report}");
        }
    }
}

/// Faults that come before or after the app is built.
#[tokio::test]
async fn an_address_and_a_lifespan_have_a_place_too() {
    use versify::Lifespan;

    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let (line, app) = (line!(), App::new("taken", "1").host("127.0.0.1").port(port));
    let error = app.serve().await.unwrap_err();
    assert!(matches!(error.faults(), [StartFault::Listen { at, .. }] if at.line == line), "{error}");
    assert!(error.to_string().contains(&format!("- tests/product/start.rs:{line}")), "{error}");

    let (line, app) = (line!(), App::new("unstarted", "1").lifespan(|| async { Ok(Lifespan::new()) }));
    let error = app.build().unwrap_err();
    assert!(
        matches!(error.faults(), [StartFault::NotStarted { lifespans }] if lifespans.iter().all(|at| at.line == line)),
        "{error}"
    );
    assert!(error.to_string().contains("call `App::start` and await it\n   - tests/product/start.rs:"), "{error}");

    let (line, read) = (line!(), versify::Environment::of([("a", "b")]).read::<Reading>());
    let error = read.err().unwrap();
    assert!(matches!(error.faults(), [StartFault::Setting { at, .. }] if at.line == line), "{error}");
}

#[model]
struct Reading {
    n: u8,
}
