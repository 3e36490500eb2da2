//! From poem-openapi's words, those of OpenAPI 3.0, to 3.1's.

use serde_json::{Map, Value, json};

/// An Operation Object.
pub(super) fn operation(node: &mut Value) {
    for parameter in list(node.get_mut("parameters")) {
        each(parameter.get_mut("schema"), schema);
    }
    if let Some(body) = node.get_mut("requestBody") {
        content(body);
    }
    for response in values(node.get_mut("responses")) {
        content(response);
        for header in values(response.get_mut("headers")) {
            each(header.get_mut("schema"), schema);
        }
    }
}

fn content(node: &mut Value) {
    for media in values(node.get_mut("content")) {
        each(media.get_mut("schema"), schema);
    }
}

/// A Schema Object, and all within it.
pub(super) fn schema(node: &mut Value) {
    let Value::Object(keywords) = node else { return };
    for keyword in ["items", "additionalProperties", "not"] {
        each(keywords.get_mut(keyword), schema);
    }
    for keyword in ["anyOf", "oneOf", "allOf"] {
        list(keywords.get_mut(keyword)).for_each(schema);
    }
    values(keywords.get_mut("properties")).for_each(schema);
    for (flag, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if let Some(Value::Bool(exclusive)) = keywords.get(flag).cloned() {
            keywords.remove(flag);
            if let (true, Some(bound)) = (exclusive, keywords.get(bound).cloned()) {
                keywords.insert(flag.to_owned(), bound);
            }
            if exclusive {
                keywords.remove(bound);
            }
        }
    }
    if let Some(example) = keywords.remove("example") {
        keywords.insert("examples".to_owned(), json!([example]));
    }
    if keywords.remove("nullable") == Some(Value::Bool(true)) {
        or_null(keywords);
    }
}

/// What is said of the place stays, what is said of the value is one of two.
fn or_null(keywords: &mut Map<String, Value>) {
    let of_place = ["title", "description", "default", "deprecated", "readOnly", "writeOnly", "examples"];
    let mut value = std::mem::take(keywords);
    for keyword in of_place {
        if let Some(said) = value.remove(keyword) {
            keywords.insert(keyword.to_owned(), said);
        }
    }
    // A reference with nothing beside it was wrapped, so that it could be nullable.
    let only = match value.get("allOf") {
        Some(Value::Array(members)) if value.len() == 1 && members.len() == 1 => members.first().cloned(),
        _ => None,
    };
    let value = only.unwrap_or(Value::Object(value));
    keywords.insert("anyOf".to_owned(), json!([value, {"type": "null"}]));
}

fn each(node: Option<&mut Value>, change: fn(&mut Value)) {
    if let Some(node) = node {
        change(node);
    }
}

fn list(node: Option<&mut Value>) -> impl Iterator<Item = &mut Value> {
    node.and_then(Value::as_array_mut).into_iter().flatten()
}

fn values(node: Option<&mut Value>) -> impl Iterator<Item = &mut Value> {
    node.and_then(Value::as_object_mut).into_iter().flat_map(Map::values_mut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemas() {
        for (before, after) in [
            (json!({"type": "string", "nullable": true}), json!({"anyOf": [{"type": "string"}, {"type": "null"}]})),
            (
                json!({"nullable": true, "title": "A", "allOf": [{"$ref": "#/components/schemas/A"}]}),
                json!({"title": "A", "anyOf": [{"$ref": "#/components/schemas/A"}, {"type": "null"}]}),
            ),
            (
                json!({"type": "number", "minimum": 0, "exclusiveMinimum": true, "maximum": 9, "exclusiveMaximum": false}),
                json!({"type": "number", "exclusiveMinimum": 0, "maximum": 9}),
            ),
            (
                json!({"properties": {"nullable": {"type": "boolean", "example": true}}}),
                json!({"properties": {"nullable": {"type": "boolean", "examples": [true]}}}),
            ),
            (
                json!({"items": {"type": "integer", "nullable": true}}),
                json!({"items": {"anyOf": [{"type": "integer"}, {"type": "null"}]}}),
            ),
        ] {
            let mut node = before;
            schema(&mut node);
            assert_eq!(node, after);
        }
    }
}
