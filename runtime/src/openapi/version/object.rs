//! Objects of a document, changed in place: their keys keep their order.

use std::borrow::Cow;

use crate::decode::Content;

pub(super) fn text(text: impl Into<Cow<'static, str>>) -> Content<'static> {
    Content::Str(text.into())
}

impl From<&'static str> for Content<'_> {
    fn from(text: &'static str) -> Self {
        Self::Str(Cow::Borrowed(text))
    }
}

impl From<bool> for Content<'_> {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

/// Puts `value` under `key`: in the place of what is there, or at the end.
pub(super) fn put<'d>(object: &mut Content<'d>, key: &'static str, value: impl Into<Content<'d>>) {
    let value = value.into();
    if let Some(old) = object.get_mut(key) {
        *old = value;
    } else if let Content::Map(entries) = object {
        entries.push((Cow::Borrowed(key), value));
    }
}

/// Takes out what is under `key`.
pub(super) fn take<'d>(object: &mut Content<'d>, key: &str) -> Option<Content<'d>> {
    let Content::Map(entries) = object else { return None };
    let index = entries.iter().position(|(name, _)| name == key)?;
    Some(entries.remove(index).1)
}

/// Puts `entries` where `key` is, which goes.
pub(super) fn replace<'d>(object: &mut Content<'d>, key: &str, with: Vec<(Cow<'d, str>, Content<'d>)>) {
    let Content::Map(entries) = object else { return };
    if let Some(index) = entries.iter().position(|(name, _)| name == key) {
        entries.splice(index..=index, with);
    }
}

/// Keeps only what `keep` says yes to.
pub(super) fn retain(object: &mut Content<'_>, keep: impl Fn(&str) -> bool) {
    if let Content::Map(entries) = object {
        entries.retain(|(key, _)| keep(key));
    }
}
