//! [`Unread`]: what a request sent and nobody read.
//!
//! A request may be refused before its body was read. hyper closes the connection then; a client that was not told so
//! sends its next request on it and gets no answer. So it is told, by `Connection: close` (RFC 9112, section 9.6),
//! unless what is left is there already and small: then it is read away, and the connection goes on.

use std::{
    io,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
};

use bytes::Bytes;
use http_body_util::combinators::BoxBody;
use hyper::body::{Body, Frame, SizeHint};
use poem::Request;

/// At most so many bytes are read away.
const REST: usize = 64 * 1024;

/// `None`, once it has ended.
type Left = Option<BoxBody<Bytes, io::Error>>;

/// The body of a request, beside whoever reads it.
pub(super) struct Unread(Arc<Mutex<Left>>);

impl Unread {
    /// Watches how the request's body is read.
    pub(super) fn watch(request: &mut Request) -> Self {
        let body: BoxBody<Bytes, io::Error> = request.take_body().into();
        let left = Arc::new(Mutex::new(Some(body)));
        request.set_body(poem::Body::from(BoxBody::new(Reader(Arc::clone(&left)))));
        Self(left)
    }

    /// Whether something is left that cannot be read away at once. What is still being read, by a response that streams,
    /// is nobody else's.
    pub(super) fn is_left(&self, cx: &mut Context<'_>) -> bool {
        if Arc::strong_count(&self.0) > 1 {
            return false;
        }
        let mut left = lock(&self.0);
        let Some(body) = left.as_mut() else { return false };
        let mut rest = REST;
        while !body.is_end_stream() {
            match Pin::new(&mut *body).poll_frame(cx) {
                Poll::Ready(Some(Ok(frame))) => match rest.checked_sub(frame.data_ref().map_or(0, Bytes::len)) {
                    Some(less) => rest = less,
                    None => return true,
                },
                Poll::Ready(None) => break,
                Poll::Ready(Some(Err(_))) | Poll::Pending => return true,
            }
        }
        false
    }
}

fn lock(left: &Mutex<Left>) -> MutexGuard<'_, Left> {
    left.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What the operation reads.
struct Reader(Arc<Mutex<Left>>);

impl Body for Reader {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let mut left = lock(&self.0);
        let Some(body) = left.as_mut() else { return Poll::Ready(None) };
        let polled = Pin::new(&mut *body).poll_frame(cx);
        if matches!(polled, Poll::Ready(None)) || body.is_end_stream() {
            *left = None;
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        lock(&self.0).as_ref().is_none_or(Body::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        lock(&self.0).as_ref().map_or_else(|| SizeHint::with_exact(0), Body::size_hint)
    }
}
