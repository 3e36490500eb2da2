//! Answers that say a part of what the function returns: chosen fields, or a declared response.

use serde_json::json;
use versify::prelude::*;

use crate::client::get;

#[model]
#[derive(Clone)]
struct Owner {
    name: String,
    password: String,
}

#[model]
struct Item {
    id: u32,
    owner: Owner,
    #[field(default = 10.5)]
    tax: f64,
    note: Option<String>,
    #[field(default)]
    tags: Vec<String>,
    others: Vec<Owner>,
}

fn item() -> Item {
    let owner = Owner { name: "Ann".into(), password: "x".into() };
    Item { id: 1, owner: owner.clone(), tax: 10.5, note: None, tags: Vec::new(), others: vec![owner] }
}

#[get("/none", exclude_none)]
async fn without_none() -> Result<Vec<Item>> {
    Ok(vec![item()])
}

#[get("/defaults", exclude_defaults)]
async fn without_defaults() -> Item {
    item()
}

#[get("/include", include = ["id", "owner.name"])]
async fn include() -> std::collections::BTreeMap<String, Item> {
    std::collections::BTreeMap::from([("a".to_owned(), item())])
}

#[get("/exclude", exclude = ["owner.password", "others.password", "tags"])]
async fn exclude() -> Option<Item> {
    Some(item())
}

#[get("/failed", exclude = ["name"])]
async fn failed() -> Result<Owner> {
    Err(HttpError::new(400, json!({"name": "stays"})))
}

#[tokio::test]
async fn fields_are_selected() {
    let routes = routes![without_none, without_defaults, include, exclude, failed];
    let service = App::new("x", "1").routes(routes).build().unwrap();
    let owner = r#"{"name":"Ann","password":"x"}"#;
    for (path, body) in [
        ("/none", format!(r#"[{{"id":1,"owner":{owner},"tax":10.5,"tags":[],"others":[{owner}]}}]"#)),
        ("/defaults", format!(r#"{{"id":1,"owner":{owner},"others":[{owner}]}}"#)),
        ("/include", r#"{"a":{"id":1,"owner":{"name":"Ann"}}}"#.to_owned()),
        ("/exclude", r#"{"id":1,"owner":{"name":"Ann"},"tax":10.5,"note":null,"others":[{"name":"Ann"}]}"#.to_owned()),
        ("/failed", r#"{"detail":{"name":"stays"}}"#.to_owned()),
    ] {
        assert_eq!(get(&service, path).await.body, body, "{path}");
    }
    let schema = get(&service, "/openapi.json").await.json()["components"]["schemas"]["Owner"]["required"].clone();
    assert_eq!(schema, json!(["name", "password"]), "the schema stays as it is");
}

#[get("/misspelled", include = ["idd", "owner.pasword"])]
async fn misspelled() -> Item {
    item()
}

#[test]
fn a_field_that_is_not_there_is_a_fault_at_the_start() {
    let error = App::new("x", "1").routes(routes![misspelled]).build().unwrap_err().to_string();
    for part in ["no field `idd`", "id, owner, tax, note, tags, others", "no field `owner.pasword`", "name, password"] {
        assert!(error.contains(part), "{error}");
    }
}

#[model]
struct PublicOwner {
    name: String,
}

impl From<Owner> for PublicOwner {
    fn from(owner: Owner) -> Self {
        Self { name: owner.name }
    }
}

#[get("/one", response = PublicOwner)]
async fn one() -> Owner {
    item().owner
}

#[get("/many", response = Vec<PublicOwner>)]
async fn many() -> Result<Vec<Owner>> {
    Ok(item().others)
}

#[get("/maybe", response = Option<PublicOwner>)]
async fn maybe() -> Option<Owner> {
    None
}

#[tokio::test]
async fn a_declared_response_is_what_is_answered() {
    let service = App::new("x", "1").routes(routes![one, many, maybe]).build().unwrap();
    for (path, body) in [("/one", r#"{"name":"Ann"}"#), ("/many", r#"[{"name":"Ann"}]"#), ("/maybe", "null")] {
        assert_eq!(get(&service, path).await.body, body, "{path}");
    }
    let document = get(&service, "/openapi.json").await.json();
    let schema = &document["paths"]["/one"]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
    assert_eq!(schema, &json!({"$ref": "#/components/schemas/PublicOwner"}));
    assert!(document["components"]["schemas"].get("Owner").is_none());
}
