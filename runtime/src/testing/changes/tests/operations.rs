//! Operations: what they take, read and answer.

use serde_json::{Value, json};

use super::{check, document, object, query, takes};

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
