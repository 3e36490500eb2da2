//! From our schema to poem-openapi's.

use poem_openapi::registry::{MetaDiscriminatorObject, MetaSchema, MetaSchemaRef};
use serde_json::Number;

use super::intern::intern;
use crate::openapi::{Additional, ComponentId, Kind, Reference, Schema};

/// The name of a component in poem-openapi's registry.
pub(super) fn legal(name: &str) -> String {
    let allowed = |char: char| char.is_ascii_alphanumeric() || matches!(char, '.' | '-' | '_');
    name.chars().map(|char| if allowed(char) { char } else { '_' }).collect()
}

/// The name that a component has by its type: what `register` files it under.
pub(super) fn name_of(id: ComponentId) -> String {
    let path = id.type_name().split('<').next().unwrap_or_default();
    let short = path.rsplit("::").next().unwrap_or_default();
    legal(&format!("{short}{}", id.part()))
}

pub(super) fn meta_schema_ref(schema: &Schema) -> MetaSchemaRef {
    match &schema.reference {
        Some(Reference::Component(id)) => MetaSchemaRef::Reference(name_of(*id)),
        Some(Reference::Pointer(pointer)) => {
            MetaSchemaRef::Reference(pointer.rsplit('/').next().unwrap_or_default().to_owned())
        }
        None => MetaSchemaRef::Inline(Box::new(meta_schema(schema))),
    }
}

pub(super) fn meta_schema(schema: &Schema) -> MetaSchema {
    if let Some(value) = not_null(schema) {
        return MetaSchema {
            nullable: true,
            title: schema.title.clone().or(value.title.clone()),
            description: schema.description.as_deref().map(intern),
            default: schema.default.clone(),
            ..match meta_schema_ref(value) {
                MetaSchemaRef::Inline(inline) => *inline,
                reference => MetaSchema { all_of: vec![reference], ..MetaSchema::ANY },
            }
        };
    }
    let float = |number: &Option<Number>| number.as_ref().and_then(Number::as_f64);
    // It has room for one bound on each side: the tighter one. A type's own (`u32`) may stand beside a declared one.
    let lower = match (float(&schema.minimum), float(&schema.exclusive_minimum)) {
        (Some(minimum), Some(exclusive)) if exclusive < minimum => Some((minimum, false)),
        (minimum, None) => minimum.map(|bound| (bound, false)),
        (_, Some(exclusive)) => Some((exclusive, true)),
    };
    let upper = match (float(&schema.maximum), float(&schema.exclusive_maximum)) {
        (Some(maximum), Some(exclusive)) if exclusive > maximum => Some((maximum, false)),
        (maximum, None) => maximum.map(|bound| (bound, false)),
        (_, Some(exclusive)) => Some((exclusive, true)),
    };
    let all = |schemas: &[Schema]| schemas.iter().map(meta_schema_ref).collect::<Vec<_>>();
    MetaSchema {
        ty: schema.kind.map_or("", Kind::as_str),
        format: schema.format,
        title: schema.title.clone(),
        description: schema.description.as_deref().map(intern),
        default: schema.default.clone(),
        required: schema.required.iter().map(|name| intern(name)).collect(),
        properties: schema.properties.iter().map(|(name, schema)| (intern(name), meta_schema_ref(schema))).collect(),
        items: schema.items.as_deref().map(|items| Box::new(meta_schema_ref(items))),
        additional_properties: match schema.additional_properties.as_deref() {
            Some(Additional::Schema(schema)) => Some(Box::new(meta_schema_ref(schema))),
            _ => None,
        },
        enum_items: schema.enumeration.iter().chain(&schema.constant).cloned().collect(),
        deprecated: schema.deprecated,
        any_of: all(&schema.any_of),
        one_of: all(&schema.one_of),
        all_of: all(&schema.all_of),
        discriminator: schema.discriminator.as_ref().map(|discriminator| MetaDiscriminatorObject {
            property_name: intern(&discriminator.property_name),
            mapping: discriminator
                .mapping
                .iter()
                .map(|(tag, reference)| match reference {
                    Reference::Component(id) => (tag.clone(), format!("#/components/schemas/{}", name_of(*id))),
                    Reference::Pointer(pointer) => (tag.clone(), pointer.clone()),
                })
                .collect(),
        }),
        read_only: schema.read_only,
        write_only: schema.write_only,
        example: schema.examples.first().cloned(),
        multiple_of: float(&schema.multiple_of),
        // OpenAPI 3.0: the bound, and a flag that leaves it out.
        maximum: upper.map(|(bound, _)| bound),
        exclusive_maximum: upper.and_then(|(_, exclusive)| exclusive.then_some(true)),
        minimum: lower.map(|(bound, _)| bound),
        exclusive_minimum: lower.and_then(|(_, exclusive)| exclusive.then_some(true)),
        max_length: schema.max_length,
        min_length: schema.min_length,
        pattern: schema.pattern.map(str::to_owned),
        max_items: schema.max_items,
        min_items: schema.min_items,
        unique_items: schema.unique_items.then_some(true),
        max_properties: schema.max_properties,
        min_properties: schema.min_properties,
        ..MetaSchema::ANY
    }
}

/// The other half of "this or null".
fn not_null(schema: &Schema) -> Option<&Schema> {
    match schema.any_of.as_slice() {
        [value, null] if null.kind == Some(Kind::Null) => Some(value),
        _ => None,
    }
}
