//! Answers that are JSON otherwise, in the form of an app, a router or an operation.

use serde_json::json;
use versify::{Bytes, Html, ResponseClass, poem, prelude::*};

use crate::client::get;

struct JsonApi;

impl ResponseClass for JsonApi {
    const MEDIA_TYPE: &'static str = "application/vnd.api+json";
}

struct Wrapped;

impl ResponseClass for Wrapped {
    const MEDIA_TYPE: &'static str = "text/x-wrapped";

    fn render(json: Bytes) -> Bytes {
        format!("<{}>", String::from_utf8_lossy(&json)).into()
    }
}

struct Plain;

impl ResponseClass for Plain {
    const MEDIA_TYPE: &'static str = "application/json";
}

#[model]
struct Item {
    name: Option<String>,
    size: i64,
}

#[get("/item")]
async fn item() -> Item {
    Item { name: None, size: 1 }
}

#[get("/own", response_class = Wrapped, exclude_none)]
async fn own() -> Result<Item> {
    Ok(Item { name: None, size: 1 })
}

#[get("/nothing")]
async fn nothing() {}

#[get("/html")]
async fn html() -> Html<&'static str> {
    Html("<p>")
}

#[get("/raw")]
async fn raw() -> poem::Response {
    poem::Response::builder().content_type("application/json").body("{}")
}

#[get("/fails/{size}")]
async fn fails(size: i64) -> Result<Item> {
    Err(HttpError::new(404, format!("nothing of {size}")))
}

#[tokio::test]
async fn json_answers_have_the_nearest_class() {
    let all = || routes![item, own, nothing, html, raw, fails];
    let app = App::new("x", "1")
        .default_response_class::<JsonApi>()
        .routes(all())
        .include(Router::new().prefix("/inner").default_response_class::<Plain>().routes(all()))
        .include(Router::new().prefix("/as-app").routes(all()));
    let service = app.build().unwrap();
    for (path, status, media_type, body) in [
        ("/item", 200, "application/vnd.api+json", r#"{"name":null,"size":1}"#),
        ("/own", 200, "text/x-wrapped; charset=utf-8", r#"<{"size":1}>"#),
        ("/nothing", 200, "application/vnd.api+json", "null"),
        ("/html", 200, "text/html; charset=utf-8", "<p>"),
        ("/raw", 200, "application/json", "{}"),
        ("/fails/1", 404, "application/json", r#"{"detail":"nothing of 1"}"#),
        ("/fails/x", 422, "application/json", ""),
        ("/inner/item", 200, "application/json", r#"{"name":null,"size":1}"#),
        ("/inner/own", 200, "text/x-wrapped; charset=utf-8", r#"<{"size":1}>"#),
        ("/as-app/item", 200, "application/vnd.api+json", r#"{"name":null,"size":1}"#),
    ] {
        let answer = get(&service, path).await;
        assert_eq!((answer.status, answer.header("content-type")), (status, media_type), "{path}");
        assert!(body.is_empty() || answer.body == body, "{path}: {}", answer.body);
    }
    let document = get(&service, "/openapi.json").await.json();
    for (path, media_type) in
        [("/item", "application/vnd.api+json"), ("/own", "text/x-wrapped"), ("/inner/item", "application/json")]
    {
        let content = document["paths"][path]["get"]["responses"]["200"]["content"].clone();
        assert_eq!(content, json!({media_type: {"schema": {"$ref": "#/components/schemas/Item"}}}), "{path}");
    }
}
