//! [`Service`]: an app that is ready to answer.

use std::{any::Any, future::Future, panic::AssertUnwindSafe, sync::Arc};

use futures_util::{
    FutureExt,
    future::{BoxFuture, Either},
};
use percent_encoding::percent_decode_str;

use poem::{
    Endpoint, EndpointExt, Request, Response,
    endpoint::BoxEndpoint,
    http::{
        HeaderValue, Method, StatusCode,
        header::{ALLOW, HOST, LOCATION},
    },
};

use super::{
    forwarded::{Forwarded, TrustedProxies},
    matcher::{Found, Matcher},
    mount::{Mounted, RootPath},
    urls::{Names, Urls},
};
#[cfg(feature = "opentelemetry")]
use crate::observe::otel::OperationTrace;
#[cfg(feature = "websocket")]
use crate::websocket;
use crate::{
    faults::Caught,
    files::{Frontend, Wanted},
    http_error::{HttpError, internal_server_error},
    middleware::Layer,
    observe::{Observation, Observed, Observers, report},
    openapi::{Documents, OpenApiVersion},
    operation::{Answer, Call, Captures, Settings, Shared, content_length, raised, text_response},
    server::Respond,
};

/// A page of the documentation: it answers from memory.
pub(crate) type Page = Arc<dyn Fn(&Request) -> Response + Send + Sync>;

/// An app that is ready to answer: poem's [`Endpoint`].
///
/// [`App::build`](super::App::build) makes it. It runs in poem's `Server`, mounts into a poem `Route`, and is what
/// poem's `TestClient` drives.
#[derive(Clone)]
pub struct Service {
    table: Arc<Table>,
    /// The table with middleware around it, if there is any.
    wrapped: Option<Arc<BoxEndpoint<'static, Response>>>,
}

impl std::fmt::Debug for Service {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Service").field("routes", &self.table.entries.len()).finish_non_exhaustive()
    }
}

pub(super) struct Table {
    pub(super) matcher: Matcher,
    #[cfg(feature = "websocket")]
    pub(super) sockets: Matcher,
    pub(super) entries: Vec<Entry>,
    pub(super) shared: Arc<Shared>,
    /// Of what has no limit of its own, and of requests that nothing serves.
    pub(super) body_limit: u64,
    pub(super) documents: Arc<Documents>,
    /// The longest path first.
    pub(super) mounts: Vec<Mounted>,
    /// The longest path first.
    pub(super) frontends: Vec<Served>,
    pub(super) root_path: RootPath,
    pub(super) trusted_proxies: TrustedProxies,
    /// Whether somebody wants to know which of the routes a request takes.
    pub(super) observed: bool,
}

impl Table {
    /// What is sent for a fault of which no operation knows.
    #[cold]
    fn fault(&self, request: Request, response: Response) -> BoxFuture<'_, Response> {
        let handlers = &self.shared.handlers;
        if handlers.is_idle() {
            return std::future::ready(response).boxed();
        }
        async move { handlers.settle(request, &bytes::Bytes::new(), response).await }.boxed()
    }
}

/// A front end and its place.
pub(super) struct Served {
    /// Without a slash at its end; empty for all paths.
    pub(super) prefix: String,
    pub(super) frontend: Arc<Frontend>,
    pub(super) entry: Entry,
    /// For methods that no file answers: it has no dependencies.
    pub(super) other_methods: Entry,
}

pub(super) struct Entry {
    /// The whole path, with its parameters.
    pub(super) template: Box<str>,
    pub(super) handler: Handler,
    pub(super) body_limit: u64,
    /// What a 405 says.
    pub(super) allow: HeaderValue,
}

pub(super) enum Handler {
    Operation(Operation),
    /// An operation with middleware around it.
    Wrapped(BoxEndpoint<'static, Response>),
    Page(Page),
}

/// An operation and what it goes by.
#[derive(Clone)]
pub(super) struct Operation {
    call: for<'c> fn(&'c mut Call) -> Answer<'c>,
    settings: Arc<Settings>,
}

impl Handler {
    /// `layers` are innermost first.
    pub(super) fn operation(
        call: for<'c> fn(&'c mut Call) -> Answer<'c>,
        settings: Settings,
        layers: impl Iterator<Item = Layer>,
    ) -> Self {
        let operation = Operation { call, settings: Arc::new(settings) };
        let mut layers = layers.peekable();
        if layers.peek().is_none() {
            return Self::Operation(operation);
        }
        Self::Wrapped(layers.fold(operation.boxed(), |inner, layer| layer.around(inner)))
    }
}

impl Operation {
    #[inline]
    async fn answer(&self, request: Box<Request>, captures: Captures) -> Response {
        let mut call = Call::new(request, captures, Arc::clone(&self.settings));
        let response = run(self.call, &mut call).await;
        if call.has_more(&response) { Box::pin(call.finish(response)).await } else { response }
    }
}

/// Behind middleware: what the path held travels with the request.
impl Endpoint for Operation {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        let captures = request.data::<Captures>().cloned();
        Ok(self.answer(Box::new(request), captures.unwrap_or(Captures::Owned(Vec::new()))).await)
    }
}

impl Service {
    pub(super) fn new(table: Table, layers: &[Layer], observers: Observers) -> Self {
        let table = Arc::new(table);
        if layers.is_empty() && observers.are_idle() {
            return Self { table, wrapped: None };
        }
        let bare = Self { table: Arc::clone(&table), wrapped: None };
        let mut wrapped = layers.iter().fold(bare.boxed(), |inner, layer| layer.around(inner));
        if !observers.are_idle() {
            wrapped = Observed::around(wrapped, observers);
        }
        Self { table, wrapped: Some(Arc::new(wrapped)) }
    }

    /// The OpenAPI document, as `/openapi.json` serves it.
    #[must_use]
    pub fn openapi(&self) -> &[u8] {
        self.openapi_version(self.table.documents.default_version())
    }

    /// The OpenAPI document in the words of another version, as `/openapi.json?version=3.0.3` serves it.
    #[must_use]
    pub fn openapi_version(&self, version: OpenApiVersion) -> &[u8] {
        self.table.documents.get(version)
    }

    /// The URLs of its operations where there is no request: for mails, background tasks and tests. `base` is where
    /// clients find the app, `https://shop.example`.
    #[must_use]
    pub fn urls(&self, base: &str) -> Urls {
        Urls::new(self.names(), base)
    }

    pub(super) fn names(&self) -> Arc<Names> {
        self.table.shared.names()
    }

    /// Waits until all background tasks and exits that have begun are done: for tests.
    pub async fn background_done(&self) {
        let tracker = &self.table.shared.tracker;
        tracker.close();
        tracker.wait().await;
        tracker.reopen();
    }

    /// Answers a request.
    pub fn answer(&self, request: Request) -> impl Future<Output = Response> + Send {
        self.respond(Box::new(request))
    }
}

impl Service {
    async fn wrapped(&self, wrapped: &BoxEndpoint<'static, Response>, request: Request) -> Response {
        let response = caught(wrapped.get_response(request), None).await;
        self.table.shared.handlers.limited(response).await
    }
}

impl Respond for Service {
    #[inline]
    fn respond(&self, mut request: Box<Request>) -> impl Future<Output = Response> + Send {
        self.table.trusted_proxies.believe(&mut request);
        match &self.wrapped {
            None => Either::Left(self.table.answer(request)),
            Some(wrapped) => Either::Right(self.wrapped(wrapped, *request).boxed()),
        }
    }
}

impl Table {
    /// Futures are copied on their way: what is large and rare is boxed, so that this one is small.
    async fn answer(&self, mut request: Box<Request>) -> Response {
        if !self.root_path.as_str().is_empty() {
            self.root_path.enter(&mut request);
        }
        let length = content_length(request.headers()).unwrap_or_default();
        #[cfg(feature = "websocket")]
        if !self.sockets.is_empty()
            && websocket::is_handshake(&request)
            && let Found::Route(route, captures) = self.sockets.find(&Method::GET, request.uri().path())
        {
            return self.converse(request, route, captures).boxed().await;
        }
        let found = self.matcher.find(request.method(), request.uri().path());
        let mounted = match &found {
            Found::Route(..) => None,
            _ => self.mounts.iter().find(|mount| mount.rest(request.uri().path()).is_some()),
        };
        if let Some(mounted) = mounted {
            let observation = if self.observed { mounted.observe(&request) } else { None };
            return caught(mounted.answer(*request, self.shared.names()), observation.as_deref()).boxed().await;
        }
        #[cfg(feature = "websocket")]
        if !matches!(found, Found::Route(..)) && websocket::is_handshake(&request) {
            return websocket::refuse();
        }
        let entry = match &found {
            Found::Route(route, _) | Found::OtherMethod(route) => self.entries.get(*route),
            Found::Nothing if !self.is_mount(request.uri().path()) => self.frontend(&mut request),
            _ => None,
        };
        if self.observed {
            self.observe(&request, entry, &found);
        }
        let limit = entry.map_or(self.body_limit, |entry| entry.body_limit);
        if length > limit {
            // FastAPI's 413 for what declares its length, whatever the answer would have been.
            let response = text_response(StatusCode::PAYLOAD_TOO_LARGE, "Content Too Large");
            return self.fault(*request, response).await;
        }
        let found = match (found, entry) {
            // A front end.
            (Found::Nothing, Some(_)) => Found::Route(0, Captures::Owned(Vec::new())),
            (found, _) => found,
        };
        match (found, entry) {
            (Found::Route(_, captures), Some(entry)) => match &entry.handler {
                Handler::Operation(operation) => {
                    // As `Operation::answer`, but for one copy less.
                    let mut call = Call::new(request, captures, Arc::clone(&operation.settings));
                    let response = run(operation.call, &mut call).await;
                    if call.has_more(&response) { Box::pin(call.finish(response)).await } else { response }
                }
                Handler::Wrapped(endpoint) => {
                    let captures = captures.into_owned(request.uri().path());
                    request.set_data(captures);
                    let observation = if self.observed { Observation::of(&request).cloned() } else { None };
                    let answer = async {
                        let response = caught(endpoint.get_response(*request), observation.as_deref()).await;
                        self.shared.handlers.limited(response).await
                    };
                    answer.boxed().await
                }
                Handler::Page(page) => page(&request),
            },
            (Found::OtherMethod(_), Some(entry)) => self.fault(*request, method_not_allowed(&entry.allow)).await,
            (Found::Slash(path), _) => redirect(&request, &path),
            _ if self.is_mount(request.uri().path()) => {
                let path = format!("{}/", request.uri().path());
                redirect(&request, &path)
            }
            _ => self.fault(*request, HttpError::status_only(StatusCode::NOT_FOUND).into_response()).await,
        }
    }

    /// Tells those who want to know which route a request takes. A redirect is that of the route which it leads to.
    #[cold]
    fn observe(&self, request: &Request, entry: Option<&Entry>, found: &Found) {
        let other = match found {
            Found::Slash(path) => match self.matcher.find(request.method(), path) {
                Found::Route(route, _) | Found::OtherMethod(route) => self.entries.get(route),
                _ => None,
            },
            _ => None,
        };
        if let Some(entry) = entry.or(other) {
            Observation::matched(request, &entry.template);
        }
    }

    /// The front end that a path belongs to; it is told which of its paths is wanted.
    #[cold]
    fn frontend(&self, request: &mut Request) -> Option<&Entry> {
        if self.frontends.is_empty() {
            return None;
        }
        let path = percent_decode_str(request.uri().path()).decode_utf8_lossy().into_owned();
        let rest = |served: &Served| match path.strip_prefix(served.prefix.as_str())? {
            rest if rest.is_empty() || rest.starts_with('/') => Some(rest.to_owned()),
            _ => None,
        };
        let (served, path) = self.frontends.iter().find_map(|served| Some((served, rest(served)?)))?;
        request.set_data(Wanted { frontend: Arc::clone(&served.frontend), path });
        Some(if PAGE_METHODS.contains(request.method()) { &served.entry } else { &served.other_methods })
    }

    fn is_mount(&self, path: &str) -> bool {
        self.mounts.iter().any(|mount| !mount.prefix.is_empty() && mount.prefix == path)
    }
}

/// A panic outside of operations, too, is a logged 500; so is an error that nobody foresaw.
pub(crate) async fn caught(answer: impl Future<Output = Response>, observation: Option<&Observation>) -> Response {
    let mut response = match AssertUnwindSafe(answer).catch_unwind().await {
        Ok(response) => response,
        Err(panic) => panicked(&*panic),
    };
    if !response.extensions().is_empty() {
        report(&response, None, observation);
        Caught::take(&mut response);
    }
    response
}

#[cfg(feature = "websocket")]
impl Table {
    /// Runs an operation that talks over a WebSocket until it has accepted or refused the client.
    async fn converse(&self, mut request: Box<Request>, route: usize, captures: Captures) -> Response {
        let Some(Entry { handler: Handler::Operation(operation), .. }) = self.entries.get(route) else {
            return websocket::refuse();
        };
        let operation = operation.clone();
        let talk = if self.observed { Observation::talks(&request) } else { None };
        if let (Some(_), Some(Entry { template, .. })) = (&talk, self.entries.get(route)) {
            Observation::matched(&request, template);
        }
        let handshake = match websocket::Handshake::begin(&mut request).await {
            Ok(handshake) => handshake,
            Err(answer) => {
                if let Some(talk) = talk {
                    talk.answered(answer.status());
                }
                return answer;
            }
        };
        let Some(talk) = talk else {
            return handshake.answer(Box::pin(async move { operation.answer(request, captures).await })).await;
        };
        let running = Arc::clone(&talk);
        let running = async move { running.within(operation.answer(request, captures)).await };
        let response = handshake.answer(Box::pin(running)).await;
        talk.answered(response.status());
        response
    }
}

/// Runs an operation; a panic in it is a logged 500.
#[inline]
async fn run(operation: for<'c> fn(&'c mut Call) -> Answer<'c>, call: &mut Call) -> Response {
    #[cfg(feature = "opentelemetry")]
    if let Some(trace) = call.look_inside() {
        return Box::pin(traced(operation, call, trace)).await;
    }
    let answer = async {
        match call.begin().await {
            Ok(()) => {
                let response = operation(call).await;
                match call.response_class() {
                    None => response,
                    Some(class) => Box::pin(class.apply(response)).await,
                }
            }
            Err(refusal) => refusal,
        }
    };
    match AssertUnwindSafe(answer).catch_unwind().await {
        Ok(response) => response,
        Err(panic) => panicked(&*panic),
    }
}

/// The same where somebody wants to know what it does.
#[cfg(feature = "opentelemetry")]
async fn traced(
    operation: for<'c> fn(&'c mut Call) -> Answer<'c>,
    call: &mut Call,
    trace: Arc<OperationTrace>,
) -> Response {
    let answer = async {
        match call.begin().await {
            Ok(()) => Arc::clone(&trace).run(operation(call)).await,
            Err(refusal) => refusal,
        }
    };
    let response = match AssertUnwindSafe(answer).catch_unwind().await {
        Ok(response) => response,
        Err(panic) => panicked(&*panic),
    };
    trace.finish(&response);
    response
}

#[cold]
fn panicked(panic: &(dyn Any + Send)) -> Response {
    Caught::put(raised(internal_server_error()), HttpError::panic(panic_message(panic)))
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
pub(crate) fn redirect(request: &Request, path: &str) -> Response {
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
    let base = host.map(|host| format!("{}://{host}", Forwarded::of(request).scheme)).unwrap_or_default();
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    let root = RootPath::of(request);
    let location = format!("{base}{}{}{query}", root.as_str(), utf8_percent_encode(path, KEPT));
    let mut response = Response::from(StatusCode::TEMPORARY_REDIRECT);
    if let Ok(location) = HeaderValue::from_str(&location) {
        response.headers_mut().insert(LOCATION, location);
    }
    response
}

impl Endpoint for Service {
    type Output = Response;

    fn call(&self, request: Request) -> impl Future<Output = poem::Result<Response>> + Send {
        self.answer(request).map(Ok)
    }
}

/// The methods of a documentation page.
pub(super) const PAGE_METHODS: [Method; 2] = [Method::GET, Method::HEAD];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_future_of_an_answer_is_small() {
        let service = crate::App::new("empty", "1").build().unwrap();
        let size = size_of_val(&service.answer(Request::default()));
        assert!(size <= 3072, "{size} bytes are copied several times for each request");
    }
}
