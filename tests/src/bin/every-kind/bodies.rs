//! Bodies, and every kind of model.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    net::Ipv4Addr,
};

use chrono::{NaiveDate, Utc};
use rust_decimal::Decimal;
use url::Url;
use uuid::Uuid;
use versify::{
    BodyStream, Bytes, Patch,
    operation::Route,
    prelude::*,
    types::{Base64Bytes, Date, DateTime, EmailStr, HttpUrl, Secret, Time, TimeDelta},
};

use crate::{Two, two};

pub(super) fn routes() -> Vec<Route> {
    routes![
        scalars,
        types,
        constrained,
        containers,
        nested,
        recursive,
        shared,
        visible,
        patched,
        number,
        list,
        map,
        tree,
        tagged,
        untagged,
        generic,
        embedded,
        several,
        optional,
        closed,
        open,
        strict,
        checked,
        anything,
        bytes,
        text,
        stream,
        nothing,
        created,
        read_with_body
    ]
    .into()
}

#[model]
struct Scalars {
    int: i64,
    small: u8,
    wide: u64,
    float: f64,
    narrow: f32,
    flag: bool,
    text: String,
    char: char,
    optional: Option<i64>,
}

#[post("/scalars")]
async fn scalars(body: Scalars) -> Scalars {
    body
}

#[model]
struct Types {
    date: Date,
    time: Time,
    moment: DateTime,
    span: TimeDelta,
    day: NaiveDate,
    instant: chrono::DateTime<Utc>,
    uuid: Uuid,
    link: Url,
    // A URL of the largest length may be longer once it is normalised.
    #[field(write_only)]
    url: HttpUrl,
    email: EmailStr,
    ip: Ipv4Addr,
    amount: Decimal,
    data: Base64Bytes,
    #[field(write_only, min_length = 4)]
    password: Secret<String>,
}

#[post("/types")]
async fn types(body: Types) -> Types {
    let _ = (&body.url, &body.password);
    body
}

#[model]
struct Constrained {
    #[field(gt = 0, lt = 100)]
    open: i64,
    #[field(ge = 0.5, le = 2.5)]
    closed: f64,
    #[field(multiple_of = 5)]
    fives: i64,
    #[field(min_length = 2, max_length = 4)]
    short: String,
    #[field(pattern = "^[a-z]{1,3}$")]
    code: String,
    #[field(min_length = 1, max_length = 3, items(gt = 0))]
    list: Vec<i64>,
    #[field(unique_items)]
    unique: Vec<String>,
    #[field(max_length = 2)]
    map: BTreeMap<String, i64>,
    #[field(default = 5, le = 10)]
    default: u8,
}

#[post("/constrained")]
async fn constrained(body: Constrained) -> Constrained {
    body
}

#[model]
struct Containers {
    list: Vec<i64>,
    #[field(write_only)]
    array: [bool; 2],
    #[field(write_only)]
    pair: (i64, String),
    set: BTreeSet<i64>,
    by_name: HashMap<String, f64>,
    by_number: BTreeMap<i32, Vec<String>>,
    boxed: Box<i64>,
    value: Value,
}

#[post("/containers")]
async fn containers(body: Containers) -> Containers {
    let _ = (&body.array, &body.pair);
    body
}

#[model]
struct Point {
    x: f64,
    y: f64,
}

#[model]
struct Nested {
    at: Point,
    others: Vec<Point>,
    named: BTreeMap<String, Point>,
    perhaps: Option<Point>,
}

#[post("/nested")]
async fn nested(body: Nested) -> Nested {
    body
}

/// A model that holds itself.
#[model]
struct Node {
    name: String,
    #[field(default)]
    children: Vec<Node>,
}

#[post("/recursive")]
async fn recursive(body: Node) -> Node {
    body
}

#[model(computed = [area], rename_all = "camelCase")]
struct Shared {
    #[field(flatten)]
    at: Point,
    side_length: f64,
}

impl Shared {
    fn area(&self) -> f64 {
        self.side_length * self.side_length
    }
}

#[post("/shared")]
async fn shared(body: Shared) -> Shared {
    body
}

#[model(partial = VisiblePatch)]
struct Visible {
    #[field(read_only)]
    id: u64,
    name: String,
    #[field(write_only)]
    key: Option<String>,
    note: Option<String>,
}

#[put("/visible")]
async fn visible(body: Visible) -> Visible {
    let _ = &body.key;
    body
}

#[patch("/visible")]
async fn patched(body: VisiblePatch) -> VisiblePatch {
    body
}

#[post("/number")]
async fn number(#[body(ge = 0)] body: i64) -> i64 {
    body
}

#[post("/list")]
async fn list(#[body(max_length = 3)] body: Vec<Point>) -> Vec<Point> {
    body
}

#[post("/map")]
async fn map(body: HashMap<i64, f64>) -> HashMap<i64, f64> {
    body
}

#[post("/tree")]
async fn tree(body: BTreeMap<String, Vec<Option<Node>>>) -> BTreeMap<String, Vec<Option<Node>>> {
    body
}

#[model(tag = "kind", rename_all = "snake_case")]
enum Shape {
    Circle { radius: f64 },
    Square { side: f64 },
    Dot(Point),
    Nothing,
}

#[post("/tagged")]
async fn tagged(body: Shape) -> Shape {
    body
}

#[model(untagged)]
enum Either {
    Number(i64),
    Text(#[field(min_length = 1)] String),
    Point(Point),
    List(Vec<bool>),
}

#[post("/untagged")]
async fn untagged(#[body] body: Either) -> Either {
    body
}

#[model]
struct Page<T> {
    items: Vec<T>,
    next: Option<T>,
}

#[post("/generic")]
async fn generic(body: Page<Shape>) -> Page<Shape> {
    body
}

#[post("/embedded", embed)]
async fn embedded(point: Point) -> Point {
    point
}

#[post("/several")]
async fn several(
    point: Point,
    shape: Option<Shape>,
    #[body(default = 1)] weight: u8,
) -> Two<Two<Point, Option<Shape>>, u8> {
    two(two(point, shape), weight)
}

#[post("/optional")]
async fn optional(body: Option<Point>) -> Option<Point> {
    body
}

#[model(extra = "forbid")]
struct Closed {
    name: String,
}

#[post("/closed")]
async fn closed(body: Closed) -> Closed {
    body
}

#[model]
struct Open {
    name: String,
    /// Whatever else is sent.
    #[field(flatten)]
    more: BTreeMap<String, i64>,
}

#[post("/open")]
async fn open(body: Open) -> Open {
    body
}

#[model(strict)]
struct Strict {
    int: i64,
    float: f64,
    flag: bool,
}

#[post("/strict")]
async fn strict(body: Strict) -> Strict {
    body
}

fn ordered(range: &Span) -> std::result::Result<(), &'static str> {
    if range.from <= range.to { Ok(()) } else { Err("from is after to") }
}

/// JSON Schema cannot say what its validator says.
#[model(validate = ordered)]
struct Span {
    from: i64,
    to: i64,
}

#[post("/checked")]
async fn checked(body: Span) -> Span {
    body
}

#[post("/anything")]
async fn anything(#[body] body: Value) -> Value {
    body
}

#[post("/bytes")]
async fn bytes(body: Bytes) -> usize {
    body.len()
}

#[post("/text")]
async fn text(#[body(content_type = "text/plain")] body: Bytes) -> usize {
    body.len()
}

#[post("/stream", body_limit = 4096)]
async fn stream(mut body: BodyStream) -> Result<usize> {
    let mut length = 0;
    while let Some(bytes) = body.next().await? {
        length += bytes.len();
    }
    Ok(length)
}

#[delete("/nothing", status = 204)]
async fn nothing() {}

#[post("/created", status = 201)]
async fn created(body: Point) -> Point {
    body
}

#[delete("/points")]
async fn read_with_body(body: Point) -> Patch<f64> {
    Patch::Set(body.x)
}
