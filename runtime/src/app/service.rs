//! [`Service`]: an app that is ready to answer.

use std::{any::Any, panic::AssertUnwindSafe, sync::Arc};

use futures_util::FutureExt;
use poem::{
    Endpoint, Request, Response,
    http::{
        HeaderValue, Method, StatusCode,
        header::{ALLOW, HOST, LOCATION},
    },
};

use super::matcher::{Found, Matcher};
use crate::{
    http_error::{HttpError, internal_server_error},
    openapi::{Documents, OpenApiVersion},
    operation::{Answer, Call, Settings, Shared, content_length, raised, text_response},
};

/// A page of the documentation: it answers from memory.
pub(crate) type Page = Arc<dyn Fn(&Request) -> Response + Send + Sync>;

/// An app that is ready to answer: poem's [`Endpoint`].
///
/// [`App::build`](super::App::build) makes it. It runs in poem's `Server`, mounts into a poem `Route`, and is what
/// poem's `TestClient` drives.
pub struct Service(pub(super) Arc<Table>);

impl Clone for Service {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl std::fmt::Debug for Service {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Service").field("routes", &self.0.entries.len()).finish_non_exhaustive()
    }
}

pub(super) struct Table {
    pub(super) matcher: Matcher,
    pub(super) entries: Vec<Entry>,
    pub(super) shared: Arc<Shared>,
    /// Of what has no limit of its own, and of requests that nothing serves.
    pub(super) body_limit: u64,
    pub(super) documents: Arc<Documents>,
}

pub(super) struct Entry {
    pub(super) handler: Handler,
    pub(super) body_limit: u64,
    /// What a 405 says.
    pub(super) allow: HeaderValue,
}

pub(super) enum Handler {
    Operation(for<'c> fn(&'c mut Call) -> Answer<'c>, Arc<Settings>),
    Page(Page),
}

impl Service {
    /// The OpenAPI document, as `/openapi.json` serves it.
    #[must_use]
    pub fn openapi(&self) -> &[u8] {
        self.openapi_version(self.0.documents.default_version())
    }

    /// The OpenAPI document in the words of another version, as `/openapi.json?version=3.0.3` serves it.
    #[must_use]
    pub fn openapi_version(&self, version: OpenApiVersion) -> &[u8] {
        self.0.documents.get(version)
    }

    /// Waits until all background tasks and exits that have begun are done: for tests.
    pub async fn background_done(&self) {
        let tracker = &self.0.shared.tracker;
        tracker.close();
        tracker.wait().await;
        tracker.reopen();
    }

    /// Answers a request.
    pub async fn answer(&self, request: Request) -> Response {
        let table = &*self.0;
        let length = content_length(request.headers()).unwrap_or_default();
        let found = table.matcher.find(request.method(), request.uri().path());
        let entry = match &found {
            Found::Route(route, _) | Found::OtherMethod(route) => table.entries.get(*route),
            _ => None,
        };
        let limit = entry.map_or(table.body_limit, |entry| entry.body_limit);
        if length > limit {
            // FastAPI's 413 for what declares its length, whatever the answer would have been.
            return text_response(StatusCode::PAYLOAD_TOO_LARGE, "Content Too Large");
        }
        match (found, entry) {
            (Found::Route(_, captures), Some(entry)) => match &entry.handler {
                Handler::Operation(operation, settings) => {
                    let mut call = Call::new(request, captures, Arc::clone(settings));
                    let response = run(*operation, &mut call).await;
                    call.finish(response).await
                }
                Handler::Page(page) => page(&request),
            },
            (Found::OtherMethod(_), Some(entry)) => method_not_allowed(&entry.allow),
            (Found::Slash(path), _) => redirect(&request, &path),
            _ => HttpError::status_only(StatusCode::NOT_FOUND).into_response(),
        }
    }
}

/// Runs an operation; a panic in it is a logged 500.
#[inline]
async fn run(operation: for<'c> fn(&'c mut Call) -> Answer<'c>, call: &mut Call) -> Response {
    let answer = async {
        match call.begin().await {
            Ok(()) => operation(call).await,
            Err(refusal) => refusal,
        }
    };
    match AssertUnwindSafe(answer).catch_unwind().await {
        Ok(response) => response,
        Err(panic) => panicked(&*panic),
    }
}

#[cold]
fn panicked(panic: &(dyn Any + Send)) -> Response {
    let message = panic_message(panic);
    tracing::error!(target: "versify", message, "an operation panicked");
    raised(internal_server_error())
}

/// What a panic says.
pub(crate) fn panic_message(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("(no message)")
}

#[cold]
fn method_not_allowed(allow: &HeaderValue) -> Response {
    HttpError::status_only(StatusCode::METHOD_NOT_ALLOWED).header(ALLOW, allow.clone()).into_response()
}

/// 307 to the path with its last slash added or removed, absolute as Starlette writes it.
#[cold]
fn redirect(request: &Request, path: &str) -> Response {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    const KEPT: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'/')
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~')
        .remove(b'!')
        .remove(b'$')
        .remove(b'&')
        .remove(b'\'')
        .remove(b'(')
        .remove(b')')
        .remove(b'*')
        .remove(b'+')
        .remove(b',')
        .remove(b';')
        .remove(b'=')
        .remove(b':')
        .remove(b'@');
    let host = request.header(HOST).or_else(|| request.uri().authority().map(poem::http::uri::Authority::as_str));
    let base = host.map(|host| format!("{}://{host}", request.scheme())).unwrap_or_default();
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    let location = format!("{base}{}{query}", utf8_percent_encode(path, KEPT));
    let mut response = Response::from(StatusCode::TEMPORARY_REDIRECT);
    if let Ok(location) = HeaderValue::from_str(&location) {
        response.headers_mut().insert(LOCATION, location);
    }
    response
}

impl Endpoint for Service {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        Ok(self.answer(request).await)
    }
}

/// The methods of a documentation page.
pub(super) const PAGE_METHODS: [Method; 2] = [Method::GET, Method::HEAD];
