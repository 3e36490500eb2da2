//! Newtypes: a value with constraints and a name of its own.

use serde::Deserializer;

use super::{Decode, Field, context::Context};

/// Reads what a newtype holds, checks it and makes the newtype.
///
/// # Errors
/// Only when `source` itself is broken.
#[inline]
pub fn decode_newtype<'de, T: Decode, M, D: Deserializer<'de>>(
    field: &Field<T>,
    source: D,
    cx: &mut Context,
    make: fn(T) -> M,
) -> Result<Option<M>, D::Error> {
    Ok(field.decode(cx, |cx| T::decode(source, cx))?.map(make))
}
