//! [`Next`]: what a middleware is around.

use std::{fmt, sync::Arc};

use poem::{
    Endpoint, Request, Response,
    endpoint::{BoxEndpoint, EndpointExt},
};

/// The rest of the way of a request: further middleware, and the operation.
#[derive(Clone)]
pub struct Next(Arc<BoxEndpoint<'static, Response>>);

impl Next {
    pub(super) fn new(endpoint: BoxEndpoint<'static, Response>) -> Self {
        Self(Arc::new(endpoint))
    }

    /// Goes it. Whatever happens there, it ends with a response.
    pub async fn run(&self, request: Request) -> Response {
        self.0.get_response(request).await
    }
}

impl fmt::Debug for Next {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Next")
    }
}

/// An endpoint whose errors are responses.
pub(super) fn response_of<E: Endpoint + 'static>(endpoint: E) -> BoxEndpoint<'static, Response> {
    Responding(endpoint).boxed()
}

struct Responding<E>(E);

impl<E: Endpoint> Endpoint for Responding<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        Ok(self.0.get_response(request).await)
    }
}
