//! What of a new document breaks the clients of an old one.
//!
//! What requests hold may become wider, what answers hold may become narrower. All is one question, asked in both
//! directions: is every value of this schema one of that schema, too? See [`schema`].

mod alternatives;
mod constraints;
mod document;
mod objects;
mod operation;
mod schema;
mod security;
#[cfg(test)]
mod tests;

use std::fmt;

use serde_json::Value;

use self::{document::Document, operation::Operations};

/// A change by which some client breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What has changed: an operation, a part of one, or a component and its field, such as `Item.price`.
    pub subject: String,
    /// What has become of it.
    pub what: String,
    /// The operations that are concerned, where the subject is no operation itself.
    pub used_by: Vec<String>,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.subject, self.what)?;
        self.used_by.iter().try_for_each(|place| write!(f, "\n   in {place}"))
    }
}

/// The changes from one OpenAPI document to another by which a client breaks; none, if all that worked still works.
///
/// ```
/// use versify::{json, testing::breaking_changes};
///
/// let answers = json!({"responses": {"200": {"description": "ok"}}});
/// let before = json!({"openapi": "3.1.0", "paths": {"/": {"get": answers}, "/old": {"get": answers}}});
/// let after = json!({"openapi": "3.1.0", "paths": {"/": {"get": answers}, "/new": {"get": answers}}});
/// let changes = breaking_changes(&before, &after);
/// assert_eq!(changes.len(), 1);
/// assert_eq!(changes[0].to_string(), "GET /old: removed");
/// ```
#[must_use]
pub fn breaking_changes(before: &Value, after: &Value) -> Vec<Change> {
    let (before, after) = (Document::new(before), Document::new(after));
    let mut report = Report::default();
    security::servers(before, after, &mut report);
    Operations { before, after, side: Side::Service }.compare(&mut report);
    security::schemes(before, after, &mut report);
    report.0
}

/// Who reads what is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Direction {
    /// The app reads it: it must go on to take all that it took.
    Read,
    /// The client reads it: it must not meet what it never met.
    Written,
}

/// Who serves an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    /// The app.
    Service,
    /// The client: a callback, or a webhook.
    Client,
}

impl Side {
    fn requests(self) -> Direction {
        match self {
            Self::Service => Direction::Read,
            Self::Client => Direction::Written,
        }
    }

    fn answers(self) -> Direction {
        match self {
            Self::Service => Direction::Written,
            Self::Client => Direction::Read,
        }
    }
}

/// What was found: each change once.
#[derive(Debug, Default)]
struct Report(Vec<Change>);

impl Report {
    fn add(&mut self, subject: impl Into<String>, what: impl Into<String>) {
        self.0.push(Change { subject: subject.into(), what: what.into(), used_by: Vec::new() });
    }

    /// A change of a component is told once, with all the places that use it.
    fn add_at(&mut self, place: &str, subject: String, what: String) {
        let used_by = (!subject.starts_with(place)).then(|| place.to_owned());
        match self.0.iter_mut().find(|known| known.subject == subject && known.what == what) {
            Some(known) => {
                let new = used_by.filter(|place| !known.used_by.contains(place));
                known.used_by.extend(new);
            }
            None => self.0.push(Change { subject, what, used_by: used_by.into_iter().collect() }),
        }
    }
}

/// A value as messages show it.
fn shown(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// `a` becomes `b`; nothing is `none`.
fn became(keyword: &str, before: Option<String>, after: Option<String>) -> String {
    let none = || "none".to_owned();
    format!("{keyword} was {}, is {}", before.unwrap_or_else(none), after.unwrap_or_else(none))
}
