//! The schema of a field: that of its type, with what was declared of the field.

use serde_json::{Number, Value};

use crate::{
    decode::{Bound, Decode, Docs, Field, Rules},
    openapi::{Additional, Components, Describe, Kind, Schema},
};

/// The schema of a field's type, with all that was declared of the field.
pub(super) fn field_schema<T: Describe>(field: &Field<T>, components: &mut Components) -> Schema {
    let schema = T::describe(components);
    let default = match (field.default, field.default_json) {
        (Some(default), Some(to_json)) => to_json(default),
        _ => None,
    };
    declared(schema, &field.rules, default, &field.docs, components)
}

/// Whether it must be sent.
pub(super) fn is_required<T: Decode>(field: &Field<T>) -> bool {
    field.default.is_none() && (field.is_required() || T::when_missing().is_none())
}

fn declared(
    mut schema: Schema,
    rules: &Rules,
    default: Option<Value>,
    docs: &Docs,
    components: &mut Components,
) -> Schema {
    constrain(&mut schema, rules);
    let items = rules.items.and_then(|items| items.pattern);
    components.patterns.extend(rules.pattern.into_iter().chain(items).map(|pattern| pattern()));
    // As in FastAPI: a default of null is not shown.
    if let Some(default) = default.filter(|value| !value.is_null()) {
        schema.default = Some(default);
    }
    document(&mut schema, docs);
    schema
}

fn document(schema: &mut Schema, docs: &Docs) {
    if let Some(title) = docs.title {
        schema.title = Some(title.to_owned());
    }
    if let Some(description) = docs.description {
        schema.description = Some(description.to_owned());
    }
    if let Some(examples) = docs.examples {
        schema.examples = examples();
    }
    schema.deprecated |= docs.deprecated;
    if let Some(extra) = docs.json_schema_extra {
        schema.extend(extra());
    }
    schema.read_only |= docs.read_only;
    schema.write_only |= docs.write_only;
}

/// Writes constraints into a schema; those of an optional value belong to the value.
fn constrain(schema: &mut Schema, rules: &Rules) {
    if let Some(first) = schema.any_of.first_mut() {
        return constrain(first, rules);
    }
    let number = |bound: Option<Bound>| match bound? {
        Bound::Integer(value) => {
            i64::try_from(value).map(Number::from).or_else(|_| u64::try_from(value).map(Number::from)).ok()
        }
        Bound::Float(value) => Number::from_f64(value),
        // JSON Schema has no bounds of dates.
        Bound::Text(_) => None,
    };
    let set = |place: &mut Option<Number>, bound| *place = number(bound).or(place.take());
    set(&mut schema.exclusive_minimum, rules.gt);
    set(&mut schema.minimum, rules.ge);
    set(&mut schema.exclusive_maximum, rules.lt);
    set(&mut schema.maximum, rules.le);
    set(&mut schema.multiple_of, rules.multiple_of);
    let (min, max) = match schema.kind {
        Some(Kind::Array) => (&mut schema.min_items, &mut schema.max_items),
        Some(Kind::Object) => (&mut schema.min_properties, &mut schema.max_properties),
        _ => (&mut schema.min_length, &mut schema.max_length),
    };
    *min = rules.min_length.or(*min);
    *max = rules.max_length.or(*max);
    schema.pattern = rules.pattern.map(|pattern| pattern().as_str()).or(schema.pattern);
    schema.unique_items |= rules.unique_items;
    if let Some(rules) = rules.items {
        let values = match schema.additional_properties.as_deref_mut() {
            Some(Additional::Schema(values)) => Some(values),
            _ => None,
        };
        if let Some(items) = schema.items.as_deref_mut().or(values) {
            constrain(items, rules);
        }
    }
}
