use std::{
    convert::Infallible,
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use bytes::Bytes;
use hyper::{
    body::{Body, Frame, Incoming, SizeHint},
    service::Service,
};
use poem::{
    Endpoint, Response,
    http::{
        HeaderValue, StatusCode, Version,
        header::CONNECTION,
        uri::Scheme,
    },
    web::{LocalAddr, RemoteAddr},
};

use super::watch::Watch;

type BoxBody = http_body_util::combinators::BoxBody<Bytes, io::Error>;

/// What each request of a connection needs. One counter to raise per request: an endpoint's own would be shared by all
/// threads.
pub(super) struct Peer<E> {
    pub(super) endpoint: Arc<E>,
    pub(super) local_addr: LocalAddr,
    pub(super) remote_addr: RemoteAddr,
    pub(super) scheme: Scheme,
    pub(super) watch: Arc<Watch>,
}

/// The endpoint as hyper calls it.
pub(super) fn service<E>(
    peer: Arc<Peer<E>>,
) -> impl Service<
    hyper::Request<Incoming>,
    Response = hyper::Response<ResponseBody<E>>,
    Error = Infallible,
    Future: Send + 'static,
> + Send
+ Unpin
+ 'static
where
    E: Endpoint<Output = Response> + 'static,
{
    hyper::service::service_fn(move |request: hyper::Request<Incoming>| {
        let body = !request.body().is_end_stream();
        let http2 = request.version() == Version::HTTP_2;
        peer.watch.begin(body);
        let running = Running(Arc::clone(&peer));
        async move {
            let peer = &*running.0;
            let addresses = (peer.local_addr.clone(), peer.remote_addr.clone());
            let request = poem::Request::from((request, addresses.0, addresses.1, peer.scheme.clone()));
            let mut response = match peer.endpoint.call(request).await {
                Ok(response) => response,
                Err(error) => error.into_response(),
            };
            // hyper closes the connection if most of the body is unread, but finds out too late to say so.
            if response.status() == StatusCode::PAYLOAD_TOO_LARGE && body && !http2 {
                response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            }
            let response: hyper::Response<BoxBody> = response.into();
            Ok::<_, Infallible>(response.map(|inner| ResponseBody { inner, _running: running }))
        }
    })
}

/// A request until its answer is sent or given up.
struct Running<E>(Arc<Peer<E>>);

impl<E> Drop for Running<E> {
    fn drop(&mut self) {
        self.0.watch.end();
    }
}

/// An answer's body; the request runs until hyper drops it.
pub(super) struct ResponseBody<E> {
    inner: BoxBody,
    _running: Running<E>,
}

impl<E> Body for ResponseBody<E> {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        Pin::new(&mut self.inner).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}
