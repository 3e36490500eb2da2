//! [`Layer`]: a middleware, whoever made it.

use std::{fmt, future::Future, sync::Arc};

use poem::{
    Endpoint, Middleware, Request, Response,
    endpoint::{BoxEndpoint, EndpointExt},
    http::StatusCode,
};

use super::next::{Next, response_of};
use crate::operation::Reply;

type Inner = BoxEndpoint<'static, Response>;

/// A middleware: a function, or one of poem's.
#[derive(Clone)]
pub struct Layer(Arc<dyn Fn(Inner) -> Inner + Send + Sync>);

impl Layer {
    /// A function around requests.
    pub fn function<F, R>(function: F) -> Self
    where
        F: Fn(Request, Next) -> R + Clone + Send + Sync + 'static,
        R: Future<Output: Reply> + Send + 'static,
    {
        Self(Arc::new(move |inner| Around { function: function.clone(), next: Next::new(inner) }.boxed()))
    }

    /// One of poem's, or what implements poem's `Middleware`.
    pub fn poem<M>(middleware: M) -> Self
    where
        M: Middleware<Inner, Output: 'static> + Send + Sync + 'static,
    {
        Self(Arc::new(move |inner| response_of(middleware.transform(inner))))
    }

    /// What is inside, with the middleware around it.
    pub(crate) fn around(&self, inner: Inner) -> Inner {
        (self.0)(inner)
    }
}

impl fmt::Debug for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Layer")
    }
}

struct Around<F> {
    function: F,
    next: Next,
}

impl<F, R> Endpoint for Around<F>
where
    F: Fn(Request, Next) -> R + Send + Sync,
    R: Future<Output: Reply> + Send,
{
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        let reply = (self.function)(request, self.next.clone()).await;
        Ok(reply.reply(StatusCode::OK))
    }
}
