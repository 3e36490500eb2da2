//! The document and the pages that are made of the functions.

use serde_json::{Value, json};
use versify::{
    BodyStream,
    openapi::{Info, Tag},
    prelude::*,
};

use crate::client::{get, pretty, send};

mod other {
    use versify::prelude::*;

    /// Another type of the same name.
    #[model]
    pub(super) struct Item {
        pub(super) other: bool,
    }
}

/// An item on sale. </script><script>alert(1)</script>
#[model]
#[derive(Clone)]
struct Item {
    /// What the shelf label says.
    #[field(min_length = 1, max_length = 50, examples = ["Portal gun"])]
    name: String,
    #[field(gt = 0, title = "The price")]
    price: f64,
    #[field(default)]
    tags: Vec<String>,
    description: Option<String>,
    #[field(default = 1, deprecated)]
    old: u8,
    parent: Option<Box<Item>>,
    color: Option<Color>,
}

#[model(rename_all = "lowercase")]
#[derive(Clone)]
enum Color {
    Red,
    Green,
}

#[model(tag = "kind", rename_all = "snake_case")]
enum Shape {
    /// Round.
    Circle {
        radius: f64,
    },
    Painted(Paint),
}

#[model(extra = "forbid")]
struct Paint {
    color: Color,
}

/// Read one item, with its stock.
///
/// *Markdown* is kept.
#[get("/items/{item_id}", tags = ["items"], response_description = "The item")]
async fn read_item(
    #[path(ge = 1, title = "The ID")] item_id: u64,
    #[query(max_length = 50, alias = "item-query", description = "Full-text filter.", deprecated)] q: Option<String>,
    #[query(default = 10, le = 100)] limit: u32,
    #[header] user_agent: Option<String>,
    #[query(include_in_schema = false)] hidden: Option<bool>,
    color: Option<Color>,
) -> Result<Item> {
    let _ = (item_id, q, limit, user_agent, hidden, color);
    Err(HttpError::new(404, "none"))
}

#[put("/items/{item_id}", summary = "Replace", operation_id = "replace")]
async fn put_item(item_id: u64, item: Item, other: Option<other::Item>, #[body] importance: u8) -> Vec<Item> {
    let _ = (item_id, other.map(|other| other.other), importance);
    vec![item]
}

#[post("/shapes", status = 201)]
async fn create_shape(shape: Shape) -> Option<u8> {
    let _ = shape;
    None
}

/// Loads a table.
#[post("/upload", status = 204)]
#[deprecated]
async fn upload(#[body(content_type = "text/csv", description = "A table.")] table: BodyStream) {
    drop(table);
}

#[get("/secret", include_in_schema = false)]
async fn secret() {}

fn service() -> versify::Service {
    let info = Info {
        description: Some("Sells </script> things.".into()),
        tags: vec![Tag { name: "items".into(), ..Tag::default() }],
        ..Info::new("Shop", "1.0.0")
    };
    #[allow(deprecated)]
    let routes = routes![read_item, put_item, create_shape, upload, secret];
    App::new("", "").info(info).routes(routes).build().unwrap()
}

#[test]
fn the_document() {
    let document: Value = serde_json::from_slice(service().openapi()).unwrap();
    insta::assert_snapshot!(pretty(&document));
}

#[tokio::test]
async fn the_pages_are_there_unless_they_are_switched_off() {
    let service = service();
    for (path, content_type) in [
        ("/openapi.json", "application/json"),
        ("/docs", "text/html; charset=utf-8"),
        ("/redoc", "text/html; charset=utf-8"),
        ("/docs/oauth2-redirect", "text/html; charset=utf-8"),
    ] {
        for method in ["GET", "HEAD"] {
            let answer = send(&service, method, path, &[], ()).await;
            assert_eq!((answer.status, answer.header("content-type")), (200, content_type), "{method} {path}");
        }
        assert_eq!(send(&service, "POST", path, &[], ()).await.status, 405);
    }
    let document = get(&service, "/openapi.json").await;
    let etag = document.header("etag");
    let again = send(&service, "GET", "/openapi.json", &[("if-none-match", etag)], ()).await;
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    let moved = App::new("x", "1").docs_url("/swagger").redoc_url(None).openapi_url("/api.json").build().unwrap();
    for (path, status) in
        [("/docs", 404), ("/swagger", 200), ("/redoc", 404), ("/openapi.json", 404), ("/api.json", 200)]
    {
        assert_eq!(get(&moved, path).await.status, status, "{path}");
    }
    let none = App::new("x", "1").openapi_url(None).build().unwrap();
    for path in ["/docs", "/redoc", "/openapi.json"] {
        assert_eq!(get(&none, path).await.status, 404, "{path}");
    }
    let empty = App::new("x", "1").build().unwrap();
    assert_eq!(
        get(&empty, "/openapi.json").await.json(),
        json!({"openapi": "3.1.0", "info": {"title": "x", "version": "1"}, "paths": {}})
    );
}

#[tokio::test]
async fn no_text_of_an_app_gets_into_a_page() {
    let answer = get(&service(), "/docs").await;
    assert!(!answer.body.contains("alert"), "{}", answer.body);
    assert!(!answer.body.contains("<script>"), "{}", answer.body);
    assert!(answer.header("content-security-policy").contains("script-src 'self'"));
}
