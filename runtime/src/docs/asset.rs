//! [`Asset`]: bytes that are served with a validator, and compressed where the client takes it.

use std::{io::Write, sync::OnceLock};

use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use poem::{
    Request, Response,
    http::{
        HeaderValue, StatusCode,
        header::{
            CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
            X_CONTENT_TYPE_OPTIONS,
        },
    },
};

use crate::{
    conditional::{ETag, matches_any},
    middleware::accepts_gzip,
};

/// The path holds the version: it never changes.
pub(super) const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// It may change with the next release: ask, and take 304.
pub(super) const REVALIDATE: &str = "no-cache";

pub(super) struct Asset {
    content_type: &'static str,
    plain: Bytes,
    gzip: OnceLock<Bytes>,
    cache: &'static str,
    etag: HeaderValue,
    policy: Option<HeaderValue>,
}

impl Asset {
    pub(super) fn new(content_type: &'static str, plain: Bytes, cache: &'static str) -> Self {
        // Weak (RFC 9110, section 8.8.3): the compressed form has it, too.
        let etag = ETag::of_bytes(&plain).weakened().to_string();
        Self {
            content_type,
            gzip: OnceLock::new(),
            cache,
            etag: HeaderValue::from_str(&etag).unwrap_or(HeaderValue::from_static("\"\"")),
            policy: None,
            plain,
        }
    }

    /// A page, with the policy that it is shown under.
    pub(super) fn page(html: String, policy: &str) -> Self {
        Self {
            policy: HeaderValue::from_str(policy).ok(),
            ..Self::new("text/html; charset=utf-8", html.into(), REVALIDATE)
        }
    }

    /// With a compressed form that is there already.
    pub(super) fn with_gzip(self, gzip: Bytes) -> Self {
        Self { gzip: OnceLock::from(gzip), ..self }
    }

    pub(super) fn answer(&self, request: &Request) -> Response {
        let mut response = Response::default();
        let headers = response.headers_mut();
        headers.insert(ETAG, self.etag.clone());
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(self.cache));
        headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        if matches_any(request.headers(), IF_NONE_MATCH, self.etag.to_str().unwrap_or_default()) {
            response.set_status(StatusCode::NOT_MODIFIED);
            return response;
        }
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        if let Some(policy) = &self.policy {
            headers.insert(CONTENT_SECURITY_POLICY, policy.clone());
        }
        let body = match self.compressed(request) {
            Some(gzip) => {
                headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
                gzip.clone()
            }
            None => self.plain.clone(),
        };
        response.set_body(body);
        response
    }

    fn compressed(&self, request: &Request) -> Option<&Bytes> {
        if !accepts_gzip(request.headers()) || self.plain.len() < 500 {
            return None;
        }
        Some(self.gzip.get_or_init(|| compress(&self.plain)))
    }
}

fn compress(plain: &[u8]) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // Writing to memory does not fail.
    let _ = encoder.write_all(plain);
    encoder.finish().unwrap_or_default().into()
}
