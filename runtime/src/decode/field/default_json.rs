//! [`DefaultJson`]: how the document shows a default.

use std::marker::PhantomData;

use serde::Serialize;
use serde_json::Value;

/// Makes JSON of a default.
pub type ToJson<T> = fn(fn() -> T) -> Option<Value>;

/// Whether a default of this type can be written, and how.
///
/// Generated code asks for `TO_JSON`: where the type has serde's `Serialize` that is the one here, else the one of
/// [`NoDefaultJson`]. So a type that cannot be written may have a default, and a type that is no type of ours is told as
/// that alone.
#[derive(Debug)]
pub struct DefaultJson<T>(PhantomData<fn() -> T>);

impl<T: Serialize> DefaultJson<T> {
    /// Writes it.
    pub const TO_JSON: Option<ToJson<T>> = Some(|default| serde_json::to_value(default()).ok());
}

/// The same of a type that cannot be written.
pub trait NoDefaultJson {
    /// The type.
    type Default;

    /// Nothing writes it.
    const TO_JSON: Option<ToJson<Self::Default>> = None;
}

impl<T> NoDefaultJson for DefaultJson<T> {
    type Default = T;
}
