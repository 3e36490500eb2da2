//! How bodies and content types are read.

use serde_json::{Value, json};
use versify::{Service, prelude::*};

use super::declared::Item;

#[post("/")]
async fn item(item: Item) -> Value {
    json!({ "item": item })
}

#[post("/")]
async fn optional(item: Option<Item>) -> Value {
    json!({ "item": item })
}

#[post("/", embed)]
async fn embedded(item: Item) -> Value {
    json!({ "item": item })
}

#[post("/")]
async fn two(item: Item, #[body] count: i64) -> Value {
    json!({ "item": item, "count": count })
}

#[post("/")]
async fn items(items: Vec<Item>) -> Value {
    json!({ "items": items })
}

#[post("/")]
async fn count(#[body] count: i64) -> Value {
    json!({ "count": count })
}

#[post("/")]
async fn weights(weights: std::collections::BTreeMap<i64, f64>) -> Value {
    json!({ "weights": weights })
}

pub fn services() -> Vec<(String, Service)> {
    [
        ("f(item: Item)", routes![item]),
        ("f(item: Item | null = null)", routes![optional]),
        ("f(item: Item), embedded", routes![embedded]),
        ("f(item: Item, count: int), both from the body", routes![two]),
        ("f(items: list[Item])", routes![items]),
        ("f(count: int), from the body", routes![count]),
        ("f(weights: dict[int, float])", routes![weights]),
    ]
    .into_iter()
    .map(|(key, routes)| (key.to_owned(), App::new("bodies", "1").routes(routes).build().unwrap()))
    .collect()
}
