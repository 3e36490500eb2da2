//! An existing `#[OpenApi] impl` within an app: one document, two worlds.

use serde_json::{Value, json};
use versify::{
    openapi::Tag,
    poem_openapi::{
        ApiResponse, Object, OpenApi, SecurityScheme, Tags,
        auth::Bearer,
        param::{Path, Query},
        payload::{Json, PlainText},
    },
    prelude::*,
};

use crate::client::{get, post, send};

/// A model of ours, in both worlds.
#[model(poem_openapi)]
#[derive(Clone)]
struct Item {
    #[field(min_length = 1)]
    name: String,
    price: Option<f64>,
}

#[derive(Object)]
struct Pet {
    id: u64,
    nick: Option<String>,
    #[oai(validator(minimum(value = "0", exclusive)))]
    weight: f64,
}

#[derive(Tags)]
enum Groups {
    /// What has legs.
    Pets,
}

#[derive(SecurityScheme)]
#[oai(ty = "bearer")]
struct Token(Bearer);

#[derive(ApiResponse)]
enum Found {
    /// Here it is.
    #[oai(status = 200)]
    Pet(Json<Pet>),
    /// There is none.
    #[oai(status = 404)]
    Missing,
}

struct Pets;

#[OpenApi(tag = "Groups::Pets")]
impl Pets {
    /// Reads a pet.
    #[oai(path = "/pets/:id", method = "get", operation_id = "read_pet")]
    async fn read(&self, id: Path<u64>, nick: Query<Option<String>>) -> Found {
        match id.0 {
            1 => Found::Pet(Json(Pet { id: 1, nick: nick.0, weight: 4.5 })),
            _ => Found::Missing,
        }
    }

    #[oai(path = "/pets", method = "post")]
    async fn create(&self, token: Token, pet: Json<Pet>) -> PlainText<String> {
        PlainText(format!("{} by {}", pet.id, token.0.token))
    }

    #[oai(path = "/items", method = "post")]
    async fn item(&self, item: Json<Item>) -> Json<Item> {
        item
    }
}

#[post("/items")]
async fn create_item(item: Item) -> Item {
    item
}

#[get("/v1/pets/mine")]
async fn my_pet() -> String {
    "Rex".to_owned()
}

fn document(app: App) -> Value {
    serde_json::from_str(&app.openapi().unwrap()).unwrap()
}

fn app() -> App {
    App::new("Zoo", "1").routes(routes![create_item, my_pet]).mount_api("/v1", Pets)
}

#[tokio::test]
async fn both_are_served() {
    let service = app().build().unwrap();
    let pet = get(&service, "/v1/pets/1?nick=Bello").await;
    assert_eq!((pet.status, pet.json()), (200, json!({"id": 1, "nick": "Bello", "weight": 4.5})));
    assert_eq!(get(&service, "/v1/pets/2").await.status, 404);
    assert_eq!(get(&service, "/v1/pets/mine").await.json(), "Rex");
    let bearer = [("content-type", "application/json"), ("authorization", "Bearer t")];
    let created = send(&service, "POST", "/v1/pets", &bearer, r#"{"id": 7, "weight": 1}"#).await;
    assert_eq!((created.status, created.body.as_str()), (200, "7 by t"));
    assert_eq!(post(&service, "/v1/pets", r#"{"id": 7, "weight": 1}"#).await.status, 401);
    assert_eq!(post(&service, "/v1/pets", "{}").await.status, 401);
    let item = r#"{"name":"Foo","price":null}"#;
    assert_eq!(post(&service, "/v1/items", item).await.body, post(&service, "/items", item).await.body);
    // What neither serves is answered by the app.
    assert_eq!(get(&service, "/v1/birds").await.json(), json!({"detail": "Not Found"}));
    let refused = send(&service, "DELETE", "/v1/pets/1", &[], ()).await;
    assert_eq!((refused.status, refused.header("allow")), (405, "GET"));
}

#[test]
fn the_document_is_one() {
    let document = document(app());
    let read = &document["paths"]["/v1/pets/{id}"]["get"];
    assert_eq!(read["operationId"], "read_pet");
    assert_eq!(read["summary"], "Reads a pet.");
    assert_eq!(read["tags"], json!(["Pets"]));
    assert_eq!(read["responses"]["404"]["description"], "There is none.");
    assert_eq!(document["paths"]["/v1/pets"]["post"]["security"], json!([{"Token": []}]));
    assert_eq!(document["components"]["securitySchemes"], json!({"Token": {"type": "http", "scheme": "bearer"}}));
    assert_eq!(document["tags"], json!([{"name": "Pets", "description": "What has legs."}]));
    let pet = &document["components"]["schemas"]["Pet"]["properties"];
    assert_eq!(pet["weight"], json!({"type": "number", "format": "double", "exclusiveMinimum": 0.0}));
    // One model of both worlds stands there once, as we describe it.
    let item = json!({"$ref": "#/components/schemas/Item"});
    assert_eq!(
        document["paths"]["/v1/items"]["post"]["requestBody"]["content"]["application/json; charset=utf-8"]["schema"],
        item
    );
    assert_eq!(document["components"]["schemas"]["Item"]["properties"]["price"]["anyOf"][1], json!({"type": "null"}));
}

#[test]
fn routers_and_tags_hold_for_it() {
    let router = Router::new().prefix("/old").tag("old").deprecated(true).mount_api("/v1", Pets);
    let tag = Tag { name: "Pets".to_owned(), description: Some("Ours.".to_owned()), external_docs: None };
    let info = versify::openapi::Info { tags: vec![tag], ..versify::openapi::Info::new("Zoo", "1") };
    let shown = document(App::new("", "").info(info).include(router));
    let read = &shown["paths"]["/old/v1/pets/{id}"]["get"];
    assert_eq!((&read["tags"], &read["deprecated"]), (&json!(["old", "Pets"]), &json!(true)));
    assert_eq!(shown["tags"], json!([{"name": "Pets", "description": "Ours."}]));
    let hidden = Router::new().include_in_schema(false).mount_api("/v1", Pets);
    assert_eq!(document(App::new("Zoo", "1").include(hidden))["paths"], json!({}));
}

mod other {
    use versify::prelude::*;

    /// Another pet.
    #[model]
    pub(super) struct Pet {
        pub(super) legs: u8,
    }
}

#[get("/other", operation_id = "read_pet")]
async fn other_pet() -> other::Pet {
    other::Pet { legs: 4 }
}

#[dependency]
async fn nobody() -> Result<()> {
    Ok(())
}

#[test]
fn clashes_are_faults_at_the_start() {
    let error = app().routes(routes![other_pet]).build().unwrap_err().to_string();
    assert!(error.contains("two types are called `Pet` in the document"), "{error}");
    assert!(error.contains("operation id `read_pet`") || error.contains("`read_pet`"), "{error}");
    let error = app().mount_api("/v1", Pets).build().unwrap_err().to_string();
    assert!(error.contains("GET /v1/pets/{id}") && error.contains("mounted_apis::Pets"), "{error}");
    let guarded = Router::new().dependency::<nobody>().mount_api("/v2", Pets);
    let error = App::new("Zoo", "1").include(guarded).build().unwrap_err().to_string();
    assert!(error.contains("the API at `/v2` cannot be mounted"), "{error}");
}
