//! Objects: their properties, and which of them are there.
//!
//! By the letter of JSON Schema a property that nobody declares may be anything. Clients count on what is declared: so a
//! property that is new is no change to them, and one that is gone is.

use serde_json::Value;

use super::{
    Direction,
    alternatives::Alternative,
    document::{entries, is_set, items},
    schema::{Fault, Schemas},
};

pub(super) fn compare(
    schemas: &Schemas<'_>,
    subject: &str,
    before: &Alternative,
    after: &Alternative,
    faults: &mut Vec<Fault>,
) {
    let direction = schemas.direction;
    let mut fault = |name: &str, what: &str| {
        faults.push(Fault { subject: format!("{subject}.{name}"), what: what.to_owned() });
    };
    let is_required = |form: &Alternative, name: &str| items(form.get("required")).any(|known| known == name);
    let mut pairs = Vec::new();
    for (name, was) in properties(direction, before) {
        match property(direction, after, name) {
            Some(is) => {
                let (required, now) = (is_required(before, name), is_required(after, name));
                match direction {
                    Direction::Read if now && !required => fault(name, "is required now"),
                    Direction::Written if required && !now => fault(name, "is not always there any more"),
                    _ => {}
                }
                pairs.push((format!("{subject}.{name}"), was.clone(), is.clone()));
            }
            None => match others(after) {
                // It is one of those that need no name.
                Some(is) => pairs.push((format!("{subject}.{name}"), was.clone(), is.clone())),
                None => fault(name, "removed"),
            },
        }
    }
    for (name, is) in properties(direction, after) {
        if property(direction, before, name).is_some() {
            continue;
        }
        if direction == Direction::Read && is_required(after, name) {
            fault(name, "new, and required");
        }
        if let Some(was @ Value::Object(_)) = others(before) {
            pairs.push((format!("{subject}.{name}"), was.clone(), is.clone()));
        }
    }
    // Required without being declared.
    for name in items(after.get("required")).filter_map(Value::as_str) {
        let declared = property(direction, after, name).is_some() || property(direction, before, name).is_some();
        if direction == Direction::Read && !declared && !is_required(before, name) && !is_hidden(direction, after, name)
        {
            fault(name, "is required now");
        }
    }
    for (place, was, is) in pairs {
        faults.extend(schemas.faults(&place, &was, &is));
    }
    undeclared(schemas, subject, before, after, faults);
}

fn undeclared(
    schemas: &Schemas<'_>,
    subject: &str,
    before: &Alternative,
    after: &Alternative,
    faults: &mut Vec<Fault>,
) {
    let said = |form: &Alternative| form.get("additionalProperties").cloned();
    match (schemas.direction, said(before), said(after)) {
        (Direction::Read, was, Some(Value::Bool(false))) if was != Some(Value::Bool(false)) => {
            faults.push(Fault { subject: subject.to_owned(), what: "undeclared fields are refused now".to_owned() });
        }
        (_, Some(was @ Value::Object(_)), Some(is @ (Value::Object(_) | Value::Bool(true)))) => {
            faults.extend(schemas.faults(&format!("{subject}{{}}"), &was, &is));
        }
        (Direction::Read, was, Some(is @ Value::Object(_))) if was != Some(Value::Bool(false)) => {
            faults.extend(schemas.faults(&format!("{subject}{{}}"), &Value::Bool(true), &is));
        }
        (Direction::Written, Some(was @ Value::Object(_)), None) => {
            faults.extend(schemas.faults(&format!("{subject}{{}}"), &was, &Value::Bool(true)));
        }
        _ => {}
    }
    if let (was, Some(is)) = (before.get("propertyNames"), after.get("propertyNames"))
        && was != Some(is)
    {
        let was = was.cloned().unwrap_or_else(|| serde_json::json!({"type": "string"}));
        faults.extend(schemas.faults(&format!("{subject}, names of fields"), &was, is));
    }
}

/// What undeclared fields are, if they are kept: of models that ignore them nothing is said.
fn others(form: &Alternative) -> Option<&Value> {
    form.get("additionalProperties").filter(|others| **others != Value::Bool(false))
}

/// The properties that are there in this direction.
fn properties(direction: Direction, form: &Alternative) -> impl Iterator<Item = (&String, &Value)> {
    entries(form.get("properties")).filter(move |(_, schema)| !hidden(direction, schema))
}

fn property<'f>(direction: Direction, form: &'f Alternative, name: &str) -> Option<&'f Value> {
    form.get("properties")?.get(name).filter(|schema| !hidden(direction, schema))
}

fn is_hidden(direction: Direction, form: &Alternative, name: &str) -> bool {
    form.get("properties").and_then(|all| all.get(name)).is_some_and(|schema| hidden(direction, schema))
}

fn hidden(direction: Direction, schema: &Value) -> bool {
    match direction {
        Direction::Read => is_set(schema, "readOnly"),
        Direction::Written => is_set(schema, "writeOnly"),
    }
}
