//! Pairs of documents, and what is said of them.

mod operations;
mod schemas;

use serde_json::{Value, json};

use super::breaking_changes;

/// One pair: before, after, and the changes that break a client.
type Pair = (Value, Value, &'static [&'static str]);

#[track_caller]
fn check(pairs: &[Pair]) {
    for (before, after, expected) in pairs {
        let told: Vec<String> = breaking_changes(before, after).iter().map(ToString::to_string).collect();
        assert_eq!(told, *expected, "\nbefore: {before}\nafter:  {after}");
        assert!(breaking_changes(before, before).is_empty(), "nothing has changed: {before}");
        assert!(breaking_changes(after, after).is_empty(), "nothing has changed: {after}");
    }
}

/// The pairs of what `POST /items` reads, and those of what it answers, as far as they are told.
fn both(pairs: &[(Value, Value, &'static [&'static str], &'static [&'static str])]) {
    for (before, after, read, written) in pairs {
        check(&[(reads(before), reads(after), read), (answers(before), answers(after), written)]);
    }
}

fn document(operation: Value) -> Value {
    json!({"openapi": "3.1.0", "paths": {"/items": {"post": operation}}})
}

fn reads(schema: &Value) -> Value {
    document(json!({"requestBody": {"content": {"application/json": {"schema": schema}}}}))
}

fn answers(schema: &Value) -> Value {
    document(json!({"responses": {"200": {"content": {"application/json": {"schema": schema}}}}}))
}

fn takes(parameters: Value) -> Value {
    document(json!({ "parameters": parameters }))
}

fn query(name: &str, schema: Value) -> Value {
    json!({"in": "query", "name": name, "schema": schema})
}

/// With components, and an operation that reads `Item` and one that answers it.
fn items(schemas: Value) -> Value {
    let item = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Item"}}});
    json!({
        "paths": {"/items": {
            "put": {"requestBody": {"content": item}},
            "post": {"requestBody": {"content": item}},
            "get": {"responses": {"200": {"content": item}}},
        }},
        "components": {"schemas": schemas},
    })
}

fn object(properties: Value, required: &[&str]) -> Value {
    json!({"type": "object", "properties": properties, "required": required})
}
