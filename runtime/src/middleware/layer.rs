//! [`Layer`]: a middleware, whoever made it.

use std::{any::Any, fmt, future::Future, sync::Arc};

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
pub struct Layer {
    around: Arc<dyn Fn(Inner) -> Inner + Send + Sync>,
    /// What it may answer in place of the operation, for the document.
    answers: Option<StatusCode>,
}

impl Layer {
    /// A function around requests.
    pub fn function<F, R>(function: F) -> Self
    where
        F: Fn(Request, Next) -> R + Clone + Send + Sync + 'static,
        R: Future<Output: Reply> + Send + 'static,
    {
        Self::new(None, move |inner| Around { function: function.clone(), next: Next::new(inner) }.boxed())
    }

    /// One of poem's, or what implements poem's `Middleware`.
    pub fn poem<M>(middleware: M) -> Self
    where
        M: Middleware<Inner, Output: 'static> + Send + Sync + 'static,
    {
        Self::new(answer_of(&middleware), move |inner| response_of(middleware.transform(inner)))
    }

    /// One of tower's.
    #[cfg(feature = "tower")]
    pub fn tower<L, S, B>(layer: L) -> Self
    where
        L: tower_layer::Layer<super::TowerInner, Service = S> + Send + Sync + 'static,
        S: tower_service::Service<
                poem::http::Request<super::TowerBody>,
                Response = poem::http::Response<B>,
                Error: Into<crate::BoxError>,
                Future: Send,
            > + Clone
            + Send
            + Sync
            + 'static,
        B: hyper::body::Body<Data: Into<bytes::Bytes>, Error: Into<crate::BoxError>> + Send + Sync + 'static,
    {
        Self::new(None, move |inner| super::tower::Towered::new(&layer, inner).boxed())
    }

    fn new(answers: Option<StatusCode>, around: impl Fn(Inner) -> Inner + Send + Sync + 'static) -> Self {
        Self { around: Arc::new(around), answers }
    }

    /// What it may answer in place of the operation.
    pub(crate) fn answers(&self) -> Option<StatusCode> {
        self.answers
    }

    /// What is inside, with the middleware around it.
    pub(crate) fn around(&self, inner: Inner) -> Inner {
        (self.around)(inner)
    }
}

/// What one of our limits may answer.
fn answer_of(middleware: &dyn Any) -> Option<StatusCode> {
    #[cfg(feature = "rate-limit")]
    if middleware.is::<super::RateLimit>() {
        return Some(StatusCode::TOO_MANY_REQUESTS);
    }
    if middleware.is::<super::Timeout>() {
        return Some(StatusCode::GATEWAY_TIMEOUT);
    }
    middleware.is::<super::ConcurrencyLimit>().then_some(StatusCode::SERVICE_UNAVAILABLE)
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
