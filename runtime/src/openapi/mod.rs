//! The description of an app, shaped like OpenAPI 3.1, and the document that is written from it.

mod components;
mod document;
mod example;
mod form;
mod info;
mod naming;
mod node;
mod operation;
pub(crate) mod poem_openapi;
mod schema;
mod types;
mod validation_error;
mod version;

pub use components::{Component, ComponentId, Components, Describe};
pub(crate) use document::document;
pub use example::Example;
pub use form::{FormModel, FormPart, FormPartKind, FormSpec};
pub use info::*;
pub(crate) use naming::{operation_id, summary_of, title_of};
pub use operation::{
    BodyField, BodySpec, OperationSpec, ParameterSpec, Place, ResponseSpec, SourceLocation, StreamForm, StreamSpec,
};
pub use poem_openapi::Merged;
pub use schema::{Additional, Discriminator, Kind, Reference, Schema};
pub(crate) use version::{Documents, Rewrite, served_at};
pub use version::{OpenApiVersion, UnknownVersion};
