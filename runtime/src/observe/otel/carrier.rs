//! [`Carrier`]: what a request says of the trace that it belongs to.

use opentelemetry::propagation::Extractor;
use poem::http::HeaderMap;

/// A request's header fields; those that may come in parts are joined (RFC 9110, section 5.3).
pub(super) struct Carrier<'r> {
    headers: &'r HeaderMap,
    joined: Vec<(&'static str, String)>,
}

impl<'r> Carrier<'r> {
    pub(super) fn new(headers: &'r HeaderMap) -> Self {
        let mut joined = Vec::new();
        for name in ["tracestate", "baggage"] {
            let parts: Vec<&str> = headers.get_all(name).iter().filter_map(|part| part.to_str().ok()).collect();
            if parts.len() > 1 {
                joined.push((name, parts.join(",")));
            }
        }
        Self { headers, joined }
    }
}

impl Extractor for Carrier<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        match self.joined.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)) {
            Some((_, joined)) => Some(joined),
            None => self.headers.get(key)?.to_str().ok(),
        }
    }

    fn keys(&self) -> Vec<&str> {
        self.headers.keys().map(poem::http::HeaderName::as_str).collect()
    }
}
