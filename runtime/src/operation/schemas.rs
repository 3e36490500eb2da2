//! Schemas of the three kinds of model.

use serde_json::Value;

use super::Fields;
use crate::openapi::{ComponentId, Components, Discriminator, Kind, Reference, Schema};

/// The component of a model with fields.
pub fn describe_record<T: 'static>(
    components: &mut Components,
    name: &str,
    description: Option<&str>,
    forbids_extra: bool,
    fields: fn(&mut Fields<'_>),
) -> Schema {
    components.add(ComponentId::of::<T>(), name, |components| {
        object(components, Some(name), description, forbids_extra, None, fields)
    })
}

fn object(
    components: &mut Components,
    name: Option<&str>,
    description: Option<&str>,
    forbids_extra: bool,
    tag: Option<(&str, &'static str)>,
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
    all.finish()
}

/// The component of an enum of names.
pub fn describe_enumeration<T: 'static>(
    components: &mut Components,
    name: &str,
    description: Option<&str>,
    names: &[&str],
) -> Schema {
    components.add(ComponentId::of::<T>(), name, |_| {
        let mut values: Vec<Value> = names.iter().map(|name| Value::from(*name)).collect();
        let single = values.len() == 1;
        Schema {
            constant: if single { values.pop() } else { None },
            enumeration: values,
            title: Some(name.to_owned()),
            description: description.map(str::to_owned),
            ..Schema::string()
        }
    })
}

/// A model with the tag as its first property.
fn tagged(model: Schema, tag: &str, value: &'static str, components: &mut Components) -> Schema {
    let own = object(components, None, None, false, Some((tag, value)), |_| {});
    let known = match &model.reference {
        Some(Reference::Component(id)) => components.get(*id).map(|component| component.schema.clone()),
        _ => None,
    };
    match known {
        // Written out: `allOf` could not add a property to a model that forbids further ones.
        Some(mut known) if known.kind == Some(Kind::Object) => {
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
            one_of.push(components.add(id, &own_name, |components| match member.shape {
                Shape::Fields(fields) => {
                    let tag = Some((tag, member.tag));
                    object(components, Some(&own_name), member.description, member.forbids_extra, tag, fields)
                }
                Shape::Type(describe) => {
                    let schema = tagged(describe(components), tag, member.tag, components);
                    let description = member.description.map(str::to_owned).or(schema.description);
                    Schema { title: Some(own_name.clone()), description, ..schema }
                }
            }));
            mapping.push((member.tag.to_owned(), Reference::Component(id)));
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
