//! [`FormSpec`]: forms, as FastAPI documents them.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    Components, Kind, Reference, Schema,
    naming::title_of,
    operation::{BodyField, titled, titled_property},
};

const URLENCODED: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// What an operation reads from a form.
#[derive(Debug, Clone, Default)]
pub struct FormSpec {
    /// In the order of the signature.
    pub parts: Vec<FormPart>,
}

/// What one argument reads from a form.
#[derive(Debug, Clone)]
pub struct FormPart {
    /// Name and schema. An empty media type is the form's own.
    pub field: BodyField,
    /// Whether it is one value or many.
    pub kind: FormPartKind,
}

/// What an argument of a form stands for.
#[derive(Debug, Clone)]
pub enum FormPartKind {
    /// A field, under its own name.
    Field,
    /// A file, or several under one name.
    File,
    /// The fields of a model, or of a union of models.
    Model(FormModel),
}

/// What the document has to know of a model in a form.
#[derive(Debug, Clone)]
pub struct FormModel {
    /// Whether there may be none of its fields.
    pub optional: bool,
    /// Whether it forbids undeclared fields.
    pub closed: bool,
    /// All names that its fields are accepted under.
    pub names: BTreeSet<&'static str>,
    /// Required fields that have several names, the first of which is in the schema.
    pub choices: Vec<Vec<&'static str>>,
}

/// How a form's schema stands in the document.
pub(super) enum FormSchema {
    /// Where it is used: it is a model's own.
    Inline(Schema),
    /// As a component of its own, `Body_…`.
    Component(Schema),
}

impl FormSpec {
    /// Of what several arguments (of an operation and its dependencies) read alike, one stands here.
    pub(crate) fn new(all: Vec<FormPart>) -> Self {
        let mut parts: Vec<FormPart> = Vec::new();
        for part in all {
            let is_known =
                |known: &FormPart| known.field.name == part.field.name && known.field.schema == part.field.schema;
            if !parts.iter().any(is_known) {
                parts.push(part);
            }
        }
        Self { parts }
    }

    pub(super) fn media_type(&self) -> &str {
        let types = || self.parts.iter().map(|part| part.field.media_type.as_str()).map(or_urlencoded);
        let has_file = self.parts.iter().any(|part| matches!(part.kind, FormPartKind::File));
        if has_file || types().any(|media_type| media_type == MULTIPART) {
            return MULTIPART;
        }
        let mut all = types();
        let first = all.next().unwrap_or(URLENCODED);
        if all.all(|other| other == first) { first } else { URLENCODED }
    }

    pub(super) fn required(&self) -> bool {
        self.parts.iter().any(|part| part.field.required)
    }

    /// All fields in one object, and models beside them.
    pub(super) fn flat_schema(&self) -> Schema {
        let mut body = Schema::of(Kind::Object);
        for FormPart { field, kind } in &self.parts {
            match kind {
                FormPartKind::Model(_) => body.all_of.push(field.schema.clone()),
                FormPartKind::Field | FormPartKind::File => {
                    body.properties.push((field.name.clone(), field.schema.clone()));
                    body.required.extend(field.required.then(|| field.name.clone()));
                }
            }
        }
        body
    }

    /// The schema; a component of its own is called `name`.
    pub(super) fn schema(&self, name: &str, components: &Components) -> FormSchema {
        if let [FormPart { field, kind: FormPartKind::Model(FormModel { optional: false, .. }) }] =
            self.parts.as_slice()
        {
            return FormSchema::Inline(titled(field));
        }
        let has_models = self.parts.iter().any(|part| matches!(part.kind, FormPartKind::Model(_)));
        let mut body = Schema { title: Some(name.to_owned()), ..Schema::of(Kind::Object) };
        for FormPart { field, kind } in &self.parts {
            match kind {
                FormPartKind::Model(model) => body.all_of.extend(conditions(field, model, components)),
                FormPartKind::Field | FormPartKind::File => {
                    let property = (field.name.clone(), titled_property(field));
                    match body.properties.iter_mut().find(|(known, _)| *known == field.name) {
                        Some(_) if has_models => {
                            body.all_of.push(Schema { properties: vec![property], ..Schema::any() });
                        }
                        Some(known) => *known = property,
                        None => body.properties.push(property),
                    }
                    if field.required && !body.required.contains(&field.name) {
                        body.required.push(field.name.clone());
                    }
                }
            }
        }
        FormSchema::Component(body)
    }
}

fn or_urlencoded(media_type: &str) -> &str {
    if media_type.is_empty() { URLENCODED } else { media_type }
}

/// What holds of a form because of one model in it.
fn conditions(field: &BodyField, model: &FormModel, components: &Components) -> Vec<Schema> {
    let schema = own_schema(field, model, components);
    if !model.optional {
        return vec![schema];
    }
    let absent = absent(model);
    if field.required {
        return vec![not(&absent), schema];
    }
    vec![Schema { any_of: vec![absent, schema], ..Schema::any() }]
}

/// The model's schema: of an optional one without null, since in a form it is absent instead.
fn own_schema(field: &BodyField, model: &FormModel, components: &Components) -> Schema {
    let mut schema = Schema { default: None, ..titled(field) };
    if model.optional {
        schema.any_of.retain(|member| member.kind != Some(Kind::Null));
        schema.title = schema.title.or_else(|| Some(title_of(&field.name)));
    }
    if !model.choices.is_empty() {
        let inner = if model.optional { schema.any_of.first_mut() } else { Some(&mut schema) };
        if let Some(inner) = inner {
            *inner = with_choices(inner, &model.choices, components);
        }
    }
    schema
}

/// Where a required field may come under several names, any one of them is required. The component itself is used
/// elsewhere, too: hence a copy.
fn with_choices(schema: &Schema, choices: &[Vec<&'static str>], components: &Components) -> Schema {
    let component = match schema.reference {
        Some(Reference::Component(id)) => components.get(id),
        _ => None,
    };
    let Some(component) = component else { return schema.clone() };
    let mut own = component.schema.clone();
    for names in choices {
        own.required.retain(|required| names.first() != Some(&required.as_str()));
        let any_of = names.iter().map(|name| Schema { required: vec![(*name).to_owned()], ..Schema::any() });
        own.all_of.push(Schema { any_of: any_of.collect(), ..Schema::any() });
    }
    own
}

/// What a form looks like in which an optional model is absent.
fn absent(model: &FormModel) -> Schema {
    if model.closed {
        return Schema { max_properties: Some(0), ..Schema::any() };
    }
    if model.names.is_empty() {
        return Schema::any();
    }
    let any_of = model.names.iter().map(|name| Schema { required: vec![(*name).to_owned()], ..Schema::any() });
    not(&Schema { any_of: any_of.collect(), ..Schema::any() })
}

fn not(schema: &Schema) -> Schema {
    let mut negated = Schema::any();
    negated.extensions.insert("not".to_owned(), serde_json::to_value(schema).unwrap_or(Value::Null));
    negated
}
