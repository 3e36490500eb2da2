//! The two components that describe FastAPI's 422.

use serde_json::json;

use super::node::Node;

pub(super) fn components() -> [(String, Node); 2] {
    let detail = Node::object()
        .with("title", "Detail")
        .with("type", "array")
        .with("items", Node::of(json!({"$ref": "#/components/schemas/ValidationError"})));
    let http = Node::object()
        .with("title", "HTTPValidationError")
        .with("type", "object")
        .with("properties", Node::object().with("detail", detail));
    let location = Node::object()
        .with("title", "Location")
        .with("type", "array")
        .with("items", Node::of(json!({"anyOf": [{"type": "string"}, {"type": "integer"}]})));
    let text = |title: &str| Node::object().with("title", title).with("type", "string");
    let properties = Node::object()
        .with("loc", location)
        .with("msg", text("Message"))
        .with("type", text("Error Type"))
        .with("input", Node::object().with("title", "Input"))
        .with("ctx", Node::object().with("title", "Context").with("type", "object"));
    let one = Node::object()
        .with("title", "ValidationError")
        .with("type", "object")
        .with("properties", properties)
        .with("required", Node::of(["loc", "msg", "type"]));
    [("HTTPValidationError".to_owned(), http), ("ValidationError".to_owned(), one)]
}
