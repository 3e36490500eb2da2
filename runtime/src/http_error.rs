//! [`HttpError`]: an answer that is a fault.

use std::{any::Any, fmt};

use poem::{
    Response,
    http::{
        HeaderMap, HeaderName, HeaderValue, StatusCode,
        header::{CONTENT_LENGTH, CONTENT_TYPE},
    },
};
use serde_json::Value;

use crate::{
    decode::Issue,
    faults::Caught,
    operation::{json_response, text_response},
};

/// What most operations return: a value, or an [`HttpError`].
pub type Result<T, E = HttpError> = std::result::Result<T, E>;

/// An answer that is a fault: a status and a `detail`, as FastAPI's `HTTPException`.
///
/// It is written as `{"detail": ..}`. Any [`std::error::Error`] becomes one through `?`: a 500 whose text is logged
/// and never sent.
///
/// ```
/// use versify::prelude::*;
///
/// fn find(id: u64) -> Result<&'static str> {
///     match id {
///         1 => Ok("one"),
///         _ => Err(HttpError::new(404, format!("Item {id} not found"))),
///     }
/// }
///
/// assert_eq!(find(2).unwrap_err().status(), 404);
/// ```
pub struct HttpError(Box<Inner>);

struct Inner {
    status: StatusCode,
    headers: HeaderMap,
    body: Detail,
}

enum Detail {
    Json(Value),
    /// FastAPI's 422.
    Issues(Vec<Issue>),
    /// Not for the client's eyes.
    Internal {
        /// The type of the error that `?` took.
        kind: &'static str,
        reason: String,
        cause: Option<Box<dyn Any + Send + Sync>>,
    },
    /// The end of a WebSocket.
    #[cfg(feature = "websocket")]
    Close(crate::websocket::Close),
}

/// A status, as a number or as poem's type.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no status",
    label = "write a number, such as `404`, or a `StatusCode`",
    note = "the status comes first: `HttpError::new(404, \"No such item\")`"
)]
pub trait IntoStatus {
    /// The status; a number that is none (below 100 or above 999) is 500.
    fn into_status(self) -> StatusCode;
}

impl IntoStatus for StatusCode {
    fn into_status(self) -> StatusCode {
        self
    }
}

impl IntoStatus for u16 {
    fn into_status(self) -> StatusCode {
        StatusCode::from_u16(self).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl HttpError {
    /// An answer with `status` and `detail`, which is any JSON.
    pub fn new(status: impl IntoStatus, detail: impl Into<Value>) -> Self {
        Self::of(status.into_status(), Detail::Json(detail.into()))
    }

    /// An answer with `status` whose detail is the status' own phrase, such as `Not Found`.
    pub fn status_only(status: impl IntoStatus) -> Self {
        let status = status.into_status();
        Self::new(status, status.canonical_reason().unwrap_or("Error"))
    }

    /// A 422 that names `issues`, in the form of all validation errors.
    #[must_use]
    pub fn invalid(issues: Vec<Issue>) -> Self {
        Self::of(StatusCode::UNPROCESSABLE_ENTITY, Detail::Issues(issues))
    }

    /// A 500. `reason` is logged and not sent.
    pub fn internal(reason: impl fmt::Display) -> Self {
        Self::of(
            StatusCode::INTERNAL_SERVER_ERROR,
            Detail::Internal { kind: "versify::HttpError", reason: reason.to_string(), cause: None },
        )
    }

    /// What a panic says.
    pub(crate) fn panic(message: &str) -> Self {
        let reason = message.to_owned();
        Self::of(StatusCode::INTERNAL_SERVER_ERROR, Detail::Internal { kind: "panic", reason, cause: None })
    }

    /// The end of a WebSocket, or the refusal of one.
    #[cfg(feature = "websocket")]
    pub(crate) fn closing(close: crate::websocket::Close) -> Self {
        Self::of(StatusCode::FORBIDDEN, Detail::Close(close))
    }

    fn of(status: StatusCode, body: Detail) -> Self {
        Self(Box::new(Inner { status, headers: HeaderMap::new(), body }))
    }

    /// With one more header field.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.append(name, value);
        self
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The detail as it is sent; `None` for a 500 that keeps it to itself.
    #[must_use]
    pub fn detail(&self) -> Option<Value> {
        match &self.0.body {
            Detail::Json(detail) => Some(detail.clone()),
            Detail::Issues(issues) => serde_json::to_value(issues).ok(),
            Detail::Internal { .. } => None,
            #[cfg(feature = "websocket")]
            Detail::Close(_) => None,
        }
    }

    /// The kind of a fault of the program, and what it says.
    pub(crate) fn internal_reason(&self) -> Option<(&'static str, &str)> {
        match &self.0.body {
            Detail::Internal { kind, reason, .. } => Some((kind, reason)),
            _ => None,
        }
    }

    /// Whether it is a fault of the program.
    pub(crate) fn is_internal(&self) -> bool {
        matches!(self.0.body, Detail::Internal { .. })
    }

    /// The error that `?` made this of, if it is an `E`.
    ///
    /// # Errors
    /// This itself: it was made of something else.
    pub(crate) fn into_cause<E: 'static>(mut self) -> Result<E, Self> {
        if let Detail::Internal { cause, .. } = &mut self.0.body
            && cause.as_ref().is_some_and(|cause| cause.is::<E>())
            && let Some(cause) = cause.take().and_then(|cause| cause.downcast::<E>().ok())
        {
            return Ok(*cause);
        }
        Err(self)
    }

    /// What was wrong with a request, if this is a 422 of that.
    pub(crate) fn into_issues(mut self) -> Result<Vec<Issue>, Self> {
        match &mut self.0.body {
            Detail::Issues(issues) => Ok(std::mem::take(issues)),
            _ => Err(self),
        }
    }

    /// The error that an answer stands for.
    pub(crate) async fn of_response(mut response: Response) -> Self {
        let bytes = response.take_body().into_bytes().await.unwrap_or_default();
        let json = serde_json::from_slice::<Value>(&bytes).ok();
        let detail = match json {
            Some(Value::Object(mut members)) if members.len() == 1 && members.contains_key("detail") => {
                members.remove("detail").unwrap_or_default()
            }
            Some(other) => other,
            None => String::from_utf8_lossy(&bytes).into(),
        };
        let mut error = Self::new(response.status(), detail);
        error.0.headers = std::mem::take(response.headers_mut());
        for written in [CONTENT_TYPE, CONTENT_LENGTH] {
            error.0.headers.remove(written);
        }
        error
    }

    /// The answer.
    #[must_use]
    pub fn into_response(self) -> Response {
        let Inner { status, headers, body } = &*self.0;
        let mut response = match body {
            // RFC 9110, 15.2, 15.3.5, 15.4.5: these have no content.
            _ if without_content(*status) => Response::builder().status(*status).finish(),
            Detail::Json(detail) => json_response(*status, &Wrapped { detail }),
            Detail::Issues(issues) => json_response(*status, &Wrapped { detail: issues }),
            // The app logs it, where it is known whose it is.
            Detail::Internal { .. } => internal_server_error(),
            #[cfg(feature = "websocket")]
            Detail::Close(close) => close.clone().into_response(),
        };
        response.headers_mut().extend(headers.clone());
        Caught::put(response, self)
    }
}

pub(crate) fn without_content(status: StatusCode) -> bool {
    status.is_informational() || status == StatusCode::NO_CONTENT || status == StatusCode::NOT_MODIFIED
}

/// FastAPI's answer to what nobody foresaw.
pub(crate) fn internal_server_error() -> Response {
    text_response(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error")
}

/// The form of most faults.
#[derive(serde::Serialize)]
pub(crate) struct Wrapped<T> {
    pub(crate) detail: T,
}

/// All that an error says, with its causes.
pub(crate) fn reason(error: &dyn std::error::Error) -> String {
    let mut reason = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        reason.push_str(": ");
        reason.push_str(&cause.to_string());
        source = cause.source();
    }
    reason
}

impl fmt::Debug for HttpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("HttpError");
        shown.field("status", &self.0.status);
        match &self.0.body {
            Detail::Json(detail) => shown.field("detail", detail),
            Detail::Issues(issues) => shown.field("issues", issues),
            Detail::Internal { reason, .. } => shown.field("reason", reason),
            #[cfg(feature = "websocket")]
            Detail::Close(close) => shown.field("close", close),
        };
        shown.finish()
    }
}

impl fmt::Display for HttpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.status)?;
        match self.detail() {
            Some(Value::String(detail)) => write!(f, ": {detail}"),
            Some(detail) => write!(f, ": {detail}"),
            None => Ok(()),
        }
    }
}

// `HttpError` is no `std::error::Error` itself: that would forbid this conversion (as with `anyhow::Error`).
impl<E: std::error::Error + Send + Sync + 'static> From<E> for HttpError {
    fn from(error: E) -> Self {
        let reason = reason(&error);
        let cause: Option<Box<dyn Any + Send + Sync>> = Some(Box::new(error));
        Self::of(
            StatusCode::INTERNAL_SERVER_ERROR,
            Detail::Internal { kind: std::any::type_name::<E>(), reason, cause },
        )
    }
}
