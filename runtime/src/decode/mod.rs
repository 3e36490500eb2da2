//! Reading values: one walk over the input, every fault collected with its place.
//!
//! [`Decode`] is to versify what `Deserialize` is to serde, with one difference: a wrong value does not end the walk.
//! It becomes an [`Issue`] and the walk goes on, so that one answer names all faults of a request. The walk goes over
//! serde's own data model, driven by a reader of our own for JSON: no tree of values is built.
//!
//! The rules are those of Pydantic's lax mode, which FastAPI uses: the text `"1"` is an integer where one is wanted,
//! the number `1` is no text.

mod any;
mod boolean;
mod choices;
mod coerce;
mod collections;
mod content;
mod context;
mod docs;
mod enumeration;
mod exact_numbers;
mod extras;
mod field;
mod foreign;
mod form;
mod issue;
mod json;
mod json_reader;
mod null;
mod number;
mod patch;
mod python_json;
mod record;
mod rules;
mod scalar;
mod slot;
mod string;
mod tagged;
mod text;
mod text_default;
mod tuple;
mod untagged;
mod wrappers;

pub use choices::Choices;
pub(crate) use content::{Content, MASK};
pub use context::Context;
pub(crate) use context::Mode;
pub use docs::Docs;
pub use enumeration::{Constant, Enumeration, decode_enumeration, enumeration_label};
pub use extras::{Extras, ExtrasSlot};
pub use field::{DefaultJson, Field, NoDefaultJson, ToJson, accepted};
pub use foreign::Serde;
pub(crate) use form::{Sent, decode_form, decode_form_value, file_of};
pub(crate) use issue::ContextValue;
pub use issue::{Issue, Segment};
pub use json::from_json;
pub(crate) use json::{Body, BodyFault, JsonBody, Target, read_embedded};
pub(crate) use json_reader::JsonReader;
pub(crate) use number::F32_MAX;
#[allow(unused_imports, reason = "for types behind features")]
pub(crate) use number::check_order;
pub use patch::Patch;
pub use record::{Declared, Extra, Name, Record, decode_record, field_of, skip_value};
pub use rules::{
    Bound, BoundOf, Constraints, Container, Decimals, Distinct, Floating, Measured, Multiple, Ordered, Pattern,
    Repeating, Rules, Textual,
};
pub use scalar::{Inputs, Scalar, decode_scalar};
pub use slot::Slot;
#[allow(unused_imports, reason = "for types behind features")]
pub(crate) use string::check_text;
pub use tagged::{Tagged, decode_member, decode_tagged, decode_variant};
pub(crate) use text::{Named, QUOTED, Texts, as_declared, decode_named, decode_texts};
pub use text_default::TextDefault;
pub use untagged::{Input, Union, decode_untagged, member_label};

use std::{borrow::Cow, marker::PhantomData};

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IntoDeserializer};

use self::exact_numbers::numbers_are_maps;

/// A type that is read from a request, fault by fault.
///
/// `#[model]` implements it; scalars, `Option`, `Vec`, maps and boxes have it. For a scalar of your own, implement
/// [`Scalar`] and let [`decode_scalar`] do the walk.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a request",
    label = "this type has no `Decode`",
    note = "annotate your own struct or enum with `#[model]`",
    note = "the app's state is taken as `State<..>`, of a type that threads share (no `Rc`, a `Mutex` for a `RefCell`)",
    note = "what a dependency gives is taken as `Depends<its_function>`; it may give an `Option`",
    note = "nothing is wrapped to say where it comes from: `#[query] page: Page`, `item: Item`; for any poem extractor write `#[extract]` before the argument"
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

    /// The fields of its own that a model declares.
    const DECLARED: Option<Declared> = None;

    /// Whether it has fields of its own: as an argument of `#[query]`, `#[header]`, `#[cookie]` it stands for
    /// several parameters.
    const FIELDS: bool = Self::DECLARED.is_some();

    /// Whether a form as a whole is read into it: into a model, or a union of models.
    const FORM: bool = Self::FIELDS;

    /// Whether it is a file of a form, or several of them.
    const FILES: bool = false;

    /// Whether no answer may quote it.
    const SECRET: bool = false;

    /// Whether it takes several texts of one name (`?tag=a&tag=b`).
    const SEVERAL: bool = false;

    /// What becomes of undeclared [fields](Self::FIELDS).
    const EXTRA: Extra = match Self::DECLARED {
        Some(declared) => declared.extra,
        None => Extra::Ignore,
    };

    /// Which of its [fields](Self::FIELDS) has this name: its position, and whether it takes several texts.
    #[must_use]
    fn field(name: &str) -> Option<(usize, bool)> {
        Self::DECLARED.and_then(|declared| declared.field(name))
    }

    /// The name of the field at a position, and whether it was declared for the wire: as a header field's, one that
    /// was not has hyphens for underscores. `None` after the last position.
    #[must_use]
    fn field_name(position: usize) -> Option<(&'static str, bool)> {
        Self::DECLARED.and_then(|declared| (declared.name)(position)).map(|name| (name.wire, name.aliased))
    }

    /// What Python calls the type.
    #[must_use]
    fn type_name() -> Cow<'static, str> {
        let path = std::any::type_name::<Self>();
        let path = path.split('<').next().unwrap_or(path);
        Cow::Borrowed(path.rsplit("::").next().unwrap_or(path))
    }

    /// What the errors of an untagged union call the type, where that is not its [name](Self::type_name).
    #[must_use]
    fn label() -> Cow<'static, str> {
        Self::type_name()
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
    let read = if numbers_are_maps() {
        let content = Content::deserialize(source)?;
        T::decode(IntoDeserializer::<D::Error>::into_deserializer(&content), &mut cx)
    } else {
        T::decode(source, &mut cx)
    };
    match read? {
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
