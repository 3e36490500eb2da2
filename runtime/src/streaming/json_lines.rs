//! [`JsonLines`]: an answer of JSON Lines.

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
    body::{Encode, StreamError, body},
    item::{StreamItem, write_json},
};
use crate::{
    openapi::StreamForm,
    operation::{Description, Reply},
};

/// Answers with a stream of values, each a line of JSON that is sent as it comes: `application/jsonl`.
///
/// The stream owns what it needs; it is dropped at its end, or when the client goes away. An item that is an `Err` ends
/// it: the error is logged and the connection breaks off.
///
/// ```
/// use versify::prelude::*;
///
/// /// An item on sale.
/// #[model]
/// #[derive(Clone)]
/// struct Item {
///     name: String,
/// }
///
/// /// All items, one by one.
/// #[get("/items")]
/// async fn stream_items(items: State<Vec<Item>>) -> JsonLines<impl Stream<Item = Item>> {
///     JsonLines::new(stream! {
///         for item in items.iter() {
///             yield item.clone();
///         }
///     })
/// }
/// ```
pub struct JsonLines<S>(S);

impl<S: Stream> JsonLines<S> {
    /// Answers with the stream's items.
    pub const fn new(stream: S) -> Self
    where
        S::Item: StreamItem,
    {
        Self(stream)
    }

    /// The stream, for calling an operation directly.
    pub fn into_inner(self) -> S {
        self.0
    }
}

impl<I: Iterator<Item: StreamItem>> JsonLines<Iter<I>> {
    /// Answers with the items of an iterator that does not block.
    pub fn of(items: impl IntoIterator<IntoIter = I>) -> Self {
        Self::new(stream::iter(items))
    }
}

impl<T: StreamItem + Send + 'static> JsonLines<Blocking<T>> {
    /// Answers with the items of an iterator that blocks: it runs on the threads that may.
    pub fn blocking<I: IntoIterator<Item = T> + Send + 'static>(items: I) -> Self {
        Self::new(Blocking::new(items))
    }
}

impl<S> fmt::Debug for JsonLines<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JsonLines")
    }
}

struct Lines;

impl<T: StreamItem> Encode<T> for Lines {
    fn encode(&mut self, item: T, buffer: &mut Vec<u8>) -> Result<(), StreamError> {
        write_json(item, buffer)?;
        buffer.push(b'\n');
        Ok(())
    }
}

impl<S: Stream<Item: StreamItem> + Send + 'static> Reply for JsonLines<S> {
    fn reply(self, status: StatusCode) -> Response {
        let mut response = Response::builder().status(status).body(body(self.0, Lines));
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/jsonl"));
        response
    }

    fn describe(description: &mut Description<'_>, status: StatusCode) {
        let item = S::Item::describe(description.components());
        description.stream_response(status, StreamForm::Lines, (!S::Item::UNTYPED).then_some(item));
    }
}
