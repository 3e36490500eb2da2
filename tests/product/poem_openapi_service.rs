//! An annotated function is an operation of poem-openapi: it runs in its own service, without an `App`.

use serde_json::{Value, json};
use versify::{
    openapi::Merged,
    poem::{EndpointExt, Route, http::StatusCode, test::TestClient},
    poem_openapi::{OpenApi, OpenApiService, payload::PlainText},
    prelude::*,
};

#[model]
#[derive(Clone)]
struct Item {
    #[field(gt = 0, lt = 1000, examples = [3])]
    id: u32,
    tags: Option<Vec<String>>,
}

/// Lists items.
#[get("/items", tags = ["items"])]
async fn list_items(#[query(default = 10, le = 100)] limit: u32, prefix: State<String>) -> Vec<String> {
    vec![format!("{}{limit}", *prefix)]
}

#[post("/items", status = 201)]
async fn create_item(item: Item) -> Item {
    item
}

#[get("/items/{item_id}/{rest:path}")]
async fn read_item(item_id: u32, rest: String) -> String {
    format!("{item_id} {rest}")
}

/// What a user of poem-openapi has already.
struct Legacy;

#[OpenApi]
impl Legacy {
    #[oai(path = "/legacy", method = "get")]
    async fn legacy(&self) -> PlainText<String> {
        PlainText("old".to_owned())
    }
}

/// One operation of two methods.
#[route("/both", method = [GET, PUT])]
async fn both() -> u8 {
    1
}

fn service() -> OpenApiService<(Merged<(list_items, create_item, read_item, both)>, Legacy), ()> {
    OpenApiService::new((Merged((list_items {}, create_item {}, read_item {}, both {})), Legacy), "Shop", "1.0.0")
}

#[tokio::test]
async fn it_serves() {
    let client = TestClient::new(Route::new().nest("/", service()).data(State::new("n".to_owned())));
    client.get("/items?limit=3").send().await.assert_json(json!(["n3"])).await;
    client.get("/items/7/a/b").send().await.assert_json("7 a/b").await;
    client.put("/both").send().await.assert_json(1).await;
    client.get("/legacy").send().await.assert_text("old").await;
    let answer = client.post("/items").body_json(&json!({"id": 1, "tags": null})).send().await;
    answer.assert_status(StatusCode::CREATED);
    let answer = client.post("/items").body_json(&json!({"id": 0, "tags": [1]})).send().await;
    answer.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    let answer = client.get("/items?limit=x").send().await;
    answer.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    // A limit on what is read, by default.
    let answer = client.post("/items").content_type("application/json").body(vec![b' '; 3 << 20]).send().await;
    answer.assert_status(StatusCode::PAYLOAD_TOO_LARGE);
}

#[test]
fn it_documents() {
    let text = service().spec();
    assert_eq!(text.matches("\"/items\"").count(), 1, "{text}");
    let document: Value = serde_json::from_str(&text).unwrap();
    let items = &document["paths"]["/items"];
    assert_eq!(items["get"]["tags"], json!(["items"]));
    assert_eq!(items["get"]["operationId"], "list_items_items_get");
    assert_eq!(items["get"]["parameters"][0]["schema"]["maximum"], json!(100.0));
    assert_eq!(
        items["post"]["requestBody"]["content"]["application/json"]["schema"]["$ref"],
        "#/components/schemas/Item"
    );
    assert_eq!(items["post"]["responses"]["201"]["description"], "Successful Response");
    let id = &document["components"]["schemas"]["Item"]["properties"]["id"];
    let bounds = ["minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"].map(|key| id[key].clone());
    assert_eq!(bounds, [json!(0.0), json!(true), json!(1000.0), json!(true)]);
    assert_eq!(document["components"]["schemas"]["Item"]["properties"]["tags"]["nullable"], json!(true));
}

#[tokio::test]
async fn an_app_mounts_into_a_poem_route() {
    let app = App::new("inner", "1").routes(routes![create_item]).build().unwrap();
    let client = TestClient::new(Route::new().nest("/api", app));
    let answer = client.post("/api/items").body_json(&json!({"id": 1})).send().await;
    answer.assert_status(StatusCode::CREATED);
}
