//! [`Patch`]: a value that may not have been sent.

use serde::{Deserializer, Serialize, Serializer};

use super::{
    Decode,
    context::Context,
    rules::{Container, Decimals, Floating, Measured, Multiple, Ordered, Repeating, Rules, Textual},
};

/// A value that may not have been sent, which is something else than `null`.
///
/// The fields of the type that `#[model(partial = ItemPatch)]` makes have this type, and any field of a model may. One
/// that is unset is not written. `Patch<Option<T>>` tells three
/// things apart: [`Unset`](Self::Unset), `Set(None)` for `null`, `Set(Some(..))`.
///
/// ```
/// use versify::prelude::*;
///
/// #[model(partial = ItemPatch)]
/// struct Item {
///     name: String,
///     description: Option<String>,
/// }
///
/// let patch: ItemPatch = versify::serde_json::from_str(r#"{"description": null}"#).unwrap();
/// assert_eq!(patch.name, Patch::Unset);
/// assert_eq!(patch.description, Patch::Set(None));
///
/// let mut item = Item { name: "Foo".to_owned(), description: Some("bar".to_owned()) };
/// patch.apply(&mut item);
/// assert_eq!((item.name.as_str(), item.description), ("Foo", None));
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Patch<T> {
    /// Nothing was sent.
    #[default]
    Unset,
    /// This was sent.
    Set(T),
}

impl<T> Patch<T> {
    /// Writes what was sent over `value`.
    pub fn apply(self, value: &mut T) {
        if let Self::Set(sent) = self {
            *value = sent;
        }
    }

    /// What was sent.
    pub fn set(self) -> Option<T> {
        match self {
            Self::Unset => None,
            Self::Set(value) => Some(value),
        }
    }

    /// Whether something was sent.
    pub const fn is_set(&self) -> bool {
        matches!(self, Self::Set(_))
    }

    /// A reference to what was sent.
    pub const fn as_set(&self) -> Option<&T> {
        match self {
            Self::Unset => None,
            Self::Set(value) => Some(value),
        }
    }
}

impl<T: Decode> Decode for Patch<T> {
    const SECRET: bool = T::SECRET;
    const SEVERAL: bool = T::SEVERAL;

    fn decode<'de, D: Deserializer<'de>>(source: D, cx: &mut Context) -> Result<Option<Self>, D::Error> {
        Ok(T::decode(source, cx)?.map(Self::Set))
    }

    fn when_missing() -> Option<Self> {
        Some(Self::Unset)
    }

    fn check(&self, rules: &Rules, cx: &mut Context) -> bool {
        self.as_set().is_none_or(|value| value.check(rules, cx))
    }

    fn type_name() -> std::borrow::Cow<'static, str> {
        T::type_name()
    }
}

/// As `null` where nothing was sent; models leave such a field out.
impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_set().serialize(serializer)
    }
}

impl<T: Ordered> Ordered for Patch<T> {
    const BY_TEXT: bool = T::BY_TEXT;
}
impl<T: Multiple> Multiple for Patch<T> {}
impl<T: Measured> Measured for Patch<T> {}
impl<T: Textual> Textual for Patch<T> {}
impl<T: Floating> Floating for Patch<T> {}
impl<T: Decimals> Decimals for Patch<T> {}

impl<T: Container> Container for Patch<T> {
    type Item = T::Item;
}

impl<T: Repeating> Repeating for Patch<T> {
    fn repeats(&self) -> bool {
        self.as_set().is_some_and(Repeating::repeats)
    }
}
