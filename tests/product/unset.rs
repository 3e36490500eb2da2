//! Fields that were not sent, in answers.

use serde_json::json;
use versify::prelude::*;

use crate::client::{get, send};

#[model(partial = ItemPatch)]
struct Item {
    name: String,
    #[field(default = 10.5)]
    tax: f64,
    note: Option<String>,
}

#[model]
struct Loose {
    id: i64,
    note: Patch<Option<String>>,
    inner: Patch<Inner>,
}

#[model]
struct Inner {
    size: Patch<i64>,
    #[field(flatten)]
    more: More,
}

#[model]
struct More {
    color: Patch<String>,
}

#[model(tag = "kind")]
enum Shape {
    Circle { radius: Patch<f64> },
    Named(More),
}

#[get("/loose")]
async fn loose() -> Vec<Loose> {
    let inner = |size, color| Patch::Set(Inner { size, more: More { color } });
    vec![
        Loose { id: 1, note: Patch::Unset, inner: Patch::Unset },
        Loose { id: 2, note: Patch::Set(None), inner: inner(Patch::Set(1), Patch::Unset) },
        Loose {
            id: 3,
            note: Patch::Set(Some("x".to_owned())),
            inner: inner(Patch::Unset, Patch::Set("red".to_owned())),
        },
    ]
}

#[get("/shapes")]
async fn shapes() -> Vec<Shape> {
    vec![Shape::Circle { radius: Patch::Unset }, Shape::Named(More { color: Patch::Unset })]
}

#[post("/echo", response = Item, exclude_unset)]
async fn echo(item: ItemPatch) -> ItemPatch {
    item
}

#[post("/many", response = Vec<Item>, exclude_unset, exclude_none)]
async fn many(items: Vec<ItemPatch>) -> Result<Vec<ItemPatch>> {
    Ok(items)
}

#[post("/maybe", response = Option<Item>, exclude_unset)]
async fn maybe(item: Option<ItemPatch>) -> Option<ItemPatch> {
    item
}

#[tokio::test]
async fn what_is_unset_is_left_out() {
    let service = App::new("x", "1").routes(routes![loose, shapes, echo, many, maybe]).build().unwrap();
    let answer = get(&service, "/loose").await.body;
    assert_eq!(
        answer,
        r#"[{"id":1},{"id":2,"note":null,"inner":{"size":1}},{"id":3,"note":"x","inner":{"color":"red"}}]"#
    );
    assert_eq!(get(&service, "/shapes").await.body, r#"[{"kind":"Circle"},{"kind":"Named"}]"#);
    for (path, body, expected) in [
        ("/echo", r#"{"name":"a"}"#, r#"{"name":"a"}"#),
        ("/echo", r#"{"note":null,"tax":10.5}"#, r#"{"tax":10.5,"note":null}"#),
        ("/echo", "{}", "{}"),
        ("/many", r#"[{"note":null,"tax":1},{}]"#, r#"[{"tax":1.0},{}]"#),
        ("/maybe", "null", "null"),
        ("/maybe", r#"{"tax":1}"#, r#"{"tax":1.0}"#),
    ] {
        let answer = send(&service, "POST", path, &[("content-type", "application/json")], body.to_owned()).await;
        assert_eq!((answer.status, answer.body.as_str()), (200, expected), "{path} {body}");
    }
    let document = get(&service, "/openapi.json").await.json();
    let schema = |path: &str, status: &str| {
        document["paths"][path]["post"]["responses"][status]["content"]["application/json"]["schema"].clone()
    };
    let item = json!({"$ref": "#/components/schemas/Item"});
    assert_eq!(schema("/echo", "200"), item);
    assert_eq!(schema("/many", "200")["items"], item);
    assert_eq!(schema("/maybe", "200")["anyOf"][0], item);
    assert_eq!(document["components"]["schemas"]["Item"]["properties"]["tax"]["default"], 10.5);
    assert_eq!(document["components"]["schemas"]["Item"]["required"], json!(["name"]));
}
