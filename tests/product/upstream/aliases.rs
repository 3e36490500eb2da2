//! Several names of one parameter, and optional models of headers and cookies: the twin of `aliases.py`.

use std::collections::BTreeMap;

use versify::prelude::*;

use super::replay;

#[model]
struct Chosen {
    #[field(alias = ["first", "second"])]
    value: i64,
    #[field(alias = ["item", "tag"], title = "Chosen items", default = vec!["default".to_owned()])]
    items: Vec<String>,
}

#[model(extra = "forbid")]
struct Closed {
    #[field(alias = ["first", "second", "third"])]
    value: i64,
    other: String,
}

#[model(extra = "allow")]
struct Open {
    #[field(alias = ["names", "legacy"])]
    names: Vec<String>,
    #[field(flatten)]
    rest: BTreeMap<String, Value>,
}

#[model(populate_by_name)]
struct ByName {
    #[field(alias = "item")]
    items: Vec<i64>,
}

#[model(populate_by_name)]
struct CookieByName {
    #[field(alias = "item")]
    item_count: i64,
}

#[model(populate_by_name, extra = "forbid")]
struct ByNameOrChoices {
    #[field(alias = ["item", "tag"])]
    items: Vec<i64>,
}

#[model(populate_by_name)]
struct Listed {
    #[field(alias = ["item", "items"])]
    items: Vec<i64>,
}

#[get("/individual")]
async fn individual(
    #[query(alias = ["first", "second"])] value: i64,
    #[query(alias = ["item", "tag"], title = "Chosen items", default = vec!["default".to_owned()])] items: Vec<String>,
) -> Value {
    json!({"value": value, "items": items})
}

#[get("/empty")]
async fn empty(#[query(alias = ["", "other"])] value: i64) -> Value {
    json!(value)
}

#[get("/chosen")]
async fn chosen(#[query] data: Chosen) -> Value {
    json!({"value": data.value, "items": data.items})
}

#[get("/closed")]
async fn closed(#[query] data: Closed) -> Value {
    drop(data.other);
    json!({"value": data.value})
}

#[get("/open")]
async fn open_model(#[query] data: Open) -> Value {
    json!({"names": data.names, "rest": data.rest})
}

#[get("/by-name")]
async fn by_name(#[query] data: ByName) -> Value {
    json!(data.items)
}

#[get("/by-name-or-choices")]
async fn by_name_or_choices(#[query] data: ByNameOrChoices) -> Value {
    json!(data.items)
}

#[get("/listed")]
async fn listed(#[query] data: Listed) -> Value {
    json!(data.items)
}

#[get("/cookie-closed")]
async fn cookie_closed(#[cookie] data: Closed) -> Value {
    json!({"value": data.value})
}

#[get("/cookie-chosen")]
async fn cookie_chosen(#[cookie] data: Chosen) -> Value {
    json!({"value": data.value})
}

#[get("/cookie")]
async fn cookie(#[cookie(alias = ["session", "legacy_session"], default = 10)] value: i64) -> Value {
    json!(value)
}

#[get("/cookie-by-name")]
async fn cookie_by_name(#[cookie] data: CookieByName) -> Value {
    json!(data.item_count)
}

#[post("/body-closed")]
async fn body_closed(data: Closed) -> Value {
    json!({"value": data.value})
}

#[post("/body-open")]
async fn body_open(data: Open) -> Value {
    json!({"names": data.names, "rest": data.rest})
}

#[post("/body-by-name")]
async fn body_by_name(data: Vec<ByNameOrChoices>) -> Value {
    data.into_iter().map(|one| one.items).collect()
}

#[post("/unwrapped")]
async fn unwrapped(#[query(alias = ["first", "second"])] value: i64) -> Value {
    json!(value)
}

mod headers {
    use std::collections::BTreeMap;

    use versify::prelude::*;

    #[model]
    struct HeaderChoices {
        #[field(alias = ["X-First", "X-Second"])]
        x_value: i64,
        #[field(alias = ["item_values", "X-Tag"], default = vec!["default".to_owned()])]
        item_values: Vec<String>,
    }

    #[model(extra = "forbid")]
    struct ClosedHeaders {
        #[field(alias = ["X-First", "X-Second"])]
        value: i64,
    }

    #[model(extra = "allow")]
    struct OpenHeaders {
        #[field(alias = ["Names", "Legacy"])]
        names: Vec<String>,
        #[field(flatten)]
        rest: BTreeMap<String, Value>,
    }

    #[model(populate_by_name)]
    struct HeadersByName {
        #[field(alias = "X-Second")]
        x_values: Vec<i64>,
    }

    #[model(populate_by_name)]
    struct HeadersByNameOrChoices {
        #[field(alias = ["X-First", "X-Second"])]
        x_values: Vec<i64>,
    }

    #[model]
    struct RequestHeaders {
        x_request_id: String,
        x_attempt: i64,
        #[field(default)]
        x_tag: Vec<String>,
        #[field(default = true)]
        enabled: bool,
    }

    #[model]
    struct Identified {
        x_id: i64,
    }

    #[model]
    struct Literally {
        #[field(alias = ["X-Request_ID", "X-Legacy_ID"])]
        request_id: String,
        x_attempt: i64,
    }

    #[model]
    struct Ignoring {
        #[field(default = "default")]
        x_tag: String,
    }

    #[model(extra = "allow")]
    struct Allowing {
        #[field(default = "default")]
        x_tag: String,
        #[field(flatten)]
        rest: BTreeMap<String, Value>,
    }

    #[model(extra = "forbid")]
    struct Forbidding {
        #[field(default = "default")]
        x_tag: String,
    }

    #[model(extra = "allow")]
    struct AllowingRequired {
        x_id: i64,
        #[field(flatten)]
        rest: BTreeMap<String, Value>,
    }

    #[model]
    #[derive(Clone)]
    struct Trace {
        x_trace: String,
    }

    #[model]
    #[derive(Clone)]
    struct ClientInfo {
        x_client: String,
    }

    #[model]
    struct Cookies {
        session_id: String,
        counter: i64,
        #[field(default = true)]
        enabled: bool,
    }

    #[model]
    struct Session {
        #[field(alias = ["sessionId", "legacyId"])]
        session_id: i64,
    }

    #[model(title = "Value")]
    #[derive(Clone)]
    struct Number {
        value: i64,
    }

    #[get("/header")]
    async fn header(
        #[header(alias = ["X-First", "X-Second"])] x_value: i64,
        #[header(alias = ["item_values", "X-Tag"], default = vec!["default".to_owned()])] item_values: Vec<String>,
    ) -> Value {
        json!({"value": x_value, "items": item_values})
    }

    #[get("/model")]
    async fn model(#[header] data: HeaderChoices) -> Value {
        json!({"value": data.x_value, "items": data.item_values})
    }

    #[get("/closed")]
    async fn closed_headers(#[header] data: ClosedHeaders) -> Value {
        json!({"value": data.value})
    }

    #[get("/open")]
    async fn open_headers(#[header] data: OpenHeaders) -> Value {
        json!({"names": data.names, "rest": data.rest})
    }

    #[get("/by-name")]
    async fn headers_by_name(#[header] data: HeadersByName) -> Value {
        json!(data.x_values)
    }

    #[get("/by-name-literal")]
    async fn headers_by_name_literal(#[header(convert_underscores = false)] data: HeadersByName) -> Value {
        json!(data.x_values)
    }

    #[get("/by-name-or-choices")]
    async fn headers_by_name_or_choices(#[header] data: HeadersByNameOrChoices) -> Value {
        json!(data.x_values)
    }

    #[get("/optional")]
    async fn optional(#[header] headers: Option<RequestHeaders>) -> Value {
        json!(headers)
    }

    #[get("/conversion")]
    async fn conversion(
        #[header] converted: Option<Identified>,
        #[header(convert_underscores = false)] literal: Option<Identified>,
    ) -> Value {
        json!([converted, literal])
    }

    #[get("/literally")]
    async fn literally(#[header] headers: Option<Literally>) -> Value {
        json!(headers.map(|Literally { request_id, x_attempt: _ }| request_id))
    }

    #[get("/ignoring")]
    async fn ignoring(#[header] headers: Option<Ignoring>) -> Value {
        json!(headers)
    }

    #[get("/allowing")]
    async fn allowing(#[header] headers: Option<Allowing>) -> Value {
        json!(headers)
    }

    #[get("/forbidding")]
    async fn forbidding(#[header] headers: Option<Forbidding>) -> Value {
        json!(headers)
    }

    #[get("/allowing-required")]
    async fn allowing_required(#[header] headers: Option<AllowingRequired>) -> Value {
        json!(headers)
    }

    #[dependency]
    async fn get_client_info(#[header] info: Option<ClientInfo>) -> Option<ClientInfo> {
        info
    }

    #[get("/siblings")]
    async fn siblings(#[header] host: String, info: Depends<get_client_info>, #[header] trace: Option<Trace>) -> Value {
        drop(host);
        json!([trace, *info])
    }

    #[get("/default")]
    async fn default(#[header(default = Some(Trace { x_trace: "default".to_owned() }))] trace: Option<Trace>) -> Value {
        json!(trace)
    }

    #[get("/required")]
    async fn required(#[header(required)] trace: Option<Trace>) -> Value {
        json!(trace)
    }

    #[get("/cookies")]
    async fn cookies(#[cookie] cookies: Option<Cookies>) -> Value {
        json!(cookies)
    }

    #[get("/cookie-case")]
    async fn cookie_case(#[cookie] cookies: Option<Session>) -> Value {
        json!(cookies.map(|cookies| cookies.session_id))
    }

    #[get("/cookie-ignoring")]
    async fn cookie_ignoring(#[cookie] session_id: String, #[cookie] other: Option<Ignoring>) -> Value {
        drop(session_id);
        json!(other)
    }

    #[get("/cookie-allowing")]
    async fn cookie_allowing(#[cookie] session_id: String, #[cookie] other: Option<Allowing>) -> Value {
        drop(session_id);
        json!(other)
    }

    #[get("/cookie-forbidding")]
    async fn cookie_forbidding(#[cookie] session_id: String, #[cookie] other: Option<Forbidding>) -> Value {
        drop(session_id);
        json!(other)
    }

    #[dependency]
    async fn get_session(#[cookie] session: Option<Number>) -> Option<Number> {
        session
    }

    #[get("/cookie-siblings")]
    async fn cookie_siblings(session: Depends<get_session>, #[cookie] trace: Option<Trace>) -> Value {
        json!([trace, *session])
    }

    #[get("/cookie-required")]
    async fn cookie_required(#[cookie(required)] trace: Option<Trace>) -> Value {
        json!(trace)
    }

    #[get("/places")]
    async fn places(
        #[query] query: Option<Number>,
        #[header] header: Option<Number>,
        #[cookie] cookie: Option<Number>,
    ) -> Value {
        json!([query, header, cookie])
    }

    pub(super) fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![
            header,
            model,
            closed_headers,
            open_headers,
            headers_by_name,
            headers_by_name_literal,
            headers_by_name_or_choices,
            optional,
            conversion,
            literally,
            ignoring,
            allowing,
            forbidding,
            allowing_required,
            siblings,
            default,
            required,
            cookies,
            cookie_case,
            cookie_ignoring,
            cookie_allowing,
            cookie_forbidding,
            cookie_siblings,
            cookie_required,
            places,
        ])
    }
}

#[tokio::test]
async fn in_all_places() {
    let app = App::new("FastAPI", "0.1.0").routes(routes![
        individual,
        empty,
        chosen,
        closed,
        open_model,
        by_name,
        by_name_or_choices,
        listed,
        cookie_closed,
        cookie_chosen,
        cookie,
        cookie_by_name,
        body_closed,
        body_open,
        body_by_name,
        unwrapped,
    ]);
    replay(app, include_str!("aliases.json")).await;
}

#[tokio::test]
async fn in_headers_and_cookies() {
    replay(headers::app(), include_str!("header_aliases.json")).await;
}
