//! A spread of models, each the body of an operation, and parameters of many kinds: for input that nobody chose.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::json;
use versify::{
    Service, StartError,
    prelude::*,
    types::{Base64Bytes, Date, DateTime, EmailStr, HttpUrl, Secret, TextBytes, Time, TimeDelta},
};

#[model(rename_all = "lowercase")]
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub enum Color {
    Red,
    Green,
}

#[model]
pub enum Level {
    Low = 1,
    High = 2,
}

#[model(literal)]
pub enum Fixed {
    #[field(alias = "a")]
    A,
    #[field(value = 1)]
    One,
    #[field(value = true)]
    Yes,
    #[field(value = null)]
    Null,
}

/// Integers of all widths, and what they may be.
#[model]
pub struct Numbers {
    pub a: i64,
    #[field(default, ge = -5, lt = 100)]
    pub b: i8,
    #[field(default)]
    pub c: u64,
    #[field(default)]
    pub d: Option<i128>,
    #[field(default, gt = 0, multiple_of = 0.5)]
    pub e: Option<f64>,
    #[field(default, allow_inf_nan = false)]
    pub f: f32,
    #[field(default)]
    pub g: rust_decimal::Decimal,
    #[field(default, strict)]
    pub h: Option<i64>,
    #[field(default)]
    pub i: bool,
}

#[model(rename_all = "camelCase")]
pub struct Texts {
    #[field(min_length = 1, max_length = 5, pattern = "^[a-z]*$")]
    pub a: String,
    #[field(alias = ["b", "bb"], default)]
    pub long_name: Option<String>,
    #[field(default)]
    pub c: Option<char>,
    #[field(default)]
    pub d: Option<TextBytes>,
    #[field(default)]
    pub e: Option<Base64Bytes>,
    #[field(default)]
    pub f: Option<Secret<String>>,
    #[field(default)]
    pub g: Option<EmailStr>,
    #[field(default)]
    pub h: Option<HttpUrl>,
    #[field(default)]
    pub i: Option<uuid::Uuid>,
}

#[model]
pub struct Times {
    #[field(default)]
    pub a: Option<DateTime>,
    #[field(default)]
    pub b: Option<Date>,
    #[field(default)]
    pub c: Option<Time>,
    #[field(default)]
    pub d: Option<TimeDelta>,
    #[field(default)]
    pub e: Option<std::net::IpAddr>,
}

#[model]
pub struct Lists {
    #[field(min_length = 1, max_length = 3)]
    pub a: Vec<i64>,
    #[field(default)]
    pub b: BTreeSet<String>,
    #[field(default)]
    pub c: Option<(i64, String)>,
    #[field(default)]
    pub d: Option<[bool; 2]>,
    #[field(default, fail_fast)]
    pub e: Vec<Vec<f64>>,
    #[field(default)]
    pub f: Vec<Option<Color>>,
}

#[model]
pub struct Maps {
    pub a: BTreeMap<String, i64>,
    #[field(default)]
    pub b: HashMap<i64, Vec<f64>>,
    #[field(default)]
    pub c: BTreeMap<String, Value>,
    #[field(default)]
    pub d: BTreeMap<String, Numbers>,
}

/// A tree.
#[model(extra = "forbid")]
pub struct Node {
    pub a: i64,
    #[field(default)]
    pub children: Vec<Node>,
    #[field(default)]
    pub parent: Option<Box<Node>>,
}

#[model(extra = "allow")]
pub struct Open {
    pub a: Level,
    #[field(flatten)]
    pub rest: BTreeMap<String, i64>,
}

#[model]
pub struct Part {
    pub c: i64,
    pub d: Option<Fixed>,
}

#[model]
pub struct Flat {
    pub a: Color,
    #[field(flatten)]
    pub part: Part,
}

#[model(tag = "kind", rename_all = "lowercase")]
pub enum Shape {
    Circle {
        a: f64,
    },
    #[field(alias = "lists")]
    Lists(Lists),
}

/// What a text, or several, can be.
#[model(untagged)]
pub enum Words {
    Int(i64),
    Text(String),
    List(Vec<f64>),
}

#[model(untagged)]
pub enum Either {
    Int(i64),
    Text(String),
    List(Vec<f64>),
    Node(Node),
    Shape(Shape),
    Nothing,
}

#[model(partial = WholePatch)]
pub struct Whole {
    pub a: i64,
    pub b: Option<String>,
    pub c: Vec<Either>,
}

fn in_order(range: &Range) -> std::result::Result<(), &'static str> {
    if range.a > range.b { Err("out of order") } else { Ok(()) }
}

#[model(validate = in_order)]
pub struct Range {
    pub a: i64,
    pub b: i64,
}

/// All at once.
#[model]
pub struct Everything {
    #[field(default)]
    pub a: Option<Numbers>,
    #[field(default)]
    pub b: Option<Texts>,
    #[field(default)]
    pub c: Option<Times>,
    #[field(default)]
    pub d: Vec<Shape>,
    #[field(default)]
    pub e: Option<Either>,
    #[field(default)]
    pub f: Option<Open>,
    #[field(default)]
    pub g: Option<Flat>,
    #[field(default)]
    pub h: Option<Range>,
    #[field(default)]
    pub i: Option<Maps>,
}

/// Reads as serde reads.
#[derive(serde::Serialize, serde::Deserialize)]
pub struct Foreign {
    a: i64,
    b: Option<Vec<String>>,
}

/// What a name of the fields is: most input should be near the models.
pub const NAMES: [&str; 18] = [
    "a", "b", "bb", "c", "d", "e", "f", "g", "h", "i", "kind", "children", "parent", "circle", "lists", "red",
    "longName", "rest",
];

/// What the members of unions are called in places.
pub const LABELS: [&str; 9] =
    ["none", "int", "str", "list[float]", "Node", "circle", "lists", "Shape", "tagged-union[circle,lists]"];

/// One operation for each body.
macro_rules! bodies {
    ($($name:ident $path:literal: $type:ty;)*) => {
        $(
            #[post($path)]
            async fn $name(#[body] body: $type) -> $type {
                body
            }
        )*

        /// Where the bodies go.
        pub const BODIES: &[&str] = &[$($path,)* "/two"];

        fn routes_of_bodies() -> Vec<versify::operation::Route> {
            routes![$($name,)* two].into()
        }
    };
}

bodies! {
    numbers "/numbers": Numbers;
    texts "/texts": Texts;
    times "/times": Times;
    lists "/lists": Lists;
    maps "/maps": Maps;
    node "/node": Node;
    open "/open": Open;
    flat "/flat": Flat;
    shape "/shape": Shape;
    either "/either": Either;
    range "/range": Range;
    everything "/everything": Everything;
    patched "/patched": WholePatch;
    foreign "/foreign": Serde<Foreign>;
    int "/int": i64;
    float "/float": f64;
    text "/text": String;
    any "/any": Value;
    all "/all": Vec<Option<Everything>>;
}

#[post("/two")]
async fn two(a: Node, #[body] b: Option<i64>, #[body] c: Option<Value>) -> Value {
    json!([a, b, c])
}

/// Where the queries go.
pub const QUERIES: &[&str] = &["/parameters", "/models", "/open"];

#[get("/parameters")]
#[allow(clippy::too_many_arguments, reason = "each is another case")]
async fn parameters(
    #[query(ge = 1)] a: i64,
    #[query(max_length = 3)] b: Option<String>,
    #[query(default)] c: Vec<f64>,
    #[query(default)] d: BTreeSet<Color>,
    #[query] e: Option<DateTime>,
    #[query(default)] f: bool,
    #[query] g: Option<rust_decimal::Decimal>,
    #[query] h: Option<(i64, String)>,
    #[query(alias = ["i", "ii"])] i: Option<Words>,
) -> Value {
    json!([a, b, c, d, e, f, g, h, i])
}

#[get("/models")]
async fn models(#[query] flat: Flat, #[query] range: Option<Range>, #[query] texts: Option<Texts>) -> Value {
    json!([flat, range, texts])
}

#[get("/open")]
async fn open_query(#[query] open: Open) -> Open {
    open
}

/// The body as its operation sees it: what is no object holds none of several values.
#[must_use]
pub fn seen(path: &str, input: &Value) -> Value {
    if path == "/two" && !input.is_object() { json!({}) } else { input.clone() }
}

/// All of them.
///
/// # Errors
/// When something is wrong with the app itself.
pub fn service() -> Result<Service, StartError> {
    App::new("Spread", "1.0.0").routes(routes_of_bodies()).routes(routes![parameters, models, open_query]).build()
}
