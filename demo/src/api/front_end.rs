//! The front end: files within the program. It uses the public API, as anyone's would.

use versify::{
    Fallback, Frontend, Router,
    middleware::Next,
    poem::{
        Request, Response,
        http::{HeaderName, HeaderValue, header},
    },
    rust_embed::Embed,
};

/// In a debug build they are read where they stand: a change shows as soon as the page is loaded anew.
#[derive(Embed)]
#[crate_path = "versify::rust_embed"]
#[folder = "front_end"]
struct Files;

/// All that is no operation.
pub(super) fn front_end() -> Router {
    Router::new().frontend("/", Frontend::embedded::<Files>().fallback(Fallback::None)).middleware(guard)
}

/// Scripts, styles and pictures come from here, and data are asked for here alone; nobody may frame the page.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

async fn guard(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers: [(HeaderName, &'static str); 4] = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
