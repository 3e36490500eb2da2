//! [`Node`]: a piece of the document, with its keys in the order in which they were put.

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::Schema;
use crate::decode::Content;

#[derive(Debug, Clone)]
pub(super) enum Node {
    Value(Value),
    Content(Content<'static>),
    Schema(Box<Schema>),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl Node {
    pub(super) fn object() -> Self {
        Self::Object(Vec::new())
    }

    /// Whatever serde writes, in its own order.
    pub(super) fn raw(value: impl Serialize) -> Self {
        let text = serde_json::to_string(&value).unwrap_or_default();
        match serde_json::from_str::<Content<'_>>(&text) {
            Ok(content) => Self::Content(content.to_owned_content()),
            Err(_) => Self::object(),
        }
    }

    /// Whatever serde writes, with its keys sorted.
    pub(super) fn of(value: impl Serialize) -> Self {
        Self::Value(serde_json::to_value(value).unwrap_or_default())
    }

    #[must_use]
    pub(super) fn with(mut self, key: impl Into<String>, value: impl Into<Self>) -> Self {
        self.put(key, value);
        self
    }

    pub(super) fn put(&mut self, key: impl Into<String>, value: impl Into<Self>) {
        if let Self::Object(entries) = self {
            entries.push((key.into(), value.into()));
        }
    }

    /// Puts `value` in the place of what is under `key`, if something is.
    pub(super) fn set(&mut self, key: String, value: Self) {
        if let Self::Object(entries) = self {
            match entries.iter_mut().find(|(known, _)| *known == key) {
                Some((_, known)) => *known = value,
                None => entries.push((key, value)),
            }
        }
    }

    /// Puts `value` under `key`, unless something is there.
    pub(super) fn keep(&mut self, key: String, value: Self) {
        if let Self::Object(entries) = self
            && !entries.iter().any(|(known, _)| *known == key)
        {
            entries.push((key, value));
        }
    }

    /// The object under `key`, which is made if it is not there.
    pub(super) fn entry(&mut self, key: &str) -> Option<&mut Self> {
        let Self::Object(entries) = self else { return None };
        let index = match entries.iter().position(|(known, _)| known == key) {
            Some(index) => index,
            None => {
                entries.push((key.to_owned(), Self::object()));
                entries.len() - 1
            }
        };
        entries.get_mut(index).map(|(_, node)| node)
    }

    /// Puts `other` over this, as FastAPI does with `openapi_extra`: objects are merged, lists joined.
    pub(super) fn merge(&mut self, other: Value) {
        let Value::Object(other) = other else {
            *self = Self::Value(other);
            return;
        };
        if !matches!(self, Self::Object(_)) {
            *self = self.opened();
        }
        let Self::Object(entries) = self else {
            *self = Self::Value(Value::Object(other));
            return;
        };
        for (key, value) in other {
            match entries.iter_mut().find(|(known, _)| *known == key) {
                Some((_, known)) => known.merge_value(value),
                None => entries.push((key, Self::Value(value))),
            }
        }
    }

    fn merge_value(&mut self, value: Value) {
        match value {
            Value::Object(_) if self.is_object() => self.merge(value),
            Value::Array(values) => match self.opened() {
                Self::List(mut nodes) => {
                    nodes.extend(values.into_iter().map(Self::Value));
                    *self = Self::List(nodes);
                }
                _ => *self = Self::Value(Value::Array(values)),
            },
            value => *self = Self::Value(value),
        }
    }

    fn is_object(&self) -> bool {
        matches!(self.opened(), Self::Object(_))
    }

    /// An object or a list as one whose parts can be changed.
    fn opened(&self) -> Self {
        match Self::raw(self) {
            Self::Content(Content::Map(entries)) => {
                Self::Object(entries.into_iter().map(|(key, value)| (key.into_owned(), Self::Content(value))).collect())
            }
            Self::Content(Content::Seq(values)) => Self::List(values.into_iter().map(Self::Content).collect()),
            other => other,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Self::Object(entries) if entries.is_empty())
    }
}

impl From<Schema> for Node {
    fn from(schema: Schema) -> Self {
        Self::Schema(Box::new(schema))
    }
}

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Self::Value(text.into())
    }
}

impl From<String> for Node {
    fn from(text: String) -> Self {
        Self::Value(text.into())
    }
}

impl From<bool> for Node {
    fn from(value: bool) -> Self {
        Self::Value(value.into())
    }
}

impl From<Vec<Value>> for Node {
    fn from(values: Vec<Value>) -> Self {
        Self::Value(values.into())
    }
}

impl From<Vec<Node>> for Node {
    fn from(nodes: Vec<Node>) -> Self {
        Self::List(nodes)
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Value(value) => value.serialize(serializer),
            Self::Content(content) => content.serialize(serializer),
            Self::Schema(schema) => schema.serialize(serializer),
            Self::List(nodes) => nodes.serialize(serializer),
            Self::Object(entries) => serializer.collect_map(entries.iter().map(|(key, node)| (key, node))),
        }
    }
}
