//! Schemas: the twin of `schemas.py`.

use rust_decimal::Decimal;
use versify::{openapi::Example, prelude::*};

use super::replay;

#[model(computed = [area])]
struct Rectangle {
    width: i64,
    length: i64,
}

impl Rectangle {
    fn area(&self) -> i64 {
        self.width * self.length
    }
}

#[model]
struct Frame {
    outer: Rectangle,
    inner: Option<Rectangle>,
}

#[model]
struct Price {
    amount: Decimal,
}

#[model]
struct Priced {
    price: Price,
    #[field(default = 1)]
    size: i64,
}

#[model]
struct SubItem {
    subname: String,
    sub_description: Option<String>,
    #[field(default)]
    tags: Vec<String>,
}

#[model]
struct Item {
    name: String,
    description: Option<String>,
    sub: Option<SubItem>,
}

#[model(rename_all = "lowercase")]
enum Kind {
    Alpha,
    Beta,
}

#[model]
struct Event {
    #[field(default = Kind::Alpha)]
    kind: Kind,
    output: String,
}

#[model]
struct Output {
    #[field(default = "")]
    body: String,
    #[field(default)]
    events: Vec<Event>,
}

#[model]
struct Message {
    input: String,
    output: Output,
}

#[model]
struct Referring {
    #[field(alias = "$ref")]
    reference: String,
}

#[doc = "What everybody may read.\n\x0c\nWhat the authors alone may read."]
#[model]
struct Cut {
    line: String,
}

#[model]
struct Data {
    data: String,
}

#[model(examples = [json!({"data": "Data in the model"})])]
struct Shown {
    /// Of whatever kind.
    #[field(examples = ["one", "two"], title = "The data", deprecated)]
    data: String,
}

#[model]
struct Model {}

#[model]
struct Model2 {
    a: Model,
}

#[model]
struct Model3 {
    c: Model,
    d: Model2,
}

#[model]
struct Tree {
    name: String,
    #[field(default)]
    children: Vec<Tree>,
    parent: Option<Box<Tree>>,
}

#[model(literal)]
enum Root {
    #[field(value = "root")]
    Root,
    #[field(value = 0)]
    Zero,
}

#[model(untagged)]
enum Role {
    Kind(Kind),
    Root(Root),
}

#[model]
struct User {
    username: String,
    role: Role,
}

#[get("/rectangle")]
async fn read_rectangle() -> Rectangle {
    Rectangle { width: 3, length: 4 }
}

#[post("/rectangle")]
async fn create_rectangle(rectangle: Rectangle) -> Rectangle {
    rectangle
}

#[post("/frames")]
async fn create_frames(frames: Vec<Frame>) -> Vec<Frame> {
    frames
}

#[post("/items")]
async fn create_item(item: Item) -> Item {
    item
}

#[get("/items")]
async fn read_items() -> Vec<Item> {
    let sub = SubItem { subname: "subname".into(), sub_description: None, tags: Vec::new() };
    let item = |name: &str, sub| Item { name: name.into(), description: None, sub };
    vec![item("Portal Gun", Some(sub)), item("Plumbus", None)]
}

#[post("/messages")]
async fn create_message(input_message: String) -> Message {
    let body = format!("Processed: {input_message}");
    Message { input: input_message, output: Output { body, events: Vec::new() } }
}

#[get("/referring")]
async fn read_referring() -> Referring {
    Referring { reference: "some-ref".into() }
}

#[post("/cut")]
async fn create_cut(cut: Cut) -> Cut {
    cut
}

fn one() -> Vec<(&'static str, Example)> {
    vec![("One", Example::new(json!({"data": "x"})).summary("S"))]
}

fn both() -> Vec<(&'static str, Example)> {
    vec![
        ("One", Example::new("item_1").summary("The first").description("In *words*.")),
        ("Two", Example::new("item_2")),
    ]
}

#[post("/examples/body")]
async fn body_examples(
    #[body(examples = [json!({"data": "one"}), json!({"data": "two"})], openapi_examples = one)] item: Data,
) -> Value {
    json!(item)
}

#[get("/examples/path/{item_id}")]
async fn path_examples(#[path(examples = ["a", "b"], openapi_examples = both)] item_id: String) -> Value {
    json!(item_id)
}

#[get("/examples/query")]
async fn query_examples(#[query(examples = ["a", "b"], openapi_examples = both)] data: Option<String>) -> Value {
    json!(data)
}

#[get("/examples/header")]
async fn header_examples(#[header(examples = ["a", "b"], openapi_examples = both)] data: Option<String>) -> Value {
    json!(data)
}

#[get("/examples/cookie")]
async fn cookie_examples(#[cookie(examples = ["a", "b"], openapi_examples = both)] data: Option<String>) -> Value {
    json!(data)
}

#[post("/shown")]
async fn create_shown(shown: Shown) -> Shown {
    shown
}

#[get("/models")]
async fn read_models() -> Model3 {
    Model3 { c: Model {}, d: Model2 { a: Model {} } }
}

#[post("/trees")]
async fn create_tree(tree: Tree) -> Tree {
    tree
}

#[post("/users")]
async fn create_user(user: User) -> User {
    user
}

#[get("/described")]
async fn described(
    #[query(title = "The ID", description = "Of the *item*.", ge = 1, deprecated)] item_id: i64,
    #[query(gt = 0, lt = 10.5, multiple_of = 0.5, default = 1.0)] size: f64,
    #[query(min_length = 2, max_length = 5, pattern = "^a", default = "ab")] word: String,
    #[query(default = Kind::Beta)] kind: Kind,
    #[query(max_length = 2, default)] kinds: Vec<Kind>,
    #[query(le = 5, title = "Perhaps")] maybe: Option<i64>,
) -> Value {
    drop((size, word, kind, kinds, maybe));
    json!(item_id)
}

#[post("/joined/rectangle")]
async fn joined_rectangle(rectangle: Rectangle) -> Rectangle {
    rectangle
}

#[post("/joined/frames")]
async fn joined_frames(frames: Vec<Frame>) -> Vec<Frame> {
    frames
}

#[post("/joined/prices")]
async fn joined_prices(price: Price) -> Price {
    price
}

#[get("/joined/prices")]
async fn read_joined_prices() -> Vec<Priced> {
    vec![Priced { price: Price { amount: Decimal::ONE }, size: 1 }]
}

#[post("/joined/trees")]
async fn joined_trees(tree: Tree) -> Tree {
    tree
}

#[tokio::test]
async fn requests_and_answers_may_look_alike() {
    let app = App::new("FastAPI", "0.1.0").separate_input_output_schemas(false).routes(routes![
        joined_rectangle,
        joined_frames,
        joined_prices,
        read_joined_prices,
        joined_trees,
    ]);
    replay(app, include_str!("joined.json")).await;
}

#[tokio::test]
async fn in_the_document() {
    let app = App::new("FastAPI", "0.1.0").routes(routes![
        read_rectangle,
        create_rectangle,
        create_frames,
        create_item,
        read_items,
        create_message,
        read_referring,
        create_cut,
        body_examples,
        path_examples,
        query_examples,
        header_examples,
        cookie_examples,
        create_shown,
        read_models,
        create_tree,
        create_user,
        described,
    ]);
    replay(app, include_str!("schemas.json")).await;
}
