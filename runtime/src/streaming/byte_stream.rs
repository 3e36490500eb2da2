//! [`ByteStream`]: an answer of bytes, in pieces.

use std::{fmt, marker::PhantomData};

use bytes::Bytes;
use futures_util::{
    Stream,
    stream::{self, Iter},
};
use poem::{
    Response,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header::CONTENT_TYPE},
};

use super::{
    blocking::Blocking,
    body::{Encode, StreamError, body},
};
use crate::{
    openapi::Schema,
    operation::{Description, Reply},
};

/// The media type of a [`ByteStream`], for the answer and for the document.
pub trait MediaType {
    /// Such as `image/png`; `None` sends none.
    const NAME: Option<&'static str>;
}

/// No media type: the client has to know what it gets.
#[derive(Debug, Clone, Copy)]
pub struct Untyped;

impl MediaType for Untyped {
    const NAME: Option<&'static str> = None;
}

/// Answers with a stream of bytes, or of text: each piece is sent as it comes.
///
/// The stream owns what it needs; it is dropped at its end, or when the client goes away. Its pieces may be `Result`s:
/// an `Err` ends it, is logged, and breaks the connection off.
///
/// ```
/// use versify::{ByteStream, MediaType, prelude::*};
///
/// struct Png;
///
/// impl MediaType for Png {
///     const NAME: Option<&'static str> = Some("image/png");
/// }
///
/// /// The image, as it is read.
/// #[get("/image")]
/// async fn stream_image() -> ByteStream<impl Stream<Item = Vec<u8>>, Png> {
///     ByteStream::new(stream! {
///         for piece in [b"\x89PNG".to_vec(), b"\r\n".to_vec()] {
///             yield piece;
///         }
///     })
/// }
/// ```
pub struct ByteStream<S, M = Untyped> {
    stream: S,
    headers: HeaderMap,
    of: PhantomData<fn() -> M>,
}

impl<S: Stream, M> ByteStream<S, M> {
    /// Answers with the stream's pieces.
    pub fn new(stream: S) -> Self
    where
        S::Item: Piece,
    {
        Self { stream, headers: HeaderMap::new(), of: PhantomData }
    }

    /// With a media type that is known when it is answered, such as `text/csv`: it takes the place of the declared one.
    ///
    /// What is no value of a header field is passed over.
    ///
    /// ```
    /// use versify::{ByteStream, prelude::*};
    ///
    /// #[get("/table")]
    /// async fn stream_table(#[query(default)] tabs: bool) -> ByteStream<impl Stream<Item = String>> {
    ///     let (separator, media_type) = if tabs { ("\t", "text/tab-separated-values") } else { (",", "text/csv") };
    ///     ByteStream::of(["a", "b"].map(|name| format!("{name}{separator}1\n"))).media_type(media_type)
    /// }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), versify::StartError> {
    /// # let app = App::new("Tables", "1.0.0").routes(routes![stream_table]);
    /// # let client = poem::test::TestClient::new(app.build()?);
    ///
    /// client.get("/table").send().await.assert_content_type("text/csv");
    /// client.get("/table?tabs=1").send().await.assert_content_type("text/tab-separated-values");
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn media_type(mut self, media_type: &str) -> Self {
        if let Ok(value) = HeaderValue::try_from(media_type) {
            self.headers.insert(CONTENT_TYPE, value);
        }
        self
    }

    /// With a header field; `Content-Type` takes the place of the declared media type.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// The stream, for calling an operation directly.
    pub fn into_inner(self) -> S {
        self.stream
    }
}

impl<I: Iterator<Item: Piece>, M> ByteStream<Iter<I>, M> {
    /// Answers with the items of an iterator that does not block.
    pub fn of(items: impl IntoIterator<IntoIter = I>) -> Self {
        Self::new(stream::iter(items))
    }
}

impl<T: Piece + Send + 'static, M> ByteStream<Blocking<T>, M> {
    /// Answers with the items of an iterator that blocks: it runs on the threads that may.
    pub fn blocking<I: IntoIterator<Item = T> + Send + 'static>(items: I) -> Self {
        Self::new(Blocking::new(items))
    }
}

impl<S, M> fmt::Debug for ByteStream<S, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream").field("headers", &self.headers).finish_non_exhaustive()
    }
}

/// A piece of a [`ByteStream`]: bytes, text, or a `Result` of these.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no piece of a stream of bytes",
    note = "give `Bytes` or `String`"
)]
pub trait Piece {
    /// The bytes.
    ///
    /// # Errors
    /// What ends the stream, in words.
    fn bytes(self) -> Result<impl AsRef<[u8]>, String>;
}

macro_rules! pieces {
    ($($type:ty),*) => {$(
        impl Piece for $type {
            fn bytes(self) -> Result<impl AsRef<[u8]>, String> {
                Ok(self)
            }
        }
    )*};
}

pieces!(Bytes, Vec<u8>, String, &'static str, &'static [u8]);

impl<T: Piece, E: fmt::Display> Piece for Result<T, E> {
    fn bytes(self) -> Result<impl AsRef<[u8]>, String> {
        self.map_err(|error| error.to_string())?.bytes()
    }
}

pub(super) struct Pieces;

impl<T: Piece> Encode<T> for Pieces {
    fn encode(&mut self, item: T, buffer: &mut Vec<u8>) -> Result<(), StreamError> {
        buffer.extend_from_slice(item.bytes().map_err(StreamError::new)?.as_ref());
        Ok(())
    }
}

impl<S: Stream<Item: Piece> + Send + 'static, M: MediaType> Reply for ByteStream<S, M> {
    fn reply(self, status: StatusCode) -> Response {
        let mut response = Response::builder().status(status).body(body(self.stream, Pieces));
        if let Some(Ok(media_type)) = M::NAME.map(HeaderValue::from_str) {
            response.headers_mut().insert(CONTENT_TYPE, media_type);
        }
        response.headers_mut().extend(self.headers);
        response
    }

    fn describe(description: &mut Description<'_>, status: StatusCode) {
        let content = M::NAME.map(|name| (name.to_owned(), Schema::string()));
        description.response(status, content.into_iter().collect());
    }
}
