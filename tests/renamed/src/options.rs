//! Every attribute, and nearly every option of each.

use std::{collections::BTreeMap, time::Duration};

use api::{
    BodyStream, Bytes,
    middleware::Next,
    openapi::{Example, ResponseDoc, Responses},
    poem::{Request, Response as PoemResponse, http::Method, middleware::AddData},
    prelude::*,
};

/// A price; it is more than nothing.
#[model]
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Price(#[field(gt = 0, multiple_of = 0.01, allow_inf_nan = false)] pub f64);

/// Where it lies.
#[model(title = "Place")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelf {
    /// The row.
    #[field(ge = 1, le = 99, strict)]
    pub row: u8,
}

/// An item, as its maker sends it.
#[model(
    rename_all = "camelCase",
    populate_by_name,
    extra = "allow",
    examples = [json!({"itemName": "bolt"})],
    json_schema_extra = json!({"x-kind": "item"}),
    validate = whole,
    computed = [label],
    partial = ItemChange,
    poem_openapi
)]
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Its name.
    #[field(min_length = 1, max_length = 20, pattern = "^[a-z]+$", validate = named, title = "Name", examples = ["bolt"])]
    pub item_name: String,
    /// What it costs.
    #[field(alias = ["price", "cost"], json_schema_extra = json!({"x-unit": "EUR"}))]
    pub price: Option<f64>,
    /// What others call it.
    #[field(default, unique_items, fail_fast, items(min_length = 1))]
    pub tags: Vec<String>,
    /// How many there are.
    #[field(default = 1, validate_default, description = "A count.", deprecated)]
    pub count: u32,
    /// Its number.
    #[field(default_with = next_number, read_only)]
    pub number: u64,
    /// Known to few.
    #[field(write_only, default)]
    pub secret: Option<String>,
    /// Where it lies.
    #[field(flatten)]
    pub shelf: Shelf,
    /// All else.
    #[field(flatten)]
    pub rest: BTreeMap<String, Value>,
}

impl Item {
    /// What the label says.
    pub fn label(&self) -> String {
        format!("{} x {}", self.count, self.item_name)
    }
}

fn whole(item: &Item) -> Result<(), String> {
    if item.count > 1000 { Err("too many".to_owned()) } else { Ok(()) }
}

fn named(name: &str) -> Result<(), &'static str> {
    if name == "none" { Err("that is no name") } else { Ok(()) }
}

fn next_number() -> u64 {
    1
}

/// One of several things.
#[model(untagged, left_to_right)]
#[derive(Debug, Clone, PartialEq)]
pub enum Either {
    /// A number.
    Number(#[field(ge = 1)] u64),
    /// A text.
    Text(String),
}

/// One word.
#[model(literal, rename_all = "snake_case")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// Yes.
    YesPlease,
    /// No.
    NoThanks,
}

/// A message.
#[model(tag = "kind", rename_all = "snake_case", extra = "forbid")]
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// Words.
    Said {
        /// Which.
        #[field(max_length = 99)]
        words: String,
    },
    /// An item.
    Sent(Shelf),
    /// Nothing.
    Nothing,
}

/// What can go wrong.
#[errors]
#[derive(Debug)]
pub enum ShopError {
    /// There is none.
    #[error(status = 404, "No item {0}", headers("x-item" = "{0}"))]
    NoSuchItem(u64),
    /// It is sold.
    #[error(status = 409, "Sold {when}")]
    Sold {
        /// When.
        when: String,
    },
    /// What is short.
    #[error(status = 410, "Short")]
    Short(#[detail] Shelf),
    /// Somebody else's.
    #[error(transparent)]
    Other(#[from] HttpError),
    /// The disk.
    #[error(internal)]
    Disk(#[from] std::io::Error),
}

/// A result by another name.
pub type Answer<T> = std::result::Result<T, ShopError>;

/// Who is asking.
#[dependency(scope = "function", max_concurrency = 5, fallible, inline, dependency = Asking)]
pub fn asking(#[cookie(alias = "who")] name: Option<String>) -> Answer<String> {
    name.ok_or(ShopError::NoSuchItem(0))
}

/// A check of which nobody wants the value.
#[dependency]
pub async fn checked(request: &Request, #[header(convert_underscores = false)] x_token: Option<String>) -> Result<()> {
    let _ = (request.method(), x_token);
    Ok(())
}

async fn around(request: Request, next: Next) -> PoemResponse {
    next.run(request).await
}

fn examples() -> Vec<(&'static str, Example)> {
    vec![("one", Example::new(json!("a")))]
}

fn more() -> Responses {
    Responses::new()
}

/// What the client answers.
#[post("{$request.query.callback_url}")]
pub async fn shipped(number: u64);

/// Changes an item.
///
/// With all that can be said.
#[put(
    "/items/{id:int}/{rest:path}",
    status = 202,
    tags = ["items", "all"],
    summary = "Changes",
    description = "Changes it.",
    response_description = "What it is now",
    operation_id = "change",
    include_in_schema = true,
    body_limit = 64 * 1024,
    strict_content_type = false,
    embed,
    dependencies = [checked],
    middleware = [around],
    layers = [AddData::new(1_u8)],
    timeout = Duration::from_secs(5),
    responses(404 = "Not here", 410 = (model = Shelf, description = "Gone"), 418 = ResponseDoc::new().description("Tea"), ..more()),
    openapi_extra = json!({"x-all": true}),
    callbacks = [shipped],
    response = Item,
    exclude = ["tags"],
    exclude_none,
    exclude_defaults,
    etag = "weak",
    operation = Change
)]
#[allow(clippy::too_many_arguments)]
pub async fn change(
    #[path(ge = 1, title = "Id", openapi_examples = numbers)] id: u64,
    rest: String,
    /// A word.
    #[query(alias = "the-word", include_in_schema = false)]
    word: Option<Word>,
    #[query(openapi_examples = examples, deprecated)] q: Option<String>,
    #[query(default, items(le = 9))] numbers: Vec<u8>,
    #[depends(scopes = ["items"], use_cache = false, max_concurrency = 2)] who: Depends<Asking>,
    #[extract] method: Method,
    tasks: BackgroundTasks,
    item: Item,
) -> Answer<Item> {
    let _ = (id, rest, word, q, numbers, who, method, tasks);
    Ok(item)
}

fn numbers() -> Vec<(&'static str, Example)> {
    vec![("one", Example::new(json!(1)))]
}

/// Takes what is new of an item.
#[patch("/items/{id}", response = Item, exclude_unset)]
pub async fn update(id: u64, change: ItemChange) -> ItemChange {
    let _ = id;
    change
}

/// Takes a form.
#[post("/form", form_limits(max_fields = 5, max_files = 1, max_part_size = 1024))]
pub async fn form(
    #[form(min_length = 1)] name: String,
    #[file(max_length = 1024, title = "Picture")] picture: Bytes,
    #[file] more: Vec<UploadFile>,
) -> usize {
    let _ = (name, picture);
    more.len()
}

/// Takes bytes.
#[deprecated]
#[route("/bytes", method = [POST, PUT], deprecated)]
pub async fn bytes(#[body(content_type = "text/plain")] bytes: String) -> usize {
    bytes.len()
}

/// Takes a stream.
#[delete("/stream")]
pub async fn stream_in(body: BodyStream) {
    drop(body);
}

/// Answers a stream.
#[get("/events")]
pub async fn events() -> Events<impl Stream<Item = Message>> {
    Events::new(stream! {
        yield Message::Nothing;
    })
}

/// Answers whether it is there.
#[api::head("/there")]
pub async fn there() {}

/// Answers what can be asked.
#[api::options("/there")]
pub async fn may() {}

/// Answers what it got.
#[api::trace("/there")]
pub async fn seen() {}

/// Answers one of several things.
#[get("/either", inline)]
pub fn either(price: Option<f64>) -> Either {
    price.map_or(Either::Number(1), |price| Either::Text(price.to_string()))
}

/// Talks.
#[websocket("/talk/{room}", operation = Talk)]
pub async fn talk(room: String, mut socket: WebSocket<Message, Message>) -> Result<()> {
    let _ = room;
    let message = socket.receive().await?;
    socket.send(&message).await?;
    Ok(())
}

/// Something generic.
#[model]
#[derive(Debug, Clone, PartialEq)]
pub struct Paged<T> {
    /// What is on it.
    #[field(max_length = 100)]
    pub items: Vec<T>,
    /// Whether there is more.
    #[field(default)]
    pub more: bool,
}

/// Answers something generic.
#[get("/paged")]
pub async fn paged() -> Paged<Price> {
    Paged { items: vec![Price(0.5)], more: false }
}

/// All of them.
#[allow(deprecated)]
pub fn app() -> App {
    App::new("options", "1.0.0")
        .routes(routes![Change, update, form, bytes, stream_in, events, there, may, seen, either, Talk, paged])
}
