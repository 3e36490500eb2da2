//! [`Timeout`]: answers that take too long.

use std::time::Duration;

use poem::{Endpoint, Request, Response, http::StatusCode};

use super::{around::around, limited::limited};

/// Answers 504 where there is no answer in time; what was begun is dropped. `App::timeout`, `Router::timeout` and
/// `#[get(.., timeout = ..)]` put it around operations.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Timeout(pub(crate) Duration);

impl Timeout {
    async fn handle<E: Endpoint>(&self, request: Request, next: &E) -> Response {
        match tokio::time::timeout(self.0, next.get_response(request)).await {
            Ok(response) => response,
            Err(_) => limited(StatusCode::GATEWAY_TIMEOUT, None),
        }
    }
}

around!(Timeout, TimeoutEndpoint);
