//! Layers of tower's, around an endpoint of poem's.

use std::{
    future::{Future, poll_fn},
    io,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
};

use bytes::Bytes;
use http_body_util::{BodyExt, combinators::BoxBody};
use hyper::body::Body;
use poem::{Endpoint, Request, RequestParts, Response, endpoint::BoxEndpoint, http};
use tower_service::Service;

use crate::{BoxError, http_error::HttpError};

/// The body of a request and of an answer, as layers of tower's see them.
pub type TowerBody = BoxBody<Bytes, io::Error>;

/// What is inside of a layer of tower's: the rest of the way.
#[derive(Clone)]
pub struct TowerInner(Arc<BoxEndpoint<'static, Response>>);

impl std::fmt::Debug for TowerInner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TowerInner")
    }
}

/// What a request of poem's has beyond one of the `http` crate's.
#[derive(Clone)]
struct Parts(Arc<Mutex<Option<RequestParts>>>);

impl<B> Service<http::Request<B>> for TowerInner
where
    B: Body<Data: Into<Bytes>, Error: Into<BoxError>> + Send + Sync + 'static,
{
    type Response = http::Response<TowerBody>;
    type Error = std::convert::Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<B>) -> Self::Future {
        let inner = Arc::clone(&self.0);
        Box::pin(async move {
            let response = inner.get_response(to_poem(request)).await;
            let (parts, body) = response.into_parts();
            let mut response = http::Response::new(body.into());
            *response.status_mut() = parts.status;
            *response.version_mut() = parts.version;
            *response.headers_mut() = parts.headers;
            *response.extensions_mut() = parts.extensions;
            Ok(response)
        })
    }
}

/// A request on its way out to the layers.
fn to_tower(request: Request) -> http::Request<TowerBody> {
    let (parts, body) = request.into_parts();
    let mut request = http::Request::new(body.into());
    *request.method_mut() = parts.method.clone();
    *request.uri_mut() = parts.uri.clone();
    *request.version_mut() = parts.version;
    *request.headers_mut() = parts.headers.clone();
    *request.extensions_mut() = parts.extensions.clone();
    request.extensions_mut().insert(Parts(Arc::new(Mutex::new(Some(parts)))));
    request
}

/// And back, with what the layers have made of it.
fn to_poem<B>(request: http::Request<B>) -> Request
where
    B: Body<Data: Into<Bytes>, Error: Into<BoxError>> + Send + Sync + 'static,
{
    let (mut own, body) = request.into_parts();
    let kept = own.extensions.remove::<Parts>();
    let kept = kept.and_then(|Parts(kept)| kept.lock().unwrap_or_else(PoisonError::into_inner).take());
    // A layer that repeats a request has it without what only a connection knows.
    let mut parts = kept.unwrap_or_else(|| Request::default().into_parts().0);
    parts.method = own.method;
    parts.uri = own.uri;
    parts.version = own.version;
    parts.headers = own.headers;
    parts.extensions = own.extensions;
    Request::from_parts(parts, to_body(body))
}

fn to_body<B>(body: B) -> poem::Body
where
    B: Body<Data: Into<Bytes>, Error: Into<BoxError>> + Send + Sync + 'static,
{
    let body = body.map_frame(|frame| frame.map_data(Into::into)).map_err(io::Error::other);
    poem::Body::from(BoxBody::new(body))
}

/// A service of tower's, as an endpoint.
pub(super) struct Towered<S>(S);

impl<S> Towered<S> {
    pub(super) fn new<L: tower_layer::Layer<TowerInner, Service = S>>(
        layer: &L,
        inner: BoxEndpoint<'static, Response>,
    ) -> Self {
        Self(layer.layer(TowerInner(Arc::new(inner))))
    }
}

impl<S, B> Endpoint for Towered<S>
where
    S: Service<http::Request<TowerBody>, Response = http::Response<B>, Error: Into<BoxError>, Future: Send>
        + Clone
        + Send
        + Sync
        + 'static,
    B: Body<Data: Into<Bytes>, Error: Into<BoxError>> + Send + Sync + 'static,
{
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        let mut service = self.0.clone();
        let answer = async {
            poll_fn(|cx| service.poll_ready(cx)).await?;
            service.call(to_tower(request)).await
        };
        let response = match answer.await {
            Ok(response) => response,
            Err(error) => {
                let error: BoxError = error.into();
                return Ok(HttpError::internal(error).into_response());
            }
        };
        let (own, body) = response.into_parts();
        let mut response = Response::default();
        response.set_status(own.status);
        response.set_version(own.version);
        *response.headers_mut() = own.headers;
        *response.extensions_mut() = own.extensions;
        response.set_body(to_body(body));
        Ok(response)
    }
}
