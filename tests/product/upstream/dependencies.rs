//! What dependencies and those who depend on them read, once each: the twin of `dependencies.py`.

use std::collections::BTreeMap;

use versify::{
    Bytes,
    openapi::{OperationSpec, ResponseDoc},
    prelude::*,
};

use super::replay;

#[model]
#[derive(Clone)]
struct Item {
    data: String,
}

#[model]
struct Message {
    title: String,
}

#[model(extra = "allow")]
#[derive(Clone)]
struct Filters {
    term: String,
    #[field(flatten)]
    rest: BTreeMap<String, Value>,
}

#[model(extra = "allow")]
struct Pagination {
    /// Page size
    #[field(default = 10, ge = 1)]
    limit: i64,
    #[field(flatten)]
    rest: BTreeMap<String, Value>,
}

#[dependency]
async fn client_key(#[query] client_id: String) -> String {
    format!("{client_id}_key")
}

#[dependency]
async fn client_tag(#[query] client_id: Option<String>) -> Option<String> {
    client_id.map(|client_id| format!("{client_id}_tag"))
}

#[dependency]
async fn user_exists(#[path] user_id: i64) -> bool {
    user_id > 0
}

#[dependency]
async fn get_header(#[header] someheader: String) -> String {
    someheader
}

#[dependency]
async fn get_something_else(someheader: Depends<get_header>) -> String {
    format!("{}123", *someheader)
}

#[dependency]
async fn duplicate_dependency(item: Item) -> Item {
    item
}

#[dependency]
async fn other_dependency(item2: Item) -> Item {
    item2
}

#[dependency]
async fn sub_duplicate_dependency(item: Item, sub_item: Depends<duplicate_dependency>) -> Vec<Item> {
    vec![item, Item::clone(&sub_item)]
}

#[get("/foo")]
async fn foo(key: Depends<client_key>, tag: Depends<client_tag>) -> Value {
    json!({"client_id": *key, "client_tag": *tag})
}

#[get("/bar")]
async fn bar(tag: Depends<client_tag>, key: Depends<client_key>) -> Value {
    json!({"client_id": *key, "client_tag": *tag})
}

#[get("/exists/{user_id}", dependencies = [user_exists])]
async fn read_users(user_id: i64) -> Value {
    json!(user_id)
}

#[get("/header")]
async fn get_deps(dep1: Depends<get_header>, dep2: Depends<get_something_else>) -> Value {
    json!({"dep1": *dep1, "dep2": *dep2})
}

#[post("/with-duplicates")]
async fn with_duplicates(item: Item, item2: Depends<duplicate_dependency>) -> Value {
    json!([item, *item2])
}

#[post("/no-duplicates")]
async fn no_duplicates(item: Item, item2: Depends<other_dependency>) -> Value {
    json!([item, *item2])
}

#[post("/with-duplicates-sub")]
async fn with_duplicates_sub(item: Item, sub_items: Depends<sub_duplicate_dependency>) -> Value {
    json!([item, *sub_items])
}

#[get("/")]
async fn get_users() -> Value {
    json!([{"user_id": "u1"}])
}

#[get("/{user_id}")]
async fn get_user(user_id: String) -> Value {
    json!({"user_id": user_id})
}

#[get("/")]
async fn get_items(user_id: Option<String>) -> Value {
    json!([{"user_id": user_id}])
}

#[get("/{item_id}")]
async fn get_item(item_id: String, user_id: Option<String>) -> Value {
    json!({"item_id": item_id, "user_id": user_id})
}

#[get("/users/{id}")]
async fn read_user(segment: String, id: String) -> Value {
    json!({"segment": segment, "id": id})
}

#[post("/urlencoded")]
async fn post_url_encoded(#[form] age: Option<i64>) -> Value {
    json!(age)
}

#[post("/multipart")]
async fn post_multi_part(#[form] age: Option<i64>, #[file] file: Option<Bytes>) -> Value {
    json!({"file": file.map(|file| String::from_utf8_lossy(&file).into_owned()), "age": age})
}

/// The same operations for each place.
macro_rules! composed {
    ($place:ident $path:literal $dependency_path:literal $read:ident $depend:ident $dependency:ident) => {
        #[dependency]
        async fn $dependency(#[$place] filters: Filters) -> Filters {
            filters
        }

        #[get($path)]
        async fn $read(
            #[$place] filters: Filters,
            #[$place] pagination: Pagination,
            #[$place(default = "testserver")] host: String,
        ) -> Value {
            json!({"filters": filters, "pagination": pagination, "host": host})
        }

        #[get($dependency_path)]
        async fn $depend(
            filters: Depends<$dependency>,
            #[$place] pagination: Pagination,
            #[$place(default = "testserver")] host: String,
        ) -> Value {
            json!({"filters": *filters, "pagination": pagination, "host": host})
        }
    };
}

composed! { query "/query" "/query/dependency" read_query depend_query filters_of_query }
composed! { header "/headers" "/headers/dependency" read_headers depend_headers filters_of_headers }
composed! { cookie "/cookie" "/cookie/dependency" read_cookie depend_cookie filters_of_cookies }

#[tokio::test]
async fn each_is_read_once() {
    let items = || Router::new().routes(routes![get_items, get_item]);
    let app = App::new("FastAPI", "0.1.0")
        .routes(routes![
            foo,
            bar,
            read_users,
            get_deps,
            with_duplicates,
            no_duplicates,
            with_duplicates_sub,
            post_url_encoded,
            post_multi_part,
            read_query,
            depend_query,
            read_headers,
            depend_headers,
            read_cookie,
            depend_cookie,
        ])
        .include(Router::new().prefix("/users").routes(routes![get_users, get_user]))
        .include(Router::new().prefix("/items").include(items()))
        .include(Router::new().prefix("/users/{user_id}/items").include(items()))
        .include(Router::new().prefix("/segments/{segment}").routes(routes![read_user]));
    replay(app, include_str!("dependencies.json")).await;
}

/// Operations that differ in their names.
macro_rules! posting {
    ($($name:ident $path:literal $(, $option:ident = $value:literal)?;)*) => {$(
        #[post($path, responses(404 = ResponseDoc::model::<Vec<Message>>()) $(, $option = $value)?)]
        async fn $name(item1: Item, item2: Item) -> Vec<Item> {
            vec![item1, item2]
        }
    )*};
}

posting! {
    post_root "/";
    post_own "/own", operation_id = "own";
    post_router "/router";
    post_plain "/plain";
    post_again "/again";
}

fn named(word: &str, operation: &OperationSpec) -> String {
    format!("{word}_{}", operation.function)
}

#[tokio::test]
async fn operations_are_named_by_the_nearest() {
    let app = App::new("FastAPI", "0.1.0")
        .operation_ids(|operation| named("foo", operation))
        .routes(routes![post_root, post_own])
        .include(Router::new().operation_ids(|operation| named("bar", operation)).routes(routes![post_router]))
        .include(Router::new().routes(routes![post_plain]))
        .include(
            Router::new()
                .prefix("/baz")
                .operation_ids(|operation| named("baz", operation))
                .include(Router::new().routes(routes![post_again])),
        );
    replay(app, include_str!("ids.json")).await;
}
