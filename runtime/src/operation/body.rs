//! Bodies: read whole up to a limit, or handed on as a stream.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::{Bytes, BytesMut};
use futures_util::Stream;
use http_body_util::{BodyExt, combinators::BoxBody};
use hyper::body::Body as _;
use poem::{
    Body, Response,
    http::{HeaderMap, header::CONTENT_LENGTH},
};

use super::argument::{Argument, BodyUse};
use crate::{
    decode::Field,
    http_error::HttpError,
    operation::{Call, Description},
};

/// What `Content-Length` says, if it says a number.
pub(crate) fn content_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.trim().parse().ok()
}

/// The answer to a body that turned out too large while it was read.
#[cold]
pub(crate) fn too_large() -> Response {
    HttpError::new(413, "Content Too Large").into_response()
}

/// Reads a body whole, counting as it goes: a chunked body does not say how long it will be.
pub(crate) async fn read(body: Body, length: Option<u64>, limit: u64) -> Result<Bytes, Response> {
    let mut body: BoxBody<Bytes, io::Error> = body.into();
    let mut first: Option<Bytes> = None;
    let mut all = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| {
            tracing::debug!(target: "versify", %error, "a body ended early");
            HttpError::new(400, "There was an error parsing the body").into_response()
        })?;
        let Ok(data) = frame.into_data() else { continue };
        let held = first.as_ref().map_or(all.len(), Bytes::len);
        if (held + data.len()) as u64 > limit {
            return Err(too_large());
        }
        if held == 0 {
            // Mostly the only one: no copy.
            first = Some(data);
            if body.is_end_stream() {
                break;
            }
            continue;
        }
        if let Some(first) = first.take() {
            let whole = length.unwrap_or_default().min(limit) as usize;
            all.reserve(whole.max(first.len() + data.len()));
            all.extend_from_slice(&first);
        }
        all.extend_from_slice(&data);
    }
    Ok(first.unwrap_or_else(|| all.freeze()))
}

/// A body as it arrives, in pieces; for what is too large to be held.
///
/// It is a [`Stream`] of `io::Result<Bytes>`. Beyond the operation's body limit it ends with an error, which `?` in an
/// operation that returns [`versify::Result`](crate::Result) turns into the 413 that it is.
///
/// ```
/// use versify::prelude::*;
/// use versify::BodyStream;
///
/// /// Counts the bytes that are sent, without keeping them.
/// #[post("/count", body_limit = 1024 * 1024 * 1024)]
/// async fn count_bytes(mut body: BodyStream) -> Result<u64> {
///     let mut total = 0;
///     while let Some(bytes) = body.next().await? {
///         total += bytes.len() as u64;
///     }
///     Ok(total)
/// }
/// ```
#[derive(Debug)]
pub struct BodyStream {
    body: BoxBody<Bytes, io::Error>,
    left: u64,
}

/// Why a [`BodyStream`] ended before the body did.
#[derive(Debug)]
pub enum BodyError {
    /// The body is larger than the operation's limit: 413.
    TooLarge,
    /// The client went away or broke the encoding: 400.
    Broken(io::Error),
}

impl From<BodyError> for HttpError {
    fn from(error: BodyError) -> Self {
        match error {
            BodyError::TooLarge => Self::new(413, "Content Too Large"),
            BodyError::Broken(_) => Self::new(400, "There was an error parsing the body"),
        }
    }
}

impl From<BodyError> for io::Error {
    fn from(error: BodyError) -> Self {
        match error {
            BodyError::TooLarge => Self::new(io::ErrorKind::FileTooLarge, "the body is too large"),
            BodyError::Broken(error) => error,
        }
    }
}

impl BodyStream {
    pub(crate) fn new(body: Body, limit: u64) -> Self {
        Self { body: body.into(), left: limit }
    }

    /// The next piece, or `None` at the end.
    ///
    /// # Errors
    /// [`BodyError`]: the body is too large, or broken.
    pub async fn next(&mut self) -> Result<Option<Bytes>, BodyError> {
        std::future::poll_fn(|cx| self.poll_piece(cx)).await
    }

    pub(crate) fn poll_piece(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Bytes>, BodyError>> {
        loop {
            let frame = match ready!(Pin::new(&mut self.body).poll_frame(cx)) {
                None => return Poll::Ready(Ok(None)),
                Some(Err(error)) => return Poll::Ready(Err(BodyError::Broken(error))),
                Some(Ok(frame)) => frame,
            };
            let Ok(data) = frame.into_data() else { continue };
            match self.left.checked_sub(data.len() as u64) {
                Some(left) => self.left = left,
                None => return Poll::Ready(Err(BodyError::TooLarge)),
            }
            return Poll::Ready(Ok(Some(data)));
        }
    }
}

impl Stream for BodyStream {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_piece(cx).map(|piece| piece.map_err(Into::into).transpose())
    }
}

impl Argument for BodyStream {
    const BESIDE_FORM: bool = false;

    fn describe(field: &Field<Self>, description: &mut Description<'_>) {
        description.raw_body(&field.docs, BodyUse::Stream);
    }

    fn prepare(_: &Field<Self>, call: &mut Call) -> Option<Self> {
        call.stream()
    }
}

impl Argument for Bytes {
    const BESIDE_FORM: bool = false;

    fn describe(field: &Field<Self>, description: &mut Description<'_>) {
        description.raw_body(&field.docs, BodyUse::Value);
    }

    fn prepare(_: &Field<Self>, call: &mut Call) -> Option<Self> {
        Some(call.bytes())
    }
}
