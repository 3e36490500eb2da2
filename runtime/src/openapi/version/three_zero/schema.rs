//! Schemas as OpenAPI 3.0.3 has them: a dialect of its own, between two drafts of JSON Schema.

use std::borrow::Cow;

use super::super::object::{put, replace, retain, take, text};
use crate::decode::Content;

/// The words that 3.0.3 knows (section 4.7.24); extensions may stand beside them.
const WORDS: [&str; 36] = [
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "default",
    "deprecated",
    "description",
    "discriminator",
    "enum",
    "example",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "externalDocs",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "nullable",
    "oneOf",
    "pattern",
    "properties",
    "readOnly",
    "required",
    "title",
    "type",
    "uniqueItems",
    "writeOnly",
    "xml",
];

/// Rewrites a schema of 3.1 in place. What 3.0.3 cannot say is widened, or left out.
///
/// By its letter `nullable` says nothing without a `type` beside it, as in `allOf` with a reference. Tools read it all
/// the same, and write this form themselves.
pub(super) fn render(schema: &mut Content<'_>) {
    match schema {
        Content::Bool(true) => *schema = Content::Map(Vec::new()),
        Content::Bool(false) => *schema = object([("not", Content::Map(Vec::new()))]),
        _ => {}
    }
    render_parts(schema);
    one_type(schema);
    fixed_values(schema);
    list(schema);
    named_by_pattern(schema);
    without_null(schema, "anyOf");
    without_null(schema, "oneOf");
    bound(schema, "minimum", "exclusiveMinimum", |exclusive, bound| exclusive >= bound);
    bound(schema, "maximum", "exclusiveMaximum", |exclusive, bound| exclusive <= bound);
    one_example(schema);
    format(schema);
    retain(schema, |key| WORDS.contains(&key) || key.starts_with("x-"));
    reference_alone(schema);
}

fn object<'d, const N: usize>(entries: [(&'static str, Content<'d>); N]) -> Content<'d> {
    Content::Map(entries.into_iter().map(|(key, value)| (Cow::Borrowed(key), value)).collect())
}

fn render_parts(schema: &mut Content<'_>) {
    let Content::Map(entries) = schema else { return };
    for (key, value) in entries {
        match (&**key, value) {
            // `false` after `prefixItems`, and both words where 3.0 takes them.
            ("items" | "additionalProperties", Content::Bool(_)) => {}
            ("items" | "additionalProperties" | "not", value) => render(value),
            ("anyOf" | "oneOf" | "allOf" | "prefixItems", Content::Seq(parts)) => parts.iter_mut().for_each(render),
            ("properties" | "patternProperties", Content::Map(parts)) => {
                parts.iter_mut().for_each(|(_, part)| render(part));
            }
            _ => {}
        }
    }
}

/// Null is no type: it is a value that some schemas also take.
fn one_type(schema: &mut Content<'_>) {
    match schema.get("type") {
        Some(Content::Str(kind)) if kind == "null" => {
            take(schema, "type");
            null(schema);
        }
        Some(Content::Seq(_)) => {
            let Some(Content::Seq(mut kinds)) = take(schema, "type") else { return };
            let all = kinds.len();
            kinds.retain(|kind| *kind != Content::from("null"));
            let takes_null = kinds.len() < all;
            match <[_; 1]>::try_from(kinds) {
                Ok([kind]) => put(schema, "type", kind),
                Err(kinds) => {
                    let of_kind = |kind| object([("type", kind)]);
                    put(schema, "anyOf", Content::Seq(kinds.into_iter().map(of_kind).collect()));
                }
            }
            if takes_null {
                nullable(schema);
            }
        }
        _ => {}
    }
}

/// Makes it a schema of null alone.
fn null(schema: &mut Content<'_>) {
    put(schema, "nullable", true);
    put(schema, "enum", Content::Seq(vec![Content::Null]));
}

fn is_null(schema: &Content<'_>) -> bool {
    matches!(schema.get("enum"), Some(Content::Seq(values)) if matches!(values.as_slice(), [Content::Null]))
}

/// Lets it take null, too: where values are listed, null must be one of them.
fn nullable(schema: &mut Content<'_>) {
    if let Some(Content::Seq(values)) = schema.get_mut("enum")
        && !values.contains(&Content::Null)
    {
        values.push(Content::Null);
    }
    put(schema, "nullable", true);
}

/// One fixed value is a list of one.
fn fixed_values(schema: &mut Content<'_>) {
    if let Some(value) = schema.get("const").cloned() {
        replace(schema, "const", vec![(Cow::Borrowed("enum"), Content::Seq(vec![value]))]);
    }
    if matches!(schema.get("enum"), Some(Content::Seq(values)) if values.contains(&Content::Null)) {
        put(schema, "nullable", true);
    }
}

/// Items that differ by their place become items that are one of these.
fn list(schema: &mut Content<'_>) {
    if let Some(Content::Seq(prefix)) = take(schema, "prefixItems") {
        let rest = take(schema, "items").filter(|items| !matches!(items, Content::Bool(_)));
        let mut kinds: Vec<Content<'_>> = Vec::new();
        for kind in prefix.into_iter().chain(rest) {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        let items = <[_; 1]>::try_from(kinds);
        put(schema, "items", items.map_or_else(|kinds| object([("anyOf", Content::Seq(kinds))]), |[only]| only));
    }
    let is_list = matches!(schema.get("type"), Some(Content::Str(kind)) if kind == "array");
    match schema.get("items") {
        None if is_list => put(schema, "items", Content::Map(Vec::new())),
        Some(Content::Bool(_)) => put(schema, "items", Content::Map(Vec::new())),
        _ => {}
    }
}

/// Properties whose names follow patterns are further properties.
fn named_by_pattern(schema: &mut Content<'_>) {
    let Some(Content::Map(patterns)) = take(schema, "patternProperties") else { return };
    let is_open = matches!(schema.get("additionalProperties"), Some(Content::Bool(true) | Content::Map(_)));
    if !is_open {
        let kinds: Vec<Content<'_>> = patterns.into_iter().map(|(_, kind)| kind).collect();
        let further = <[_; 1]>::try_from(kinds);
        let further = further.map_or_else(|kinds| object([("anyOf", Content::Seq(kinds))]), |[only]| only);
        put(schema, "additionalProperties", further);
    }
}

/// What stands beside the words that say which values are taken.
const NOTES: [&str; 6] = ["title", "description", "default", "example", "examples", "deprecated"];

/// A union with null is a union without, which takes null; of a single member nothing but that member is left.
fn without_null(schema: &mut Content<'_>, word: &'static str) {
    let Some(Content::Seq(members)) = schema.get_mut(word) else { return };
    let all = members.len();
    members.retain(|member| !is_null(member));
    if members.len() == all {
        return;
    }
    if members.len() > 1 {
        return nullable(schema);
    }
    let Some(member) = members.pop() else {
        take(schema, word);
        return null(schema);
    };
    let clashes = |key: &str| !NOTES.contains(&key) && schema.get(key).is_some();
    match member {
        Content::Map(entries) if entries.iter().all(|(key, _)| key != "$ref" && !clashes(key)) => {
            let entries = entries.into_iter().filter(|(key, _)| schema.get(key).is_none()).collect();
            replace(schema, word, entries);
        }
        member => {
            let mut parts = match take(schema, "allOf") {
                Some(Content::Seq(parts)) => parts,
                _ => Vec::new(),
            };
            parts.push(member);
            replace(schema, word, vec![(Cow::Borrowed("allOf"), Content::Seq(parts))]);
        }
    }
    nullable(schema);
}

/// An exclusive bound is a bound with a word beside it; of two bounds the narrower one is left.
fn bound(schema: &mut Content<'_>, word: &'static str, exclusive: &'static str, narrower: fn(f64, f64) -> bool) {
    let Some(value) = schema.get(exclusive).filter(|value| !matches!(value, Content::Bool(_))).cloned() else { return };
    let other = schema.get(word).and_then(number);
    if other.zip(number(&value)).is_some_and(|(other, value)| !narrower(value, other)) {
        take(schema, exclusive);
        return;
    }
    take(schema, word);
    replace(schema, exclusive, vec![(Cow::Borrowed(word), value), (Cow::Borrowed(exclusive), Content::Bool(true))]);
}

fn number(value: &Content<'_>) -> Option<f64> {
    match value {
        Content::I64(value) => Some(*value as f64),
        Content::U64(value) => Some(*value as f64),
        Content::F64(value) => Some(*value),
        Content::BigInt(digits) => digits.parse().ok(),
        _ => None,
    }
}

/// The first of several examples.
fn one_example(schema: &mut Content<'_>) {
    let Some(Content::Seq(examples)) = take(schema, "examples") else { return };
    if let (None, Some(first)) = (schema.get("example"), examples.into_iter().next()) {
        put(schema, "example", first);
    }
}

/// Bytes are a format of text.
fn format(schema: &mut Content<'_>) {
    let encoding = take(schema, "contentEncoding");
    let media_type = take(schema, "contentMediaType");
    let format = match (&encoding, &media_type) {
        (Some(Content::Str(encoding)), _) if encoding.starts_with("base64") => "byte",
        (None, Some(Content::Str(media_type))) if media_type == "application/octet-stream" => "binary",
        _ => return,
    };
    if schema.get("format").is_none() {
        put(schema, "format", text(format));
    }
}

/// Beside a reference nothing is read.
fn reference_alone(schema: &mut Content<'_>) {
    if !matches!(schema, Content::Map(entries) if entries.len() > 1) {
        return;
    }
    let Some(reference) = schema.get("$ref").cloned() else { return };
    let mut parts = match take(schema, "allOf") {
        Some(Content::Seq(parts)) => parts,
        _ => Vec::new(),
    };
    parts.insert(0, object([("$ref", reference)]));
    replace(schema, "$ref", vec![(Cow::Borrowed("allOf"), Content::Seq(parts))]);
}
