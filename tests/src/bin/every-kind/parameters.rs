//! Paths, queries, headers, cookies.

use std::{collections::HashSet, net::IpAddr};

use chrono::NaiveDate;
use rust_decimal::Decimal;
use uuid::Uuid;
use versify::{
    operation::Route,
    prelude::*,
    security::{ApiKey, Auth, SecurityScheme},
    types::{Date, DateTime, EmailStr, HttpUrl, Secret, Time, TimeDelta},
};

use crate::{Two, two};

pub(super) fn routes() -> Vec<Route> {
    routes![
        path_scalars,
        path_texts,
        path_rest,
        path_dates,
        query_scalars,
        query_optional,
        query_lists,
        query_defaults,
        query_types,
        query_models,
        names,
        headers,
        header_models,
        cookies,
        cookie_models,
        hidden,
        depends,
        secret,
        blocking
    ]
    .into()
}

#[model(rename_all = "lowercase")]
#[derive(PartialEq, Eq, Hash)]
enum Color {
    Red,
    Green,
    Blue,
}

#[model]
enum Level {
    Low = 1,
    High = 2,
}

#[model(literal, rename_all = "snake_case")]
enum Order {
    CreatedAt,
    UpdatedAt,
}

#[model]
struct Sku(#[field(min_length = 3, max_length = 8, pattern = "^[A-Z]+$")] String);

#[model(untagged)]
enum Id {
    Number(i64),
    Name(String),
}

#[get("/path/{int}/{float}/{flag}/{color}/{level}")]
async fn path_scalars(
    int: i64,
    float: f64,
    flag: bool,
    color: Color,
    level: Level,
) -> Two<Two<i64, f64>, Two<bool, Two<Color, Level>>> {
    two(two(int, float), two(flag, two(color, level)))
}

#[get("/texts/{text}/{sku}/{id}")]
async fn path_texts(#[path(max_length = 5)] text: String, sku: Sku, id: Id) -> Two<Two<String, Sku>, Id> {
    two(two(text, sku), id)
}

#[get("/files/{rest:path}")]
async fn path_rest(rest: String) -> String {
    rest
}

#[get("/dates/{date}/{uuid}/{small}")]
async fn path_dates(date: NaiveDate, uuid: Uuid, #[path(gt = 0, lt = 10)] small: u8) -> Two<Two<NaiveDate, Uuid>, u8> {
    two(two(date, uuid), small)
}

#[get("/query/scalars")]
async fn query_scalars(
    #[query(ge = -5, lt = 5, multiple_of = 2)] int: i32,
    #[query(gt = 0.5, le = 1)] float: f64,
    wide: u64,
    flag: bool,
    char: char,
    color: Color,
    order: Order,
) -> Two<Two<i32, f64>, Two<u64, Two<Two<bool, char>, Two<Color, Order>>>> {
    two(two(int, float), two(wide, two(two(flag, char), two(color, order))))
}

#[get("/query/optional")]
async fn query_optional(
    int: Option<i64>,
    #[query(min_length = 2)] text: Option<String>,
    #[query(required)] either: Option<Id>,
    level: Option<Level>,
) -> Two<Two<Option<i64>, Option<String>>, Two<Option<Id>, Option<Level>>> {
    two(two(int, text), two(either, level))
}

#[get("/query/lists")]
async fn query_lists(
    #[query(min_length = 1, max_length = 3, items(ge = 0))] ints: Vec<i64>,
    #[query] colors: HashSet<Color>,
    #[query(default)] pair: Option<(i64, String)>,
    #[query(unique_items)] unique: Vec<String>,
) -> Two<Two<Vec<i64>, HashSet<Color>>, Two<Option<Two<i64, String>>, Vec<String>>> {
    two(two(ints, colors), two(pair.map(|(number, text)| two(number, text)), unique))
}

#[get("/query/defaults")]
async fn query_defaults(
    #[query(default = 10, le = 100)] limit: u32,
    #[query(default = "x")] text: String,
    #[query(default = Color::Red)] color: Color,
    #[query(default = false)] flag: bool,
) -> Two<Two<u32, String>, Two<Color, bool>> {
    two(two(limit, text), two(color, flag))
}

#[get("/query/types")]
#[allow(clippy::too_many_arguments)]
async fn query_types(
    date: Option<Date>,
    time: Option<Time>,
    moment: Option<DateTime>,
    span: Option<TimeDelta>,
    email: Option<EmailStr>,
    url: Option<HttpUrl>,
    ip: Option<IpAddr>,
    #[query(ge = 0, max_digits = 6, decimal_places = 2)] amount: Option<Decimal>,
    secret: Option<Secret<String>>,
) -> Two<
    Two<Option<Date>, Option<Time>>,
    Two<Option<DateTime>, Two<Two<Option<TimeDelta>, Option<EmailStr>>, Option<IpAddr>>>,
> {
    // A URL of the largest length may be longer once it is normalised.
    drop((amount, secret, url));
    two(two(date, time), two(moment, two(two(span, email), ip)))
}

#[model]
struct Page {
    #[field(default, ge = 0)]
    offset: i64,
    #[field(default = 10, gt = 0, le = 100)]
    limit: u32,
}

#[model]
struct Range {
    from: Date,
    to: Date,
    #[field(default)]
    tags: Vec<String>,
}

#[get("/query/models")]
async fn query_models(
    #[query] page: Page,
    #[query] range: Option<Range>,
    q: Option<String>,
) -> Two<Two<Page, Option<Range>>, Option<String>> {
    two(two(page, range), q)
}

#[get("/names")]
async fn names(
    #[query(alias = ["item-query", "q"])] query: String,
    #[header(alias = "X-Odd_Name")] header: Option<i64>,
    #[cookie(alias = "odd.name")] cookie: Option<String>,
) -> Two<Two<String, Option<i64>>, Option<String>> {
    two(two(query, header), cookie)
}

#[get("/headers")]
async fn headers(
    #[header] x_token: String,
    #[header] x_count: Option<u8>,
    #[header(default)] x_tag: Vec<String>,
    #[header(convert_underscores = false)] odd_name: Option<bool>,
) -> Two<Two<String, Option<u8>>, Two<Vec<String>, Option<bool>>> {
    two(two(x_token, x_count), two(x_tag, odd_name))
}

#[model]
struct Trace {
    x_trace_id: Uuid,
    #[field(default)]
    x_depth: u8,
}

#[get("/headers/models")]
async fn header_models(#[header] trace: Trace) -> Trace {
    trace
}

#[get("/cookies")]
async fn cookies(#[cookie] session: String, #[cookie] visits: Option<u32>) -> Two<String, Option<u32>> {
    two(session, visits)
}

#[model]
struct Session {
    session_id: Uuid,
    color: Option<Color>,
}

#[get("/cookies/models")]
async fn cookie_models(#[cookie] session: Option<Session>) -> Option<Session> {
    session
}

#[get("/hidden")]
async fn hidden(
    #[query(include_in_schema = false)] debug: Option<bool>,
    #[query(deprecated)] old: Option<i64>,
) -> Option<bool> {
    debug.filter(|_| old.is_none())
}

/// What several operations read.
#[dependency]
async fn page_size(#[query(default = 10, le = 100)] size: u32) -> u32 {
    size
}

#[get("/depends")]
async fn depends(size: Depends<page_size>) -> u32 {
    *size
}

/// The key of a client.
struct Key;

impl SecurityScheme for Key {
    type Kind = ApiKey;
    const SCHEME: ApiKey = ApiKey::header("x-key");
}

#[get("/secret")]
async fn secret(key: Auth<Key>) -> usize {
    key.len()
}

#[get("/blocking")]
fn blocking(n: u16) -> u32 {
    u32::from(n) * 2
}
