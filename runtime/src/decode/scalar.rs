//! [`Scalar`]: values without parts, and the one visitor that reads them all.

use std::{borrow::Cow, fmt, marker::PhantomData};

use bytes::Bytes;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{
    content::Content,
    context::{Context, Exactness, Mode},
    form::{bytes_of, stands_for_bytes},
    issue::{Input, Issue},
};

/// Kinds of input, as JSON tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inputs(u8);

impl Inputs {
    /// None.
    pub const NONE: Self = Self(0);
    /// Text.
    pub const TEXT: Self = Self(1);
    /// Integers.
    pub const INTEGER: Self = Self(2);
    /// Numbers with a fraction or an exponent.
    pub const FLOAT: Self = Self(4);
    /// `true` and `false`.
    pub const BOOLEAN: Self = Self(8);

    /// These and others.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all of `other` are among these.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// A value without parts. Each method is one kind of input; what a type does not accept is its own fault.
///
/// ```
/// use versify::decode::{Context, Issue, Scalar};
///
/// struct Sku(String);
///
/// impl Scalar for Sku {
///     fn wrong() -> Issue {
///         Issue::new("string_type", "Input should be a valid string")
///     }
///     fn from_text(text: &str, cx: &mut Context) -> Option<Self> {
///         match text.split_once('-') {
///             Some(_) => Some(Self(text.to_owned())),
///             None => cx.refuse(Issue::new("sku", "An SKU looks like ABC-123")),
///         }
///     }
/// }
/// ```
pub trait Scalar: Sized {
    /// The input that is this type as it stands. All other input is a conversion, which strict mode refuses, and
    /// which makes a member of an untagged union the lesser choice.
    const EXACT: Inputs = Inputs::TEXT;

    /// The input that strict mode takes.
    const STRICT: Inputs = Self::EXACT;

    /// The fault of input of another kind.
    fn wrong() -> Issue;

    /// From text: a JSON string, a parameter.
    #[inline]
    fn from_text(_text: &str, cx: &mut Context) -> Option<Self> {
        cx.refuse(Self::wrong())
    }

    /// From an integer.
    #[inline]
    fn from_i64(_value: i64, cx: &mut Context) -> Option<Self> {
        cx.refuse(Self::wrong())
    }

    /// From an integer above `i64::MAX`, and from any that the input gives as unsigned.
    #[inline]
    fn from_u64(value: u64, cx: &mut Context) -> Option<Self> {
        match i64::try_from(value) {
            Ok(value) => Self::from_i64(value, cx),
            Err(_) => Self::from_i128(value.into(), cx),
        }
    }

    /// From an integer beyond 64 bits.
    #[cold]
    fn from_i128(value: i128, cx: &mut Context) -> Option<Self> {
        Self::from_f64(value as f64, cx)
    }

    /// From an integer above `i128::MAX`.
    #[cold]
    fn from_u128(value: u128, cx: &mut Context) -> Option<Self> {
        Self::from_f64(value as f64, cx)
    }

    /// From a number with a fraction or exponent, or beyond all integers.
    #[inline]
    fn from_f64(_value: f64, cx: &mut Context) -> Option<Self> {
        cx.refuse(Self::wrong())
    }

    /// From `true` or `false`.
    #[inline]
    fn from_bool(_value: bool, cx: &mut Context) -> Option<Self> {
        cx.refuse(Self::wrong())
    }

    /// From the bytes of a file that was sent in a form.
    #[cold]
    fn from_bytes(_bytes: Bytes, cx: &mut Context) -> Option<Self> {
        cx.refuse(Self::wrong())
    }

    /// From `null`.
    #[inline]
    fn from_null(cx: &mut Context) -> Option<Self> {
        cx.refuse(Self::wrong())
    }
}

/// Reads a [`Scalar`]: what `Decode::decode` of such a type calls.
///
/// # Errors
/// Only when `source` itself is broken.
#[inline]
pub fn decode_scalar<'de, T: Scalar, D: Deserializer<'de>>(source: D, cx: &mut Context) -> Result<Option<T>, D::Error> {
    source.deserialize_any(ScalarVisitor { cx, of: PhantomData })
}

struct ScalarVisitor<'c, T> {
    cx: &'c mut Context,
    of: PhantomData<T>,
}

impl<T: Scalar> ScalarVisitor<'_, T> {
    /// Whether input of this kind is taken.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn admits(&mut self, input: Inputs) -> bool {
        T::EXACT.contains(input) || self.converts(input)
    }

    fn converts(&mut self, input: Inputs) -> bool {
        let strict = T::STRICT.contains(input);
        if self.cx.demands.strict && !strict {
            self.cx.report(T::wrong());
            return false;
        }
        self.cx.lower(if strict { Exactness::Strict } else { Exactness::Lax });
        true
    }
}

impl<'de, T: Scalar> Visitor<'de> for ScalarVisitor<'_, T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a scalar")
    }

    #[inline]
    fn visit_bool<E>(mut self, value: bool) -> Result<Option<T>, E> {
        Ok(if self.admits(Inputs::BOOLEAN) { T::from_bool(value, self.cx) } else { None })
    }

    #[inline]
    fn visit_i64<E>(mut self, value: i64) -> Result<Option<T>, E> {
        Ok(if self.admits(Inputs::INTEGER) { T::from_i64(value, self.cx) } else { None })
    }

    #[inline]
    fn visit_u64<E>(mut self, value: u64) -> Result<Option<T>, E> {
        Ok(if self.admits(Inputs::INTEGER) { T::from_u64(value, self.cx) } else { None })
    }

    fn visit_i128<E>(mut self, value: i128) -> Result<Option<T>, E> {
        Ok(if self.admits(Inputs::INTEGER) { T::from_i128(value, self.cx) } else { None })
    }

    fn visit_u128<E>(mut self, value: u128) -> Result<Option<T>, E> {
        if !self.admits(Inputs::INTEGER) {
            return Ok(None);
        }
        Ok(match i128::try_from(value) {
            Ok(value) => T::from_i128(value, self.cx),
            Err(_) => T::from_u128(value, self.cx),
        })
    }

    #[inline]
    fn visit_f64<E>(mut self, value: f64) -> Result<Option<T>, E> {
        Ok(if self.admits(Inputs::FLOAT) { T::from_f64(value, self.cx) } else { None })
    }

    #[inline]
    fn visit_str<E>(mut self, text: &str) -> Result<Option<T>, E> {
        Ok(if self.admits(Inputs::TEXT) { T::from_text(text, self.cx) } else { None })
    }

    #[inline]
    fn visit_unit<E>(self) -> Result<Option<T>, E> {
        Ok(T::from_null(self.cx))
    }

    #[cold]
    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<Option<T>, A::Error> {
        if !self.cx.is_text() {
            while seq.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(self.cx.refuse(T::wrong()));
        }
        if !self.admits(Inputs::TEXT) {
            while seq.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(None);
        }
        let text = chosen_text(&mut seq, self.cx)?;
        let mark = self.cx.mark();
        let value = T::from_text(&text, self.cx);
        quote_text(self.cx, mark, &text);
        Ok(value)
    }

    #[cold]
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Option<T>, A::Error> {
        if self.cx.files.is_some()
            && let Some(key) = map.next_key::<Cow<'de, str>>()?
        {
            if stands_for_bytes(&key) {
                let number = map.next_value::<u64>()?;
                return Ok(match bytes_of(number, self.cx) {
                    Some(bytes) => T::from_bytes(bytes, self.cx),
                    None => self.cx.refuse(T::wrong()),
                });
            }
            map.next_value::<IgnoredAny>()?;
        }
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(self.cx.refuse(T::wrong()))
    }
}

/// One name, several texts: one of them counts.
pub(super) fn chosen_text<'de, A: SeqAccess<'de>>(seq: &mut A, cx: &Context) -> Result<Cow<'de, str>, A::Error> {
    let mut chosen: Option<Cow<'de, str>> = None;
    while let Some(text) = seq.next_element::<Cow<'de, str>>()? {
        if chosen.is_none() || cx.mode == Mode::LastText {
            chosen = Some(text);
        }
    }
    Ok(chosen.unwrap_or_default())
}

/// Says that the issues since `mark` are about `text`.
pub(super) fn quote_text(cx: &mut Context, mark: usize, text: &str) {
    for issue in cx.since(mark) {
        issue.input = Input::Known(Content::Str(Cow::Owned(text.to_owned())));
    }
}
