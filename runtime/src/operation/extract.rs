//! [`extract`]: arguments of `#[extract]`.

use std::{future::Future, pin::Pin};

use poem::{FromRequest, Request, RequestBody};

/// What a poem extractor gives.
///
/// In a box: so generated code names the extractor once, and what is none is told once.
pub fn extract<'c, T: FromRequest<'c> + 'c>(
    request: &'c Request,
    body: &'c mut RequestBody,
) -> Pin<Box<dyn Future<Output = poem::Result<T>> + Send + 'c>> {
    Box::pin(T::from_request(request, body))
}
