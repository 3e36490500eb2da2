//! Forms: fields, models and unions of models, URL-encoded and in parts.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use versify::{
    FormLimits, Router, Service,
    prelude::*,
    security::{OAuth2PasswordRequestForm, OAuth2PasswordRequestFormStrict},
};

use crate::client::{Answer, get, send};

pub const BOUNDARY: &str = "X";

/// The fields as parts.
pub fn parts(fields: &[(&str, &str)]) -> String {
    let part = |(name, value): &(&str, &str)| {
        format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    fields.iter().map(part).chain([format!("--{BOUNDARY}--\r\n")]).collect()
}

pub async fn post_parts(service: &Service, uri: &str, body: impl Into<versify::poem::Body>) -> Answer {
    let content_type = format!("multipart/form-data; boundary={BOUNDARY}");
    send(service, "POST", uri, &[("content-type", &content_type)], body).await
}

async fn post_encoded(service: &Service, uri: &str, fields: &[(&str, &str)]) -> Answer {
    let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", value.replace(' ', "+"))).collect();
    let form = [("content-type", "application/x-www-form-urlencoded")];
    send(service, "POST", uri, &form, pairs.join("&")).await
}

#[model]
struct Profile {
    #[field(max_length = 5)]
    name: String,
    age: Option<u8>,
}

#[model]
struct Preferences {
    #[field(default = 10, ge = 1)]
    limit: i64,
    #[field(default)]
    tags: Vec<String>,
    #[field(default = true)]
    enabled: bool,
}

#[model(extra = "forbid")]
struct Closed {
    #[field(default = "none")]
    name: String,
}

#[model(extra = "allow")]
struct Open {
    name: String,
    #[field(flatten)]
    rest: BTreeMap<String, Value>,
}

#[model]
struct Choice {
    #[field(alias = ["display_name", "name"])]
    name: String,
    department: String,
}

#[model]
struct Text {
    value: String,
}

#[model]
struct List {
    value: Vec<String>,
    #[field(default)]
    other: i64,
}

#[model(untagged)]
enum TextOrList {
    List(List),
    Text(Text),
}

#[model]
struct Other {
    x: i64,
}

#[model(untagged)]
enum Either {
    Text(Text),
    Other(Other),
}

#[model(tag = "kind", rename_all = "snake_case")]
enum Contact {
    Person {
        name: String,
        #[field(default)]
        tags: Vec<String>,
    },
    Company {
        company_name: String,
    },
}

#[post("/fields")]
async fn fields(
    #[form(min_length = 2, alias = ["user", "login"])] username: String,
    #[form] age: Option<i64>,
    #[form(default = false)] agreed: bool,
    #[form] tags: Option<Vec<String>>,
) -> Value {
    json!([username, age, agreed, tags])
}

#[post("/composed")]
async fn composed(#[form] profile: Profile, #[form] preferences: Preferences, #[form] token: String) -> Value {
    json!([profile, preferences, token])
}

#[post("/optional")]
async fn optional(#[form] token: String, #[form] profile: Option<Profile>) -> Value {
    json!([token, profile])
}

#[post("/nullable")]
async fn nullable(#[form(required)] preferences: Option<Preferences>) -> Value {
    json!(preferences)
}

#[post("/closed")]
async fn closed(#[form] closed: Option<Closed>, #[form] token: Option<String>) -> Value {
    json!([closed, token])
}

#[post("/open")]
async fn open(#[form] open: Open) -> Value {
    json!(open)
}

#[post("/choice")]
async fn choice(#[form] choice: Choice, #[form] note: Option<String>) -> Value {
    json!([choice, note])
}

#[post("/contact")]
async fn contact(#[form] contact: Option<Contact>) -> Value {
    json!(contact)
}

#[post("/text-or-list")]
async fn text_or_list(#[form] data: TextOrList) -> Value {
    json!(data)
}

#[post("/either")]
async fn either(#[form] data: Either) -> Value {
    json!(data)
}

fn service() -> Service {
    let all = routes![fields, composed, optional, nullable, closed, open, choice, contact, text_or_list, either];
    App::new("forms", "1").routes(all).build().unwrap()
}

/// Each form is sent in both ways: they are answered alike.
#[tokio::test]
async fn fields_and_models() {
    let service = service();
    let table: &[(&str, &[(&str, &str)], Value)] = &[
        ("/fields", &[("user", "ann"), ("age", "7"), ("agreed", "on")], json!(["ann", 7, true, null])),
        ("/fields", &[("user", "ann"), ("age", ""), ("agreed", "")], json!(["ann", null, false, null])),
        // White space is a value; of a scalar that comes twice the last counts; an empty item of a list is one.
        ("/fields", &[("user", "  "), ("tags", ""), ("tags", "b")], json!(["  ", null, false, ["", "b"]])),
        ("/fields", &[("user", "ann"), ("user", "bob")], json!(["bob", null, false, null])),
        // The first name that was sent with a value counts, and its faults are named by it.
        ("/fields", &[("login", "ann")], json!(["ann", null, false, null])),
        ("/fields", &[("user", ""), ("login", "ann")], json!(["ann", null, false, null])),
        ("/fields", &[("user", "bob"), ("login", "a")], json!(["bob", null, false, null])),
        ("/fields", &[("login", "a")], json!({"string_too_short": ["body", "login"]})),
        ("/fields", &[("user", "")], json!({"missing": ["body", "user"]})),
        ("/fields", &[("user", "ann"), ("age", "x")], json!({"int_parsing": ["body", "age"]})),
        (
            "/composed",
            &[("name", "ann"), ("token", "t"), ("tags", "a"), ("unknown", "x")],
            json!([{"name": "ann", "age": null}, {"limit": 10, "tags": ["a"], "enabled": true}, "t"]),
        ),
        (
            "/composed",
            &[("name", "ann"), ("token", "t"), ("limit", ""), ("enabled", ""), ("tags", "")],
            json!([{"name": "ann", "age": null}, {"limit": 10, "tags": [""], "enabled": true}, "t"]),
        ),
        (
            "/composed",
            &[("name", "ann"), ("token", "t"), ("limit", "0")],
            json!({"greater_than_equal": ["body", "limit"]}),
        ),
        ("/composed", &[("name", "longer"), ("token", "t")], json!({"string_too_long": ["body", "name"]})),
        ("/composed", &[("token", "t")], json!({"missing": ["body", "name"]})),
        ("/optional", &[("token", "t")], json!(["t", null])),
        ("/optional", &[("token", "t"), ("name", "ann")], json!(["t", {"name": "ann", "age": null}])),
        // One of its names begins the model, be it empty.
        ("/optional", &[("token", "t"), ("age", "")], json!({"missing": ["body", "name"]})),
        ("/nullable", &[("unknown", "x")], json!({"missing": ["body"]})),
        ("/nullable", &[("limit", "2")], json!({"limit": 2, "tags": [], "enabled": true})),
        ("/nullable", &[("limit", "")], json!({"limit": 10, "tags": [], "enabled": true})),
        ("/closed", &[("name", "ann")], json!([{"name": "ann"}, null])),
        ("/closed", &[("token", "t")], json!({"extra_forbidden": ["body", "token"]})),
        // Of what is not declared an empty value is one; of what is, it is none.
        ("/closed", &[("name", ""), ("z", "")], json!({"extra_forbidden": ["body", "z"]})),
        (
            "/open",
            &[("name", "ann"), ("z", ""), ("y", "1"), ("y", "2")],
            json!({"name": "ann", "z": "", "y": ["1", "2"]}),
        ),
        ("/choice", &[("name", "a"), ("department", "d")], json!([{"display_name": "a", "department": "d"}, null])),
        ("/choice", &[("department", "d")], json!({"missing": ["body", "display_name"]})),
        ("/contact", &[], json!(null)),
        (
            "/contact",
            &[("kind", "person"), ("name", "ann"), ("tags", "")],
            json!({"kind": "person", "name": "ann", "tags": [""]}),
        ),
        (
            "/contact",
            &[("name", "ann"), ("name", "bob"), ("kind", "person")],
            json!({"kind": "person", "name": "bob", "tags": []}),
        ),
        (
            "/contact",
            &[("kind", "company"), ("company_name", "")],
            json!({"missing": ["body", "company", "company_name"]}),
        ),
        ("/contact", &[("kind", "cow")], json!({"union_tag_invalid": ["body"]})),
        ("/contact", &[("company_name", "")], json!({"union_tag_not_found": ["body"]})),
        // Each member reads scalars and lists in its own way; defaults do not choose the member.
        ("/text-or-list", &[("value", "a"), ("value", "b")], json!({"value": ["a", "b"], "other": 0})),
        ("/text-or-list", &[("value", "")], json!({"value": [""], "other": 0})),
        ("/either", &[("value", "a"), ("value", "b")], json!({"value": "b"})),
        ("/either", &[("x", "1")], json!({"x": 1})),
    ];
    for (uri, fields, expected) in table {
        for answer in [post_encoded(&service, uri, fields).await, post_parts(&service, uri, parts(fields)).await] {
            let got = match answer.status {
                200 => answer.json(),
                422 => {
                    let detail = answer.json()["detail"].as_array().unwrap().clone();
                    assert_eq!(detail.len(), 1, "{uri} {fields:?}: {detail:?}");
                    json!({detail[0]["type"].as_str().unwrap(): detail[0]["loc"]})
                }
                status => panic!("{uri} {fields:?}: {status} {}", answer.body),
            };
            assert_eq!(&got, expected, "{uri} {fields:?}");
        }
    }
}

#[tokio::test]
async fn faults_quote_what_was_read() {
    let service = service();
    for (uri, fields, input) in [
        ("/fields", &[("user", "a")][..], json!("a")),
        ("/fields", &[], json!(null)),
        // The values that the model reads: declared ones in their order, the last of several, then the others.
        (
            "/optional",
            &[("z", "1"), ("age", "x"), ("age", "7"), ("token", "t")],
            json!({"age": "7", "z": "1", "token": "t"}),
        ),
        ("/nullable", &[("limit", "1"), ("limit", "0")], json!("0")),
        ("/contact", &[("kind", "person"), ("z", "1")], json!({"kind": "person", "z": "1"})),
        ("/contact", &[("name", "")], json!({"name": ""})),
    ] {
        let answer = post_encoded(&service, uri, fields).await;
        assert_eq!(answer.json()["detail"][0]["input"], input, "{uri} {fields:?}: {}", answer.body);
    }
    let answer = post_encoded(&service, "/either", &[("y", "1")]).await;
    assert_eq!(answer.faults(), ["missing@body.Text.value", "missing@body.Other.x"]);
}

#[tokio::test]
async fn a_body_that_is_no_form_is_an_empty_one() {
    let service = service();
    for content_type in ["application/json", "text/plain", ""] {
        let headers = [("content-type", content_type)];
        let answer = send(&service, "POST", "/optional", &headers, r#"{"token":"t"}"#).await;
        assert_eq!(answer.faults(), ["missing@body.token"], "{content_type}");
        let answer = send(&service, "POST", "/nullable", &headers, "").await;
        assert_eq!(answer.json()["detail"][0]["input"], json!(null));
    }
}

#[tokio::test]
async fn broken_forms_are_fastapis_400() {
    let service = service();
    for (content_type, body, detail) in [
        ("multipart/form-data", "--X--", "Missing boundary in multipart."),
        ("multipart/form-data; boundary=X", "no parts", "Invalid multipart data."),
        (
            "multipart/form-data; boundary=X",
            "--X\r\nContent-Disposition: form-data\r\n\r\n1\r\n--X--",
            r#"The Content-Disposition header field "name" must be provided."#,
        ),
    ] {
        let answer = send(&service, "POST", "/optional", &[("content-type", content_type)], body).await;
        assert_eq!((answer.status, answer.json()), (400, json!({"detail": detail})), "{content_type} {body}");
    }
    // One that ends early lacks its last part.
    let whole = parts(&[("token", "t"), ("name", "ann")]);
    let early = whole.split_at(whole.len() - 12).0.to_owned();
    assert_eq!(post_parts(&service, "/optional", early).await.json(), json!(["t", null]));
}

#[post("/")]
async fn text(#[form] text: String) -> usize {
    text.len()
}

#[post("/own", form_limits(max_part_size = 4))]
async fn own(#[form] text: String) -> usize {
    text.len()
}

#[tokio::test]
async fn limits_are_inherited_one_by_one() {
    let router = || Router::new().prefix("/r").form_limits(FormLimits::new().max_files(0)).routes(routes![text]);
    let app = App::new("limits", "1").form_limits(FormLimits::new().max_fields(2).max_part_size(8)).body_limit(300);
    let service = app.routes(routes![text, own]).include(router()).build().unwrap();
    let two = [("text", "12345678"), ("b", "")];
    let three = [("text", "1"), ("b", ""), ("c", "")];
    let file = "--X\r\nContent-Disposition: form-data; name=f; filename=f\r\n\r\n1\r\n";
    let fields = "Too many fields. Maximum number of fields is 2.";
    for (uri, body, expected) in [
        ("/", parts(&two), json!(8)),
        ("/", parts(&three), json!({"detail": fields})),
        ("/", parts(&[("text", "123456789")]), json!({"detail": "Part exceeded maximum size of 0KB."})),
        ("/own", parts(&[("text", "1234")]), json!(4)),
        ("/own", parts(&[("text", "12345")]), json!({"detail": "Part exceeded maximum size of 0KB."})),
        ("/own", parts(&three), json!({"detail": fields})),
        ("/", format!("{file}{}", parts(&[("text", "1")])), json!(1)),
        (
            "/r/",
            format!("{file}{}", parts(&[("text", "1")])),
            json!({"detail": "Too many files. Maximum number of files is 0."}),
        ),
        ("/r/", parts(&three), json!({"detail": fields})),
    ] {
        let answer = post_parts(&service, uri, body.clone()).await;
        let status = if expected.is_object() { 400 } else { 200 };
        assert_eq!((answer.status, answer.json()), (status, expected), "{uri} {body}");
    }
    // Of an URL-encoded field the name counts, too.
    let answer = post_encoded(&service, "/", &[("text", "1234")]).await;
    assert_eq!(answer.json(), json!(4));
    let answer = post_encoded(&service, "/", &[("text", "12345")]).await;
    assert_eq!(answer.json(), json!({"detail": "Field exceeded maximum size of 0KB."}));
    // The whole body comes first.
    let answer = post_parts(&service, "/", parts(&[("text", &"x".repeat(400))])).await;
    assert_eq!((answer.status, answer.json()), (413, json!({"detail": "Content Too Large"})));
}

#[tokio::test]
async fn a_form_beside_another_body_is_a_fault_at_the_start() {
    #[post("/")]
    async fn both(file: versify::UploadFile, profile: Profile) {
        let _ = (file, profile);
    }
    let error = App::new("two", "1").routes(routes![both]).build().unwrap_err();
    assert!(error.to_string().contains("read as a form and as something else"), "{error}");
}

#[tokio::test]
async fn the_document_says_the_same() {
    let document = get(&service(), "/openapi.json").await.json();
    let body = |path: &str| document["paths"][path]["post"]["requestBody"].clone();
    let schemas = &document["components"]["schemas"];
    let encoded = |schema: Value| json!({"application/x-www-form-urlencoded": {"schema": schema}});
    assert_eq!(
        body("/open"),
        json!({"content": encoded(json!({"$ref": "#/components/schemas/Open"})), "required": true})
    );
    assert_eq!(
        body("/composed")["content"],
        encoded(json!({"$ref": "#/components/schemas/Body_composed_composed_post"}))
    );
    assert_eq!(
        schemas["Body_composed_composed_post"],
        json!({
            "allOf": [{"$ref": "#/components/schemas/Profile"}, {"$ref": "#/components/schemas/Preferences"}],
            "properties": {"token": {"type": "string", "title": "Token"}},
            "required": ["token"],
            "type": "object",
            "title": "Body_composed_composed_post",
        })
    );
    let required = |names: &[&str]| names.iter().map(|name| json!({"required": [name]})).collect::<Vec<_>>();
    assert_eq!(
        schemas["Body_optional_optional_post"]["allOf"],
        json!([{"anyOf": [
            {"not": {"anyOf": required(&["age", "name"])}},
            {"anyOf": [{"$ref": "#/components/schemas/Profile"}], "title": "Profile"},
        ]}])
    );
    assert_eq!(
        schemas["Body_nullable_nullable_post"]["allOf"],
        json!([
            {"not": {"not": {"anyOf": required(&["enabled", "limit", "tags"])}}},
            {"anyOf": [{"$ref": "#/components/schemas/Preferences"}], "title": "Preferences"},
        ])
    );
    assert_eq!(body("/nullable")["required"], json!(true));
    assert_eq!(body("/closed").get("required"), None);
    assert_eq!(schemas["Body_closed_closed_post"]["allOf"][0]["anyOf"][0], json!({"maxProperties": 0}));
    let choice = &schemas["Body_choice_choice_post"]["allOf"][0];
    assert_eq!(choice["required"], json!(["department"]));
    assert_eq!(choice["allOf"], json!([{"anyOf": required(&["display_name", "name"])}]));
}

#[post("/token")]
async fn token(form: OAuth2PasswordRequestForm) -> Value {
    json!([form.grant_type, form.username, form.scopes().collect::<Vec<_>>(), form.client_id])
}

#[post("/strict")]
async fn strict(form: OAuth2PasswordRequestFormStrict) -> Value {
    json!(form.scopes().collect::<Vec<_>>())
}

#[tokio::test]
async fn forms_for_tokens() {
    let service = App::new("tokens", "1").routes(routes![token, strict]).build().unwrap();
    let fields = [("username", "ann"), ("password", "p"), ("scope", "a  b")];
    let answer = post_encoded(&service, "/token", &fields).await;
    assert_eq!(answer.json(), json!([null, "ann", ["a", "b"], null]));
    let answer = post_encoded(&service, "/token", &[("grant_type", "x")]).await;
    let faults = ["string_pattern_mismatch@body.grant_type", "missing@body.username", "missing@body.password"];
    assert_eq!(answer.faults(), faults);
    assert_eq!(post_encoded(&service, "/strict", &fields).await.faults(), ["missing@body.grant_type"]);
    let document = get(&service, "/openapi.json").await.json();
    let schemas = &document["components"]["schemas"];
    assert_eq!(
        schemas["Body_token_token_post"],
        json!({
            "properties": {
                "grant_type": {"anyOf": [{"type": "string", "pattern": "^password$"}, {"type": "null"}], "title": "Grant Type"},
                "username": {"type": "string", "title": "Username"},
                "password": {"type": "string", "format": "password", "title": "Password"},
                "scope": {"type": "string", "title": "Scope", "default": ""},
                "client_id": {"anyOf": [{"type": "string"}, {"type": "null"}], "title": "Client Id"},
                "client_secret": {"anyOf": [{"type": "string"}, {"type": "null"}], "format": "password", "title": "Client Secret"},
            },
            "type": "object",
            "required": ["username", "password"],
            "title": "Body_token_token_post",
        })
    );
    let strict = &schemas["Body_strict_strict_post"];
    assert_eq!(strict["required"], json!(["grant_type", "username", "password"]));
    assert_eq!(strict["properties"]["password"], json!({"type": "string", "title": "Password"}));
}
