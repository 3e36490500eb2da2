//! Operations whose parameters models declare.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use versify::{Service, prelude::*};

#[model(extra = "allow")]
struct Filters {
    term: String,
    #[field(flatten)]
    extras: BTreeMap<String, Value>,
}

#[model]
struct Paging {
    /// Page size
    #[field(ge = 1, default = 10)]
    limit: i64,
    #[field(flatten)]
    extras: BTreeMap<String, Value>,
}

#[get("/open/query")]
async fn open_query(#[query] filters: Filters, #[query] paging: Paging, #[query(default)] host: String) -> Value {
    json!({"filters": filters, "paging": paging, "host": host})
}

#[get("/open/header")]
async fn open_header(#[header] filters: Filters, #[header] paging: Paging) -> Value {
    json!({"filters": filters, "paging": paging})
}

#[get("/open/cookie")]
async fn open_cookie(#[cookie] filters: Filters, #[cookie] paging: Paging) -> Value {
    json!({"filters": filters, "paging": paging})
}

#[model(extra = "ignore")]
struct OpenPaging {
    #[field(default = 10)]
    limit: i64,
}

#[get("/ignoring/query")]
async fn ignoring_query(#[query] paging: OpenPaging) -> OpenPaging {
    paging
}

#[model(extra = "forbid")]
struct ClosedFilters {
    term: String,
}

#[model(extra = "forbid")]
struct ClosedPaging {
    #[field(default = 10)]
    limit: i64,
}

#[get("/closed/query")]
async fn closed_query(#[query] filters: ClosedFilters, #[query] paging: ClosedPaging) -> Value {
    json!([filters, paging])
}

#[get("/closed/beside")]
async fn closed_beside(#[query] filters: ClosedFilters, #[header(default = 10)] limit: i64) -> Value {
    json!([filters, limit])
}

#[get("/closed/optional")]
async fn closed_optional(#[query] filters: Option<ClosedPaging>, #[query(default = 10)] page: i64) -> Value {
    json!([filters, page])
}

#[model]
struct Many {
    #[field(alias = ["names", "legacy"])]
    names: Vec<String>,
}

#[model]
struct One {
    #[field(alias = "legacy")]
    text: String,
}

#[get("/shapes")]
async fn shapes(#[query] many: Many, #[query] one: One, legacy: String) -> Value {
    json!({"many": many, "one": one, "last": legacy})
}

#[model]
struct Headers {
    x_id: i64,
    #[field(alias = "X-Tags", default)]
    tags: Vec<String>,
}

#[get("/mixed")]
async fn mixed(#[header] converted: Headers, #[header(convert_underscores = false)] literal: Headers) -> Value {
    json!({"converted": converted, "literal": literal})
}

#[get("/headers")]
async fn headers(#[header] headers: Headers) -> Headers {
    headers
}

fn in_order(range: &Range) -> std::result::Result<(), &'static str> {
    if range.start > range.end { Err("start must not exceed end") } else { Ok(()) }
}

#[model(validate = in_order)]
struct Range {
    start: i64,
    end: i64,
    #[field(default)]
    tags: Vec<String>,
    #[field(default = true)]
    enabled: bool,
    #[field(default = "default")]
    label: String,
}

#[get("/optional")]
async fn optional(
    #[query] range: Option<Range>,
    #[query] one: Option<One>,
    #[query(default = 10)] limit: i64,
) -> Value {
    json!([range, one, limit])
}

#[model]
struct Defaults {
    #[field(default = "default")]
    term: String,
}

#[get("/nullable")]
async fn nullable(#[query(required)] filters: Option<Defaults>) -> Option<Defaults> {
    filters
}

#[get("/default")]
async fn default(
    #[query(default = Some(Defaults { term: "parameter default".into() }))] filters: Option<Defaults>,
) -> Value {
    json!(filters)
}

#[get("/optional-open")]
async fn optional_open(#[query] filters: Option<Filters>) -> Option<Filters> {
    filters
}

#[model]
struct Value1 {
    value: i64,
}

#[get("/places")]
async fn places(#[query] query: Value1, #[header] header: Value1, #[cookie] cookie: Value1) -> Value {
    json!([query, header, cookie])
}

#[model]
struct Shared {
    #[field(default = 1)]
    shared: i64,
}

#[model]
struct Required {
    shared: i64,
}

#[model]
struct Hidden {
    secret: String,
}

#[get("/hidden")]
async fn hidden(
    #[query] optional: Shared,
    #[query] required: Required,
    #[query(include_in_schema = false)] hidden: Hidden,
) -> Value {
    json!([optional, required, hidden])
}

#[model]
struct HeaderChoices {
    #[field(alias = ["X-First", "X-Second"])]
    x_value: i64,
    #[field(alias = ["item_values", "X-Tag"], default = vec!["default".to_owned()])]
    item_values: Vec<String>,
}

#[get("/choices")]
async fn choices(#[header] choices: HeaderChoices) -> Value {
    json!([choices.x_value, choices.item_values])
}

#[get("/choice")]
async fn choice(
    #[header(alias = ["X-First", "X-Second"])] x_value: i64,
    #[header(alias = ["item_values", "X-Tag"], default = vec!["default".to_owned()])] item_values: Vec<String>,
) -> Value {
    json!([x_value, item_values])
}

#[model]
struct CookieChoices {
    #[field(alias = ["session", "legacy_session"])]
    value: i64,
}

#[get("/cookie-choices")]
async fn cookie_choices(#[cookie] choices: CookieChoices) -> i64 {
    choices.value
}

#[post("/bodies")]
async fn bodies(
    #[body(alias = ["first", "second"], default = Some(10))] value: Option<i64>,
    #[body(alias = ["items", "tags"], default)] items: Vec<i64>,
) -> Value {
    json!([value, items])
}

/// What is kept is written back, in bodies too.
#[post("/kept")]
async fn kept(filters: Filters) -> Filters {
    filters
}

type Numbers = BTreeMap<String, i64>;

/// A map by another name needs the word.
#[model(extra = "allow", partial = CountsPatch)]
struct Counts {
    name: String,
    #[field(flatten)]
    counts: Numbers,
}

#[post("/counts/patch")]
async fn patch_counts(patch: CountsPatch) -> Counts {
    let mut counts = Counts { name: "old".into(), counts: [("a".to_owned(), 1), ("b".to_owned(), 2)].into() };
    patch.apply(&mut counts);
    counts
}

#[get("/counts")]
async fn query_counts(#[query] counts: Counts) -> Counts {
    counts
}

#[post("/counts")]
async fn counts(counts: Counts) -> Counts {
    counts
}

#[model(tag = "kind")]
enum Event {
    Search(Filters),
}

#[post("/events")]
async fn events(event: Event) -> Event {
    event
}

pub(super) fn service() -> Service {
    App::new("Parameter models", "1.0.0")
        .routes(routes![
            open_query,
            open_header,
            open_cookie,
            closed_query,
            closed_beside,
            closed_optional,
            shapes,
            mixed,
            headers,
            optional,
            nullable,
            default,
            optional_open,
            places,
            hidden,
            choices,
            choice,
            cookie_choices,
            bodies,
            kept,
            counts,
            patch_counts,
            query_counts,
            ignoring_query,
            events
        ])
        .build()
        .unwrap()
}
