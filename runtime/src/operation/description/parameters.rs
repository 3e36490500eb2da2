//! Parameters, while an operation describes itself.

use super::{Description, openapi_examples};
use crate::{
    decode::{Decode, Docs, Field},
    openapi::{ComponentId, Components, Describe, Kind, ParameterSpec, Place, Reference, Schema, title_of},
    operation::{
        Fields,
        field_schema::{field_schema, is_required},
    },
};

impl Description<'_> {
    /// A parameter that no attribute gives a place: of the path, if that has its name.
    pub fn inferred<T: Decode + Describe>(&mut self, place: Place, field: &Field<T>) {
        let place = if self.path_names.iter().any(|name| name == field.name) { Place::Path } else { place };
        self.parameter(place, field);
    }

    /// A parameter of the path that an attribute asks for, and that the operation's own template lacks: it may be in a
    /// router's prefix, or in the path of whoever depends on this function.
    pub fn path_by_name<T: Decode + Describe>(&mut self, field: &Field<T>, name: &str) {
        match field.among(&self.path_names) {
            Some(field) => self.parameter(Place::Path, &field),
            None => self.requirements.missing_path_parameters.push(name.to_owned()),
        }
    }

    /// A parameter that is read as text.
    ///
    /// A model stands for as many as it has fields.
    pub fn parameter<T: Decode + Describe>(&mut self, place: Place, field: &Field<T>) {
        if T::FIELDS && place != Place::Path {
            let all = Parameters {
                optional: field.default.is_some() || (!field.is_required() && T::when_missing().is_some()),
                converts_underscores: field.converts_underscores(),
                include_in_schema: field.docs.include_in_schema,
            };
            return self.parameters(place, T::describe_fields, &all);
        }
        let schema = field_schema(field, self.components);
        self.one_parameter(place, field.name, is_required(field), schema, &field.docs);
    }

    fn one_parameter(&mut self, place: Place, name: &str, required: bool, schema: Schema, docs: &Docs) {
        self.check_text(place, name, &schema);
        let untitled = schema.title.is_none() && schema.reference.is_none();
        let title = if untitled { Some(title_of(name)) } else { schema.title };
        self.own.parameters.push(ParameterSpec {
            name: name.to_owned(),
            place,
            required,
            description: docs.description.map(str::to_owned),
            deprecated: docs.deprecated,
            examples: docs.examples.map(|examples| examples()).unwrap_or_default(),
            openapi_examples: openapi_examples(docs),
            include_in_schema: docs.include_in_schema,
            schema: Schema { title, ..schema },
        });
    }

    fn parameters(&mut self, place: Place, describe: fn(&mut Fields<'_>), all: &Parameters) {
        let mut fields = Fields::new(self.components, Schema::any());
        describe(&mut fields);
        let Fields { aliased, schema: Schema { properties, required, .. }, .. } = fields;
        for ((declared, schema), aliased) in properties.into_iter().zip(aliased) {
            let hyphens = place == Place::Header && !aliased && all.converts_underscores;
            let name = if hyphens { declared.replace('_', "-") } else { declared.clone() };
            self.own.parameters.push(ParameterSpec {
                place,
                required: !all.optional && required.contains(&declared),
                description: schema.description.clone(),
                deprecated: schema.deprecated,
                examples: schema.examples.clone(),
                openapi_examples: Vec::new(),
                include_in_schema: all.include_in_schema,
                schema,
                name,
            });
        }
    }

    /// A parameter is a text, or several of them; in the path, one.
    fn check_text(&mut self, place: Place, name: &str, schema: &Schema) {
        let lists = if place == Place::Path { 0 } else { 1 };
        if !is_text(schema, lists, self.components, &mut Vec::new()) {
            self.requirements.textless.push((place, name.to_owned()));
        }
    }

    /// A header field that may be sent, as a text.
    pub(crate) fn header_field(&mut self, name: &str, description: &str) {
        self.add_parameter(ParameterSpec {
            name: name.to_ascii_lowercase(),
            place: Place::Header,
            required: false,
            schema: Schema { title: Some(name.to_owned()), ..Schema::string() },
            description: Some(description.to_owned()),
            deprecated: false,
            examples: Vec::new(),
            openapi_examples: Vec::new(),
            include_in_schema: true,
        });
    }

    /// A parameter of which everything is said.
    pub fn add_parameter(&mut self, parameter: ParameterSpec) {
        self.own.parameters.push(parameter);
    }
}

/// What is declared of a model that stands for several parameters.
struct Parameters {
    optional: bool,
    converts_underscores: bool,
    include_in_schema: bool,
}

/// Whether a value can be written as a text, or as a list of texts where `lists` of them may be around it.
fn is_text(schema: &Schema, lists: usize, components: &Components, seen: &mut Vec<ComponentId>) -> bool {
    if let Some(Reference::Component(id)) = schema.reference {
        if seen.contains(&id) {
            return true;
        }
        seen.push(id);
        return components.get(id).is_none_or(|component| is_text(&component.schema, lists, components, seen));
    }
    match schema.kind {
        Some(Kind::Object) => false,
        Some(Kind::Array) => {
            let mut items = schema.items.iter().map(|items| &**items).chain(&schema.prefix_items);
            lists > 0 && items.all(|item| is_text(item, lists - 1, components, seen))
        }
        _ => {
            let mut members = schema.any_of.iter().chain(&schema.one_of).chain(&schema.all_of);
            members.all(|member| is_text(member, lists, components, seen))
        }
    }
}
