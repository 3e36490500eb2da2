//! [`Table`]: what a running app serves, by path and method.

use std::sync::Arc;

use futures_util::{FutureExt, future::BoxFuture};
use percent_encoding::percent_decode_str;
use poem::{
    Endpoint, Request, Response,
    http::{HeaderValue, Method, StatusCode, header::ALLOW},
};

use super::{
    forwarded::TrustedProxies,
    handler::{Handler, run},
    matcher::{Found, Matcher},
    mount::{Mounted, RootPath},
    panics::caught,
    redirect::redirect,
};
#[cfg(feature = "websocket")]
use crate::websocket;
use crate::{
    files::{Frontend, Wanted},
    http_error::HttpError,
    observe::Observation,
    openapi::Documents,
    operation::{Call, Captures, Shared, content_length, text_response},
};

/// The routes of an app, and what is known of all its requests.
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

impl Table {
    /// Futures are copied on their way: what is large and rare is boxed, so that this one is small.
    pub(super) async fn answer(&self, mut request: Box<Request>) -> Response {
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

#[cold]
fn method_not_allowed(allow: &HeaderValue) -> Response {
    HttpError::status_only(StatusCode::METHOD_NOT_ALLOWED).header(ALLOW, allow.clone()).into_response()
}

/// The methods of a documentation page.
pub(super) const PAGE_METHODS: [Method; 2] = [Method::GET, Method::HEAD];
