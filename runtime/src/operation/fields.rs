//! [`Fields`]: the fields of a model, while it describes itself.

use serde_json::Value;

use super::field_schema::{field_schema, is_required};
use crate::{
    decode::{Decode, Extras, Field},
    openapi::{Additional, Components, Describe, Schema, title_of},
};

/// The fields of a model, while it describes itself.
#[derive(Debug)]
pub struct Fields<'a> {
    components: &'a mut Components,
    pub(super) schema: Schema,
    /// Of each property, whether its name was declared for the wire.
    pub(super) aliased: Vec<bool>,
    /// The name of each, and its other names.
    pub(super) names: Vec<(&'static str, &'static [&'static str])>,
}

impl<'a> Fields<'a> {
    pub(crate) fn new(components: &'a mut Components, schema: Schema) -> Self {
        Self { components, schema, aliased: Vec::new(), names: Vec::new() }
    }

    /// A field that has one value only: the tag of a union.
    pub fn tag(&mut self, name: &'static str, value: &'static str) {
        self.names.push((name, &[]));
        let schema =
            Schema { constant: Some(Value::String(value.to_owned())), title: Some(title_of(name)), ..Schema::string() };
        self.add(name, schema, true);
        self.schema.required.push(name.to_owned());
    }

    fn add(&mut self, name: &str, schema: Schema, aliased: bool) {
        self.schema.properties.push((name.to_owned(), schema));
        self.aliased.push(aliased);
    }

    /// A field that is computed when the model is written: it stands in answers only.
    pub fn computed<M, T: Describe>(&mut self, name: &'static str, _: fn(&M) -> T) {
        if !self.components.is_output() {
            return;
        }
        self.components.computed = true;
        let schema = T::describe(self.components);
        let untitled = schema.title.is_none() && schema.reference.is_none();
        let title = if untitled { Some(title_of(name)) } else { schema.title.clone() };
        self.add(name, Schema { title, read_only: true, ..schema }, true);
        self.schema.required.push(name.to_owned());
    }

    /// One field.
    pub fn field<T: Decode + Describe>(&mut self, field: &Field<T>) {
        if self.components.is_output() && field.docs.write_only {
            return;
        }
        let schema = field_schema(field, self.components);
        self.one_field((field.name, field.aliases), field.aliased, is_required(field), schema);
    }

    /// One field that no request sets: it stands in answers only, and there it always stands.
    pub fn read_only<T: Describe>(&mut self, field: &Field<T>) {
        if self.components.is_output() {
            let schema = field_schema(field, self.components);
            self.one_field((field.name, field.aliases), field.aliased, !T::CAN_BE_UNSET, schema);
        }
    }

    fn one_field(
        &mut self,
        names: (&'static str, &'static [&'static str]),
        aliased: bool,
        required: bool,
        mut schema: Schema,
    ) {
        let (name, _) = names;
        if schema.title.is_none() && !schema.is_optional_reference() {
            schema.title = Some(title_of(name));
        }
        if required {
            self.schema.required.push(name.to_owned());
        }
        self.names.push(names);
        self.add(name, schema, aliased);
    }

    /// Undeclared fields, which are kept.
    pub fn extras<M: Extras<Value: Describe>>(&mut self) {
        let values = M::Value::describe(self.components);
        self.schema.additional_properties = Some(Box::new(Additional::from(values)));
    }

    pub(crate) fn finish(self) -> Schema {
        self.schema
    }
}
