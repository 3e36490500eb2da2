//! Forms: the twin of `forms.py`.

use std::collections::BTreeSet;

use versify::prelude::*;

use super::replay;

#[model]
struct Model {
    value: i64,
    other: Option<i64>,
    #[field(default = "x")]
    text: String,
    #[field(default)]
    tags: Vec<String>,
}

#[model(extra = "forbid")]
struct Closed {
    #[field(alias = ["first", "second"])]
    value: i64,
}

#[model(populate_by_name)]
struct ByName {
    #[field(alias = "item")]
    items: Vec<i64>,
}

#[model]
struct Nullable {
    #[field(required)]
    value: Option<i64>,
}

#[model]
struct Other {
    name: String,
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

/// Operations that answer with the field itself.
macro_rules! of_one_field {
    ($($name:ident $path:literal ($($option:tt)*) $type:ty;)*) => {$(
        #[post($path)]
        async fn $name(#[form($($option)*)] value: $type) -> Value {
            json!(value)
        }
    )*};
}

of_one_field! {
    required "/required" () i64;
    text "/text" (min_length = 1) String;
    alias "/alias" (alias = "p_alias") String;
    nullable "/nullable" (required) Option<i64>;
    optional "/optional" () Option<i64>;
    default "/default" (default = Some(10), le = 20) Option<i64>;
    checked_default "/checked-default" (default = i64::from(1u8), ge = 5, validate_default) i64;
    choices "/choices" (alias = ["first", "second"]) i64;
    union "/union" () Union;
    left "/left" () Left;
    pattern "/pattern" (pattern = "(?i)^abc$") String;
    checked "/checked" (default = false) bool;
    list_of "/list" () Vec<String>;
    optional_list "/optional-list" () Option<Vec<String>>;
    default_list "/default-list" (default = vec!["d".to_owned()]) Vec<String>;
    alias_list "/alias-list" (alias = "p_alias") Vec<String>;
    choices_list "/choices-list" (alias = ["first", "second"]) Vec<i64>;
    first_fault "/first-fault" (fail_fast) Vec<i64>;
    distinct "/set" (max_length = 2) BTreeSet<i64>;
    pair "/pair" () (i64, String);
}

#[post("/model")]
async fn model(#[form] model: Model) -> Value {
    json!(model)
}

#[post("/closed-model")]
async fn closed_model(#[form] model: Closed) -> Value {
    json!({"value": model.value})
}

#[post("/by-name")]
async fn by_name(#[form] model: ByName) -> Value {
    json!(model.items)
}

#[post("/nullable-model")]
async fn nullable_model(#[form] model: Nullable) -> Value {
    json!(model)
}

#[post("/optional-model")]
async fn optional_model(#[form] model: Option<Model>) -> Value {
    json!(model)
}

#[post("/two-models")]
async fn two_models(#[form] model: Model, #[form] other: Other) -> Value {
    json!([model, other])
}

#[post("/beside")]
async fn beside(#[form] model: Model, #[form(default = "s")] single: String) -> Value {
    json!([model, single])
}

#[tokio::test]
async fn in_forms() {
    let app = App::new("FastAPI", "0.1.0").routes(routes![
        required,
        text,
        alias,
        nullable,
        optional,
        default,
        checked_default,
        choices,
        union,
        left,
        pattern,
        checked,
        list_of,
        optional_list,
        default_list,
        alias_list,
        choices_list,
        first_fault,
        distinct,
        pair,
        model,
        closed_model,
        by_name,
        nullable_model,
        optional_model,
        two_models,
        beside,
    ]);
    replay(app, include_str!("forms.json")).await;
}
