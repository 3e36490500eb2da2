//! How a field is read: its value is checked, and what is missing is its default.

use std::borrow::Cow;

use super::Field;
use crate::decode::{
    Decode,
    context::Context,
    issue::{ContextValue, Issue, Segment},
};

impl<T> Field<T> {
    /// The value of a field that is not read.
    #[inline]
    #[must_use]
    pub fn unread(&self) -> Option<T> {
        self.default.map(|default| default())
    }
}

impl<T: Decode> Field<T> {
    /// No answer may quote a secret, not even within the object around it.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn keep_secret(&self, cx: &mut Context) {
        if T::SECRET {
            cx.keep_secret(self.aliases.iter().copied().chain([self.name]));
        }
    }

    /// The value when none was sent; `None` makes that a fault.
    #[inline]
    pub fn when_missing(&self) -> Option<T> {
        match self.default {
            Some(default) => Some(default()),
            None if self.required => None,
            None => T::when_missing(),
        }
    }

    /// The value when none was sent, or the fault: that it is missing, or that the default itself is wrong.
    #[inline]
    pub(crate) fn missing(&self, cx: &mut Context) -> Option<T> {
        let mark = cx.mark();
        match self.default_value(cx) {
            Some(value) => {
                if cx.mark() != mark {
                    let name = self.name_on_the_wire(cx);
                    cx.locate(mark, || Segment::Key(name));
                }
                value
            }
            None => cx.refuse(Issue::missing(self.name_on_the_wire(cx))),
        }
    }

    /// The value when none was sent, if there is one; within, `None` if it was validated and is wrong.
    #[inline]
    pub(crate) fn default_value(&self, cx: &mut Context) -> Option<Option<T>> {
        let value = self.when_missing()?;
        Some(if self.validates_default { self.check_default(value, cx) } else { Some(value) })
    }

    #[cold]
    fn check_default(&self, value: T, cx: &mut Context) -> Option<T> {
        let mark = cx.mark();
        let shown = self.default_json.zip(self.default).and_then(|(to_json, default)| to_json(default));
        let value = self.check(value, cx);
        for issue in cx.since(mark) {
            issue.quote(shown.clone().unwrap_or_default());
        }
        value
    }

    /// This under the first of its names that is `known`.
    pub(crate) fn among(&self, known: &[String]) -> Option<Self> {
        let mut names = std::iter::once(&self.name).chain(self.aliases);
        let name = names.find(|name| known.iter().any(|known| known == **name))?;
        Some(Self { name, aliases: &[], ..*self })
    }

    pub(crate) const fn is_required(&self) -> bool {
        self.required
    }

    pub(crate) const fn converts_underscores(&self) -> bool {
        !self.keeps_underscores
    }

    /// Reads the value and checks it; `read` is the walk over it.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn decode<E>(
        &self,
        cx: &mut Context,
        read: impl FnOnce(&mut Context) -> Result<Option<T>, E>,
    ) -> Result<Option<T>, E> {
        let value = if self.demanding { self.decode_demanding(cx, read) } else { read(cx) }?;
        Ok(value.and_then(|value| self.check(value, cx)))
    }

    #[cold]
    fn decode_demanding<E>(
        &self,
        cx: &mut Context,
        read: impl FnOnce(&mut Context) -> Result<Option<T>, E>,
    ) -> Result<Option<T>, E> {
        let outer = std::mem::replace(&mut cx.demands, self.demands);
        cx.demands.strict |= outer.strict;
        let value = read(cx);
        cx.demands = outer;
        value
    }

    /// Checks the declared constraints, and then what the validator says.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn check(&self, value: T, cx: &mut Context) -> Option<T> {
        (!self.checked || self.is_valid(&value, cx)).then_some(value)
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn is_valid(&self, value: &T, cx: &mut Context) -> bool {
        value.check(&self.rules, cx)
            && (self.repeats.is_none_or(|repeats| !repeats(value)) || repeated(cx))
            && self.validator.is_none_or(|validator| accepted(validator(value), cx))
    }

    /// Says of the issues since `mark` that they are the field's.
    #[cold]
    pub(in crate::decode) fn locate(&self, cx: &mut Context, mark: usize) {
        let name = self.name_on_the_wire(cx);
        cx.locate(mark, || Segment::Key(name));
    }

    /// The name as requests write it.
    #[cold]
    fn name_on_the_wire(&self, cx: &Context) -> Cow<'static, str> {
        hyphened(self.name, cx.hyphens && !self.aliased)
    }

    /// One of its other names, as requests write it.
    #[cold]
    pub(in crate::decode) fn alias_on_the_wire(&self, index: usize, cx: &Context) -> Option<Cow<'static, str>> {
        let own = self.by_name && index + 1 == self.aliases.len();
        self.aliases.get(index).map(|alias| hyphened(alias, cx.hyphens && own))
    }
}

/// Underscores are hyphens in the names of header fields.
fn hyphened(name: &'static str, hyphens: bool) -> Cow<'static, str> {
    if hyphens && name.contains('_') { Cow::Owned(name.replace('_', "-")) } else { Cow::Borrowed(name) }
}

#[cold]
fn repeated(cx: &mut Context) -> bool {
    cx.report(Issue::new("unique_items", "List should have unique items"));
    false
}

/// Reports what a validator says, as Pydantic reports a `ValueError`.
pub fn accepted(said: Result<(), String>, cx: &mut Context) -> bool {
    match said {
        Ok(()) => true,
        Err(text) => {
            let issue = Issue::new("value_error", format!("Value error, {text}"));
            cx.report(issue.with("error", ContextValue::Object));
            false
        }
    }
}
