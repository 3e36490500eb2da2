//! A stream as the body of an answer.

use std::{
    fmt, io,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use futures_util::Stream;
use poem::Body;

use crate::app::panic_message;

/// Items that are ready at once go out together, up to about this many bytes.
const TOGETHER: usize = 8 * 1024;

/// Why a stream ended before its end.
#[derive(Debug)]
pub(super) struct StreamError(String);

impl StreamError {
    pub(super) fn new(reason: impl fmt::Display) -> Self {
        Self(reason.to_string())
    }
}

/// How a stream's items become bytes.
pub(super) trait Encode<T>: Send + Unpin + 'static {
    /// Writes one item.
    fn encode(&mut self, item: T, buffer: &mut Vec<u8>) -> Result<(), StreamError>;

    /// What is sent while nothing comes.
    fn idle(&mut self, _cx: &mut Context<'_>) -> Poll<&'static [u8]> {
        Poll::Pending
    }
}

/// A body that the stream's items are written to as they come.
///
/// A faulty item is logged and breaks the connection off, so that the client knows that it has not got everything. The
/// stream, and all that it owns, is dropped at its end, or when the client goes away.
pub(super) fn body<S: Stream + Send + 'static>(stream: S, encode: impl Encode<S::Item>) -> Body {
    Body::from_bytes_stream(Encoded { stream: Some(Box::pin(stream)), encode, failed: None })
}

struct Encoded<S, E> {
    /// `None` after its end.
    stream: Option<Pin<Box<S>>>,
    encode: E,
    /// What went wrong after the piece that was sent last.
    failed: Option<StreamError>,
}

impl<S: Stream, E: Encode<S::Item>> Encoded<S, E> {
    fn fail(&mut self, error: &StreamError) -> Poll<Option<io::Result<Bytes>>> {
        self.stream = None;
        tracing::error!(target: "versify", reason = %error.0, "a stream ended with an error");
        Poll::Ready(Some(Err(io::Error::other("the stream ended with an error"))))
    }
}

impl<S: Stream, E: Encode<S::Item>> Stream for Encoded<S, E> {
    type Item = io::Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        if let Some(error) = this.failed.take() {
            return this.fail(&error);
        }
        let mut buffer = Vec::new();
        while let Some(stream) = this.stream.as_mut() {
            let next = catch_unwind(AssertUnwindSafe(|| stream.as_mut().poll_next(cx)));
            let error = match next {
                Ok(Poll::Pending) => break,
                Ok(Poll::Ready(None)) => {
                    this.stream = None;
                    break;
                }
                Ok(Poll::Ready(Some(item))) => {
                    let before = buffer.len();
                    match this.encode.encode(item, &mut buffer) {
                        Ok(()) if buffer.len() < TOGETHER => continue,
                        Ok(()) => break,
                        Err(error) => {
                            buffer.truncate(before);
                            error
                        }
                    }
                }
                Err(panic) => StreamError(format!("it panicked: {}", panic_message(&*panic))),
            };
            if buffer.is_empty() {
                return this.fail(&error);
            }
            this.failed = Some(error);
            break;
        }
        if !buffer.is_empty() {
            return Poll::Ready(Some(Ok(buffer.into())));
        }
        if this.stream.is_none() {
            return Poll::Ready(None);
        }
        this.encode.idle(cx).map(|bytes| Some(Ok(Bytes::from_static(bytes))))
    }
}
