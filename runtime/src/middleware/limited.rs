//! What limits answer with.

use poem::{
    Response,
    http::{HeaderValue, StatusCode, header::RETRY_AFTER},
};

use crate::{faults::Caught, http_error::HttpError};

/// Marks the answer of a limit: where the app writes problem details, it is one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limited;

/// `{"detail": ..}` with the status' own phrase, and when to try again.
#[cold]
pub(super) fn limited(status: StatusCode, retry_after: Option<u64>) -> Response {
    let mut response = HttpError::status_only(status).into_response();
    // It is no operation's: no handler of the app is asked.
    Caught::take(&mut response);
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response.extensions_mut().insert(Limited);
    response
}
