//! [`TextStream`]: an answer of text, in pieces.

use std::fmt;

use futures_util::{
    Stream,
    stream::{self, Iter},
};
use poem::{
    Response,
    http::{HeaderValue, StatusCode, header::CONTENT_TYPE},
};

use super::{
    blocking::Blocking,
    body::body,
    byte_stream::{Piece, Pieces},
};
use crate::{
    openapi::Schema,
    operation::{Description, Reply},
};

/// Answers with a stream of text, each piece sent as it comes: `text/plain; charset=utf-8`.
///
/// ```
/// use versify::{TextStream, prelude::*};
///
/// /// Counts aloud.
/// #[get("/count")]
/// async fn count() -> TextStream<impl Stream<Item = String>> {
///     TextStream::new(stream! {
///         for number in 1..=3 {
///             yield format!("{number}\n");
///         }
///     })
/// }
/// ```
pub struct TextStream<S>(S);

impl<S: Stream> TextStream<S> {
    /// Answers with the stream's pieces: text, or `Result`s of text.
    pub const fn new(stream: S) -> Self
    where
        S::Item: Piece,
    {
        Self(stream)
    }

    /// The stream, for calling an operation directly.
    pub fn into_inner(self) -> S {
        self.0
    }
}

impl<I: Iterator<Item: Piece>> TextStream<Iter<I>> {
    /// Answers with the items of an iterator that does not block.
    pub fn of(items: impl IntoIterator<IntoIter = I>) -> Self {
        Self::new(stream::iter(items))
    }
}

impl<T: Piece + Send + 'static> TextStream<Blocking<T>> {
    /// Answers with the items of an iterator that blocks: it runs on the threads that may.
    pub fn blocking<I: IntoIterator<Item = T> + Send + 'static>(items: I) -> Self {
        Self::new(Blocking::new(items))
    }
}

impl<S> fmt::Debug for TextStream<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TextStream")
    }
}

impl<S: Stream<Item: Piece> + Send + 'static> Reply for TextStream<S> {
    fn reply(self, status: StatusCode) -> Response {
        let mut response = Response::builder().status(status).body(body(self.0, Pieces));
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
        response
    }

    fn describe(description: &mut Description<'_>, status: StatusCode) {
        description.response(status, vec![("text/plain".to_owned(), Schema::string())]);
    }
}
