//! Answers that errors made.

use poem::Response;

use crate::faults::Caught;

/// Marks a response that an error made: what FastAPI would have raised.
#[derive(Debug, Clone, Copy)]
struct Raised;

/// The response, marked as one that an error made: no background tasks run after it.
#[cold]
pub(crate) fn raised(mut response: Response) -> Response {
    response.extensions_mut().insert(Raised);
    response
}

/// Whether a response is one that an error made.
pub(crate) fn is_raised(response: &Response) -> bool {
    response.extensions().get::<Raised>().is_some() || response.extensions().get::<Caught>().is_some()
}
