//! Schemas, of what is read and of what is answered.

use serde_json::{Value, json};

use super::{both, check, items, object};

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
