//! Pairs of documents, and what is said of them.

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

#[test]
fn operations() {
    let get = json!({"operationId": "read", "responses": {"200": {}}});
    let paths = |paths: Value| json!({ "paths": paths });
    check(&[
        (paths(json!({"/a": {"get": get}})), paths(json!({"/a": {"get": get}, "/b": {"get": get}})), &[]),
        (paths(json!({"/a": {"get": get, "post": {}}})), paths(json!({"/a": {"post": {}}})), &["GET /a: removed"]),
        (
            paths(json!({"/a": {"get": get}, "/b": {"post": {}, "put": {}}})),
            paths(json!({"/a": {"get": get}})),
            &["PUT /b: removed", "POST /b: removed"],
        ),
        (paths(json!({"/a": {"get": get}})), paths(json!({"/b": {"get": get}})), &["GET /a: removed"]),
        (
            paths(json!({"/a": {"get": get}})),
            paths(json!({"/a": {"get": {"operationId": "list", "responses": {"200": {}}}}})),
            &["GET /a: operationId was read, is list"],
        ),
        (
            paths(json!({"/a": {"get": get}})),
            paths(
                json!({"/a": {"get": {"operationId": "read", "deprecated": true, "summary": "A", "responses": {"200": {}}}}}),
            ),
            &[],
        ),
        (
            json!({"servers": [{"url": "/v1"}, {"url": "/v2"}]}),
            json!({"servers": [{"url": "/v2", "description": "New"}]}),
            &["server /v1: removed"],
        ),
        (json!({"paths": {}}), json!({"servers": [{"url": "/v2"}]}), &[]),
    ]);
}

#[test]
fn parameters() {
    let string = || json!({"type": "string"});
    let required = |mut parameter: Value| {
        parameter["required"] = true.into();
        parameter
    };
    check(&[
        (takes(json!([])), takes(json!([query("q", string())])), &[]),
        (
            takes(json!([])),
            takes(json!([required(query("q", string()))])),
            &["POST /items, query parameter `q`: new, and required"],
        ),
        (takes(json!([query("q", string())])), takes(json!([])), &["POST /items, query parameter `q`: removed"]),
        (
            takes(json!([query("q", string())])),
            takes(json!([query("search", string())])),
            &["POST /items, query parameter `q`: removed"],
        ),
        (
            takes(json!([query("q", string())])),
            takes(json!([required(query("q", string()))])),
            &["POST /items, query parameter `q`: is required now"],
        ),
        (takes(json!([required(query("q", string()))])), takes(json!([query("q", string())])), &[]),
        (
            takes(json!([query("q", string())])),
            takes(json!([{"in": "header", "name": "q", "schema": string()}])),
            &["POST /items, query parameter `q`: removed"],
        ),
        (
            takes(json!([{"in": "header", "name": "X-Token", "schema": string()}])),
            takes(json!([{"in": "header", "name": "x-token", "schema": string()}])),
            &[],
        ),
        (
            takes(json!([{"in": "cookie", "name": "A", "schema": string()}])),
            takes(json!([{"in": "cookie", "name": "a", "schema": string()}])),
            &["POST /items, cookie parameter `A`: removed"],
        ),
        (
            takes(json!([query("q", string())])),
            takes(json!([query("q", json!({"type": "integer"}))])),
            &["POST /items, query parameter `q`: was string, is integer"],
        ),
        (
            takes(json!([query("q", json!({"type": "integer"}))])),
            takes(json!([query("q", json!({"type": "number"}))])),
            &[],
        ),
        (
            takes(json!([query("limit", json!({"type": "integer", "maximum": 100}))])),
            takes(json!([query("limit", json!({"type": "integer", "maximum": 50}))])),
            &["POST /items, query parameter `limit`: upper bound was <= 100, is <= 50"],
        ),
        (
            takes(json!([query("q", json!({"type": "array", "items": string()}))])),
            takes(
                json!([{"in": "query", "name": "q", "explode": false, "schema": {"type": "array", "items": string()}}]),
            ),
            &["POST /items, query parameter `q`: explode was none, is false"],
        ),
        (
            takes(
                json!([{"in": "query", "name": "q", "content": {"application/json": {"schema": {"type": "object"}}}}]),
            ),
            takes(
                json!([{"in": "query", "name": "q", "content": {"application/json": {"schema": {"type": "array"}}}}]),
            ),
            &["POST /items, query parameter `q`: was object, is array"],
        ),
        // What stands at the path, and what stands among the components.
        (
            json!({"paths": {"/a/{id}": {"parameters": [query("q", string())], "get": {}}}}),
            json!({"paths": {"/a/{id}": {"get": {"parameters": [{"$ref": "#/components/parameters/Q"}]}}}, "components": {"parameters": {"Q": required(query("q", string()))}}}),
            &["GET /a/{id}, query parameter `q`: is required now"],
        ),
        (
            json!({"paths": {"/a/{id}": {"get": {"parameters": [{"in": "path", "name": "id", "required": true, "schema": string()}]}}}}),
            json!({"paths": {"/a/{item_id}": {"get": {"parameters": [{"in": "path", "name": "item_id", "required": true, "schema": {"type": "integer"}}]}}}}),
            &[
                "GET /a/{id}, path parameter `id`: is called `item_id` now",
                "GET /a/{id}, path parameter `id`: was string, is integer",
            ],
        ),
    ]);
}

#[test]
fn bodies() {
    let body = |body: Value| document(json!({ "requestBody": body }));
    let json = json!({"application/json": {"schema": {"type": "string"}}});
    let two = json!({"application/json": {"schema": {"type": "string"}}, "text/csv": {}});
    check(&[
        (document(json!({})), body(json!({ "content": json })), &[]),
        (
            document(json!({})),
            body(json!({"required": true, "content": json})),
            &["POST /items, body: new, and required"],
        ),
        (
            body(json!({ "content": json })),
            body(json!({"required": true, "content": json})),
            &["POST /items, body: is required now"],
        ),
        (body(json!({"required": true, "content": json})), body(json!({ "content": json })), &[]),
        (body(json!({ "content": json })), document(json!({})), &["POST /items, body: removed"]),
        (body(json!({ "content": json })), body(json!({ "content": two })), &[]),
        (body(json!({ "content": two })), body(json!({ "content": json })), &["POST /items, body, text/csv: removed"]),
        (
            body(json!({"content": {"application/jsonl": {"itemSchema": {"type": "number"}}}})),
            body(json!({"content": {"application/jsonl": {"itemSchema": {"type": "integer"}}}})),
            &["POST /items, body: was number, is integer"],
        ),
    ]);
}

#[test]
fn responses() {
    let status = |responses: Value| document(json!({ "responses": responses }));
    let json = |schema: Value| json!({"content": {"application/json": {"schema": schema}}});
    let header = |header: Value| status(json!({"200": {"headers": {"X-Count": header}}}));
    check(&[
        (status(json!({"200": {}})), status(json!({"200": {}, "404": {}})), &[]),
        (status(json!({"200": {}, "404": {}})), status(json!({"200": {}})), &["POST /items, answer 404: removed"]),
        (status(json!({"200": {}})), status(json!({"201": {}})), &["POST /items, answer 200: removed"]),
        (status(json!({"404": {}})), status(json!({"4XX": {}})), &[]),
        (
            status(json!({"404": json(json!({"type": "string"}))})),
            status(json!({"default": json(json!({"type": "integer"}))})),
            &["POST /items, answer 404: was string, is integer"],
        ),
        (
            status(json!({"200": json(json!({}))})),
            status(json!({"200": {}})),
            &["POST /items, answer 200, application/json: removed"],
        ),
        (
            status(json!({"200": {"content": {"application/json": {}}}})),
            status(json!({"200": {"content": {"application/json": {}, "text/csv": {}}}})),
            &[],
        ),
        (
            header(json!({"schema": {"type": "integer"}})),
            status(json!({"200": {}})),
            &["POST /items, answer 200, header `X-Count`: removed"],
        ),
        (status(json!({"200": {}})), header(json!({})), &[]),
        (
            header(json!({"required": true, "schema": {"type": "integer"}})),
            header(json!({"schema": {"type": "string"}})),
            &[
                "POST /items, answer 200, header `X-Count`: is not always there any more",
                "POST /items, answer 200, header `X-Count`: was integer, is string",
            ],
        ),
    ]);
}

#[test]
fn security() {
    let asks = |security: Value| document(json!({ "security": security }));
    let scheme = |scheme: Value| json!({"components": {"securitySchemes": {"Login": scheme}}});
    let oauth = |scopes: Value, url: &str| {
        scheme(json!({"type": "oauth2", "flows": {"password": {"tokenUrl": url, "scopes": scopes}}}))
    };
    check(&[
        (document(json!({})), asks(json!([{"Key": []}])), &["POST /items: asks for the security scheme `Key` now"]),
        (asks(json!([{"Key": []}])), document(json!({})), &[]),
        (
            asks(json!([{"Key": []}])),
            asks(json!([{"Key": []}, {"Other": []}])),
            &["POST /items: asks for the security scheme `Other` now"],
        ),
        (
            asks(json!([{"Key": ["a"]}])),
            asks(json!([{"Key": ["a", "b"]}])),
            &["POST /items: asks `Key` for the scope `b` now"],
        ),
        (asks(json!([{"Key": ["a", "b"]}])), asks(json!([{"Key": ["a"]}])), &[]),
        (
            asks(json!([{"Key": []}, {}])),
            asks(json!([{"Key": []}])),
            &["POST /items: security was optional, and is not any more"],
        ),
        (
            json!({"paths": {"/a": {"get": {}}}}),
            json!({"security": [{"Key": []}], "paths": {"/a": {"get": {}}}}),
            &["GET /a: asks for the security scheme `Key` now"],
        ),
        (
            scheme(json!({"type": "apiKey", "in": "header", "name": "X-Key"})),
            scheme(json!({"type": "apiKey", "in": "query", "name": "key"})),
            &["security scheme `Login`: in was header, is query", "security scheme `Login`: name was X-Key, is key"],
        ),
        (
            oauth(json!({"a": "", "b": ""}), "/token"),
            oauth(json!({"a": "words", "c": ""}), "/login"),
            &[
                "security scheme `Login`: tokenUrl was /token, is /login",
                "security scheme `Login`: the scope `b` is removed",
            ],
        ),
    ]);
}

#[test]
fn types() {
    let kind = |kind: &str| json!({ "type": kind });
    both(&[
        (
            kind("string"),
            kind("integer"),
            &["POST /items, body: was string, is integer"],
            &["POST /items, answer 200: was string, is integer"],
        ),
        (kind("integer"), kind("number"), &[], &["POST /items, answer 200: was integer, is number"]),
        (kind("number"), kind("integer"), &["POST /items, body: was number, is integer"], &[]),
        (kind("string"), json!({}), &[], &["POST /items, answer 200: was string, is anything"]),
        (json!({}), kind("string"), &["POST /items, body: was anything, is string"], &[]),
        (json!(true), json!({}), &[], &[]),
        (json!({}), json!({"type": ["null", "boolean", "number", "string", "array", "object"]}), &[], &[]),
        // Null, in all the ways in which it is written.
        (kind("string"), json!({"type": ["string", "null"]}), &[], &["POST /items, answer 200: can be null now"]),
        (
            json!({"anyOf": [kind("string"), kind("null")]}),
            kind("string"),
            &["POST /items, body: null is not taken any more"],
            &[],
        ),
        (json!({"anyOf": [kind("string"), kind("null")]}), json!({"type": "string", "nullable": true}), &[], &[]),
        (json!({"type": ["string", "null"]}), json!({"oneOf": [kind("null"), kind("string")]}), &[], &[]),
        // Titles and words say nothing.
        (
            kind("string"),
            json!({"type": "string", "title": "Name", "description": "A name", "examples": ["a"], "default": "b"}),
            &[],
            &[],
        ),
    ]);
}

#[test]
fn constraints() {
    let text = |keyword: &str, value: Value| json!({"type": "string", keyword: value});
    let number = |keyword: &str, value: Value| json!({"type": "number", keyword: value});
    let list = |keyword: &str, value: Value| json!({"type": "array", keyword: value});
    both(&[
        (
            number("minimum", json!(0)),
            number("minimum", json!(1)),
            &["POST /items, body: lower bound was >= 0, is >= 1"],
            &[],
        ),
        (
            number("minimum", json!(1)),
            number("minimum", json!(0)),
            &[],
            &["POST /items, answer 200: lower bound was >= 1, is >= 0"],
        ),
        (
            number("minimum", json!(0)),
            number("exclusiveMinimum", json!(0)),
            &["POST /items, body: lower bound was >= 0, is > 0"],
            &[],
        ),
        (
            json!({"type": "number"}),
            number("exclusiveMaximum", json!(9)),
            &["POST /items, body: upper bound was none, is < 9"],
            &[],
        ),
        (json!({"type": "integer", "exclusiveMinimum": 0}), json!({"type": "integer", "minimum": 1}), &[], &[]),
        (
            json!({"type": "number", "minimum": 0, "exclusiveMinimum": true}),
            number("exclusiveMinimum", json!(0)),
            &[],
            &[],
        ),
        (
            number("multipleOf", json!(10)),
            number("multipleOf", json!(5)),
            &[],
            &["POST /items, answer 200: multipleOf was 10, is 5"],
        ),
        (
            text("minLength", json!(0)),
            text("minLength", json!(1)),
            &["POST /items, body: minLength was none, is 1"],
            &[],
        ),
        (
            text("maxLength", json!(50)),
            text("maxLength", json!(20)),
            &["POST /items, body: maxLength was 50, is 20"],
            &[],
        ),
        (
            text("maxLength", json!(20)),
            json!({"type": "string"}),
            &[],
            &["POST /items, answer 200: maxLength was 20, is none"],
        ),
        (
            json!({"type": "string"}),
            text("pattern", json!("^a")),
            &["POST /items, body: pattern was none, is \"^a\""],
            &[],
        ),
        (
            text("pattern", json!("^a")),
            text("pattern", json!("^b")),
            &["POST /items, body: pattern was \"^a\", is \"^b\""],
            &["POST /items, answer 200: pattern was \"^a\", is \"^b\""],
        ),
        (
            json!({"type": "string"}),
            text("format", json!("date")),
            &["POST /items, body: format was none, is \"date\""],
            &[],
        ),
        (
            text("format", json!("date")),
            json!({"type": "string"}),
            &[],
            &["POST /items, answer 200: format was \"date\", is none"],
        ),
        (
            json!({"type": "integer", "format": "int32"}),
            json!({"type": "integer", "format": "int64"}),
            &[],
            &["POST /items, answer 200: format was \"int32\", is \"int64\""],
        ),
        (list("minItems", json!(1)), list("minItems", json!(2)), &["POST /items, body: minItems was 1, is 2"], &[]),
        (
            list("maxItems", json!(3)),
            json!({"type": "array"}),
            &[],
            &["POST /items, answer 200: maxItems was 3, is none"],
        ),
        (
            json!({"type": "array"}),
            list("uniqueItems", json!(true)),
            &["POST /items, body: items must be unique now"],
            &[],
        ),
        (
            list("uniqueItems", json!(true)),
            json!({"type": "array"}),
            &[],
            &["POST /items, answer 200: items are not unique any more"],
        ),
        (
            json!({"type": "object", "maxProperties": 3}),
            json!({"type": "object", "maxProperties": 2}),
            &["POST /items, body: maxProperties was 3, is 2"],
            &[],
        ),
        (
            json!({"type": "string", "contentMediaType": "image/png"}),
            json!({"type": "string", "contentMediaType": "image/gif"}),
            &["POST /items, body: contentMediaType was \"image/png\", is \"image/gif\""],
            &["POST /items, answer 200: contentMediaType was \"image/png\", is \"image/gif\""],
        ),
    ]);
}

#[test]
fn listed_values() {
    let of = |values: Value| json!({"type": "string", "enum": values});
    both(&[
        (of(json!(["a", "b"])), of(json!(["a"])), &["POST /items, body: \"b\" is not taken any more"], &[]),
        (of(json!(["a"])), of(json!(["a", "b"])), &[], &["POST /items, answer 200: can be \"b\" now"]),
        (of(json!(["a", "b"])), of(json!(["b", "a"])), &[], &[]),
        (of(json!(["a"])), json!({"const": "a"}), &[], &[]),
        (json!({"type": "string"}), of(json!(["a"])), &["POST /items, body: nothing but \"a\" is taken now"], &[]),
        (
            of(json!(["a"])),
            json!({"type": "string"}),
            &[],
            &["POST /items, answer 200: can be something else than \"a\" now"],
        ),
        (of(json!(["a", "b"])), json!({"anyOf": [{"const": "a"}, {"const": "b"}]}), &[], &[]),
        (
            of(json!(["a", "bcd"])),
            json!({"type": "string", "maxLength": 2}),
            &["POST /items, body: \"bcd\" is not taken any more"],
            &["POST /items, answer 200: can be something else than \"a\", \"bcd\" now"],
        ),
        (
            json!({"anyOf": [of(json!(["a"])), {"type": "null"}]}),
            json!({"anyOf": [of(json!(["a", "b"])), {"type": "null"}]}),
            &[],
            &["POST /items, answer 200: can be \"b\" now"],
        ),
    ]);
}

#[test]
fn lists() {
    let of = |items: Value| json!({"type": "array", "items": items});
    let pair = |first: Value| json!({"type": "array", "prefixItems": [first, {"type": "string"}], "minItems": 2, "maxItems": 2});
    both(&[
        (
            of(json!({"type": "integer"})),
            of(json!({"type": "string"})),
            &["POST /items, body[]: was integer, is string"],
            &["POST /items, answer 200[]: was integer, is string"],
        ),
        (
            of(json!({"type": "integer"})),
            of(json!({"type": "number"})),
            &[],
            &["POST /items, answer 200[]: was integer, is number"],
        ),
        (
            of(of(json!({"type": "number"}))),
            of(of(json!({"type": "integer"}))),
            &["POST /items, body[][]: was number, is integer"],
            &[],
        ),
        (
            json!({"type": "array"}),
            of(json!({"type": "string"})),
            &["POST /items, body[]: was anything, is string"],
            &[],
        ),
        (
            pair(json!({"type": "integer"})),
            pair(json!({"type": "number"})),
            &[],
            &["POST /items, answer 200[0]: was integer, is number"],
        ),
    ]);
}

#[test]
fn fields() {
    let text = || json!({"type": "string"});
    let a = || object(json!({"a": text()}), &["a"]);
    both(&[
        (a(), object(json!({"a": text(), "b": text()}), &["a"]), &[], &[]),
        (a(), object(json!({"a": text(), "b": text()}), &["a", "b"]), &["POST /items, body.b: new, and required"], &[]),
        (
            object(json!({"a": text(), "b": text()}), &["a"]),
            a(),
            &["POST /items, body.b: removed"],
            &["POST /items, answer 200.b: removed"],
        ),
        (a(), object(json!({"a": text()}), &[]), &[], &["POST /items, answer 200.a: is not always there any more"]),
        (object(json!({"a": text()}), &[]), a(), &["POST /items, body.a: is required now"], &[]),
        (
            object(json!({"a": object(json!({"b": text()}), &[])}), &[]),
            object(json!({"a": object(json!({"b": {"type": "boolean"}}), &[])}), &[]),
            &["POST /items, body.a.b: was string, is boolean"],
            &["POST /items, answer 200.a.b: was string, is boolean"],
        ),
        // Of what is there in one direction only.
        (
            object(json!({"a": text(), "id": {"type": "string", "readOnly": true}}), &["a", "id"]),
            a(),
            &[],
            &["POST /items, answer 200.id: removed"],
        ),
        (
            a(),
            object(json!({"a": text(), "password": {"type": "string", "writeOnly": true}}), &["a", "password"]),
            &["POST /items, body.password: new, and required"],
            &[],
        ),
        (
            object(json!({"a": text()}), &[]),
            object(json!({"a": {"type": "string", "readOnly": true}}), &[]),
            &["POST /items, body.a: removed"],
            &[],
        ),
    ]);
}

#[test]
fn undeclared_fields() {
    let map = |values: Value| json!({"type": "object", "additionalProperties": values});
    let a = |others: Value| json!({"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": others});
    both(&[
        (
            json!({"type": "object", "properties": {"a": {"type": "string"}}}),
            a(json!(false)),
            &["POST /items, body: undeclared fields are refused now"],
            &[],
        ),
        (a(json!(false)), a(json!(true)), &[], &[]),
        (
            map(json!({"type": "integer"})),
            map(json!({"type": "number"})),
            &[],
            &["POST /items, answer 200{}: was integer, is number"],
        ),
        (map(json!(true)), map(json!({"type": "integer"})), &["POST /items, body{}: was anything, is integer"], &[]),
        (
            map(json!({"type": "integer"})),
            json!({"type": "object"}),
            &[],
            &["POST /items, answer 200{}: was integer, is anything"],
        ),
        // A field that is kept though nobody declares it any more.
        (a(json!(true)), map(json!(true)), &[], &["POST /items, answer 200.a: was string, is anything"]),
        (
            json!({"type": "object", "propertyNames": {"type": "string"}}),
            json!({"type": "object", "propertyNames": {"type": "string", "pattern": "^x-"}}),
            &["POST /items, body, names of fields: pattern was none, is \"^x-\""],
            &[],
        ),
    ]);
}

#[test]
fn unions() {
    let tagged = |members: &[(&str, Value)]| {
        let members = members
            .iter()
            .map(|(kind, value)| object(json!({"kind": {"const": kind}, "value": value}), &["kind", "value"]));
        json!({"oneOf": members.collect::<Vec<_>>(), "discriminator": {"propertyName": "kind"}})
    };
    let (number, text) = (json!({"type": "number"}), json!({"type": "string"}));
    both(&[
        (json!({"anyOf": [text, number]}), text.clone(), &["POST /items, body: number is not taken any more"], &[]),
        (text.clone(), json!({"anyOf": [text, number]}), &[], &["POST /items, answer 200: can be number now"]),
        (json!({"anyOf": [text, number]}), json!({"oneOf": [number, text]}), &[], &[]),
        (
            tagged(&[("a", number.clone()), ("b", text.clone())]),
            tagged(&[("a", number.clone())]),
            &["POST /items, body: object is not taken any more"],
            &[],
        ),
        (
            tagged(&[("a", number.clone()), ("b", text.clone())]),
            tagged(&[("a", json!({"type": "integer"})), ("b", text.clone())]),
            &["POST /items, body.value: was number, is integer"],
            &[],
        ),
        (
            tagged(&[("a", text.clone())]),
            json!({"oneOf": tagged(&[("a", text.clone())])["oneOf"], "discriminator": {"propertyName": "type"}}),
            &["POST /items, body: the member was told by \"kind\", and is by \"type\""],
            &["POST /items, answer 200: the member was told by \"kind\", and is by \"type\""],
        ),
        // All of several.
        (
            json!({"allOf": [object(json!({"a": text}), &["a"]), object(json!({"b": text}), &["b"])]}),
            object(json!({"a": text, "b": text}), &["a", "b"]),
            &[],
            &[],
        ),
        (
            json!({"allOf": [{"type": "integer", "minimum": 0}, {"maximum": 9}]}),
            json!({"type": "integer", "minimum": 0, "maximum": 8}),
            &["POST /items, body: upper bound was <= 9, is <= 8"],
            &[],
        ),
    ]);
}

#[test]
fn components() {
    let item = |price: Value| json!({"Item": object(json!({"price": price}), &["price"])});
    let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let tree = |value: Value| json!({"Item": object(json!({"value": value, "children": {"type": "array", "items": reference("Item")}}), &[])});
    let wrapped = |value: Value| json!({"Item": object(json!({"parent": {"anyOf": [{"allOf": [reference("Item")]}, {"type": "null"}]}, "value": value}), &[])});
    check(&[
        (
            items(item(json!({"type": "number"}))),
            items(item(json!({"type": "integer"}))),
            &["Item.price: was number, is integer\n   in PUT /items, body\n   in POST /items, body"],
        ),
        (
            items(item(json!({"type": "integer"}))),
            items(item(json!({"type": "number"}))),
            &["Item.price: was integer, is number\n   in GET /items, answer 200"],
        ),
        // One that is called otherwise is still the same on the wire.
        (
            items(item(json!({"type": "integer"}))),
            items(
                json!({"Item": {"$ref": "#/components/schemas/Product"}, "Product": item(json!({"type": "integer"}))["Item"]}),
            ),
            &[],
        ),
        // One that stood in its place.
        (
            items(json!({"Item": object(json!({"owner": object(json!({"name": {"type": "string"}}), &[])}), &[])})),
            items(
                json!({"Item": object(json!({"owner": reference("User")}), &[]), "User": object(json!({"name": {"type": "string"}}), &[])}),
            ),
            &[],
        ),
        // One that holds itself.
        (
            items(tree(json!({"type": "number"}))),
            items(tree(json!({"type": "integer"}))),
            &["Item.value: was number, is integer\n   in PUT /items, body\n   in POST /items, body"],
        ),
        (
            items(wrapped(json!({"type": "integer"}))),
            items(wrapped(json!({"type": "number"}))),
            &["Item.value: was integer, is number\n   in GET /items, answer 200"],
        ),
        // A member of a union that has changed, and one that is gone.
        (
            items(
                json!({"Item": {"anyOf": [reference("A"), reference("B")]}, "A": object(json!({"a": {"type": "string"}}), &["a"]), "B": object(json!({"b": {"type": "string"}}), &["b"])}),
            ),
            items(
                json!({"Item": {"anyOf": [reference("A"), reference("B")]}, "A": object(json!({"a": {"type": "string"}, "c": {"type": "string"}}), &["a", "c"]), "B": object(json!({"b": {"type": "string"}}), &["b"])}),
            ),
            &["A.c: new, and required\n   in PUT /items, body\n   in POST /items, body"],
        ),
        (
            items(
                json!({"Item": {"anyOf": [reference("A"), reference("B")]}, "A": object(json!({"a": {"type": "string"}}), &["a"]), "B": object(json!({"b": {"type": "string"}}), &["b"])}),
            ),
            items(json!({"Item": {"anyOf": [reference("A")]}, "A": object(json!({"a": {"type": "string"}}), &["a"])})),
            &["PUT /items, body: B is not taken any more", "POST /items, body: B is not taken any more"],
        ),
        // What nobody uses is nobody's.
        (json!({"components": {"schemas": {"Item": {"type": "string"}}}}), json!({"components": {"schemas": {}}}), &[]),
    ]);
}

#[test]
fn callbacks_and_webhooks() {
    let called = |schema: Value, answer: Value| {
        let content = |schema: Value| json!({"content": {"application/json": {"schema": schema}}});
        json!({"post": {"requestBody": content(schema), "responses": {"200": content(answer)}}})
    };
    let callback = |item: Value| document(json!({"callbacks": {"paid": {"{$request.query.url}": item}}}));
    let webhook = |item: Value| json!({"webhooks": {"paid": item}});
    let (a, b) = (
        object(json!({"a": {"type": "string"}}), &["a"]),
        object(json!({"a": {"type": "string"}, "b": {"type": "string"}}), &["a", "b"]),
    );
    check(&[
        // The app sends more, or asks for less: nobody breaks.
        (
            callback(called(a.clone(), b.clone())),
            callback(called(b.clone(), a.clone())),
            &["POST /items, callback paid {$request.query.url} POST, answer 200.b: removed"],
        ),
        (
            callback(called(b.clone(), a.clone())),
            callback(called(a.clone(), b.clone())),
            &[
                "POST /items, callback paid {$request.query.url} POST, body.b: removed",
                "POST /items, callback paid {$request.query.url} POST, answer 200.b: new, and required",
            ],
        ),
        (
            callback(called(a.clone(), a.clone())),
            document(json!({})),
            &["POST /items, callback paid {$request.query.url} POST: removed"],
        ),
        (document(json!({})), callback(called(a.clone(), a.clone())), &[]),
        (webhook(called(a.clone(), json!({}))), webhook(called(b.clone(), json!({}))), &[]),
        (webhook(called(b, json!({}))), webhook(called(a.clone(), json!({}))), &["webhook paid POST, body.b: removed"]),
        (webhook(called(a, json!({}))), json!({}), &["webhook paid POST: removed"]),
    ]);
}
