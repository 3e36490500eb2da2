//! Where an argument comes from, read off the signature.

use serde_json::json;
use versify::{BodyStream, Bytes, poem::web::RealIp, prelude::*};

use crate::client::{get, post, send};

#[model]
#[derive(Clone, Debug, PartialEq)]
struct Item {
    name: String,
    price: f64,
}

#[model(rename_all = "lowercase")]
#[derive(Clone, Copy, Debug)]
enum Color {
    Red,
    DarkBlue,
}

struct Greeting(&'static str);

/// An alias must work: types decide, not their spelling.
type MaybeText = Option<String>;

#[get("/path/{id}/{rest:path}")]
async fn path(rest: String, id: u8) -> String {
    format!("{id} {rest}")
}

#[get("/query")]
async fn query(
    q: MaybeText,
    color: Option<Color>,
    #[query] tags: Vec<u8>,
    #[query(alias = "item-query", default = 7)] n: i32,
) -> Vec<String> {
    vec![format!("{q:?}"), format!("{color:?}"), format!("{tags:?}"), n.to_string()]
}

#[get("/header")]
async fn header(
    #[header] user_agent: String,
    #[header(convert_underscores = false)] x_y: Option<String>,
    #[cookie] session: Option<u32>,
) -> String {
    format!("{user_agent} {x_y:?} {session:?}")
}

#[put("/body/{id}")]
async fn body(id: u32, item: Item, greeting: State<Greeting>) -> Result<String> {
    Ok(format!("{} {id} {item:?}", greeting.0))
}

#[post("/two")]
async fn two(item: Item, user: Option<Item>, #[body(gt = 0)] importance: u32) -> String {
    format!("{item:?} {user:?} {importance}")
}

#[post("/embedded", embed)]
async fn embedded(item: Item) -> Item {
    item
}

#[post("/list")]
async fn list(items: Vec<Item>) -> usize {
    items.len()
}

#[post("/bytes")]
async fn bytes(data: Bytes) -> usize {
    data.len()
}

#[post("/stream", body_limit = 10)]
async fn stream(#[body(content_type = "text/csv")] mut data: BodyStream) -> Result<usize> {
    let mut total = 0;
    while let Some(piece) = data.next().await? {
        total += piece.len();
    }
    Ok(total)
}

#[get("/extract")]
async fn extract(#[extract] ip: RealIp, request: &poem::Request) -> String {
    format!("{:?} {}", ip.0, request.uri().path())
}

/// Runs on the blocking pool.
#[get("/plain")]
fn plain() -> bool {
    std::thread::current().name().is_some()
}

#[get("/inline", inline)]
fn inline() {}

#[route("/several", method = [GET, POST])]
async fn several() -> Option<u8> {
    None
}

fn service() -> versify::Service {
    App::new("inference", "1")
        .state(Greeting("hello"))
        .routes(routes![path, query, header, body, two, embedded, list, bytes, stream, extract, plain, inline, several])
        .build()
        .unwrap()
}

#[tokio::test]
async fn parameters_come_from_where_the_signature_says() {
    let service = service();
    for (uri, expected) in [
        ("/path/7/a/b%20c.txt", json!("7 a/b c.txt")),
        ("/query", json!(["None", "None", "[]", "7"])),
        (
            "/query?q=1&color=darkblue&tags=1&tags=2&item-query=-3",
            json!(["Some(\"1\")", "Some(DarkBlue)", "[1, 2]", "-3"]),
        ),
        ("/query?q=a&q=b&tags=5", json!(["Some(\"b\")", "None", "[5]", "7"])),
        ("/extract", json!("None /extract")),
        ("/plain", json!(true)),
        ("/inline", json!(null)),
        ("/several", json!(null)),
    ] {
        let answer = get(&service, uri).await;
        // A list without a default is required, as in FastAPI.
        if uri == "/query" {
            assert_eq!(answer.faults(), ["missing@query.tags"]);
            continue;
        }
        assert_eq!((answer.status, answer.json()), (200, expected), "{uri}");
    }
    let headers = [("user-agent", "curl"), ("x_y", "1"), ("cookie", "a=b; session=5")];
    let answer = send(&service, "GET", "/header", &headers, ()).await;
    assert_eq!(answer.json(), json!("curl Some(\"1\") Some(5)"));
}

#[tokio::test]
async fn bodies_are_whole_embedded_or_raw() {
    let service = service();
    let item = r#"{"name":"a","price":1}"#;
    let json_type = [("content-type", "application/json")];
    let answer = send(&service, "PUT", "/body/3", &json_type, item).await;
    assert_eq!(answer.json(), json!("hello 3 Item { name: \"a\", price: 1.0 }"));
    let answer = post(&service, "/two", &format!(r#"{{"item":{item},"importance":"2"}}"#)).await;
    assert_eq!(answer.json(), json!("Item { name: \"a\", price: 1.0 } None 2"));
    for (uri, body, faults) in [
        (
            "/two",
            r#"{"item":{"name":1},"user":3,"importance":0}"#,
            &[
                "string_type@body.item.name",
                "missing@body.item.price",
                "model_attributes_type@body.user",
                "greater_than@body.importance",
            ][..],
        ),
        ("/two", "null", &["missing@body.item", "missing@body.user", "missing@body.importance"]),
        ("/two", "", &["missing@body.item", "missing@body.importance"]),
        ("/embedded", item, &["missing@body.item"]),
        (
            "/list",
            r#"[{"name":"a","price":1},{"name":2,"price":"x"}]"#,
            &["string_type@body.1.name", "float_parsing@body.1.price"],
        ),
    ] {
        assert_eq!(post(&service, uri, body).await.faults(), faults, "{uri} {body}");
    }
    assert_eq!(post(&service, "/embedded", &format!(r#"{{"item":{item}}}"#)).await.status, 200);
    assert_eq!(send(&service, "POST", "/bytes", &[], vec![0xff_u8; 5]).await.json(), json!(5));
    assert_eq!(send(&service, "POST", "/stream", &[], vec![0_u8; 10]).await.json(), json!(10));
}

#[tokio::test]
async fn an_annotated_function_stays_a_function() {
    assert_eq!(path("x".to_owned(), 1).await, "1 x");
    assert_eq!(
        body(1, Item { name: "a".into(), price: 2.0 }, State::new(Greeting("hi"))).await.unwrap(),
        "hi 1 Item { name: \"a\", price: 2.0 }"
    );
    inline();
}
