//! [`TrustedHost`]: only names that are the app's own.

use std::net::Ipv6Addr;

use poem::{
    Endpoint, Request, Response,
    http::{StatusCode, header::HOST},
};

use super::around::around;
use crate::{
    app::{Forwarded, redirect_to},
    operation::text_response,
};

/// Answers 400 to requests whose `Host` is not one of the app's, as FastAPI's `TrustedHostMiddleware` does.
///
/// Names compare without case; `*.example.com` stands for all names below it, `*` for all. A name without its `www.` is
/// redirected to the one with it, if that is listed.
///
/// ```
/// use versify::{App, middleware::TrustedHost};
///
/// let app = App::new("Shop", "1.0.0").layer(TrustedHost::new(["example.com", "*.example.com"]));
/// ```
#[derive(Debug, Clone)]
#[must_use = "it does nothing until `App::layer` gets it"]
pub struct TrustedHost {
    hosts: Vec<String>,
    www_redirect: bool,
}

impl TrustedHost {
    /// The names.
    pub fn new<T: Into<String>>(hosts: impl IntoIterator<Item = T>) -> Self {
        let hosts = hosts.into_iter().map(|host| host.into().to_lowercase()).collect();
        Self { hosts, www_redirect: true }
    }

    /// Whether a name is redirected to its `www.` form where only that is listed; `true` by default.
    pub fn www_redirect(mut self, redirects: bool) -> Self {
        self.www_redirect = redirects;
        self
    }

    async fn handle<E: Endpoint>(&self, request: Request, next: &E) -> Response {
        if self.hosts.iter().any(|host| host == "*") {
            return next.get_response(request).await;
        }
        let header = request.headers().get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        let Some(host) = host_of(header).map(str::to_lowercase) else { return refused() };
        let matches = |pattern: &String| match pattern.strip_prefix('*') {
            Some(end) => host.ends_with(end),
            None => host == *pattern,
        };
        if self.hosts.iter().any(matches) {
            return next.get_response(request).await;
        }
        let www = format!("www.{host}");
        if self.www_redirect && self.hosts.contains(&www) {
            let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
            return redirect_to(&format!("{}://www.{header}{path}", Forwarded::of(&request).scheme));
        }
        refused()
    }
}

around!(TrustedHost, TrustedHostEndpoint);

#[cold]
fn refused() -> Response {
    text_response(StatusCode::BAD_REQUEST, "Invalid host header")
}

/// The name without its port, if the header is well made (RFC 3986, section 3.2.2).
pub(super) fn host_of(header: &str) -> Option<&str> {
    let (host, port) = match header.strip_prefix('[') {
        Some(rest) => {
            let (address, after) = rest.split_once(']')?;
            address.parse::<Ipv6Addr>().ok()?;
            let port = if after.is_empty() { None } else { Some(after.strip_prefix(':')?) };
            (header.get(..address.len() + 2)?, port)
        }
        None => {
            let (host, port) = header.split_once(':').map_or((header, None), |(host, port)| (host, Some(port)));
            let legal = |char: char| char.is_ascii_alphanumeric() || "._~%!$&'()*+,;=-".contains(char);
            if host.is_empty() || !host.chars().all(legal) {
                return None;
            }
            (host, port)
        }
    };
    port.is_none_or(|port| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())).then_some(host)
}
