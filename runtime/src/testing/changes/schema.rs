//! [`Schemas`]: whether every value of one schema is one of another, and if not, why not.

use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
};

use serde_json::Value;

use super::{
    Direction, Report,
    alternatives::{Alternative, alternatives},
    constraints,
    document::{Document, items},
    objects, shown,
};

/// What is wrong at a place of a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) subject: String,
    pub(super) what: String,
}

/// Compares the schemas of one place of two documents.
pub(super) struct Schemas<'d> {
    before: Document<'d>,
    after: Document<'d>,
    pub(super) direction: Direction,
    /// What is being compared further out: a schema that holds itself is met again there.
    open: RefCell<HashSet<(String, String)>>,
    known: RefCell<HashMap<(String, String), Vec<Fault>>>,
}

impl<'d> Schemas<'d> {
    pub(super) fn new(before: Document<'d>, after: Document<'d>, direction: Direction) -> Self {
        Self { before, after, direction, open: RefCell::default(), known: RefCell::default() }
    }

    pub(super) fn compare(&self, place: &str, before: &Value, after: &Value, report: &mut Report) {
        for Fault { subject, what } in self.faults(place, before, after) {
            report.add_at(place, subject, what);
        }
    }

    /// Why not all that was read is read, or why what is written is not as it was.
    pub(super) fn faults(&self, subject: &str, before: &Value, after: &Value) -> Vec<Fault> {
        let key = (before.to_string(), after.to_string());
        if let Some(known) = self.known.borrow().get(&key) {
            // Of what has no name the subject is the place.
            let named = |fault: &&Fault| known_name(&fault.subject, before, after);
            if known.iter().all(|fault| named(&fault)) {
                return known.clone();
            }
        }
        if !self.open.borrow_mut().insert(key.clone()) {
            return Vec::new();
        }
        let faults = self.alternatives(subject, before, after);
        self.open.borrow_mut().remove(&key);
        self.known.borrow_mut().insert(key, faults.clone());
        faults
    }

    fn alternatives(&self, subject: &str, before: &Value, after: &Value) -> Vec<Fault> {
        let before_forms = alternatives(self.before, before);
        let after_forms = alternatives(self.after, after);
        let mut faults = self.discriminators(subject, before, after);
        // Each form of these must be covered by one of those.
        let (small, large) = match self.direction {
            Direction::Read => (&before_forms, &after_forms),
            Direction::Written => (&after_forms, &before_forms),
        };
        for form in small {
            faults.extend(self.covered(subject, form, large, small.len()));
        }
        faults
    }

    fn covered(&self, subject: &str, form: &Alternative, large: &[Alternative], siblings: usize) -> Vec<Fault> {
        let mut nearest: Option<(bool, Vec<Fault>)> = None;
        let alone = siblings == 1 && large.len() == 1;
        for other in large {
            if !may_cover(form, other, alone) {
                continue;
            }
            let faults = self.pair(subject, form, other);
            if faults.is_empty() {
                return faults;
            }
            // Of one name: it is the same thing, changed.
            let same = form.name.is_some() && form.name == other.name;
            let is_nearer = nearest.as_ref().is_none_or(|(known_same, known)| {
                (same && !known_same) || (same == *known_same && faults.len() < known.len())
            });
            if is_nearer {
                nearest = Some((same, faults));
            }
        }
        match nearest {
            // What is listed value by value may be listed in several places.
            Some((false, _)) | None if self.is_listed_apart(subject, form, large) => Vec::new(),
            Some((same, faults)) if same || alone || form.name.is_none() => faults,
            _ => vec![Fault { subject: subject.to_owned(), what: self.refused(form, large, alone) }],
        }
    }

    /// A list of values, each of which some other form takes; and an open schema, each of whose types one takes.
    fn is_listed_apart(&self, subject: &str, form: &Alternative, large: &[Alternative]) -> bool {
        let parts: Vec<Alternative> = match (form.listed(), form.kind()) {
            (Some(values), _) if values.len() > 1 => values
                .iter()
                .map(|value| {
                    let mut one = form.clone();
                    one.keywords.insert("enum".to_owned(), Value::Array(vec![value.clone()]));
                    one
                })
                .collect(),
            (None, None) if large.len() > 1 => ["null", "boolean", "number", "string", "array", "object"]
                .into_iter()
                .map(|kind| {
                    let mut one = form.clone();
                    one.keywords.insert("type".to_owned(), kind.into());
                    one
                })
                .collect(),
            _ => return false,
        };
        let fits = |part: &Alternative, other: &Alternative| {
            may_cover(part, other, false) && self.pair(subject, part, other).is_empty()
        };
        parts.iter().all(|part| large.iter().any(|other| fits(part, other)))
    }

    fn refused(&self, form: &Alternative, large: &[Alternative], alone: bool) -> String {
        let words = form.words();
        match (self.direction, large) {
            (Direction::Read, [other]) if alone => format!("was {words}, is {}", other.words()),
            (Direction::Written, [other]) if alone => format!("was {}, is {words}", other.words()),
            (Direction::Read, _) => format!("{words} is not taken any more"),
            (Direction::Written, _) => format!("can be {words} now"),
        }
    }

    /// Two forms of one type.
    fn pair(&self, subject: &str, small: &Alternative, large: &Alternative) -> Vec<Fault> {
        let (before, after) = match self.direction {
            Direction::Read => (small, large),
            Direction::Written => (large, small),
        };
        let name = before.name.as_deref().or(after.name.as_deref());
        let subject = name.unwrap_or(subject);
        let mut faults = Vec::new();
        constraints::compare(self.direction, before, after, &mut |what| {
            faults.push(Fault { subject: subject.to_owned(), what });
        });
        match small.kind() {
            Some("object") => objects::compare(self, subject, before, after, &mut faults),
            Some("array") => self.arrays(subject, before, after, &mut faults),
            _ => {}
        }
        faults
    }

    fn arrays(&self, subject: &str, before: &Alternative, after: &Alternative, faults: &mut Vec<Fault>) {
        let open = Value::Bool(true);
        let first = |form: &Alternative| items(form.get("prefixItems")).count();
        let item = |form: &'_ Alternative, index: usize| -> Value {
            let listed = items(form.get("prefixItems")).nth(index);
            listed.or(form.get("items")).unwrap_or(&open).clone()
        };
        let listed = first(before).max(first(after));
        for index in 0..listed {
            faults.extend(self.faults(&format!("{subject}[{index}]"), &item(before, index), &item(after, index)));
        }
        // `false`: there are no more items.
        let (rest_before, rest_after) = (item(before, listed), item(after, listed));
        let ends = |rest: &Value, form: &Alternative| {
            *rest == Value::Bool(false)
                || form.get("maxItems").and_then(Value::as_u64).is_some_and(|most| most <= listed as u64)
        };
        let small_ends = match self.direction {
            Direction::Read => ends(&rest_before, before),
            Direction::Written => ends(&rest_after, after),
        };
        if !small_ends {
            faults.extend(self.faults(&format!("{subject}[]"), &rest_before, &rest_after));
        }
    }

    /// A union whose tag stands elsewhere.
    fn discriminators(&self, subject: &str, before: &Value, after: &Value) -> Vec<Fault> {
        let tag = |document: Document<'d>, schema: &Value| -> Option<Value> {
            let target = schema.get("$ref").and_then(Value::as_str).and_then(|pointer| document.at(pointer));
            target.unwrap_or(schema).get("discriminator")?.get("propertyName").cloned()
        };
        match (tag(self.before, before), tag(self.after, after)) {
            (Some(was), Some(is)) if was != is => {
                let what = format!("the member was told by {}, and is by {}", shown(&was), shown(&is));
                vec![Fault { subject: subject.to_owned(), what }]
            }
            _ => Vec::new(),
        }
    }
}

/// Whether a fault belongs to a component rather than to the place where it was met.
fn known_name(subject: &str, before: &Value, after: &Value) -> bool {
    let name = |schema: &Value| {
        let pointer = schema.get("$ref").and_then(Value::as_str)?;
        pointer.rsplit('/').next().map(str::to_owned)
    };
    [name(before), name(after)].into_iter().flatten().any(|name| subject.starts_with(&name))
}

/// Whether values of one form may be of the other at all; `alone`: there is no other to be of.
fn may_cover(small: &Alternative, large: &Alternative, alone: bool) -> bool {
    let kinds = match (small.kind(), large.kind()) {
        (_, None) | (Some("integer"), Some("number")) => true,
        // Values that are listed have the types that they have.
        (None, Some(_)) => small.listed().is_some(),
        (Some(left), Some(right)) => left == right,
    };
    let one_name = small.name.is_some() && small.name == large.name;
    kinds && (alone || one_name || !are_told_apart(small, large))
}

/// Members of a union with different tags have nothing to do with each other.
fn are_told_apart(small: &Alternative, large: &Alternative) -> bool {
    let mut tags = small.tags();
    tags.any(|(property, tag)| large.tags().any(|(other, value)| other == property && value != tag))
}
