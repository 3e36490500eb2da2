//! [`MapKey`]: what a map may have for keys.

use std::{borrow::Cow, sync::Arc};

use bytes::Bytes;
use serde_json::Value;

use crate::{
    decode::{Patch, Serde},
    operation::Json,
    types::Secret,
};

/// The key of a map: one that is read from the name in a JSON object, and written as one.
///
/// Texts, numbers, `bool`, `char`, and the [types](crate::types) that are text on the wire are such; so are a
/// `#[model]`'s enums of fixed values, its newtypes of keys and its `untagged` unions of keys. A type of your own that is
/// read from text and written as text says so in one line:
///
/// ```
/// use std::collections::BTreeMap;
///
/// use serde::{Deserializer, Serialize};
/// use versify::{
///     MapKey,
///     decode::{Context, Decode, Issue, Scalar, decode_scalar},
///     openapi::{Components, Describe, Schema},
///     prelude::*,
///     serde,
/// };
///
/// /// Such as `ABC-123`.
/// #[derive(PartialEq, Eq, PartialOrd, Ord, Serialize)]
/// #[serde(crate = "versify::serde")]
/// struct Sku(String);
///
/// impl Scalar for Sku {
///     fn wrong() -> Issue {
///         Issue::new("sku", "An SKU is text")
///     }
///
///     fn from_text(text: &str, cx: &mut Context) -> Option<Self> {
///         match text.contains('-') {
///             true => Some(Self(text.to_owned())),
///             false => cx.refuse(Issue::new("sku", "An SKU looks like ABC-123")),
///         }
///     }
/// }
///
/// impl Decode for Sku {
///     fn decode<'de, D: Deserializer<'de>>(source: D, cx: &mut Context) -> Result<Option<Self>, D::Error> {
///         decode_scalar(source, cx)
///     }
/// }
///
/// impl Describe for Sku {
///     fn describe(_: &mut Components) -> Schema {
///         Schema::string()
///     }
/// }
///
/// impl MapKey for Sku {}
///
/// #[post("/stock")]
/// async fn count(stock: BTreeMap<Sku, u32>) -> BTreeMap<Sku, u32> {
///     stock
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the key of a map",
    label = "the keys of a JSON object are texts",
    note = "write a list of pairs for the map: `Vec<({Self}, ..)>`",
    note = "a `#[model]` is a key if it is an enum of fixed values, or a newtype or an `untagged` union of keys",
    note = "a type of your own that is read from text and written as text says so: `impl versify::MapKey for Sku {{}}`"
)]
pub trait MapKey {}

macro_rules! keys {
    ($($type:ty)*) => {$(
        impl MapKey for $type {}
    )*};
}

keys! {
    String &'static str Cow<'static, str> char bool
    i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64
    Bytes Value
}

macro_rules! transparent {
    ($($type:ident)*) => {$(
        impl<T: MapKey> MapKey for $type<T> {}
    )*};
}

transparent!(Box Arc Patch Secret);

/// What serde makes of `T`, only serde knows.
impl<T> MapKey for Serde<T> {}

/// A text that holds JSON.
impl<T> MapKey for Json<T> {}
