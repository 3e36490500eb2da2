//! [`Response`]: an answer with a status, headers and cookies of its own.

use std::fmt;

use poem::{
    IntoResponse,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header::CONTENT_TYPE},
};

use super::{Cookie, set_cookie};
use crate::{
    http_error::{HttpError, IntoStatus},
    operation::{Description, Reply},
};

/// Any answer, with a status, header fields and cookies of its own.
///
/// The document shows the operation's declared status; what a function may answer beside it, `responses(..)` says.
///
/// ```
/// use versify::{Response, prelude::*};
///
/// #[post("/session")]
/// async fn sign_in(name: String) -> Response<Value> {
///     Response::new(json!({"name": name})).status(201).header("x-cat-dog", "alone in the world").cookie(("session", "1"))
/// }
/// ```
///
/// It is not poem's `Response`, which is an answer, too: that is sent as it is.
#[derive(Debug, Clone)]
#[must_use = "it is an answer only if it is returned"]
pub struct Response<T> {
    value: T,
    status: Option<StatusCode>,
    headers: HeaderMap,
    fault: Option<HeaderFault>,
}

/// A header field that cannot be: its name or its value has characters that are not allowed.
#[derive(Debug, Clone)]
pub(crate) struct HeaderFault(String);

impl HeaderFault {
    pub(super) fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }
}

impl fmt::Display for HeaderFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for HeaderFault {}

/// A name and a value, as texts or as http's types.
pub(crate) fn header_field(
    name: impl TryInto<HeaderName>,
    value: impl TryInto<HeaderValue>,
) -> Result<(HeaderName, HeaderValue), HeaderFault> {
    let name = name.try_into().map_err(|_| HeaderFault::new("a name that no header field can have"))?;
    match value.try_into() {
        Ok(value) => Ok((name, value)),
        Err(_) => Err(HeaderFault::new(format!("a value that the header field `{name}` cannot have"))),
    }
}

impl<T> Response<T> {
    /// An answer with this value.
    pub fn new(value: T) -> Self {
        Self { value, status: None, headers: HeaderMap::new(), fault: None }
    }

    /// With this status, in place of the declared one.
    pub fn status(self, status: impl IntoStatus) -> Self {
        Self { status: Some(status.into_status()), ..self }
    }

    /// With one more header field. One that cannot be (a line break in a value, say) makes the answer a logged 500.
    pub fn header(mut self, name: impl TryInto<HeaderName>, value: impl TryInto<HeaderValue>) -> Self {
        match header_field(name, value) {
            Ok((name, value)) => {
                self.headers.append(name, value);
            }
            Err(fault) => self.fault = Some(fault),
        }
        self
    }

    /// With a cookie: `.cookie(("session", id))`, or a [`Cookie`] of which more is said.
    pub fn cookie(mut self, cookie: impl Into<Cookie>) -> Self {
        if let Err(fault) = set_cookie(&mut self.headers, &cookie.into()) {
            self.fault = Some(fault);
        }
        self
    }

    /// Takes a cookie of the path `/` away.
    pub fn delete_cookie(self, name: impl Into<String>) -> Self {
        self.cookie(Cookie::deleted(name))
    }
}

/// Puts header fields into an answer: beside what is there, but a content type in its place.
pub(crate) fn put(headers: HeaderMap, response: &mut poem::Response) {
    let mut last = None;
    for (name, value) in headers {
        let Some(name) = name.or_else(|| last.clone()) else { continue };
        last = Some(name.clone());
        if name == CONTENT_TYPE {
            response.headers_mut().insert(name, value);
        } else {
            response.headers_mut().append(name, value);
        }
    }
}

impl<T: Reply> Reply for Response<T> {
    fn reply(self, status: StatusCode) -> poem::Response {
        if let Some(fault) = self.fault {
            return HttpError::from(fault).into_response();
        }
        let mut response = self.value.reply(self.status.unwrap_or(status));
        put(self.headers, &mut response);
        response
    }

    fn describe(description: &mut Description<'_>, status: StatusCode) {
        T::describe(description, status);
    }
}

impl<T: Reply + Send> IntoResponse for Response<T> {
    fn into_response(self) -> poem::Response {
        self.reply(StatusCode::OK)
    }
}
