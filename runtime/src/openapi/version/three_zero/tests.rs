use serde_json::{Value, json};

use super::*;

fn changed(value: &Value, change: impl Fn(&mut Content<'_>)) -> Value {
    let text = value.to_string();
    let mut content: Content<'_> = serde_json::from_str(&text).unwrap();
    change(&mut content);
    serde_json::to_value(&content).unwrap()
}

#[test]
fn schemas() {
    let of_ref = json!({"$ref": "#/components/schemas/Item"});
    let nil = json!({"type": "null"});
    for (newer, older) in [
        (json!({}), json!({})),
        (json!(true), json!({})),
        (json!(false), json!({"not": {}})),
        (json!({"type": "string", "title": "Q"}), json!({"type": "string", "title": "Q"})),
        // Null
        (nil.clone(), json!({"nullable": true, "enum": [null]})),
        (
            json!({"anyOf": [{"type": "string", "maxLength": 3}, nil], "title": "Q"}),
            json!({"type": "string", "maxLength": 3, "nullable": true, "title": "Q"}),
        ),
        (
            json!({"anyOf": [{"type": "integer"}, {"type": "string"}, nil]}),
            json!({"anyOf": [{"type": "integer"}, {"type": "string"}], "nullable": true}),
        ),
        (json!({"anyOf": [nil]}), json!({"nullable": true, "enum": [null]})),
        (json!({"anyOf": [of_ref, nil]}), json!({"allOf": [of_ref], "nullable": true})),
        (
            json!({"anyOf": [of_ref, nil], "title": "Item", "default": null}),
            json!({"allOf": [of_ref], "nullable": true, "title": "Item", "default": null}),
        ),
        (
            json!({"anyOf": [{"enum": ["a", "b"], "type": "string"}, nil]}),
            json!({"enum": ["a", "b", null], "type": "string", "nullable": true}),
        ),
        (
            json!({"anyOf": [{"oneOf": [of_ref], "discriminator": {"propertyName": "kind"}}, nil]}),
            json!({"oneOf": [of_ref], "discriminator": {"propertyName": "kind"}, "nullable": true}),
        ),
        (
            json!({"anyOf": [{"title": "Inner", "type": "string", "minLength": 1}, nil], "minLength": 2, "title": "Outer"}),
            json!({"allOf": [{"title": "Inner", "type": "string", "minLength": 1}],
                "minLength": 2, "title": "Outer", "nullable": true}),
        ),
        (json!({"type": ["string", "null"]}), json!({"type": "string", "nullable": true})),
        (json!({"type": ["string", "integer"]}), json!({"anyOf": [{"type": "string"}, {"type": "integer"}]})),
        // Fixed values
        (json!({"const": "a", "type": "string"}), json!({"enum": ["a"], "type": "string"})),
        (json!({"const": null}), json!({"enum": [null], "nullable": true})),
        (json!({"enum": ["a", 1, null]}), json!({"enum": ["a", 1, null], "nullable": true})),
        // Bounds
        (json!({"exclusiveMinimum": 0}), json!({"minimum": 0, "exclusiveMinimum": true})),
        (json!({"exclusiveMaximum": 1.5}), json!({"maximum": 1.5, "exclusiveMaximum": true})),
        (json!({"minimum": 0, "exclusiveMinimum": 0}), json!({"minimum": 0, "exclusiveMinimum": true})),
        (json!({"minimum": 5, "exclusiveMinimum": 0}), json!({"minimum": 5})),
        (json!({"maximum": 5, "exclusiveMaximum": 9}), json!({"maximum": 5})),
        (json!({"maximum": 9, "exclusiveMaximum": 5}), json!({"maximum": 5, "exclusiveMaximum": true})),
        // Lists
        (json!({"type": "array"}), json!({"type": "array", "items": {}})),
        (
            json!({"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}, {"type": "integer"}],
                "minItems": 3, "maxItems": 3}),
            json!({"type": "array", "items": {"anyOf": [{"type": "integer"}, {"type": "string"}]},
                "minItems": 3, "maxItems": 3}),
        ),
        (
            json!({"type": "array", "prefixItems": [{"type": "integer"}], "items": false}),
            json!({"type": "array", "items": {"type": "integer"}}),
        ),
        (
            json!({"type": "array", "prefixItems": [{"type": "integer"}], "items": of_ref}),
            json!({"type": "array", "items": {"anyOf": [{"type": "integer"}, of_ref]}}),
        ),
        // Objects
        (json!({"additionalProperties": true}), json!({"additionalProperties": true})),
        (json!({"additionalProperties": false}), json!({"additionalProperties": false})),
        (json!({"additionalProperties": {"const": 1}}), json!({"additionalProperties": {"enum": [1]}})),
        (json!({"patternProperties": {"^x": {"const": 1}}}), json!({"additionalProperties": {"enum": [1]}})),
        (
            json!({"patternProperties": {"a": {"type": "string"}, "b": of_ref}, "additionalProperties": false}),
            json!({"additionalProperties": {"anyOf": [{"type": "string"}, of_ref]}}),
        ),
        (
            json!({"properties": {"const": {"const": 1}, "examples": {"examples": [1, 2]}}, "required": ["const"]}),
            json!({"properties": {"const": {"enum": [1]}, "examples": {"example": 1}}, "required": ["const"]}),
        ),
        // Examples are of the schema's values, not schemas.
        (json!({"examples": [{"const": 1}, 2]}), json!({"example": {"const": 1}})),
        (json!({"examples": [1], "example": 2}), json!({"example": 2})),
        (json!({"default": {"examples": [1]}}), json!({"default": {"examples": [1]}})),
        // Bytes
        (
            json!({"type": "string", "contentMediaType": "application/octet-stream"}),
            json!({"type": "string", "format": "binary"}),
        ),
        (
            json!({"type": "string", "contentEncoding": "base64", "contentMediaType": "application/octet-stream"}),
            json!({"type": "string", "format": "byte"}),
        ),
        (
            json!({"type": "string", "format": "base64url", "contentEncoding": "base64url"}),
            json!({"type": "string", "format": "base64url"}),
        ),
        (json!({"type": "string", "contentMediaType": "application/json"}), json!({"type": "string"})),
        // References
        (of_ref.clone(), of_ref.clone()),
        (
            json!({"$ref": "#/a", "description": "An item", "default": {"a": 1}}),
            json!({"allOf": [{"$ref": "#/a"}], "description": "An item", "default": {"a": 1}}),
        ),
        (json!({"$ref": "#/a", "allOf": [{"$ref": "#/b"}]}), json!({"allOf": [{"$ref": "#/a"}, {"$ref": "#/b"}]})),
        // Words without a counterpart
        (
            json!({"if": {}, "then": {}, "propertyNames": {"pattern": "a"}, "$comment": "c", "x-own": {"const": 1}}),
            json!({"x-own": {"const": 1}}),
        ),
    ] {
        assert_eq!(changed(&newer, schema::render), older, "{newer}");
    }
}

#[test]
fn documents() {
    let schema = json!({"const": 1});
    let user_data = json!({"schema": {"const": 1}, "examples": [1]});
    let newer = json!({
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://spec.openapis.org/oas/3.1/dialect/base",
        "info": {"title": "x", "version": "1", "summary": "Short.", "description": "Long.",
            "license": {"name": "MIT", "identifier": "MIT"}},
        "webhooks": {"new": {}},
        "paths": {
            "/schema": {
                "parameters": [{"name": "a", "in": "query", "schema": schema, "examples": {"schema": {"value": user_data}}}],
                "get": {
                    "parameters": [{"name": "b", "in": "query", "content": {"application/json": {"schema": schema}}}],
                    "requestBody": {"content": {"multipart/form-data": {
                        "schema": schema, "example": user_data, "encoding": {"schema": {"headers": {"X": {"schema": schema}}}},
                    }}},
                    "responses": {
                        "200": {"description": "", "headers": {"schema": {"schema": schema}}, "content": {
                            "schema": {"schema": schema},
                            "application/jsonl": {"itemSchema": schema},
                        }},
                    },
                    "callbacks": {"done": {"{$request.query.url}": {"post": {
                        "requestBody": {"content": {"application/json": {"schema": schema}}},
                    }}}},
                },
            },
        },
        "components": {
            "schemas": {"schema": schema, "Schema": {"properties": {"schema": schema}}},
            "pathItems": {"p": {}},
            "headers": {"schema": {"schema": schema}},
            "parameters": {"schema": {"schema": schema}},
            "responses": {"schema": {"content": {"x/y": {"schema": schema}}}},
            "requestBodies": {"schema": {"content": {"x/y": {"schema": schema}}}},
        },
        "x-own": user_data,
    });
    let schema = json!({"enum": [1]});
    let older = json!({
        "openapi": "3.0.3",
        "info": {"title": "x", "version": "1", "description": "Short.\n\nLong.",
            "license": {"name": "MIT", "url": "https://spdx.org/licenses/MIT.html"}},
        "paths": {
            "/schema": {
                "parameters": [{"name": "a", "in": "query", "schema": schema, "examples": {"schema": {"value": user_data}}}],
                "get": {
                    "parameters": [{"name": "b", "in": "query", "content": {"application/json": {"schema": schema}}}],
                    "requestBody": {"content": {"multipart/form-data": {
                        "schema": schema, "example": user_data, "encoding": {"schema": {"headers": {"X": {"schema": schema}}}},
                    }}},
                    "responses": {
                        "200": {"description": "", "headers": {"schema": {"schema": schema}}, "content": {
                            "schema": {"schema": schema},
                            "application/jsonl": {
                                "schema": {"type": "string", "description": STREAM},
                                "x-itemSchema": schema,
                            },
                        }},
                    },
                    "callbacks": {"done": {"{$request.query.url}": {"post": {
                        "requestBody": {"content": {"application/json": {"schema": schema}}},
                    }}}},
                },
            },
        },
        "components": {
            "schemas": {"schema": schema, "Schema": {"properties": {"schema": schema}}},
            "headers": {"schema": {"schema": schema}},
            "parameters": {"schema": {"schema": schema}},
            "responses": {"schema": {"content": {"x/y": {"schema": schema}}}},
            "requestBodies": {"schema": {"content": {"x/y": {"schema": schema}}}},
        },
        "x-own": user_data,
    });
    assert_eq!(changed(&newer, render), older);
}

#[test]
fn no_part_is_called_as_a_component_is() {
    let document = |title: Value| {
        json!({
            "openapi": "3.0.3",
            "info": {"title": "Column"},
            "paths": {"/": {"get": {"parameters": [{"name": "column", "schema": title}]}}},
            "components": {"schemas": {
                "Column": {"title": "Column", "properties": {"title": {"type": "string"}}},
                "Split": {"title": "Split", "properties": {"column": title}, "example": {"title": "Column"}},
            }},
        })
    };
    let titled = document(json!({"type": "string", "title": "Column"}));
    assert_eq!(changed(&titled, render), document(json!({"type": "string"})));
    let other = document(json!({"type": "string", "title": "The column"}));
    assert_eq!(changed(&other, render), other);
}
