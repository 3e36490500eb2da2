//! [`Content`]: a value of the input, buffered.

mod build;
mod deserializer;
mod key;

pub(crate) use self::deserializer::ContentRefDeserializer;
pub(super) use self::key::Key;

use std::{
    borrow::Cow,
    collections::HashMap,
    fmt::{self, Write},
    mem,
};

pub(super) use build::{Buffer, Text};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// A value of the input, buffered: to be decoded when more is known (the tag of a union), and to be quoted.
///
/// Unlike `serde_json::Value` it borrows its text from the input, keeps the order of keys, integers of any size, NaN
/// and the infinities.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Content<'de> {
    Null,
    Bool(bool),
    I64(i64),
    /// Above `i64::MAX`.
    U64(u64),
    /// An integer beyond 64 bits: its digits, with a minus if it is negative.
    BigInt(Cow<'de, str>),
    /// May be NaN or infinite: Python's JSON knows them.
    F64(f64),
    Str(Cow<'de, str>),
    Seq(Vec<Content<'de>>),
    /// In the order of the input. Made by [`Content::object`], no key comes twice.
    Map(Vec<Entry<'de>>),
}

/// What is shown instead of a secret.
pub(crate) const MASK: &str = "**********";

/// A key and its value.
pub(crate) type Entry<'de> = (Cow<'de, str>, Content<'de>);

impl<'de> Content<'de> {
    /// Reads a number by JSON's grammar; the caller has checked it.
    ///
    /// As in Python, it is an integer if it has neither fraction nor exponent (`-0` is 0), and a float that is too
    /// large is infinite.
    pub(crate) fn number(literal: Cow<'de, str>) -> Self {
        if literal.contains(['.', 'e', 'E']) {
            Self::F64(literal.parse().unwrap_or(f64::NAN))
        } else if let Ok(value) = literal.parse() {
            Self::I64(value)
        } else if let Ok(value) = literal.parse() {
            Self::U64(value)
        } else {
            Self::BigInt(literal)
        }
    }

    /// An object as Python's `dict` would hold it: of a key that comes twice, the last value counts, in the place of
    /// the first.
    pub(crate) fn object(mut entries: Vec<Entry<'de>>) -> Self {
        if has_duplicates(&entries) {
            entries = without_duplicates(entries);
        }
        Self::Map(entries)
    }

    /// The value of `key`, if this is an object that has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map(entries) => entries.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// As before, to be changed.
    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Self> {
        match self {
            Self::Map(entries) => entries.iter_mut().rev().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The element at `index`, if this is a list that has it.
    pub(crate) fn index(&self, index: usize) -> Option<&Self> {
        match self {
            Self::Seq(elements) => elements.get(index),
            _ => None,
        }
    }

    /// A copy that borrows nothing.
    pub(crate) fn to_owned_content(&self) -> Content<'static> {
        match self {
            Self::Null => Content::Null,
            Self::Bool(value) => Content::Bool(*value),
            Self::I64(value) => Content::I64(*value),
            Self::U64(value) => Content::U64(*value),
            Self::BigInt(digits) => Content::BigInt(owned(digits)),
            Self::F64(value) => Content::F64(*value),
            Self::Str(text) => Content::Str(owned(text)),
            Self::Seq(elements) => Content::Seq(elements.iter().map(Self::to_owned_content).collect()),
            Self::Map(entries) => {
                Content::Map(entries.iter().map(|(key, value)| (owned(key), value.to_owned_content())).collect())
            }
        }
    }

    /// A copy in which no value under one of these names can be read.
    #[cold]
    pub(crate) fn masked(&self, secrets: &[&str]) -> Content<'static> {
        match self {
            Self::Seq(elements) => Content::Seq(elements.iter().map(|element| element.masked(secrets)).collect()),
            Self::Map(entries) => {
                let mask = |(key, value): &Entry<'_>| match value {
                    Content::Null => (owned(key), Content::Null),
                    _ if secrets.contains(&key.as_ref()) => (owned(key), Content::Str(Cow::Borrowed(MASK))),
                    value => (owned(key), value.masked(secrets)),
                };
                Content::Map(entries.iter().map(mask).collect())
            }
            scalar => scalar.to_owned_content(),
        }
    }

    /// How many bytes of JSON this is; `None` if more than `budget`.
    ///
    /// It looks no further than the budget reaches. A caller that quotes one large value for many issues depends on
    /// that.
    pub(crate) fn quoted_len_within(&self, budget: usize) -> Option<usize> {
        let mut left = budget;
        self.charge(&mut left)?;
        Some(budget - left)
    }

    fn charge(&self, left: &mut usize) -> Option<()> {
        match self {
            Self::Null | Self::Bool(true) => take(left, 4),
            Self::Bool(false) => take(left, 5),
            Self::I64(value) => charge_number(left, value),
            Self::U64(value) => charge_number(left, value),
            Self::BigInt(digits) => take(left, digits.len()),
            Self::F64(value) if value.is_finite() => charge_number(left, value),
            Self::F64(_) => take(left, 4),
            Self::Str(text) => charge_text(left, text),
            Self::Seq(elements) => {
                take(left, 2 + elements.len().saturating_sub(1))?;
                elements.iter().try_for_each(|element| element.charge(left))
            }
            Self::Map(entries) => {
                take(left, 2 + entries.len() + entries.len().saturating_sub(1))?;
                entries.iter().try_for_each(|(key, value)| {
                    charge_text(left, key)?;
                    value.charge(left)
                })
            }
        }
    }
}

fn owned(text: &str) -> Cow<'static, str> {
    Cow::Owned(text.to_owned())
}

fn take(left: &mut usize, bytes: usize) -> Option<()> {
    *left = left.checked_sub(bytes)?;
    Some(())
}

fn charge_number(left: &mut usize, number: &dyn fmt::Debug) -> Option<()> {
    struct Charged<'a>(&'a mut usize);
    impl Write for Charged<'_> {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            take(self.0, text.len()).ok_or(fmt::Error)
        }
    }
    write!(Charged(left), "{number:?}").ok()
}

fn charge_text(left: &mut usize, text: &str) -> Option<()> {
    take(left, text.len() + 2)?;
    let escapes = text.bytes().map(|byte| match byte {
        b'"' | b'\\' | b'\n' | b'\r' | b'\t' | b'\x08' | b'\x0c' => 1,
        ..0x20 => 5,
        _ => 0,
    });
    take(left, escapes.sum())
}

/// Up to here all keys are compared with each other.
const FEW: usize = 16;

fn has_duplicates(entries: &[Entry<'_>]) -> bool {
    let mut rest = entries;
    if rest.len() > FEW {
        return positions(rest).len() < rest.len();
    }
    while let [(key, _), after @ ..] = rest {
        if after.iter().any(|(other, _)| other == key) {
            return true;
        }
        rest = after;
    }
    false
}

/// Where each key comes last.
fn positions<'a>(entries: &'a [Entry<'_>]) -> HashMap<&'a str, usize> {
    entries.iter().enumerate().map(|(position, (key, _))| (key.as_ref(), position)).collect()
}

#[cold]
fn without_duplicates<'de>(mut entries: Vec<Entry<'de>>) -> Vec<Entry<'de>> {
    let mut last = positions(&entries);
    // For each key where it comes first; the value that belongs there is taken from where the key comes last.
    let sources: Vec<Option<usize>> = entries.iter().map(|(key, _)| last.remove(key.as_ref())).collect();
    let mut values: Vec<Content<'de>> =
        entries.iter_mut().map(|(_, value)| mem::replace(value, Content::Null)).collect();
    entries
        .into_iter()
        .zip(sources)
        .filter_map(|((key, _), source)| Some((key, mem::replace(values.get_mut(source?)?, Content::Null))))
        .collect()
}

/// JSON as FastAPI writes it back: NaN and the infinities are null.
///
/// Integers are written as integers up to 128 bits (serde has no larger), beyond as floats.
impl Serialize for Content<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::I64(value) => serializer.serialize_i64(*value),
            Self::U64(value) => serializer.serialize_u64(*value),
            Self::BigInt(digits) => match Integer::of(digits) {
                Integer::I128(value) => serializer.serialize_i128(value),
                Integer::U128(value) => serializer.serialize_u128(value),
                Integer::Beyond(value) => Content::F64(value).serialize(serializer),
            },
            Self::F64(value) if value.is_finite() => serializer.serialize_f64(*value),
            Self::F64(_) => serializer.serialize_unit(),
            Self::Str(text) => serializer.serialize_str(text),
            Self::Seq(elements) => serializer.collect_seq(elements),
            Self::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

/// [`Content::BigInt`] in the terms of serde, which has no integers of more than 128 bits.
enum Integer {
    I128(i128),
    U128(u128),
    /// The nearest float, infinite where there is none.
    Beyond(f64),
}

impl Integer {
    fn of(digits: &str) -> Self {
        if let Ok(value) = digits.parse() {
            Self::I128(value)
        } else if let Ok(value) = digits.parse() {
            Self::U128(value)
        } else {
            Self::Beyond(digits.parse().unwrap_or(f64::NAN))
        }
    }
}

#[cfg(test)]
mod tests;
