//! Schemas of the kinds of model.

use serde_json::Value;

use super::Fields;
use crate::{
    decode::{Constant, Decode, Enumeration, Field},
    openapi::{ComponentId, Components, Describe, Discriminator, Kind, Reference, Schema},
};

/// The component of a model with fields.
pub fn describe_record(
    components: &mut Components,
    id: ComponentId,
    name: &str,
    description: Option<&str>,
    forbids_extra: bool,
    fields: fn(&mut Fields<'_>),
) -> Schema {
    components.add(id, name, |components| object(components, Some(name), description, forbids_extra, None, fields))
}

fn object(
    components: &mut Components,
    name: Option<&str>,
    description: Option<&str>,
    forbids_extra: bool,
    tag: Option<(&'static str, &'static str)>,
    fields: fn(&mut Fields<'_>),
) -> Schema {
    let forbidden = forbids_extra.then(|| Box::new(crate::openapi::Additional::Allowed(false)));
    let schema = Schema {
        title: name.map(str::to_owned),
        description: description.map(str::to_owned),
        additional_properties: forbidden,
        ..Schema::of(Kind::Object)
    };
    let mut all = Fields::new(components, schema);
    if let Some((tag, value)) = tag {
        all.tag(tag, value);
    }
    fields(&mut all);
    let mut schema = all.finish();
    if schema.properties.is_empty() {
        // A model without fields shows that it has none.
        schema.extensions.insert("properties".to_owned(), Value::Object(serde_json::Map::new()));
    }
    schema
}

/// The component of an enum of names or numbers; a literal has none, it stands where it is used.
pub fn describe_enumeration<T: Enumeration>(
    components: &mut Components,
    name: &str,
    description: Option<&str>,
) -> Schema {
    if T::LITERAL {
        return one_of_values(T::VALUES);
    }
    components.add(ComponentId::of::<T>(), name, |_| Schema {
        title: Some(name.to_owned()),
        description: description.map(str::to_owned),
        ..one_of_values(T::VALUES)
    })
}

fn one_of_values(constants: &[Constant]) -> Schema {
    let kind = |constant: &Constant| match constant {
        Constant::Text(_) => Kind::String,
        Constant::Integer(_) => Kind::Integer,
        Constant::Boolean(_) => Kind::Boolean,
        Constant::Null => Kind::Null,
    };
    let first = constants.first().map(kind);
    let alike = constants.iter().all(|constant| Some(kind(constant)) == first);
    let values = constants.iter().map(|constant| serde_json::to_value(constant).unwrap_or_default());
    let mut enumeration: Vec<Value> = values.collect();
    let constant = if enumeration.len() == 1 { enumeration.pop() } else { None };
    Schema { kind: first.filter(|_| alike), constant, enumeration, ..Schema::any() }
}

/// The component of a newtype.
pub fn describe_newtype<T: Decode + Describe>(
    components: &mut Components,
    id: ComponentId,
    name: &str,
    description: Option<&str>,
    field: &Field<T>,
) -> Schema {
    components.add(id, name, |components| {
        let schema = super::field_schema::field_schema(field, components);
        Schema {
            title: Some(schema.title.unwrap_or_else(|| name.to_owned())),
            description: description.map(str::to_owned).or(schema.description),
            ..schema
        }
    })
}

/// An untagged union: it stands where it is used, unless it holds itself.
pub fn describe_untagged<T: 'static>(
    components: &mut Components,
    name: &str,
    description: Option<&str>,
    members: &[fn(&mut Components) -> Schema],
) -> Schema {
    components.inline(ComponentId::of::<T>(), name, |components| {
        let any_of: Vec<Schema> = members.iter().map(|describe| describe(components)).collect();
        Schema { any_of, description: description.map(str::to_owned), ..Schema::any() }
    })
}

/// The schema of a member of an untagged union.
pub fn describe_field<T: Decode + Describe>(field: &Field<T>, components: &mut Components) -> Schema {
    super::field_schema::field_schema(field, components)
}

/// A model with the tag as its first property.
fn tagged(model: Schema, tag: &'static str, value: &'static str, components: &mut Components) -> Schema {
    let own = object(components, None, None, false, Some((tag, value)), |_| {});
    let known = match &model.reference {
        Some(Reference::Component(id)) => components.get(*id).map(|component| component.schema.clone()),
        _ => None,
    };
    match known {
        // Written out: `allOf` could not add a property to a model that forbids further ones.
        Some(mut known) if known.kind == Some(Kind::Object) => {
            known.extensions.remove("properties");
            known.properties.splice(0..0, own.properties);
            known.required.splice(0..0, own.required);
            known
        }
        // A union, or a model that is still describing itself because it holds this union.
        _ => Schema { all_of: vec![model, own], ..Schema::any() },
    }
}

/// One member of a tagged union.
#[derive(Debug)]
pub struct Member {
    /// Its tag on the wire.
    pub tag: &'static str,
    /// The variant's name in Rust.
    pub variant: &'static str,
    /// Its doc comment.
    pub description: Option<&'static str>,
    /// Whether undeclared fields are faults.
    pub forbids_extra: bool,
    /// Its fields.
    pub shape: Shape,
}

/// What a member of a tagged union holds.
#[derive(Debug)]
pub enum Shape {
    /// Fields that are declared in the union.
    Fields(fn(&mut Fields<'_>)),
    /// A type of its own.
    Type(fn(&mut Components) -> Schema),
}

/// The component of a tagged union: `oneOf` with a discriminator.
pub fn describe_tagged<T: 'static>(
    components: &mut Components,
    name: &str,
    description: Option<&str>,
    tag: &'static str,
    members: &[Member],
) -> Schema {
    components.add(ComponentId::of::<T>(), name, |components| {
        let mut one_of = Vec::new();
        let mut mapping = Vec::new();
        for member in members {
            let id = ComponentId::part_of::<T>(member.variant);
            let own_name = format!("{name}{}", member.variant);
            let schema = components.add(id, &own_name, |components| match member.shape {
                Shape::Fields(fields) => {
                    let tag = Some((tag, member.tag));
                    object(components, Some(&own_name), member.description, member.forbids_extra, tag, fields)
                }
                Shape::Type(describe) => {
                    let schema = tagged(describe(components), tag, member.tag, components);
                    let description = member.description.map(str::to_owned).or(schema.description);
                    Schema { title: Some(own_name.clone()), description, ..schema }
                }
            });
            mapping.extend(schema.reference.clone().map(|reference| (member.tag.to_owned(), reference)));
            one_of.push(schema);
        }
        Schema {
            one_of,
            discriminator: Some(Discriminator { property_name: tag.to_owned(), mapping }),
            title: Some(name.to_owned()),
            description: description.map(str::to_owned),
            ..Schema::any()
        }
    })
}
