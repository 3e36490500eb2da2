//! The description of an app, shaped like OpenAPI 3.1, and the document that is written from it.

mod components;
mod document;
mod example;
mod form;
mod http_error_body;
mod info;
mod link;
mod naming;
mod node;
mod operation;
pub(crate) mod poem_openapi;
pub(crate) mod problem;
mod response;
mod responses;
mod schema;
mod types;
mod validation_error;
mod version;

pub use components::{Component, ComponentId, Components, Describe};
pub(crate) use document::document;
pub use example::Example;
pub use form::{FormModel, FormPart, FormPartKind, FormSpec};
pub(crate) use http_error_body::HttpErrorBody;
pub use info::*;
pub use link::Link;
pub(crate) use naming::{operation_id, summary_of, title_of};
pub use operation::{BodyField, BodySpec, OperationSpec, ParameterSpec, Place, SourceLocation};
pub(crate) use poem_openapi::Foreign;
pub use poem_openapi::Merged;
pub use response::{HeaderSpec, MediaSpec, ResponseSpec, ResponseStatus, StreamForm, StreamSpec};
pub use responses::{ResponseDoc, Responses};
pub use schema::{Additional, Discriminator, Kind, Reference, Schema};
pub(crate) use version::{Documents, Rewrite, served_at};
pub use version::{OpenApiVersion, UnknownVersion};
