//! What the document says of answers.

use serde_json::{Value, json};
use versify::{
    openapi::{Example, Link, ResponseDoc, ResponseStatus, Responses},
    prelude::*,
};

#[model]
struct Item {
    id: u64,
}

#[model]
struct Message {
    message: String,
}

fn usual() -> Responses {
    Responses::new()
        .on(404, "Item not found")
        .on(302, ResponseDoc::new().description("The item was moved").header("location", "Where it is"))
        .on(ResponseStatus::Range(5), ResponseDoc::model::<Vec<Message>>())
}

fn links() -> ResponseDoc {
    ResponseDoc::new().link("itself", Link::to("described").parameter("id", "$response.body#/id")).named_example(
        "application/json",
        "one",
        Example::new(json!({"id": 1})).summary("The first"),
    )
}

#[get("/described/{id}", operation_id = "described", responses(
    ..usual(),
    404 = (model = Message),
    409 = (model = Message, content_type = "application/problem+json", description = "Not now"),
    200 = (description = "An item, or its picture", content_type = "image/png"),
    201 = links(),
    "4xx" = (),
    default = "All else",
))]
async fn described(id: u64) -> Item {
    Item { id }
}

#[get("/example/{id}", responses(200 = (example = json!({"id": 7})), "422" = "Never"))]
async fn example(id: u64) -> Item {
    Item { id }
}

#[get("/extra/{id}", tags = ["a"], openapi_extra = json!({
    "tags": ["b"], "x-portal": "blue", "responses": {"200": {"x-more": true}}, "summary": "Other",
}))]
async fn extra(id: u64) -> Item {
    Item { id }
}

fn document() -> Value {
    let service = App::new("x", "1").routes(routes![described, example, extra]).build().unwrap();
    serde_json::from_slice(service.openapi()).unwrap()
}

#[test]
fn additional_responses_are_put_over_those_of_the_signature() {
    let document = document();
    let message = json!({"$ref": "#/components/schemas/Message"});
    let content = |media_type: &str, schema: &Value| json!({media_type: {"schema": schema}});
    let list = json!({"type": "array", "items": message, "title": "Response 5Xx Described"});
    assert_eq!(
        document["paths"]["/described/{id}"]["get"]["responses"],
        json!({
            "200": {
                "description": "An item, or its picture",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Item"}}, "image/png": {}},
            },
            "404": {"description": "Not Found", "content": content("application/json", &message)},
            "302": {
                "description": "The item was moved",
                "headers": {"location": {"description": "Where it is", "schema": {"type": "string"}}},
            },
            "5XX": {"description": "Server Error", "content": content("application/json", &list)},
            "409": {"description": "Not now", "content": content("application/problem+json", &message)},
            "201": {
                "description": "Created",
                "content": {"application/json": {"examples": {"one": {"summary": "The first", "value": {"id": 1}}}}},
                "links": {"itself": {"operationId": "described", "parameters": {"id": "$response.body#/id"}}},
            },
            "4XX": {"description": "Client Error"},
            "default": {"description": "All else"},
        }),
        "the generated 422 is covered by `4XX`"
    );
    assert_eq!(
        document["paths"]["/example/{id}"]["get"]["responses"],
        json!({
            "200": {
                "description": "Successful Response",
                "content": {"application/json": {
                    "schema": {"$ref": "#/components/schemas/Item"}, "example": {"id": 7},
                }},
            },
            "422": {"description": "Never"},
        })
    );
}

#[errors]
#[derive(Debug)]
enum OwnError {
    /// Own words
    #[error(status = 404)]
    Gone,
}

#[get("/own")]
async fn own() -> Result<Item, OwnError> {
    Err(OwnError::Gone)
}

#[test]
fn what_is_closer_to_an_operation_wins() {
    let of_app = Responses::new().on(404, "App").on(403, "App").on(410, "App").on(200, "App");
    let of_router = Responses::new().on(403, "Router").on(404, "Router");
    let router = Router::new().responses(of_router).routes(routes![own, described]);
    let service = App::new("x", "1").responses(of_app).include(router).build().unwrap();
    let document: Value = serde_json::from_slice(service.openapi()).unwrap();
    let words = |path: &str, status: &str| {
        document["paths"][path]["get"]["responses"][status]["description"].as_str().unwrap().to_owned()
    };
    for (status, expected) in [("200", "App"), ("403", "Router"), ("404", "Own words"), ("410", "App")] {
        assert_eq!(words("/own", status), expected, "{status}");
    }
    assert_eq!(words("/described/{id}", "200"), "An item, or its picture");
    assert_eq!(words("/described/{id}", "404"), "Not Found");
}

#[test]
fn extras_are_merged_into_the_operation() {
    let operation = &document()["paths"]["/extra/{id}"]["get"];
    assert_eq!(operation["tags"], json!(["a", "b"]));
    assert_eq!(operation["summary"], "Other");
    assert_eq!(operation["x-portal"], "blue");
    assert_eq!(operation["responses"]["200"]["description"], "Successful Response");
    assert_eq!(operation["responses"]["200"]["x-more"], true);
}
