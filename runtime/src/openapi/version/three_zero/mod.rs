//! The document as OpenAPI 3.0.3 has it.

mod schema;
mod titles;

use std::borrow::Cow;

use super::{
    OpenApiVersion,
    object::{put, retain, take, text},
};
use crate::decode::Content;

/// Rewrites a document of 3.1 in place.
pub(super) fn render(document: &mut Content<'_>) {
    Part::Document.render(document);
    titles::render(document);
}

/// A kind of object in a document.
#[derive(Clone, Copy)]
enum Part {
    Document,
    Info,
    Components,
    PathItem,
    Operation,
    /// Of paths by expressions.
    Callback,
    /// Headers too.
    Parameter,
    RequestBody,
    Response,
    MediaType,
    Encoding,
    Schema,
}

/// How objects stand under a key.
enum Shape {
    One,
    List,
    Named,
}

impl Part {
    /// What stands under `key`, if there can be schemas in it.
    fn below(self, key: &str) -> Option<(Shape, Self)> {
        use Shape::{List, Named, One};
        Some(match (self, key) {
            (Self::Document, "info") => (One, Self::Info),
            (Self::Document, "paths") => (Named, Self::PathItem),
            (Self::Document, "components") => (One, Self::Components),
            (Self::Components, "schemas") => (Named, Self::Schema),
            (Self::Components, "parameters") => (Named, Self::Parameter),
            (Self::Components, "requestBodies") => (Named, Self::RequestBody),
            (Self::Components | Self::Operation, "responses") => (Named, Self::Response),
            (Self::Components | Self::Operation, "callbacks") => (Named, Self::Callback),
            (Self::Components | Self::Response | Self::Encoding, "headers") => (Named, Self::Parameter),
            (Self::PathItem | Self::Operation, "parameters") => (List, Self::Parameter),
            (Self::PathItem, "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace") => {
                (One, Self::Operation)
            }
            (Self::Operation, "requestBody") => (One, Self::RequestBody),
            (Self::Callback, key) if !key.starts_with("x-") => (One, Self::PathItem),
            (Self::Parameter | Self::RequestBody | Self::Response, "content") => (Named, Self::MediaType),
            (Self::Parameter | Self::MediaType, "schema") => (One, Self::Schema),
            (Self::MediaType, "x-itemSchema") => (One, Self::Schema),
            (Self::MediaType, "encoding") => (Named, Self::Encoding),
            _ => return None,
        })
    }

    fn render(self, object: &mut Content<'_>) {
        match self {
            Self::Document => {
                put(object, "openapi", OpenApiVersion::V3_0.as_str());
                retain(object, |key| key != "webhooks" && key != "jsonSchemaDialect");
            }
            Self::Info => info(object),
            Self::Components => retain(object, |key| key != "pathItems"),
            Self::MediaType => media_type(object),
            Self::Schema => return schema::render(object),
            _ => {}
        }
        let Content::Map(entries) = object else { return };
        for (key, value) in entries {
            match (self.below(key), value) {
                (Some((Shape::One, part)), value) => part.render(value),
                (Some((Shape::List, part)), Content::Seq(parts)) => parts.iter_mut().for_each(|one| part.render(one)),
                (Some((Shape::Named, part)), Content::Map(parts)) => {
                    parts.iter_mut().for_each(|(_, one)| part.render(one));
                }
                _ => {}
            }
        }
    }
}

/// A summary is a paragraph of the description, an SPDX identifier the page of its licence.
fn info(info: &mut Content<'_>) {
    if let Some(Content::Str(summary)) = take(info, "summary") {
        let description = match take(info, "description") {
            Some(Content::Str(description)) => format!("{summary}\n\n{description}"),
            _ => summary.into_owned(),
        };
        put(info, "description", text(description));
    }
    if let Some(license) = info.get_mut("license")
        && let Some(Content::Str(identifier)) = take(license, "identifier")
        && license.get("url").is_none()
    {
        put(license, "url", text(format!("https://spdx.org/licenses/{identifier}.html")));
    }
}

const STREAM: &str =
    "A stream of items, one after the other. Each is as `x-itemSchema` says, for which OpenAPI 3.0 has no word.";

/// What is said of a stream's items stays for people to read: tools of 3.0 see text.
fn media_type(media_type: &mut Content<'_>) {
    retain(media_type, |key| key != "itemEncoding" && key != "prefixEncoding");
    let Some(items) = take(media_type, "itemSchema") else { return };
    if media_type.get("schema").is_none() {
        let stream = [("type", text("string")), ("description", text(STREAM))];
        put(media_type, "schema", Content::Map(stream.map(|(key, value)| (Cow::Borrowed(key), value)).into()));
    }
    put(media_type, "x-itemSchema", items);
}

#[cfg(test)]
mod tests;
