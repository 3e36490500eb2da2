//! [`HttpErrorBody`]: the answer that most faults have.

use super::{ComponentId, Components, Describe, Kind, Schema};
use crate::HttpError;

/// `{"detail": "Not Found"}`: what the document says of [`HttpError`].
pub(crate) struct HttpErrorBody;

impl Describe for HttpErrorBody {
    fn describe(components: &mut Components) -> Schema {
        components.add(ComponentId::of::<Self>(), "HTTPError", |_| Schema {
            properties: vec![("detail".into(), Schema { title: Some("Detail".into()), ..Schema::string() })],
            required: vec!["detail".into()],
            title: Some("HTTPError".into()),
            ..Schema::of(Kind::Object)
        })
    }
}

/// For errors that describe themselves by hand: `HttpError::describe(description.components())`. All of them are one
/// component, so that a generated client has one type for them.
impl Describe for HttpError {
    fn describe(components: &mut Components) -> Schema {
        HttpErrorBody::describe(components)
    }
}
