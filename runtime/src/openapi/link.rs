//! [`Link`]: what a client may do next with an answer.

use serde::Serialize;
use serde_json::{Map, Value};

/// What a client may do next with an answer (OpenAPI 3.1, section 4.8.20).
///
/// ```
/// use versify::openapi::Link;
///
/// let link = Link::to("read_item_items__item_id__get").parameter("item_id", "$response.body#/id");
/// assert_eq!(
///     serde_json::to_string(&link).unwrap(),
///     r#"{"operationId":"read_item_items__item_id__get","parameters":{"item_id":"$response.body#/id"}}"#,
/// );
/// ```
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Link {
    operation_id: String,
    #[serde(skip_serializing_if = "Map::is_empty")]
    parameters: Map<String, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_body: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
}

impl Link {
    /// A link to the operation of this id.
    pub fn to(operation_id: impl Into<String>) -> Self {
        Self { operation_id: operation_id.into(), parameters: Map::new(), request_body: None, description: None }
    }

    /// Gives a parameter a value: a constant, or an expression such as `$response.body#/id`.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.parameters.insert(name.into(), value.into());
        self
    }

    /// Gives the body a value: a constant, or an expression.
    #[must_use]
    pub fn request_body(self, value: impl Into<Value>) -> Self {
        Self { request_body: Some(value.into()), ..self }
    }

    /// With a text, in Markdown.
    #[must_use]
    pub fn description(self, description: impl Into<String>) -> Self {
        Self { description: Some(description.into()), ..self }
    }
}
