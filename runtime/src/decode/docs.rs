//! [`Docs`]: what the document says of a field.

use serde_json::Value;

use crate::{dependency::LimitOf, openapi::Example};

/// Documentation of a [`Field`](super::Field).
#[derive(Debug, Clone, Copy)]
pub struct Docs {
    /// `title`; by default the name in words.
    pub title: Option<&'static str>,
    /// `description`, in Markdown.
    pub description: Option<&'static str>,
    /// `examples`.
    pub examples: Option<fn() -> Vec<Value>>,
    /// `examples` of the parameter or body itself, by name.
    pub openapi_examples: Option<fn() -> Vec<(&'static str, Example)>>,
    /// `deprecated`.
    pub deprecated: bool,
    /// Whether the document shows the parameter.
    pub include_in_schema: bool,
    /// Further keys of its schema, which are put over what is there.
    pub json_schema_extra: Option<fn() -> Value>,
    /// The media type of a body.
    pub media_type: Option<&'static str>,
    /// Whether it stands in answers only.
    pub read_only: bool,
    /// Whether it stands in requests only.
    pub write_only: bool,
    /// The OAuth2 scopes that are asked for of a dependency.
    pub scopes: &'static [&'static str],
    /// Whether a dependency's value is shared within the request.
    pub use_cache: bool,
    /// How many calls of a dependency run at once for this argument.
    pub(crate) max_concurrency: Option<LimitOf>,
}
