//! Models in poem-openapi's own APIs: `#[model(poem_openapi)]`.

use poem_openapi::{
    registry::{MetaSchemaRef, Registry},
    types::{ParseError, Type},
};
use serde_json::Value;

use super::schema::meta_schema_ref;
use crate::{
    decode::{Decode, deserialize},
    openapi::{Components, Describe},
};

/// The schema of a model.
#[must_use]
pub fn schema_ref<T: Describe>() -> MetaSchemaRef {
    meta_schema_ref(&T::describe(&mut Components::default()))
}

/// Adds the component of a model, and of those that it holds.
pub fn register_type<T: Describe>(registry: &mut Registry) {
    let mut components = Components::default();
    T::describe(&mut components);
    super::register(&components, registry);
}

/// Reads a model from a value.
///
/// # Errors
/// All faults in one text: poem-openapi knows no more than one.
pub fn parse_from_json<T: Decode + Type>(value: Option<Value>) -> Result<T, ParseError<T>> {
    let value = value.unwrap_or_default();
    deserialize(value).map_err(|error: serde_json::Error| ParseError::custom(error))
}
