//! What `#[errors]` expands to.

use std::error::Error;

use poem::{
    Response,
    http::{HeaderName, HeaderValue},
};
use serde::Serialize;

use super::{Description, json_response};
use crate::{
    http_error::{HttpError, IntoStatus, Wrapped, reason, without_content},
    openapi::{Components, Describe, HeaderSpec, HttpErrorBody, Kind, MediaSpec, ResponseSpec, Schema},
};

/// What a variant answers with.
#[derive(Debug, Clone, Copy)]
pub enum FailureBody {
    /// `{"detail": "the message"}`
    Message,
    /// `{"detail": a value}`
    Detail(fn(&mut Components) -> Schema),
    /// A value.
    Body(fn(&mut Components) -> Schema),
}

/// Says in the document what a variant answers.
pub fn describe_failure(
    description: &mut Description<'_>,
    status: impl IntoStatus,
    words: &str,
    body: FailureBody,
    headers: &[&str],
) {
    let components = description.components();
    let schema = match body {
        FailureBody::Message => components.describe_output::<HttpErrorBody>(),
        FailureBody::Body(describe) => components.describe_output_with(describe),
        FailureBody::Detail(describe) => Schema {
            properties: vec![("detail".to_owned(), components.describe_output_with(describe))],
            required: vec!["detail".to_owned()],
            ..Schema::of(Kind::Object)
        },
    };
    let header = |name: &&str| ((*name).to_owned(), HeaderSpec { description: None, schema: Schema::string() });
    description.failed(ResponseSpec {
        headers: headers.iter().map(header).collect(),
        ..ResponseSpec::new(status, words).content(vec![MediaSpec::new("application/json", schema)])
    });
}

/// The words of a status.
#[must_use]
pub fn phrase(status: impl IntoStatus) -> &'static str {
    status.into_status().canonical_reason().unwrap_or("Error")
}

/// `{"detail": "the message"}`
#[cold]
pub fn fail_text(status: impl IntoStatus, message: impl Into<String>) -> Response {
    HttpError::new(status, message.into()).into_response()
}

/// `{"detail": a value}`
#[cold]
pub fn fail_detail<T: Serialize + Describe>(status: impl IntoStatus, detail: &T) -> Response {
    fail_body(status, &Wrapped { detail })
}

/// A value.
#[cold]
pub fn fail_body<T: Serialize>(status: impl IntoStatus, body: &T) -> Response {
    let status = status.into_status();
    match without_content(status) {
        true => Response::builder().status(status).finish(),
        false => json_response(status, body),
    }
}

/// A 500; what the error says is logged and not sent.
#[cold]
pub fn fail_internal<E: Error>(error: &E) -> Response {
    HttpError::internal(reason(error)).into_response()
}

/// With a header field; a value that is none is left out and logged.
#[cold]
#[must_use]
pub fn with_header(mut response: Response, name: &'static str, value: &str) -> Response {
    match (HeaderName::try_from(name), HeaderValue::from_str(value)) {
        (Ok(name), Ok(value)) => {
            response.headers_mut().append(name, value);
        }
        _ => tracing::error!(target: "versify", name, value, "this is no value of a header field"),
    }
    response
}

/// An error as `Error::source` gives it, boxed or not.
pub trait AsSource {
    /// The error.
    fn as_source(&self) -> &(dyn Error + 'static);
}

impl<T: Error + 'static> AsSource for T {
    fn as_source(&self) -> &(dyn Error + 'static) {
        self
    }
}

impl AsSource for dyn Error + 'static {
    fn as_source(&self) -> &(dyn Error + 'static) {
        self
    }
}

impl AsSource for dyn Error + Send + 'static {
    fn as_source(&self) -> &(dyn Error + 'static) {
        self
    }
}

impl AsSource for dyn Error + Send + Sync + 'static {
    fn as_source(&self) -> &(dyn Error + 'static) {
        self
    }
}
