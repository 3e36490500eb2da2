//! [`Enumeration`]: enums whose variants are names.

use std::{borrow::Cow, fmt::Write};

use serde::de::Deserializer;

use super::{
    context::Context,
    issue::{ContextValue, Issue},
    scalar::{Scalar, decode_scalar},
};

/// An enum without data: each variant is a text on the wire. `#[model]` implements it.
pub trait Enumeration: Sized + 'static {
    /// The texts, in the order of declaration.
    const NAMES: &'static [&'static str];

    /// The variant at `position` of [`NAMES`](Self::NAMES).
    fn at(position: usize) -> Option<Self>;
}

/// Reads an [`Enumeration`].
///
/// # Errors
/// Only when `source` itself is broken.
pub fn decode_enumeration<'de, T: Enumeration, D: Deserializer<'de>>(
    source: D,
    cx: &mut Context,
) -> Result<Option<T>, D::Error> {
    Ok(decode_scalar::<Named<T>, D>(source, cx)?.map(|Named(value)| value))
}

struct Named<T>(T);

impl<T: Enumeration> Scalar for Named<T> {
    fn wrong() -> Issue {
        let expected = any_of(T::NAMES);
        Issue::new("enum", format!("Input should be {expected}"))
            .with("expected", ContextValue::Text(Cow::Owned(expected)))
    }

    fn from_text(text: &str, cx: &mut Context) -> Option<Self> {
        let position = T::NAMES.iter().position(|name| *name == text);
        match position.and_then(T::at) {
            Some(value) => Some(Self(value)),
            None => cx.refuse(Self::wrong()),
        }
    }
}

/// `'red', 'green' or 'blue'`.
fn any_of(names: &[&str]) -> String {
    let mut text = String::new();
    for (index, name) in names.iter().enumerate() {
        let joint = match index {
            0 => "",
            _ if index + 1 == names.len() => " or ",
            _ => ", ",
        };
        let _ = write!(text, "{joint}'{name}'");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::any_of;

    #[test]
    fn names_are_listed_as_pydantic_lists_them() {
        let table: [(&[&str], &str); 3] =
            [(&["a"], "'a'"), (&["a", "b"], "'a' or 'b'"), (&["a", "b", "c"], "'a', 'b' or 'c'")];
        for (names, text) in table {
            assert_eq!(any_of(names), text);
        }
    }
}
