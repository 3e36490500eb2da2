//! Queries, headers and cookies: the twin of `parameters.py`.

use versify::prelude::*;

use super::replay;

#[model]
struct Choices {
    #[field(alias = ["first", "second"])]
    value: i64,
}

#[model]
struct Model {
    value: i64,
    other: Option<i64>,
    #[field(default = "x")]
    text: String,
}

#[model(extra = "forbid")]
struct Closed {
    #[field(alias = ["first", "second"])]
    value: i64,
}

#[model]
struct Nullable {
    #[field(required)]
    value: Option<i64>,
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

/// The same operations for each place.
macro_rules! of_place {
    ($place:ident) => {
        mod $place {
            use versify::prelude::*;

            use super::{Choices, Closed, Left, Model, Nullable, Union};

            #[post("/required")]
            async fn required(#[$place] value: i64) -> Value {
                json!(value)
            }

            #[post("/text")]
            async fn text(#[$place(min_length = 1)] value: String) -> Value {
                json!(value)
            }

            #[post("/alias")]
            async fn alias(#[$place(alias = "p_alias")] value: String) -> Value {
                json!(value)
            }

            #[post("/nullable")]
            async fn nullable(#[$place(required)] value: Option<i64>) -> Value {
                json!(value)
            }

            #[post("/optional")]
            async fn optional(#[$place] value: Option<i64>) -> Value {
                json!(value)
            }

            #[post("/default")]
            async fn default(#[$place(default = Some(10), le = 20)] value: Option<i64>) -> Value {
                json!(value)
            }

            #[post("/checked-default")]
            async fn checked_default(#[$place(default = i64::from(1u8), ge = 5, validate_default)] value: i64) -> Value {
                json!(value)
            }

            #[post("/choices")]
            async fn choices(#[$place(alias = ["first", "second"])] value: i64) -> Value {
                json!(value)
            }

            #[post("/union")]
            async fn union(#[$place] value: Union) -> Value {
                json!(value)
            }

            #[post("/left")]
            async fn left(#[$place] value: Left) -> Value {
                json!(value)
            }

            #[post("/pattern")]
            async fn pattern(#[$place(pattern = "(?i)^abc$")] value: String) -> Value {
                json!(value)
            }

            #[post("/hidden")]
            async fn hidden(#[$place(include_in_schema = false)] value: Option<String>) -> Value {
                json!(value)
            }

            #[post("/model")]
            async fn model(#[$place] model: Model) -> Value {
                json!(model)
            }

            #[post("/choices-model")]
            async fn choices_model(#[$place] model: Choices) -> Value {
                json!({"value": model.value})
            }

            #[post("/nullable-model")]
            async fn nullable_model(#[$place] model: Nullable) -> Value {
                json!(model)
            }

            #[post("/optional-model")]
            async fn optional_model(#[$place] model: Option<Model>) -> Value {
                json!(model)
            }

            #[post("/closed-model")]
            async fn closed_model(#[$place] model: Closed) -> Value {
                json!({"value": model.value})
            }

            pub(super) fn app() -> App {
                App::new("FastAPI", "0.1.0").routes(routes![
                    required, text, alias, nullable, optional, default, checked_default, choices, union, left, pattern,
                    hidden, model, choices_model, nullable_model, optional_model, closed_model,
                ])
            }
        }
    };
}

of_place!(query);
of_place!(header);
of_place!(cookie);

macro_rules! lists_of_place {
    ($name:ident $place:ident) => {
        mod $name {
            use std::collections::BTreeSet;

            use versify::prelude::*;

            #[post("/required")]
            async fn required(#[$place] value: Vec<String>) -> Value {
                json!(value)
            }

            #[post("/optional")]
            async fn optional(#[$place] value: Option<Vec<String>>) -> Value {
                json!(value)
            }

            #[post("/default")]
            async fn default(#[$place(default = vec!["d".to_owned()])] value: Vec<String>) -> Value {
                json!(value)
            }

            #[post("/alias")]
            async fn alias(#[$place(alias = "p_alias")] value: Vec<String>) -> Value {
                json!(value)
            }

            #[post("/integers")]
            async fn integers(#[$place] value: Vec<i64>) -> Value {
                json!(value)
            }

            #[post("/first-fault")]
            async fn first_fault(#[$place(fail_fast)] value: Vec<i64>) -> Value {
                json!(value)
            }

            #[post("/set")]
            async fn distinct(#[$place(max_length = 2)] value: BTreeSet<i64>) -> Value {
                json!(value)
            }

            #[post("/pair")]
            async fn pair(#[$place] value: (i64, String)) -> Value {
                json!(value)
            }

            pub(super) fn app() -> App {
                App::new("FastAPI", "0.1.0").routes(routes![
                    required,
                    optional,
                    default,
                    alias,
                    integers,
                    first_fault,
                    distinct,
                    pair
                ])
            }
        }
    };
}

lists_of_place!(query_lists query);
lists_of_place!(header_lists header);

#[tokio::test]
async fn in_the_query() {
    replay(query::app(), include_str!("query.json")).await;
    replay(query_lists::app(), include_str!("query_lists.json")).await;
}

#[tokio::test]
async fn in_headers() {
    replay(header::app(), include_str!("header.json")).await;
    replay(header_lists::app(), include_str!("header_lists.json")).await;
}

#[tokio::test]
async fn in_cookies() {
    replay(cookie::app(), include_str!("cookie.json")).await;
}
