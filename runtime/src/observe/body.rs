//! [`WatchedBody`]: a response's body whose end is noticed.

use std::{
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use bytes::Bytes;
use http_body_util::combinators::BoxBody;
use hyper::body::{Body, Frame, SizeHint};
use poem::{Response, http::Method};

use super::{Observation, end::End};

/// A response whose observation ends with the last byte of its body.
pub(super) fn watch(response: Response, observation: Arc<Observation>) -> Response {
    let (parts, body) = response.into_parts();
    let body: BoxBody<Bytes, io::Error> = body.into();
    let mut watched = WatchedBody { body, observation: Some(observation) };
    // Nobody asks for the body of these.
    if watched.body.is_end_stream() || watched.is_head() {
        watched.finish(End::Complete);
    }
    Response::from_parts(parts, poem::Body::from(BoxBody::new(watched)))
}

struct WatchedBody {
    body: BoxBody<Bytes, io::Error>,
    /// Gone when it is over.
    observation: Option<Arc<Observation>>,
}

impl WatchedBody {
    fn is_head(&self) -> bool {
        self.observation.as_ref().is_some_and(|observation| observation.method == Method::HEAD)
    }

    fn finish(&mut self, end: End) {
        if let Some(observation) = &self.observation {
            observation.finish(end);
        }
    }
}

impl Body for WatchedBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let Self { body, observation } = &mut *self;
        let polled = match observation {
            Some(observation) => observation.enter(|| Pin::new(body).poll_frame(cx)),
            None => Pin::new(body).poll_frame(cx),
        };
        match &polled {
            Poll::Ready(None) => self.finish(End::Complete),
            Poll::Ready(Some(Err(_))) => self.finish(End::Broken),
            Poll::Ready(Some(Ok(_))) if self.body.is_end_stream() => self.finish(End::Complete),
            _ => {}
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for WatchedBody {
    fn drop(&mut self) {
        self.finish(End::Gone);
        // What comes after the response belongs to the request, too.
        if let Some(observation) = self.observation.take() {
            observation.enter(|| drop(std::mem::take(&mut self.body)));
        }
    }
}
