//! [`Serde`]: types that know only serde.

use std::ops::{Deref, DerefMut};

use serde::{
    Deserializer, Serialize, Serializer,
    de::{DeserializeOwned, IntoDeserializer, value},
};

use super::{Decode, content::Content, context::Context, issue::Issue};

/// A type that has serde's `Deserialize` and not `#[model]`: from another crate, say.
///
/// It reads as serde reads it: the first fault ends it and is reported as one `value_error` at the place of the whole
/// value. The document says nothing of it.
///
/// ```
/// use versify::prelude::*;
///
/// mod geometry {
///     use versify::serde; // stands for a crate of its own
///
///     #[derive(serde::Serialize, serde::Deserialize)]
///     #[serde(crate = "versify::serde")]
///     pub struct Point {
///         pub x: f64,
///         pub y: f64,
///     }
/// }
///
/// #[post("/points")]
/// async fn norm(#[body] point: Serde<geometry::Point>) -> f64 {
///     point.x.hypot(point.y)
/// }
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Serde<T>(pub T);

impl<T: DeserializeOwned> Decode for Serde<T> {
    fn decode<'de, D: Deserializer<'de>>(source: D, cx: &mut Context) -> Result<Option<Self>, D::Error> {
        let content = Content::buffer(source)?;
        let read = T::deserialize(IntoDeserializer::<value::Error>::into_deserializer(&content));
        Ok(match read {
            Ok(value) => Some(Self(value)),
            Err(error) => cx.refuse(Issue::new("value_error", format!("Value error, {error}"))),
        })
    }
}

impl<T: Serialize> Serialize for Serde<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<T> From<T> for Serde<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T> Deref for Serde<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Serde<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}
