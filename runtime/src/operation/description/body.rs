//! Bodies, while an operation describes itself.

use super::{Description, openapi_examples};
use crate::{
    decode::{Decode, Docs, Field},
    openapi::{BodyField, BodySpec, Describe, Schema},
    operation::{
        BodyUse,
        field_schema::{field_schema, is_required},
    },
};

impl Description<'_> {
    /// A value of the body.
    pub fn body<T: Decode + Describe>(&mut self, field: &Field<T>) {
        let schema = field_schema(field, self.components);
        self.one_body(field.name, is_required(field), schema, &field.docs);
    }

    fn one_body(&mut self, name: &str, required: bool, schema: Schema, docs: &Docs) {
        self.needs(BodyUse::Value);
        self.own.bodies.push(BodyField {
            name: name.to_owned(),
            required,
            media_type: docs.media_type.unwrap_or("application/json").to_owned(),
            openapi_examples: openapi_examples(docs),
            schema,
        });
    }

    /// The body as bytes.
    pub fn raw_body(&mut self, docs: &Docs, body_use: BodyUse) {
        self.needs(body_use);
        self.spec.body = BodySpec::Raw {
            media_type: docs.media_type.unwrap_or("application/octet-stream").to_owned(),
            description: docs.description.map(str::to_owned),
        };
    }

    /// The body as JSON Lines, each of them an `item`.
    pub fn lines_body(&mut self, docs: &Docs, item: Schema) {
        self.needs(BodyUse::Stream);
        self.spec.body = BodySpec::Lines {
            item,
            media_type: docs.media_type.unwrap_or("application/jsonl").to_owned(),
            description: docs.description.map(str::to_owned),
        };
    }

    pub(super) fn needs(&mut self, body_use: BodyUse) {
        self.requirements.body_use = self.requirements.body_use.and(body_use);
    }
}
