//! [`Issue`]: one fault of a request, as the 422 answer lists it.

use std::borrow::Cow;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::content::Content;

/// One fault: what is wrong, where, and with which input.
///
/// It is written as FastAPI writes it: `{"type","loc","msg","input","ctx"}`.
#[derive(Debug, Clone)]
pub struct Issue {
    pub(crate) kind: &'static str,
    pub(crate) message: Cow<'static, str>,
    /// From the value outwards while the walk unwinds; [`Issue::finish`] turns it round.
    pub(crate) location: Vec<Segment>,
    pub(crate) input: Input,
    pub(crate) context: Vec<(&'static str, ContextValue)>,
}

/// One step of a location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// A field, a parameter, a key.
    Key(Cow<'static, str>),
    /// An element of a list.
    Index(usize),
    /// A step that the input does not have: the tag of a union, the name of its member.
    Label(Cow<'static, str>),
}

/// What the answer quotes.
#[derive(Debug, Clone)]
pub(crate) enum Input {
    /// The value at the location; it is looked up when the answer is made.
    Here,
    /// The object around the location: a field is missing from it.
    Parent,
    /// Looked up.
    Known(Content<'static>),
}

/// A value of `ctx`.
#[derive(Debug, Clone)]
pub(crate) enum ContextValue {
    Text(Cow<'static, str>),
    Integer(i128),
    Float(f64),
    Null,
    /// `{}`: what is left of a Python exception in JSON.
    Object,
}

impl Issue {
    /// A fault of the value that is being read.
    #[must_use]
    pub fn new(kind: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self { kind, message: message.into(), location: Vec::new(), input: Input::Here, context: Vec::new() }
    }

    /// The field `name` was not sent.
    pub(crate) fn missing(name: impl Into<Cow<'static, str>>) -> Self {
        Self {
            location: vec![Segment::Key(name.into())],
            input: Input::Parent,
            ..Self::new("missing", "Field required")
        }
    }

    /// A fault that a parser explains: its words end the message and are `ctx.error`.
    #[cold]
    #[allow(dead_code, reason = "only types behind features have such parsers")]
    pub(crate) fn explained(kind: &'static str, message: &str, reason: impl std::fmt::Display) -> Self {
        let reason = reason.to_string();
        Self::new(kind, format!("{message}, {reason}")).with("error", ContextValue::Text(Cow::Owned(reason)))
    }

    /// The input is what is around the place: something is missing from it.
    pub(crate) fn of_parent(mut self) -> Self {
        self.input = Input::Parent;
        self
    }

    pub(crate) fn with(mut self, key: &'static str, value: ContextValue) -> Self {
        self.context.push((key, value));
        self
    }

    /// Says where the fault is, from the place (`body`, `query` …) inwards; for faults that an operation finds itself.
    ///
    /// ```
    /// use versify::{decode::Issue, prelude::*};
    ///
    /// fn check(columns: &[&str]) -> Result<()> {
    ///     let unknown = columns.iter().position(|column| *column == "prize");
    ///     match unknown {
    ///         None => Ok(()),
    ///         Some(index) => {
    ///             let issue = Issue::new("unknown_column", "There is no column `prize`")
    ///                 .at(["body".into(), "columns".into(), index.into()])
    ///                 .with_input("prize");
    ///             Err(HttpError::invalid(vec![issue]))
    ///         }
    ///     }
    /// }
    ///
    /// assert_eq!(check(&["price", "prize"]).unwrap_err().status(), 422);
    /// ```
    #[must_use]
    pub fn at(mut self, location: impl IntoIterator<Item = Segment>) -> Self {
        self.location = location.into_iter().collect();
        self
    }

    /// Quotes the input.
    #[must_use]
    pub fn with_input(mut self, input: impl Into<serde_json::Value>) -> Self {
        self.quote(input.into());
        self
    }

    pub(crate) fn quote(&mut self, input: serde_json::Value) {
        let text = input.to_string();
        self.input = Input::Known(
            serde_json::from_str::<Content<'_>>(&text).map_or(Content::Null, |input| input.to_owned_content()),
        );
    }

    /// Quotes a text as the value that it stands for.
    pub(crate) fn requote(&mut self, value: impl Fn(&str) -> Option<serde_json::Value>) {
        if let Input::Known(Content::Str(text)) = &self.input
            && let Some(value) = value(text)
        {
            self.quote(value);
        }
    }

    /// A machine-readable name of the fault, such as `string_too_short`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// A sentence for people.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Where the fault is, from the place (`body`, `query` …) inwards.
    #[must_use]
    pub fn location(&self) -> &[Segment] {
        &self.location
    }

    /// Whether the value is a secret.
    #[cfg(feature = "settings")]
    pub(crate) fn is_masked(&self) -> bool {
        matches!(&self.input, Input::Known(Content::Str(text)) if text == super::MASK)
    }

    /// Whether its words are those of a parser or of a validator.
    #[cfg(feature = "settings")]
    pub(crate) fn is_explained(&self) -> bool {
        self.context.iter().any(|(key, _)| *key == "error")
    }

    /// Looks up the input below `root`, turns the location round and puts `prefix` before it.
    pub(crate) fn finish(&mut self, prefix: &[Segment], root: &Content<'_>, budget: &mut usize) {
        self.quote_from(root, budget);
        self.location.reverse();
        self.location.splice(0..0, prefix.iter().cloned());
    }

    /// Looks up the input below `root`, unless it is known.
    pub(crate) fn quote_from(&mut self, root: &Content<'_>, budget: &mut usize) {
        if !matches!(self.input, Input::Known(_)) {
            let parent = usize::from(matches!(self.input, Input::Parent));
            let found = self.location.iter().skip(parent).rev().try_fold(root, |value, step| match step {
                Segment::Key(key) => value.get(key),
                Segment::Index(index) => value.index(*index),
                Segment::Label(_) => Some(value),
            });
            let quoted = found.filter(|value| match value.quoted_len_within(*budget) {
                Some(len) => {
                    *budget = budget.saturating_sub(len);
                    true
                }
                None => false,
            });
            self.input = Input::Known(quoted.map_or(Content::Null, Content::to_owned_content));
        }
    }
}

impl From<&'static str> for Segment {
    fn from(key: &'static str) -> Self {
        Self::Key(Cow::Borrowed(key))
    }
}

impl From<String> for Segment {
    fn from(key: String) -> Self {
        Self::Key(Cow::Owned(key))
    }
}

impl From<usize> for Segment {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

impl Serialize for Segment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Key(text) | Self::Label(text) => serializer.serialize_str(text),
            Self::Index(index) => serializer.serialize_u64(*index as u64),
        }
    }
}

impl Serialize for ContextValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Integer(number) => serializer.serialize_i128(*number),
            Self::Float(number) => serializer.serialize_f64(*number),
            Self::Null => serializer.serialize_unit(),
            Self::Object => serializer.serialize_map(Some(0))?.end(),
        }
    }
}

impl Serialize for Issue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct Context<'a>(&'a [(&'static str, ContextValue)]);
        impl Serialize for Context<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
            }
        }
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", self.kind)?;
        map.serialize_entry("loc", &self.location)?;
        map.serialize_entry("msg", &self.message)?;
        match &self.input {
            Input::Known(value) => map.serialize_entry("input", value)?,
            Input::Here | Input::Parent => map.serialize_entry("input", &())?,
        }
        if !self.context.is_empty() {
            map.serialize_entry("ctx", &Context(&self.context))?;
        }
        map.end()
    }
}
