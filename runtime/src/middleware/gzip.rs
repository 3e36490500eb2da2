//! [`Gzip`]: smaller answers.

use std::{
    io::{self, Write},
    pin::Pin,
    task::{self, Context, Poll},
};

use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use futures_util::{future::ready, stream};
use http_body_util::{BodyExt, Full, StreamBody, combinators::BoxBody};
use hyper::body::{Body, Frame};
use poem::{
    Endpoint, Request, Response,
    http::{
        HeaderMap, HeaderValue, Method, StatusCode,
        header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, VARY},
    },
};

use super::around::around;

/// What is compressed already, or must not wait.
const EXCLUDED: [&str; 12] = [
    "application/gzip",
    "application/x-gzip",
    "application/zip",
    "font/woff",
    "font/woff2",
    "image/avif",
    "image/gif",
    "image/jpeg",
    "image/png",
    "image/webp",
    "text/event-stream",
    "application/grpc",
];

/// What is compressed at once, so that its length is known; larger ones piece by piece.
const AT_ONCE: u64 = 1 << 20;

/// Compresses answers for clients that take gzip, as FastAPI's `GZipMiddleware` does: from 500 bytes on, and never
/// events, images, audio, video, archives, parts of files, or what has an encoding.
///
/// Streams are compressed piece by piece, each piece sent as it comes. A strong `ETag` becomes a weak one, since the
/// bytes are others (RFC 9110, section 8.8.3).
///
/// ```
/// use versify::{App, middleware::Gzip};
///
/// let app = App::new("Shop", "1.0.0").layer(Gzip::new().minimum_size(1000).level(5));
/// ```
#[derive(Debug, Clone, Copy)]
#[must_use = "it does nothing until `App::layer` gets it"]
pub struct Gzip {
    minimum_size: u64,
    level: u32,
}

impl Default for Gzip {
    fn default() -> Self {
        Self { minimum_size: 500, level: 9 }
    }
}

impl Gzip {
    /// From 500 bytes, as small as can be.
    pub fn new() -> Self {
        Self::default()
    }

    /// The smallest body in bytes that is compressed.
    pub fn minimum_size(mut self, bytes: u64) -> Self {
        self.minimum_size = bytes;
        self
    }

    /// From 1 (fast) to 9 (small); 9 by default.
    pub fn level(mut self, level: u32) -> Self {
        self.level = level.clamp(1, 9);
        self
    }

    async fn handle<E: Endpoint>(&self, request: Request, next: &E) -> Response {
        let takes_gzip = accepts_gzip(request.headers());
        let is_head = request.method() == Method::HEAD;
        let mut response = next.get_response(request).await;
        if response.status() == StatusCode::PARTIAL_CONTENT || is_excluded(response.headers()) {
            return response;
        }
        let body: BoxBody<Bytes, io::Error> = response.take_body().into();
        if body.size_hint().exact().is_some_and(|size| size < self.minimum_size) {
            response.set_body(poem::Body::from(body));
            return response;
        }
        let headers = response.headers_mut();
        headers.append(VARY, HeaderValue::from_static("Accept-Encoding"));
        if !takes_gzip || is_head {
            response.set_body(poem::Body::from(body));
            return response;
        }
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        headers.remove(CONTENT_LENGTH);
        weaken_etag(headers);
        let encoder = GzEncoder::new(Vec::new(), Compression::new(self.level));
        let is_small = body.size_hint().exact().is_some_and(|size| size <= AT_ONCE);
        let compressed = Compressed { body, encoder: Some(encoder) };
        let body = if is_small { compressed.whole().await } else { BoxBody::new(compressed) };
        response.set_body(poem::Body::from(body));
        response
    }
}

around!(Gzip, GzipEndpoint);

/// Whether a client takes `gzip`: it names it, with a quality that is not 0.
pub(crate) fn accepts_gzip(headers: &HeaderMap) -> bool {
    let all = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|value| value.split(',')).any(|part| {
        let mut words = part.split(';').map(str::trim);
        let named = words.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
        let refused = words.filter_map(|word| word.strip_prefix("q=")).any(|q| q.parse() == Ok(0.0_f32));
        named && !refused
    })
}

fn is_excluded(headers: &HeaderMap) -> bool {
    if headers.contains_key(CONTENT_ENCODING) {
        return true;
    }
    let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    EXCLUDED.contains(&media_type.as_str())
        || ["audio/", "video/", "application/grpc+"].iter().any(|start| media_type.starts_with(start))
}

fn weaken_etag(headers: &mut HeaderMap) {
    let weak = match headers.get(ETAG).and_then(|etag| etag.to_str().ok()) {
        Some(etag) if !etag.starts_with("W/") => HeaderValue::from_str(&format!("W/{etag}")).ok(),
        _ => None,
    };
    if let Some(weak) = weak {
        headers.insert(ETAG, weak);
    }
}

struct Compressed {
    body: BoxBody<Bytes, io::Error>,
    /// Gone when the end has been written.
    encoder: Option<GzEncoder<Vec<u8>>>,
}

impl Compressed {
    /// All of it. A body that fails is left to fail where it is sent.
    async fn whole(mut self) -> BoxBody<Bytes, io::Error> {
        let mut all = Vec::new();
        while let Some(frame) = self.frame().await {
            match frame.map(Frame::into_data) {
                Ok(Ok(data)) => all.extend_from_slice(&data),
                Ok(Err(_)) => {}
                Err(error) => return BoxBody::new(StreamBody::new(stream::once(ready(Err(error))))),
            }
        }
        BoxBody::new(Full::new(Bytes::from(all)).map_err(|never| match never {}))
    }

    fn piece(&mut self, data: &[u8]) -> io::Result<Bytes> {
        let last = self.body.is_end_stream();
        let Some(encoder) = &mut self.encoder else { return Ok(Bytes::new()) };
        encoder.write_all(data)?;
        if last {
            return self.end();
        }
        // What has come is sent: the next piece may be long in coming.
        encoder.flush()?;
        Ok(std::mem::take(encoder.get_mut()).into())
    }

    fn end(&mut self) -> io::Result<Bytes> {
        match self.encoder.take() {
            Some(encoder) => encoder.finish().map(Bytes::from),
            None => Ok(Bytes::new()),
        }
    }
}

impl Body for Compressed {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if self.encoder.is_none() {
            return Poll::Ready(None);
        }
        let frame = match task::ready!(Pin::new(&mut self.body).poll_frame(cx)) {
            None => self.end().map(Frame::data),
            Some(Err(error)) => Err(error),
            Some(Ok(frame)) => match frame.into_data() {
                Ok(data) => self.piece(&data).map(Frame::data),
                Err(trailers) => Ok(trailers),
            },
        };
        Poll::Ready(Some(frame))
    }
}
