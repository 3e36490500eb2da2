//! Bodies: the twin of `bodies.py`.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use versify::{Json, prelude::*};

use super::replay;

#[model]
struct Priced {
    name: String,
    #[field(gt = 0)]
    age: Decimal,
}

#[model]
struct Item {
    name: Option<String>,
}

#[model]
struct OtherItem {
    price: i64,
}

#[model]
struct ExtendedItem {
    name: Option<String>,
    age: i64,
}

#[model(untagged)]
enum OtherOrItem {
    Other(OtherItem),
    Item(Item),
}

#[model(untagged)]
enum ExtendedOrItem {
    Extended(ExtendedItem),
    Item(Item),
}

#[model]
struct Count {
    count: i64,
}

#[model]
struct ItemGroup {
    items: Vec<(String, String)>,
}

#[model]
struct Coordinate {
    x: f64,
    y: f64,
}

#[model]
struct Product {
    name: String,
    description: Option<String>,
    price: f64,
}

#[model]
struct Shop {
    name: String,
}

#[model]
struct Items {
    items: BTreeMap<String, i64>,
}

#[model]
struct Texts {
    numbers: Json<BTreeMap<String, i64>>,
    any: Json<Value>,
}

#[model(extra = "forbid")]
struct Foo {}

#[model]
struct Defaults {
    #[field(default = 10)]
    value: i64,
    #[field(default = Some(10))]
    nullable: Option<i64>,
    #[field(required)]
    required: Option<i64>,
}

#[model(untagged)]
enum Union {
    Number(i64),
    Text(String),
}

#[model(untagged, left_to_right)]
enum Left {
    Number(i64),
    Text(String),
}

#[post("/embedded", embed)]
async fn embedded(#[body(alias = ["first", "second"])] value: i64) -> Value {
    json!(value)
}

#[post("/multiple")]
async fn multiple(
    #[body(default_with = Vec::new, alias = ["items", "tags"])] items: Vec<i64>,
    #[body(default = Some(10), alias = ["first", "second"])] value: Option<i64>,
) -> Value {
    json!({"value": value, "items": items})
}

#[post("/nested-alias", embed)]
async fn nested_alias(#[body(alias = ["item", "data"])] item: Count) -> Value {
    json!(item)
}

#[post("/required")]
async fn required(#[body] value: i64) -> Value {
    json!(value)
}

#[post("/nullable")]
async fn nullable(#[body(required)] value: Option<i64>) -> Value {
    json!(value)
}

#[post("/default")]
async fn default(#[body(default = 10)] value: i64) -> Value {
    json!(value)
}

#[post("/nullable-default")]
async fn nullable_default(#[body(default = Some(10))] value: Option<i64>) -> Value {
    json!(value)
}

#[post("/embedded-nullable", embed)]
async fn embedded_nullable(#[body(required)] value: Option<i64>) -> Value {
    json!(value)
}

#[post("/embedded-default", embed)]
async fn embedded_default(#[body(default = 10)] value: i64) -> Value {
    json!(value)
}

#[post("/list")]
async fn list_of(value: Vec<i64>) -> Value {
    json!(value)
}

#[post("/first-fault")]
async fn first_fault(#[body(fail_fast)] value: Vec<i64>) -> Value {
    json!(value)
}

#[post("/union-mode")]
async fn union_mode(#[body] value: Union) -> Value {
    json!(value)
}

#[post("/left")]
async fn left(#[body] value: Left) -> Value {
    json!(value)
}

#[post("/checked-default")]
async fn checked_default(#[body(default = i64::from(1u8), ge = 5, validate_default)] value: i64) -> Value {
    json!(value)
}

#[post("/model-defaults")]
async fn model_defaults(value: Defaults) -> Value {
    json!(value)
}

#[post("/nullable-model")]
async fn nullable_model(#[body(required)] value: Option<Count>) -> Value {
    json!(value)
}

#[post("/optional-model")]
async fn optional_model(value: Option<Count>) -> Value {
    json!(value)
}

#[post("/priced")]
async fn priced(item: Vec<Priced>) -> Value {
    item.into_iter().map(|Priced { name, age }| json!(if age.is_zero() { "" } else { &name })).collect()
}

#[post("/union")]
async fn union(#[body] item: OtherOrItem) -> Value {
    json!({"item": item})
}

#[post("/inherited")]
async fn inherited(#[body] item: ExtendedOrItem) -> Value {
    json!({"item": item})
}

#[post("/model-with-tuple")]
async fn model_with_tuple(item_group: ItemGroup) -> Value {
    json!(item_group)
}

#[post("/tuple-of-models")]
async fn tuple_of_models(#[body] square: (Coordinate, Coordinate)) -> Value {
    json!(square)
}

#[get("/product")]
async fn get_product(product: Product) -> Value {
    json!(product)
}

#[post("/products", embed)]
async fn create_product(#[body(content_type = "application/vnd.api+json")] data: Product) -> Value {
    json!(data)
}

#[post("/shops")]
async fn create_shop(
    #[body(content_type = "application/vnd.api+json")] data: Shop,
    #[body(content_type = "application/vnd.api+json", default)] included: Vec<Product>,
) -> Value {
    json!({"data": data, "included": included})
}

#[post("/map")]
async fn map_of(items: Items) -> Value {
    json!(items.items)
}

#[post("/closed")]
async fn closed(item: Option<Foo>) -> Value {
    json!(item)
}

#[post("/a/compute")]
async fn compute(#[body] a: i64, #[body] b: String) -> Value {
    json!({"a": a, "b": b})
}

#[post("/any")]
async fn anything(#[body] value: Value) -> Value {
    value
}

#[post("/texts")]
async fn texts(texts: Texts) -> Value {
    json!(texts)
}

mod tags {
    use versify::prelude::*;

    #[model]
    pub(super) struct First {
        price: i64,
    }

    #[model]
    pub(super) struct Other {
        price: f64,
    }

    #[model(tag = "kind", rename_all = "lowercase")]
    pub(super) enum FirstOrOther {
        First(First),
        Other(Other),
    }
}

#[post("/tagged", include_in_schema = false)]
async fn tagged(item: tags::FirstOrOther, q: String) -> Value {
    json!({"item": item, "q": q})
}

#[tokio::test]
async fn in_the_body() {
    let app = App::new("FastAPI", "0.1.0").routes(routes![
        embedded,
        multiple,
        nested_alias,
        required,
        nullable,
        default,
        nullable_default,
        embedded_nullable,
        embedded_default,
        list_of,
        first_fault,
        union_mode,
        left,
        checked_default,
        model_defaults,
        nullable_model,
        optional_model,
        priced,
        union,
        inherited,
        tagged,
        model_with_tuple,
        tuple_of_models,
        get_product,
        create_product,
        create_shop,
        map_of,
        closed,
        compute,
        anything,
        texts,
    ]);
    replay(app, include_str!("bodies.json")).await;
}
