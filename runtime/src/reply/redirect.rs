//! [`Redirect`]: the client shall ask elsewhere.

use percent_encoding::utf8_percent_encode;
use poem::{
    IntoResponse, Response,
    http::{HeaderValue, StatusCode, header::LOCATION},
};

use crate::{
    operation::{Description, Reply},
    percent::IN_URLS,
};

/// Sends the client elsewhere: 307 by default, as in FastAPI, or the operation's `status` if that is a redirect.
///
/// ```
/// use versify::{Redirect, prelude::*};
///
/// #[get("/portal")]
/// async fn portal() -> Redirect {
///     Redirect::to("/elsewhere")
/// }
///
/// #[post("/items", status = 303)]
/// async fn create_item() -> Redirect {
///     Redirect::to("/items/1")
/// }
/// ```
#[derive(Debug, Clone)]
pub struct Redirect {
    url: String,
    status: Option<StatusCode>,
}

impl Redirect {
    /// To this URL, which is percent-encoded where it must be.
    pub fn to(url: impl Into<String>) -> Self {
        Self { url: url.into(), status: None }
    }

    /// With 301: for good. A client may ask with GET.
    pub fn moved(url: impl Into<String>) -> Self {
        Self { status: Some(StatusCode::MOVED_PERMANENTLY), ..Self::to(url) }
    }

    /// With 302: for now. A client may ask with GET.
    pub fn found(url: impl Into<String>) -> Self {
        Self { status: Some(StatusCode::FOUND), ..Self::to(url) }
    }

    /// With 303: ask there with GET. It is the answer to a form.
    pub fn see_other(url: impl Into<String>) -> Self {
        Self { status: Some(StatusCode::SEE_OTHER), ..Self::to(url) }
    }

    /// With 308: for good, with the same method.
    pub fn permanent(url: impl Into<String>) -> Self {
        Self { status: Some(StatusCode::PERMANENT_REDIRECT), ..Self::to(url) }
    }
}

/// The declared status, if it is that of a redirect.
fn own(declared: StatusCode) -> StatusCode {
    if declared.is_redirection() { declared } else { StatusCode::TEMPORARY_REDIRECT }
}

impl Reply for Redirect {
    fn reply(self, status: StatusCode) -> Response {
        let mut response = Response::builder().status(self.status.unwrap_or_else(|| own(status))).finish();
        let location = utf8_percent_encode(&self.url, IN_URLS).to_string();
        // All that is not ASCII is encoded, so there is nothing that a header could not hold.
        if let Ok(location) = HeaderValue::try_from(location) {
            response.headers_mut().insert(LOCATION, location);
        }
        response
    }

    fn describe(description: &mut Description<'_>, status: StatusCode) {
        description.response(own(status), Vec::new());
    }
}

impl IntoResponse for Redirect {
    fn into_response(self) -> Response {
        self.reply(StatusCode::TEMPORARY_REDIRECT)
    }
}
