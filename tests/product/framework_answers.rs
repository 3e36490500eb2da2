//! What versify itself answers, in the document of an app that asks for it.

use serde_json::{Value, json};
use versify::{
    BodyStream,
    operation::Description,
    prelude::*,
    security::{ApiKey, Auth, SecurityScheme},
};

use crate::client::{get, post, send};

#[model]
struct Item {
    name: String,
}

#[get("/")]
async fn index() {}

#[get("/items/{id}")]
async fn read_item(id: String) -> String {
    id
}

#[get("/files/{path:path}")]
async fn read_file(path: String) -> String {
    path
}

#[post("/items", body_limit = 100)]
async fn create_item(item: Item) -> Item {
    item
}

#[put("/stream")]
async fn store(body: BodyStream) {
    drop(body);
}

/// An error with a 404 of another shape, and a 500 that says nothing of its form.
struct Own;

impl versify::Failure for Own {
    fn fail(self) -> poem::Response {
        HttpError::new(404, json!({"code": 1})).into_response()
    }

    fn describe(description: &mut Description<'_>) {
        use versify::openapi::{Describe, Schema};
        let schema = Vec::<u8>::describe(description.components());
        description.failure(poem::http::StatusCode::NOT_FOUND, "None", vec![("application/json".into(), schema)]);
        let any = vec![("text/plain".into(), Schema::any())];
        description.failure(poem::http::StatusCode::INTERNAL_SERVER_ERROR, "Broken", any);
    }
}

#[delete("/items/{id}")]
async fn delete_item(id: u32) -> std::result::Result<(), Own> {
    if id == 0 { Err(Own) } else { Ok(()) }
}

struct Key;

impl SecurityScheme for Key {
    type Kind = ApiKey;
    const SCHEME: ApiKey = ApiKey::header("x-key");
}

#[get("/secret")]
async fn secret(key: Auth<Key>) {
    drop(key);
}

fn app() -> App {
    App::new("answers", "1").routes(routes![index, read_item, read_file, create_item, store, delete_item, secret])
}

fn document(app: App) -> Value {
    serde_json::from_slice(app.build().unwrap().openapi()).unwrap()
}

#[test]
fn each_answer_stands_where_it_can_happen() {
    let document = document(app().document_framework_answers(true));
    let text = ["text/plain"].as_slice();
    let json = ["application/json"].as_slice();
    let both = ["application/json", "text/plain"].as_slice();
    for (method, path, answers) in [
        ("get", "/", &[("200", json), ("413", text), ("500", text)][..]),
        ("get", "/secret", &[("200", json), ("401", json), ("413", text), ("500", text)]),
        ("get", "/items/{id}", &[("200", json), ("404", json), ("413", text), ("422", json), ("500", text)]),
        ("get", "/files/{path}", &[("200", json), ("413", text), ("422", json), ("500", text)]),
        ("post", "/items", &[("200", json), ("400", json), ("413", both), ("422", json), ("500", text)]),
        ("put", "/stream", &[("200", json), ("400", json), ("413", both), ("500", text)]),
        ("delete", "/items/{id}", &[("200", json), ("404", json), ("413", text), ("422", json), ("500", text)]),
    ] {
        let responses = document["paths"][path][method]["responses"].as_object().unwrap();
        let found: Vec<(&str, Vec<&str>)> = responses
            .iter()
            .map(|(status, answer)| {
                let forms = answer["content"].as_object().unwrap().keys();
                (status.as_str(), forms.map(String::as_str).collect())
            })
            .collect();
        let expected: Vec<(&str, Vec<&str>)> =
            answers.iter().map(|(status, forms)| (*status, forms.to_vec())).collect();
        assert_eq!(found, expected, "{method} {path}");
    }
    // What the operation says of the same status stays beside it.
    let own = &document["paths"]["/items/{id}"]["delete"]["responses"];
    assert_eq!(own["404"]["description"], "None");
    assert_eq!(
        own["404"]["content"]["application/json"]["schema"]["anyOf"][1]["$ref"],
        "#/components/schemas/HTTPError"
    );
    assert_eq!(own["500"]["content"]["text/plain"]["schema"], json!({}));
}

#[test]
fn fastapis_document_has_none_of_them() {
    let document = document(app());
    let responses = document["paths"]["/items"]["post"]["responses"].as_object().unwrap();
    assert_eq!(responses.keys().collect::<Vec<_>>(), ["200", "422"]);
    assert!(document["components"]["schemas"].get("HTTPError").is_none());
}

#[tokio::test]
async fn what_is_documented_happens() {
    let service = app().document_framework_answers(true).build().unwrap();
    assert_eq!(get(&service, "/items/a%2Fb").await.status, 404);
    assert_eq!(get(&service, "/files/a%2Fb").await.status, 200);
    assert_eq!(get(&service, "/secret").await.json(), json!({"detail": "Not authenticated"}));
    let deep = "[".repeat(5000);
    assert_eq!(send(&service, "GET", "/", &[("content-length", "999999999")], ()).await.status, 413);
    assert_eq!(post(&service, "/items", &deep[..90]).await.status, 422);
    assert_eq!(send(&service, "POST", "/items", &[("content-type", "application/json")], vec![0xff]).await.status, 400);
}
