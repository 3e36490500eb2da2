//! [`HttpsRedirect`]: no answer without encryption.

use poem::{
    Endpoint, Request, Response,
    http::{
        StatusCode,
        header::{HOST, UPGRADE},
        uri::Scheme,
    },
};

use super::{around::around, trusted_host::host_of};
use crate::{
    app::{Forwarded, redirect_to},
    operation::text_response,
};

/// Redirects requests that came without TLS to `https` (`wss` for WebSockets) with 307, as FastAPI's
/// `HTTPSRedirectMiddleware` does. Behind a proxy `X-Forwarded-Proto` counts: see [`App::trusted_proxies`](crate::App::trusted_proxies).
#[derive(Debug, Clone, Copy, Default)]
pub struct HttpsRedirect;

impl HttpsRedirect {
    async fn handle<E: Endpoint>(&self, request: Request, next: &E) -> Response {
        if Forwarded::of(&request).scheme == Scheme::HTTPS {
            return next.get_response(request).await;
        }
        let header = request.headers().get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        let Some(host) = host_of(header) else {
            return text_response(StatusCode::BAD_REQUEST, "Invalid host header");
        };
        let is_default = matches!(header.strip_prefix(host), Some(":80" | ":443"));
        let authority = if is_default { host } else { header };
        let scheme = if request.headers().contains_key(UPGRADE) { "wss" } else { "https" };
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
        redirect_to(&format!("{scheme}://{authority}{path}"))
    }
}

around!(HttpsRedirect, HttpsRedirectEndpoint);
