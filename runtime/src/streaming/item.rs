//! [`StreamItem`]: what a stream of JSON gives.

use std::fmt;

use serde::Serialize;

use super::{body::StreamError, python_json::PythonSpelling};
use crate::openapi::{Components, Describe, Schema};

/// What a stream that is answered as JSON may give: models and other values, or a `Result` of one.
///
/// An `Err` ends the stream: it is logged, and the client's connection breaks off.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an item of a stream",
    note = "annotate your own type with `#[model]`"
)]
pub trait StreamItem: Sized {
    /// The schema of a value; one that says nothing where nothing is known.
    fn describe(components: &mut Components) -> Schema;

    /// Whether nothing is known of the values: then they are spelt as Python spells them.
    const UNTYPED: bool;

    /// The value.
    ///
    /// # Errors
    /// What ends the stream, in words.
    fn value(self) -> Result<impl Serialize, String>;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize + Describe> StreamItem for T {
    fn describe(components: &mut Components) -> Schema {
        components.describe_output::<T>()
    }

    const UNTYPED: bool = T::UNTYPED;

    fn value(self) -> Result<impl Serialize, String> {
        Ok(self)
    }
}

impl<T: StreamItem, E: fmt::Display> StreamItem for Result<T, E> {
    fn describe(components: &mut Components) -> Schema {
        T::describe(components)
    }

    const UNTYPED: bool = T::UNTYPED;

    fn value(self) -> Result<impl Serialize, String> {
        self.map_err(|error| error.to_string())?.value()
    }
}

/// Writes the item's JSON.
pub(super) fn write_json<T: StreamItem>(item: T, buffer: &mut Vec<u8>) -> Result<(), StreamError> {
    write_value(&item.value().map_err(StreamError::new)?, T::UNTYPED, buffer).map_err(StreamError::new)
}

/// Writes JSON: as short as can be, or with Python's blanks and escapes.
pub(super) fn write_value<T: Serialize>(value: &T, untyped: bool, buffer: &mut Vec<u8>) -> serde_json::Result<()> {
    if untyped {
        return value.serialize(&mut serde_json::Serializer::with_formatter(buffer, PythonSpelling));
    }
    serde_json::to_writer(buffer, value)
}
