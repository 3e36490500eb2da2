//! [`Field`]: a named value that a request carries, with all that was declared of it.

use serde::{Serialize, de::MapAccess};
use serde_json::Value;

use super::{
    Decode, Seed,
    context::Context,
    issue::{Issue, Segment},
    rules::Rules,
};

/// A parameter of an operation or a field of a model: name, constraints, default, documentation.
///
/// The macros declare it as a constant; nothing of it is computed per request.
#[derive(Debug, Clone, Copy)]
pub struct Field<T: 'static> {
    /// The name on the wire.
    pub name: &'static str,
    /// Declared constraints.
    pub rules: Rules,
    /// Whether there are any.
    constrained: bool,
    /// The value when none was sent.
    pub default: Option<fn() -> T>,
    /// The default as the document shows it.
    pub(crate) default_json: Option<fn(fn() -> T) -> Option<Value>>,
    /// What the document says.
    pub docs: Docs,
}

/// Documentation of a [`Field`].
#[derive(Debug, Clone, Copy)]
pub struct Docs {
    /// `title`; by default the name in words.
    pub title: Option<&'static str>,
    /// `description`, in Markdown.
    pub description: Option<&'static str>,
    /// `examples`.
    pub examples: Option<fn() -> Vec<Value>>,
    /// `deprecated`.
    pub deprecated: bool,
    /// Whether the document shows the parameter.
    pub include_in_schema: bool,
    /// The media type of a body.
    pub media_type: Option<&'static str>,
}

impl<T> Field<T> {
    /// A required value without constraints.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        let docs = Docs {
            title: None,
            description: None,
            examples: None,
            deprecated: false,
            include_in_schema: true,
            media_type: None,
        };
        Self { name, rules: Rules::NONE, constrained: false, default: None, default_json: None, docs }
    }

    /// With constraints.
    #[must_use]
    pub const fn rules(mut self, rules: Rules) -> Self {
        self.rules = rules;
        self.constrained = true;
        self
    }

    /// With a `title`.
    #[must_use]
    pub const fn title(mut self, title: &'static str) -> Self {
        self.docs.title = Some(title);
        self
    }

    /// With a `description`.
    #[must_use]
    pub const fn description(mut self, description: &'static str) -> Self {
        self.docs.description = Some(description);
        self
    }

    /// With `examples`.
    #[must_use]
    pub const fn examples(mut self, examples: fn() -> Vec<Value>) -> Self {
        self.docs.examples = Some(examples);
        self
    }

    /// Marked as deprecated.
    #[must_use]
    pub const fn deprecated(mut self) -> Self {
        self.docs.deprecated = true;
        self
    }

    /// Left out of the document.
    #[must_use]
    pub const fn hidden(mut self) -> Self {
        self.docs.include_in_schema = false;
        self
    }

    /// With the media type of a body.
    #[must_use]
    pub const fn media_type(mut self, media_type: &'static str) -> Self {
        self.docs.media_type = Some(media_type);
        self
    }
}

impl<T: Serialize> Field<T> {
    /// With a default, which the document shows.
    #[must_use]
    pub const fn default(mut self, default: fn() -> T) -> Self {
        self.default = Some(default);
        self.default_json = Some(|default| serde_json::to_value(default()).ok());
        self
    }
}

impl<T: Decode> Field<T> {
    /// The value when none was sent; `None` makes that a fault.
    #[inline]
    pub fn when_missing(&self) -> Option<T> {
        match self.default {
            Some(default) => Some(default()),
            None => T::when_missing(),
        }
    }

    /// Checks the declared constraints.
    #[inline(always)]
    pub fn check(&self, value: T, cx: &mut Context) -> Option<T> {
        (!self.constrained || value.check(&self.rules, cx)).then_some(value)
    }
}

/// A field's value while its record is being read.
#[derive(Debug, Default)]
pub enum Slot<T> {
    /// Not met yet.
    #[default]
    Absent,
    /// Met, and wrong.
    Faulty,
    /// Read.
    Value(T),
}

impl<T: Decode> Slot<T> {
    /// Reads the value that `map` offers. `start` is the mark at which the record began.
    ///
    /// # Errors
    /// Only when the input itself is broken.
    #[inline]
    pub fn read<'de, A: MapAccess<'de>>(
        &mut self,
        field: &Field<T>,
        map: &mut A,
        cx: &mut Context,
        start: usize,
    ) -> Result<(), A::Error> {
        if !matches!(self, Self::Absent) {
            // The same key again: the last one counts, as in Python.
            cx.forget(start, field.name);
            // Now it is empty on both ways: assigning to it below has nothing to drop.
            *self = Self::Absent;
        }
        let mark = cx.mark();
        let value = map.next_value_seed(Seed::<T>::new(cx))?;
        *self = match value.and_then(|value| field.check(value, cx)) {
            Some(value) => Self::Value(value),
            None => Self::Faulty,
        };
        cx.locate(mark, || Segment::from(field.name));
        Ok(())
    }

    /// The value, its default, or the fault that it is missing.
    #[inline]
    pub fn finish(self, field: &Field<T>, cx: &mut Context) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Faulty => None,
            Self::Absent => field.when_missing().or_else(|| cx.refuse(Issue::missing(field.name))),
        }
    }
}
