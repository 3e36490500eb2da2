//! [`ResponseHead`]: the status, headers and cookies of an answer that is still to come.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use poem::{
    Response,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode},
};

use super::{
    Cookie, HeaderFault,
    cookie::set_cookie,
    response::{header_field, put},
};
use crate::{
    decode::Field,
    http_error::{HttpError, IntoStatus},
    operation::{Argument, Call, Description},
};

/// The status, header fields and cookies of the answer, while it is being made: FastAPI's `response: Response`.
///
/// An operation and all its dependencies share one. What is set here comes with the answer of a success, and not with an
/// error.
///
/// ```
/// use versify::{ResponseHead, prelude::*};
///
/// #[put("/get-or-create-task/{task_id}")]
/// async fn get_or_create_task(task_id: String, head: ResponseHead) -> String {
///     if task_id != "foo" {
///         head.status(201);
///     }
///     head.header("x-cat-dog", "alone in the world");
///     head.cookie(("session", "1"));
///     task_id
/// }
/// ```
#[derive(Debug, Clone, Default)]
pub struct ResponseHead(Arc<Mutex<Parts>>);

#[derive(Debug, Default)]
struct Parts {
    status: Option<StatusCode>,
    headers: HeaderMap,
    fault: Option<HeaderFault>,
}

impl ResponseHead {
    fn parts(&self) -> MutexGuard<'_, Parts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers with this status, in place of the declared one.
    pub fn status(&self, status: impl IntoStatus) {
        self.parts().status = Some(status.into_status());
    }

    /// Adds a header field. One that cannot be (a line break in a value, say) makes the answer a logged 500.
    pub fn header(&self, name: impl TryInto<HeaderName>, value: impl TryInto<HeaderValue>) {
        let field = header_field(name, value);
        let mut parts = self.parts();
        match field {
            Ok((name, value)) => {
                parts.headers.append(name, value);
            }
            Err(fault) => parts.fault = Some(fault),
        }
    }

    /// Sets a cookie: `("session", id)`, or a [`Cookie`] of which more is said.
    pub fn cookie(&self, cookie: impl Into<Cookie>) {
        let mut parts = self.parts();
        if let Err(fault) = set_cookie(&mut parts.headers, &cookie.into()) {
            parts.fault = Some(fault);
        }
    }

    /// Takes a cookie of the path `/` away.
    pub fn delete_cookie(&self, name: impl Into<String>) {
        self.cookie(Cookie::deleted(name));
    }

    /// The status that was set.
    pub(crate) fn own_status(&self) -> Option<StatusCode> {
        self.parts().status
    }

    /// The answer with all that was set.
    pub(crate) fn merge(&self, mut response: Response) -> Response {
        let Parts { headers, fault, .. } = std::mem::take(&mut *self.parts());
        match fault {
            Some(fault) => HttpError::from(fault).into_response(),
            None => {
                put(headers, &mut response);
                response
            }
        }
    }
}

impl Argument for ResponseHead {
    fn describe(_: &Field<Self>, _: &mut Description<'_>) {}

    fn prepare(_: &Field<Self>, call: &mut Call) -> Option<Self> {
        Some(call.response_head())
    }
}
