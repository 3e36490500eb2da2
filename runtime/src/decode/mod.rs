//! Reading values: one walk over the input, every fault collected with its place.
//!
//! [`Decode`] is to versify what `Deserialize` is to serde, with one difference: a wrong value does not end the walk.
//! It becomes an [`Issue`] and the walk goes on, so that one answer names all faults of a request. The walk goes over
//! serde's own data model, driven by `serde_json` for bodies: no tree of values is built.
//!
//! The rules are those of Pydantic's lax mode, which FastAPI uses: the text `"1"` is an integer where one is wanted,
//! the number `1` is no text.

mod coerce;
mod collections;
mod content;
mod context;
mod enumeration;
mod field;
mod issue;
mod json;
mod number;
mod python_json;
mod record;
mod rules;
mod scalar;
mod tagged;
mod text;
mod wrappers;

pub(crate) use content::Content;
pub use context::Context;
pub(crate) use context::Mode;
pub use enumeration::{Enumeration, decode_enumeration};
pub use field::{Docs, Field, Slot};
#[allow(unused_imports, reason = "for types behind features")]
pub(crate) use issue::ContextValue;
pub use issue::{Issue, Segment};
pub(crate) use json::{BodyFault, JsonBody, decode_embedded};
#[allow(unused_imports, reason = "for types behind features")]
pub(crate) use number::{check_order, check_text};
pub use record::{Extra, Record, decode_record, skip_value};
pub use rules::{Bound, BoundOf, Constraints, Measured, Multiple, Ordered, Pattern, Rules, Textual};
pub use scalar::{Scalar, decode_scalar};
pub use tagged::{Tagged, decode_member, decode_tagged, decode_variant};
pub(crate) use text::{Texts, decode_texts};

use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer};

/// A type that is read from a request, fault by fault.
///
/// `#[model]` implements it; scalars, `Option`, `Vec`, maps and boxes have it. For a scalar of your own, implement
/// [`Scalar`] and let [`decode_scalar`] do the walk.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a request",
    label = "this type has no `Decode`",
    note = "annotate your own struct or enum with `#[model]`",
    note = "for any poem extractor write `#[extract]` before the argument, for the app's state `State<..>`"
)]
pub trait Decode: Sized {
    /// Reads one value from `source`.
    ///
    /// `Ok(None)` means that the value was wrong: its issues are in `cx`, and all of it was consumed.
    ///
    /// # Errors
    /// Only when `source` itself is broken (JSON syntax), which ends the walk.
    fn decode<'de, D: Deserializer<'de>>(source: D, cx: &mut Context) -> Result<Option<Self>, D::Error>;

    /// The value where none was sent and no default was declared; `None` makes that a fault.
    #[inline]
    fn when_missing() -> Option<Self> {
        None
    }

    /// Checks declared constraints, adding an issue for the first that fails.
    ///
    /// Which constraints a type takes is stated by [`Ordered`], [`Multiple`], [`Measured`] and [`Textual`].
    #[inline]
    fn check(&self, _rules: &Rules, _cx: &mut Context) -> bool {
        true
    }
}

/// Carries a [`Context`] through serde's seeds.
pub(crate) struct Seed<'c, T> {
    cx: &'c mut Context,
    of: PhantomData<T>,
}

impl<'c, T> Seed<'c, T> {
    #[inline]
    pub(crate) fn new(cx: &'c mut Context) -> Self {
        Self { cx, of: PhantomData }
    }
}

impl<'de, T: Decode> DeserializeSeed<'de> for Seed<'_, T> {
    type Value = Option<T>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Option<T>, D::Error> {
        T::decode(source, self.cx)
    }
}

/// serde's `Deserialize` for a type that has [`Decode`]: the first fault becomes serde's error.
///
/// # Errors
/// The first fault, with its place; or what `source` itself reports.
pub fn deserialize<'de, T: Decode, D: Deserializer<'de>>(source: D) -> Result<T, D::Error> {
    let mut cx = Context::new(Mode::Json);
    match T::decode(source, &mut cx)? {
        Some(value) => Ok(value),
        None => Err(serde::de::Error::custom(Faults(cx.into_issues()))),
    }
}

/// Faults as one line of text.
struct Faults(Vec<Issue>);

impl std::fmt::Display for Faults {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, issue) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            for (step, segment) in issue.location().iter().rev().enumerate() {
                match segment {
                    Segment::Index(index) => write!(f, "[{index}]")?,
                    Segment::Key(text) if step == 0 => f.write_str(text)?,
                    Segment::Key(text) => write!(f, ".{text}")?,
                    Segment::Label(_) => {}
                }
            }
            let separator = if issue.location().is_empty() { "" } else { ": " };
            write!(f, "{separator}{}", issue.message())?;
        }
        Ok(())
    }
}
