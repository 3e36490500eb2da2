//! What the document says of answers and more: the twin of `answers.py`.

use versify::{
    ResponseClass,
    openapi::{Example, ResponseDoc, Responses},
    prelude::*,
};

use super::replay;

struct JsonApi;

impl ResponseClass for JsonApi {
    const MEDIA_TYPE: &'static str = "application/vnd.api+json";
}

#[model]
struct Message {
    message: String,
}

#[model]
struct Fault {
    status: String,
    title: String,
}

#[model]
struct Faults {
    errors: Vec<Fault>,
}

#[model]
struct ModelA {
    a: String,
}

#[model]
struct ModelB {
    b: String,
}

#[model(untagged)]
enum Either {
    A(ModelA),
    B(ModelB),
}

/// Of the model.
#[model(json_schema_extra = json!({"x-internal": {"level": 4}, "examples": [{"name": "a"}], "title": "Another"}))]
struct Extended {
    #[field(json_schema_extra = json!({"x-widget": "text", "x-order": 1}))]
    name: String,
    #[field(json_schema_extra = json!({"x-unit": "m"}))]
    size: Option<i64>,
    #[field(json_schema_extra = json!({"x-nested": true}))]
    message: Option<Message>,
    #[field(json_schema_extra = json!({"x-nested": [1]}))]
    required: Message,
}

#[model(json_schema_extra = json!({"x-of-parameters": true}))]
struct Page {
    #[field(json_schema_extra = json!({"x-slider": true}), le = 100, default = 10)]
    limit: i64,
}

#[get("/route1")]
async fn route1() {}

#[get("/route2")]
async fn route2() {}

#[get("/a", responses(501 = "Error 1"))]
async fn a() -> Value {
    json!("a")
}

#[get("/b", responses(502 = "Error 2", "4XX" = "Error with range, upper"))]
async fn b() -> Value {
    json!("b")
}

#[get("/c", responses(400 = "Error with str", "5xx" = "Error with range, lower", default = "A default response"))]
async fn c() -> Value {
    json!("c")
}

#[get("/d", responses(400 = "Error with str", "5XX" = (model = Message), default = (model = Message)))]
async fn d() -> Value {
    json!("d")
}

#[get("/own/{id}", response_class = JsonApi, responses(422 = (description = "Error", model = Faults)))]
async fn own(id: String) -> Value {
    json!(id)
}

#[get("/range/{id}", responses("4XX" = (model = Message)))]
async fn range_of(id: i64) -> Value {
    json!(id)
}

#[get("/default/{id}", responses(default = "Any"))]
async fn default_of(id: i64) -> Value {
    json!(id)
}

#[get("/plain/{id}")]
async fn plain(id: i64) -> Value {
    json!(id)
}

#[get("/class-a", response_class = JsonApi, responses(500 = (description = "Error", model = Faults)))]
async fn class_a() {}

#[get("/class-b", responses(500 = (description = "Error", model = Fault)))]
async fn class_b() {}

#[get("/empty-a", status = 204, response_class = JsonApi, responses(500 = (description = "Error", model = Faults)))]
async fn empty_a() {}

#[get("/empty-b", responses(204 = "No Content"))]
async fn empty_b() {}

#[get("/")]
async fn read_item() -> Value {
    json!({"id": "foo"})
}

#[get("/extension", openapi_extra = json!({"x-custom-extension": "value", "tags": ["more"]}))]
async fn extension() -> Value {
    json!({})
}

fn extra_parameters() -> Value {
    json!({"parameters": [
        {"required": false, "schema": {"title": "Extra Param 1"}, "name": "extra_param_1", "in": "query"},
        {"required": true, "schema": {"title": "Extra Param 2"}, "name": "extra_param_2", "in": "query"},
    ]})
}

#[get("/parameters", openapi_extra = extra_parameters)]
async fn parameters(#[query(default = Some(50))] standard_query_param: Option<i64>) -> Value {
    let _ = standard_query_param;
    json!({})
}

#[post("/extended")]
async fn extended(item: Extended) -> Extended {
    item
}

#[post("/described/{path}", embed)]
async fn described(
    #[path(json_schema_extra = json!({"x-place": "path"}))] path: i64,
    #[query(json_schema_extra = json!({"x-place": "query", "format": "words"}))] query: String,
    #[cookie] page: Page,
    #[body(json_schema_extra = json!({"x-place": "body"}))] body: Message,
    #[header(json_schema_extra = json!({"x-place": "header"}))] header: Option<Vec<String>>,
) -> Value {
    drop((path, page.limit, body.message, header));
    json!(query)
}

#[post("/form")]
async fn form(#[form(json_schema_extra = json!({"x-place": "form"}))] value: String) -> Value {
    json!(value)
}

#[tokio::test]
async fn unions_are_not_repeated() {
    let case = ResponseDoc::model::<Either>().named_example("application/json", "Case A", Example::new("a"));
    let app = App::new("FastAPI", "0.1.0").responses(Responses::new().on(500, case)).routes(routes![route1, route2]);
    replay(app, include_str!("answers_union.json")).await;
}

#[tokio::test]
async fn in_the_document() {
    let app = App::new("FastAPI", "0.1.0")
        .routes(routes![
            a, b, c, d, own, range_of, default_of, plain, class_a, class_b, empty_a, empty_b, extension, parameters,
            extended, described, form,
        ])
        .include(Router::new().include(Router::new().prefix("/items").routes(routes![read_item])));
    replay(app, include_str!("answers.json")).await;
}
