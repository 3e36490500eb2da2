//! Paths: the twin of `paths()` in `parameters.py`.

use versify::{Json, prelude::*, types::Date};

use super::replay;

#[model(rename_all = "lowercase")]
enum Color {
    Red,
    Green,
}

#[model]
enum Level {
    Low = 1,
    High = 2,
}

#[model(literal, rename_all = "lowercase")]
enum Letter {
    A,
    B,
}

#[model(untagged, left_to_right)]
enum Left {
    Number(i64),
    Text(String),
}

#[model]
struct Window {
    /// The first
    #[field(ge = 0)]
    start: i64,
    #[field(default = 10, gt = 0, le = 100)]
    size: i64,
}

/// Operations that answer with the parameter itself.
macro_rules! reading {
    ($($name:ident $path:literal $type:ty;)*) => {$(
        #[get($path)]
        async fn $name(value: $type) -> Value {
            json!(value)
        }
    )*};
}

reading! {
    read_int "/int/{value}" i64;
    read_float "/float/{value}" f64;
    read_bool "/bool/{value}" bool;
    read_str "/str/{value}" String;
    read_date "/date/{value}" Date;
    read_color "/color/{value}" Color;
    read_level "/level/{value}" Level;
    read_literal "/literal/{value}" Letter;
    read_left "/left/{value}" Left;
    read_file "/files/{value:path}" String;
}

#[get("/lengths/{value}")]
async fn read_lengths(#[path(min_length = 3, max_length = 5)] value: String) -> Value {
    json!(value)
}

#[get("/between/{value}")]
async fn read_between(#[path(gt = 1, lt = 3)] value: f64) -> Value {
    json!(value)
}

#[get("/between-equal/{value}")]
async fn read_between_equal(#[path(ge = 1, le = 3)] value: i64) -> Value {
    json!(value)
}

#[get("/multiple/{value}")]
async fn read_multiple(#[path(multiple_of = 5)] value: i64) -> Value {
    json!(value)
}

#[get("/legacy/{id}")]
async fn read_choice(#[path(alias = ["item_id", "id"], ge = 1)] value: i64) -> Value {
    json!(value)
}

#[get("/both/{second}/{first}")]
async fn read_choices(#[path(alias = ["first", "second"])] value: i64, second: String) -> Value {
    json!({"value": value, "second": second})
}

#[get("/alias/{p_alias}")]
async fn read_alias(#[path(alias = "p_alias")] value: String) -> Value {
    json!(value)
}

#[get("/hidden/{value}")]
async fn read_hidden(#[path(include_in_schema = false)] value: String) -> Value {
    json!(value)
}

#[get("/same/{name}")]
async fn read_same(#[path(alias = "name")] path: String, #[query(alias = "name")] query: String) -> Value {
    json!({"path": path, "query": query})
}

#[put("/no-body/{value}")]
async fn put_no_body(value: String) -> Value {
    json!(value)
}

#[get("/users/{user_id}/items")]
async fn read_user_items(user_id: String, #[query] window: Window) -> Value {
    json!({"user_id": user_id, "window": window})
}

#[get("/json")]
async fn read_json(#[query] items: Json<Vec<i64>>) -> Value {
    json!(items)
}

#[dependency]
async fn get_identifier(#[path(alias = ["item_id", "id"], ge = 1)] value: i64) -> i64 {
    value
}

#[get("/detail")]
async fn read_detail(value: Depends<get_identifier>) -> Value {
    json!(*value)
}

#[tokio::test]
async fn in_the_path() {
    let app = App::new("FastAPI", "0.1.0").routes(routes![
        read_int,
        read_float,
        read_bool,
        read_str,
        read_date,
        read_color,
        read_level,
        read_literal,
        read_lengths,
        read_between,
        read_between_equal,
        read_multiple,
        read_left,
        read_choice,
        read_choices,
        read_alias,
        read_hidden,
        read_same,
        put_no_body,
        read_file,
        read_user_items,
        read_json,
    ]);
    let detail = || Router::new().routes(routes![read_detail]);
    let app = app
        .include(Router::new().prefix("/items/{item_id}").include(detail()))
        .include(Router::new().prefix("/legacy-items/{id}").include(detail()));
    replay(app, include_str!("paths.json")).await;
}
