//! [`Enumeration`]: types that have a few fixed values.

use std::{borrow::Cow, fmt, marker::PhantomData};

use serde::{
    de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor},
    ser::{Serialize, Serializer},
};

use super::{
    Decode,
    coerce::{self, Int},
    context::{Context, Exactness},
    issue::{ContextValue, Issue},
};

/// A fixed value on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constant {
    /// A text.
    Text(&'static str),
    /// An integer.
    Integer(i64),
    /// `true` or `false`.
    Boolean(bool),
    /// `null`.
    Null,
}

impl Serialize for Constant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Integer(value) => serializer.serialize_i64(*value),
            Self::Boolean(value) => serializer.serialize_bool(*value),
            Self::Null => serializer.serialize_unit(),
        }
    }
}

/// As Python writes it.
impl fmt::Display for Constant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "'{text}'"),
            Self::Integer(value) => write!(f, "{value}"),
            Self::Boolean(true) => f.write_str("True"),
            Self::Boolean(false) => f.write_str("False"),
            Self::Null => f.write_str("None"),
        }
    }
}

/// An enum without data: each variant is a fixed value on the wire. `#[model]` implements it.
pub trait Enumeration: Sized + 'static {
    /// The values, in the order of declaration.
    const VALUES: &'static [Constant];

    /// Whether the values stand for themselves (Python's `Literal`): then nothing is converted to them.
    const LITERAL: bool;

    /// The variant at `position` of [`VALUES`](Self::VALUES).
    fn at(position: usize) -> Option<Self>;
}

/// What the errors of a union call an enumeration: Python knows enums of texts and of integers, and literals.
#[must_use]
pub fn enumeration_label<T: Enumeration + Decode>() -> Cow<'static, str> {
    if T::LITERAL {
        let values: Vec<String> = T::VALUES.iter().map(ToString::to_string).collect();
        return Cow::Owned(format!("literal[{}]", values.join(",")));
    }
    let kind = if matches!(T::VALUES.first(), Some(Constant::Integer(_))) { "int" } else { "str" };
    Cow::Owned(format!("{kind}-enum[{}]", T::type_name()))
}

/// Reads an [`Enumeration`].
///
/// # Errors
/// Only when `source` itself is broken.
pub fn decode_enumeration<'de, T: Enumeration, D: Deserializer<'de>>(
    source: D,
    cx: &mut Context,
) -> Result<Option<T>, D::Error> {
    source.deserialize_any(ConstantVisitor { cx, of: PhantomData })
}

struct ConstantVisitor<'c, T> {
    cx: &'c mut Context,
    of: PhantomData<T>,
}

impl<T: Enumeration> ConstantVisitor<'_, T> {
    #[inline]
    fn find(self, is: impl Fn(Constant) -> bool) -> Option<T> {
        let position = T::VALUES.iter().position(|value| is(*value));
        match position.and_then(T::at) {
            Some(value) => {
                if !T::LITERAL {
                    self.cx.lower(Exactness::Lax);
                }
                Some(value)
            }
            None => self.wrong(),
        }
    }

    #[cold]
    fn wrong(self) -> Option<T> {
        self.cx.refuse(wrong(T::VALUES, T::LITERAL))
    }

    /// In Python `1`, `1.0` and `True` are equal, and literals compare.
    fn integer(self, value: i64) -> Option<T> {
        let number = Constant::Integer(value);
        let boolean = Constant::Boolean(value == 1);
        let equal = if T::LITERAL && matches!(value, 0 | 1) && !T::VALUES.contains(&number) { boolean } else { number };
        self.find(|known| known == equal)
    }
}

impl<'de, T: Enumeration> Visitor<'de> for ConstantVisitor<'_, T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("one of a few values")
    }

    fn visit_str<E>(self, text: &str) -> Result<Option<T>, E> {
        let names = |value: Constant| matches!(value, Constant::Text(name) if name == text);
        if T::LITERAL || T::VALUES.iter().any(|value| names(*value)) {
            return Ok(self.find(names));
        }
        Ok(match coerce::int(text) {
            Ok(Int::I64(value)) => self.integer(value),
            _ => self.wrong(),
        })
    }

    fn visit_i64<E>(self, value: i64) -> Result<Option<T>, E> {
        Ok(self.integer(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Option<T>, E> {
        Ok(match i64::try_from(value) {
            Ok(value) => self.integer(value),
            Err(_) => self.wrong(),
        })
    }

    fn visit_i128<E>(self, _: i128) -> Result<Option<T>, E> {
        Ok(self.wrong())
    }

    fn visit_u128<E>(self, _: u128) -> Result<Option<T>, E> {
        Ok(self.wrong())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Option<T>, E> {
        // `1.0` is 1 in Python, also as a key of an enum and in a literal.
        if value.fract() != 0.0 || value.abs() >= 9_007_199_254_740_992.0 {
            return Ok(self.wrong());
        }
        Ok(self.integer(value as i64))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Option<T>, E> {
        if !T::VALUES.contains(&Constant::Boolean(value)) {
            return Ok(self.integer(value.into()));
        }
        Ok(self.find(|known| known == Constant::Boolean(value)))
    }

    fn visit_unit<E>(self) -> Result<Option<T>, E> {
        Ok(self.find(|known| known == Constant::Null))
    }

    fn visit_none<E>(self) -> Result<Option<T>, E> {
        Ok(self.find(|known| known == Constant::Null))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Option<T>, A::Error> {
        if !self.cx.is_text() {
            while seq.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(self.wrong());
        }
        let text = super::scalar::chosen_text(&mut seq, self.cx)?;
        let mark = self.cx.mark();
        let cx = self.cx;
        let value = ConstantVisitor { cx: &mut *cx, of: PhantomData }.visit_str(&text);
        super::scalar::quote_text(cx, mark, &text);
        value
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Option<T>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(self.wrong())
    }
}

#[cold]
fn wrong(values: &[Constant], literal: bool) -> Issue {
    let expected = any_of(values);
    Issue::new(if literal { "literal_error" } else { "enum" }, format!("Input should be {expected}"))
        .with("expected", ContextValue::Text(Cow::Owned(expected)))
}

/// `'red', 'green' or 'blue'`.
fn any_of(values: &[Constant]) -> String {
    let mut text = String::new();
    for (index, value) in values.iter().enumerate() {
        let joint = match index {
            0 => "",
            _ if index + 1 == values.len() => " or ",
            _ => ", ",
        };
        text.push_str(joint);
        text.push_str(&value.to_string());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{
        Constant::{self, Boolean, Integer, Null, Text},
        any_of,
    };

    #[test]
    fn values_are_listed_as_pydantic_lists_them() {
        let table: [(&[Constant], &str); 4] = [
            (&[Text("a")], "'a'"),
            (&[Text("a"), Text("b")], "'a' or 'b'"),
            (&[Text("a"), Integer(1), Null], "'a', 1 or None"),
            (&[Boolean(true), Boolean(false)], "True or False"),
        ];
        for (values, text) in table {
            assert_eq!(any_of(values), text);
        }
    }
}
