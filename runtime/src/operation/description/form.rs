//! Forms, while an operation describes itself.

use std::collections::BTreeSet;

use super::Description;
use crate::{
    decode::{Decode, Extra, Field},
    form::File,
    openapi::{BodyField, Describe, FormModel, FormPart, FormPartKind, Schema},
    operation::{
        BodyUse, Fields,
        field_schema::{field_schema, is_required},
    },
};

impl Description<'_> {
    /// A field of a form, or those that a model declares.
    pub fn form<T: Decode + Describe>(&mut self, field: &Field<T>) {
        let kind = if T::FORM {
            FormPartKind::Model(self.form_model::<T>())
        } else if T::FILES {
            FormPartKind::File
        } else {
            FormPartKind::Field
        };
        self.form_part(field, kind);
    }

    /// A field of a form, which has a `format`.
    pub(crate) fn form_of_format<T: Decode + Describe>(&mut self, field: &Field<T>, format: Option<&'static str>) {
        self.form(field);
        if let Some(part) = self.own.forms.last_mut() {
            part.field.schema.format = format;
        }
    }

    /// Files of a form.
    pub(crate) fn file<T: File>(&mut self, field: &Field<T>) {
        self.form_part(field, FormPartKind::File);
    }

    fn form_part<T: Decode + Describe>(&mut self, field: &Field<T>, kind: FormPartKind) {
        let field = BodyField {
            name: field.name.to_owned(),
            required: is_required(field),
            media_type: field.docs.media_type.unwrap_or_default().to_owned(),
            openapi_examples: Vec::new(),
            schema: field_schema(field, self.components),
        };
        self.needs(BodyUse::Form);
        self.own.forms.push(FormPart { field, kind });
    }

    fn form_model<T: Decode + Describe>(&mut self) -> FormModel {
        // The fields' patterns are noted when the model itself is described.
        let patterns = std::mem::take(&mut self.components.patterns);
        let mut fields = Fields::new(self.components, Schema::any());
        T::describe_fields(&mut fields);
        let Fields { names, schema: Schema { required, .. }, .. } = fields;
        self.components.patterns = patterns;
        let all = || names.iter().map(|(name, others)| std::iter::once(*name).chain(others.iter().copied()));
        let choices = all()
            .zip(&names)
            .filter(|(_, (name, others))| !others.is_empty() && required.iter().any(|required| required == name));
        FormModel {
            optional: T::when_missing().is_some(),
            closed: T::EXTRA != Extra::Ignore,
            choices: if T::FIELDS { choices.map(|(names, _)| names.collect()).collect() } else { Vec::new() },
            names: all().flatten().collect::<BTreeSet<_>>(),
        }
    }
}
