//! Redirects of paths that lack their last slash, or have one too many.

use percent_encoding::utf8_percent_encode;
use poem::{
    Request, Response,
    http::{
        HeaderValue, StatusCode,
        header::{HOST, LOCATION},
    },
};

use super::{forwarded::Forwarded, mount::RootPath};
use crate::percent::IN_PATHS;

/// 307 to the path with its last slash added or removed, absolute as Starlette writes it.
#[cold]
pub(crate) fn redirect(request: &Request, path: &str) -> Response {
    let host = request.header(HOST).or_else(|| request.uri().authority().map(poem::http::uri::Authority::as_str));
    let base = host.map(|host| format!("{}://{host}", Forwarded::of(request).scheme)).unwrap_or_default();
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    let root = RootPath::of(request);
    redirect_to(&format!("{base}{}{}{query}", root.as_str(), utf8_percent_encode(path, IN_PATHS)))
}

/// 307 to another address.
#[cold]
pub(crate) fn redirect_to(location: &str) -> Response {
    let mut response = Response::from(StatusCode::TEMPORARY_REDIRECT);
    if let Ok(location) = HeaderValue::from_str(location) {
        response.headers_mut().insert(LOCATION, location);
    }
    response
}
