//! [`Selection`]: which fields of an answer are written.

use std::{collections::BTreeMap, sync::OnceLock};

use poem::{Body, Response, http::header::CONTENT_LENGTH};

use super::{
    Description, Operation,
    raised::is_raised,
    response::{is_json_response, take_bytes},
};
use crate::{
    decode::Content,
    http_error::HttpError,
    openapi::{Additional, Components, Reference, Schema},
};

/// Which fields of an answer are written: FastAPI's `response_model_exclude_none` and its kin. The schema stays as it is.
#[derive(Debug)]
pub struct Selection {
    none: bool,
    defaults: bool,
    include: &'static [&'static str],
    exclude: &'static [&'static str],
    /// Whether required fields may be unset.
    unset: bool,
    plan: OnceLock<Plan>,
}

/// What has to be known of the answer's type.
#[derive(Debug)]
struct Plan {
    components: Components,
    schema: Schema,
    include: Option<Names>,
    exclude: Names,
}

/// Names of fields, each with names within it: `owner.name`.
#[derive(Debug, Default, PartialEq, Eq)]
struct Names(BTreeMap<&'static str, Names>);

impl Names {
    fn of(list: &[&'static str]) -> Self {
        let mut names = Self::default();
        for path in list {
            let mut within = &mut names;
            for name in path.split('.') {
                within = within.0.entry(name).or_default();
            }
        }
        names
    }

    fn is_leaf(&self) -> bool {
        self.0.is_empty()
    }
}

impl Selection {
    /// Leaves out nulls, defaults, what is not in `include` (unless that is empty), and what is in `exclude`.
    #[must_use]
    pub const fn new(
        none: bool,
        defaults: bool,
        include: &'static [&'static str],
        exclude: &'static [&'static str],
    ) -> Self {
        Self { none, defaults, include, exclude, unset: false, plan: OnceLock::new() }
    }

    /// Of answers that may lack any field.
    #[must_use]
    pub const fn unset(mut self) -> Self {
        self.unset = true;
        self
    }

    /// The answer with its fields selected. Faults and answers of other forms than JSON stay as they are.
    pub async fn apply<O: Operation>(&self, mut response: Response) -> Response {
        if !is_json_response(&response) || is_raised(&response) {
            return response;
        }
        let bytes = match take_bytes(&mut response).await {
            Ok(bytes) => bytes,
            Err(failed) => return failed,
        };
        let plan = self.plan.get_or_init(|| self.plan::<O>());
        let selected = serde_json::from_slice::<Content<'_>>(&bytes).and_then(|mut content| {
            self.prune(&mut content, &plan.schema, plan.include.as_ref(), &plan.exclude, &plan.components);
            serde_json::to_vec(&content)
        });
        match selected {
            Ok(selected) => {
                response.headers_mut().remove(CONTENT_LENGTH);
                response.set_body(Body::from_vec(selected));
                response
            }
            Err(error) => HttpError::internal(format!("an answer is no JSON: {error}")).into_response(),
        }
    }

    fn plan<O: Operation>(&self) -> Plan {
        let mut components = Components::default();
        let mut description = Description::new(&O::META, O::META.path, &mut components);
        O::describe(&mut description);
        let schema = description.answer_schema().unwrap_or_default();
        Plan {
            components,
            schema,
            include: (!self.include.is_empty()).then(|| Names::of(self.include)),
            exclude: Names::of(self.exclude),
        }
    }

    fn prune(
        &self,
        content: &mut Content<'_>,
        schema: &Schema,
        include: Option<&Names>,
        exclude: &Names,
        components: &Components,
    ) {
        match content {
            Content::Seq(items) => {
                let schema =
                    member_for(schema, components, &|schema| schema.items.is_some() || !schema.prefix_items.is_empty());
                let Some(schema) = schema else { return };
                for (index, item) in items.iter_mut().enumerate() {
                    if let Some(schema) = schema.prefix_items.get(index).or(schema.items.as_deref()) {
                        self.prune(item, schema, include, exclude, components);
                    }
                }
            }
            Content::Map(entries) => {
                let keys: Vec<String> = entries.iter().map(|(key, _)| key.to_string()).collect();
                let fits = |schema: &Schema| {
                    (self.unset || schema.required.iter().all(|name| keys.contains(name)))
                        && (schema.properties.iter().any(|(name, _)| keys.contains(name)) || has_values(schema))
                };
                let tag = |tag: &str| {
                    let value = entries.iter().find(|(key, _)| &**key == tag).map(|(_, value)| value);
                    value.and_then(|value| match value {
                        Content::Str(text) => Some(text.to_string()),
                        _ => None,
                    })
                };
                let Some(schema) = object_for(schema, components, &fits, &tag) else { return };
                if schema.properties.is_empty() {
                    if let Some(Additional::Schema(values)) = schema.additional_properties.as_deref() {
                        for (_, value) in entries {
                            self.prune(value, values, include, exclude, components);
                        }
                    }
                    return;
                }
                let none = Names::default();
                entries.retain_mut(|(key, value)| {
                    let name: &str = key;
                    let Some((_, property)) = schema.properties.iter().find(|(known, _)| known == name) else {
                        return include.is_none();
                    };
                    let within = include.map(|include| include.0.get(name));
                    let without = exclude.0.get(name);
                    if matches!(within, Some(None)) || without.is_some_and(Names::is_leaf) {
                        return false;
                    }
                    if self.none && matches!(value, Content::Null) {
                        return false;
                    }
                    if self.defaults && is_default(value, property, !schema.required.iter().any(|known| known == name))
                    {
                        return false;
                    }
                    let within = within.flatten().filter(|names| !names.is_leaf());
                    self.prune(value, property, within, without.unwrap_or(&none), components);
                    true
                });
            }
            _ => {}
        }
    }

    /// The names that no field of the answer has.
    pub(crate) fn unknown(
        names: &[&'static str],
        schema: &Schema,
        components: &Components,
    ) -> Vec<(&'static str, Vec<String>)> {
        let mut unknown = Vec::new();
        for path in names {
            let mut schemas = vec![schema];
            for name in path.split('.') {
                let objects: Vec<&Schema> =
                    schemas.iter().flat_map(|schema| objects(schema, components, &mut Vec::new())).collect();
                let properties = || objects.iter().flat_map(|object| &object.properties);
                let found: Vec<&Schema> =
                    properties().filter(|(known, _)| known == name).map(|(_, schema)| schema).collect();
                if found.is_empty() {
                    unknown.push((*path, properties().map(|(name, _)| name.clone()).collect()));
                    break;
                }
                schemas = found;
            }
        }
        unknown
    }
}

fn has_values(schema: &Schema) -> bool {
    matches!(schema.additional_properties.as_deref(), Some(Additional::Schema(_)))
}

/// Whether the value is the field's default. One that may be left out, and is null, was left out.
fn is_default(value: &Content<'_>, schema: &Schema, optional: bool) -> bool {
    match (&schema.default, value) {
        (Some(default), value) => serde_json::to_value(value).is_ok_and(|value| same(&value, default)),
        (None, Content::Null) => optional,
        _ => false,
    }
}

/// `1.0` is `1`.
fn same(a: &serde_json::Value, b: &serde_json::Value) -> bool {
    a == b || matches!((a.as_f64(), b.as_f64()), (Some(a), Some(b)) if a == b)
}

/// What a reference stands for.
fn resolve<'s>(schema: &'s Schema, components: &'s Components) -> &'s Schema {
    match &schema.reference {
        Some(Reference::Component(id)) => components.get(*id).map_or(schema, |component| &component.schema),
        _ => schema,
    }
}

/// The schema itself, or the first member of a union, that is as asked.
fn member_for<'s>(
    schema: &'s Schema,
    components: &'s Components,
    fits: &dyn Fn(&Schema) -> bool,
) -> Option<&'s Schema> {
    let schema = resolve(schema, components);
    if fits(schema) {
        return Some(schema);
    }
    let members = schema.any_of.iter().chain(&schema.one_of).chain(&schema.all_of);
    members.into_iter().find_map(|member| member_for(member, components, fits))
}

/// The schema of an object: of a union's members the one that its tag names, or else the first that fits.
fn object_for<'s>(
    schema: &'s Schema,
    components: &'s Components,
    fits: &dyn Fn(&Schema) -> bool,
    tag: &dyn Fn(&str) -> Option<String>,
) -> Option<&'s Schema> {
    let schema = resolve(schema, components);
    if let Some(discriminator) = &schema.discriminator
        && let Some(value) = tag(&discriminator.property_name)
        && let Some((_, Reference::Component(id))) = discriminator.mapping.iter().find(|(known, _)| *known == value)
    {
        return components.get(*id).map(|component| &component.schema);
    }
    if !schema.properties.is_empty() || has_values(schema) {
        return fits(schema).then_some(schema);
    }
    let members = schema.any_of.iter().chain(&schema.one_of).chain(&schema.all_of);
    members.into_iter().find_map(|member| object_for(member, components, fits, tag))
}

/// All objects that a value may be, or hold in lists and maps.
fn objects<'s>(schema: &'s Schema, components: &'s Components, seen: &mut Vec<&'s Schema>) -> Vec<&'s Schema> {
    let schema = resolve(schema, components);
    if seen.iter().any(|known| std::ptr::eq(*known, schema)) {
        return Vec::new();
    }
    seen.push(schema);
    if !schema.properties.is_empty() {
        return vec![schema];
    }
    let values = match schema.additional_properties.as_deref() {
        Some(Additional::Schema(values)) => Some(values),
        _ => None,
    };
    let unions = schema.any_of.iter().chain(&schema.one_of).chain(&schema.all_of).chain(&schema.prefix_items);
    let within = unions.chain(schema.items.as_deref()).chain(values);
    within.flat_map(|schema| objects(schema, components, seen)).collect()
}
