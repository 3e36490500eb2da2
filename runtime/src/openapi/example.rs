//! [`Example`]: an example with words of its own.

use serde::Serialize;
use serde_json::Value;

/// An example of a parameter or a body, as the documentation pages offer it for a choice (OpenAPI 3.1, section
/// 4.8.19).
///
/// `#[body(openapi_examples = function)]` takes them from a function, each with its name:
///
/// ```
/// use versify::{openapi::Example, prelude::*};
///
/// fn examples() -> Vec<(&'static str, Example)> {
///     vec![
///         ("normal", Example::new(json!("Foo")).summary("A name")),
///         ("odd", Example::new(json!("")).summary("No name").description("It is **allowed**.")),
///     ]
/// }
///
/// #[post("/names")]
/// async fn add(#[body(openapi_examples = examples)] name: String) {}
/// ```
#[derive(Debug, Clone, Serialize)]
pub struct Example {
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    value: Value,
}

impl Example {
    /// An example of this value.
    pub fn new(value: impl Into<Value>) -> Self {
        Self { summary: None, description: None, value: value.into() }
    }

    /// With a line that says what it shows.
    #[must_use]
    pub fn summary(self, summary: impl Into<String>) -> Self {
        Self { summary: Some(summary.into()), ..self }
    }

    /// With a text, in Markdown.
    #[must_use]
    pub fn description(self, description: impl Into<String>) -> Self {
        Self { description: Some(description.into()), ..self }
    }
}
