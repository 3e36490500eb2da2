//! [`hold`]: what is held until a response has been sent.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use http_body_util::combinators::BoxBody;
use hyper::body::{Body, Frame, SizeHint};
use poem::Response;

/// Holds `guard` until the response's body has been sent, or is dropped.
pub(super) fn hold<G: Send + Sync + Unpin + 'static>(response: Response, guard: G) -> Response {
    let (parts, body) = response.into_parts();
    let body: BoxBody<Bytes, io::Error> = body.into();
    if body.is_end_stream() {
        return Response::from_parts(parts, poem::Body::from(body));
    }
    Response::from_parts(parts, poem::Body::from(BoxBody::new(Held { body, _guard: guard })))
}

struct Held<G> {
    body: BoxBody<Bytes, io::Error>,
    _guard: G,
}

impl<G: Unpin> Body for Held<G> {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
