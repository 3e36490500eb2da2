//! [`Call`]: one request, while its arguments are taken out of it.

mod body;
mod captures;
mod dependencies;
mod form;
mod parameters;

use std::sync::Arc;

use poem::{Request, Response, http::StatusCode};

pub(crate) use self::captures::Captures;
use super::{
    argument::BodyUse,
    body::BodyStream,
    raised::{is_raised, raised},
    settings::Settings,
};
#[cfg(feature = "opentelemetry")]
use crate::observe::otel::OperationTrace;
use crate::{
    app::Names,
    decode::{Content, Issue, JsonBody, Segment},
    dependency::{After, Scope, Turn},
    faults::Caught,
    form::Form,
    http_error::HttpError,
    observe::{Observation, report},
    reply::{Class, Deferred, ResponseHead},
    state::State,
};

/// One request on its way into a function: generated code takes the arguments out of it.
///
/// Faults are collected; [`Call::reject`] answers with all of them.
#[derive(Debug)]
pub struct Call {
    /// Boxed, as what is rare is: a call is a part of futures, which are copied on their way.
    request: Box<Request>,
    captures: Captures,
    settings: Arc<Settings>,
    body: JsonBody,
    stream: Option<BodyStream>,
    form: Option<Box<Form>>,
    /// The body of several values, parsed once.
    parsed: Option<Result<Option<Content<'static>>, ()>>,
    /// Faults of the function whose arguments are read.
    issues: Vec<Issue>,
    /// Faults of dependencies, which come first.
    earlier: Vec<Issue>,
    refusal: Option<Box<Response>>,
    after: After,
    /// The scopes that are asked for, from the operation on.
    scopes: Vec<&'static str>,
    /// Of the dependency that is being resolved.
    scope: Scope,
    /// What the dependency that is being resolved waits for before it is called.
    turn: Option<Box<Turn>>,
    /// Who wants to know what is done.
    #[cfg(feature = "opentelemetry")]
    trace: Option<Arc<OperationTrace>>,
    /// What arguments said of the answer.
    head: Option<ResponseHead>,
}

impl Call {
    pub(crate) fn new(request: Box<Request>, captures: Captures, settings: Arc<Settings>) -> Self {
        Self {
            request,
            captures,
            settings,
            body: JsonBody::Absent,
            stream: None,
            form: None,
            parsed: None,
            issues: Vec::new(),
            earlier: Vec::new(),
            refusal: None,
            after: After::default(),
            scopes: Vec::new(),
            scope: Scope::Request,
            turn: None,
            #[cfg(feature = "opentelemetry")]
            trace: None,
            head: None,
        }
    }

    /// The request, without its body.
    #[must_use]
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// What the app serves, by name.
    pub(crate) fn names(&self) -> Arc<Names> {
        self.settings.shared.names()
    }

    /// Does what comes before the operation: reads the body as the arguments need it, and resolves the dependencies of
    /// apps and routers.
    ///
    /// # Errors
    /// The answer to a body that is too large (413) or ended early (400), or that of a dependency.
    #[inline]
    pub(crate) async fn begin(&mut self) -> Result<(), Response> {
        match self.settings.body_use {
            BodyUse::None => {}
            BodyUse::Stream => {
                self.stream = Some(BodyStream::new(self.request.take_body(), self.settings.body_limit));
            }
            // Boxed: it is large, and would be a part of every request's future.
            BodyUse::Form => Box::pin(self.load_form()).await?,
            BodyUse::Value => self.load_bytes().await?,
        }
        if self.settings.checks_syntax
            && let Err(fault) = self.body.check()
        {
            self.refuse_body(fault);
        }
        if !self.settings.dependencies.is_empty() {
            self.resolve_dependencies().await;
        }
        match self.refusal.take() {
            None => Ok(()),
            Some(refusal) => Err(*refusal),
        }
    }

    /// Begins to look at what the operation does, if somebody wants to know.
    #[cfg(feature = "opentelemetry")]
    #[inline]
    pub(crate) fn look_inside(&mut self) -> Option<Arc<OperationTrace>> {
        if self.settings.traced {
            self.trace = OperationTrace::begin(&self.request, (self.settings.function)());
        }
        self.trace.clone()
    }

    /// Whether something comes after the operation.
    #[inline]
    pub(crate) fn has_more(&self, response: &Response) -> bool {
        self.after.is_needed() || self.head.is_some() || !response.extensions().is_empty()
    }

    /// Does what comes after the operation.
    pub(crate) async fn finish(&mut self, response: Response) -> Response {
        if self.head.is_none() && response.extensions().is_empty() {
            return std::mem::take(&mut self.after).finish(response, false).await;
        }
        self.complete(response).await
    }

    /// An error goes to the app's handlers; other answers get what arguments said of them, and what they want of the
    /// request.
    async fn complete(&mut self, mut response: Response) -> Response {
        let request = std::mem::take(&mut *self.request);
        let (after, head) = (std::mem::take(&mut self.after), self.head.take());
        let (settings, body) = (Arc::clone(&self.settings), self.body.bytes());
        let failed = is_raised(&response);
        if failed {
            report(&response, Some((settings.function)()), Observation::of(&request).map(Arc::as_ref));
        }
        let handlers = &settings.shared.handlers;
        if let (false, Some(head)) = (failed, head) {
            response = head.merge(response);
        }
        if failed && !handlers.is_idle() {
            let (method, headers) = (request.method().clone(), request.headers().clone());
            response = handlers.settle(request, &body, response).await;
            response = Deferred::settle(&method, &headers, response).await;
        } else {
            Caught::take(&mut response);
            response = Deferred::settle(request.method(), request.headers(), response).await;
        }
        after.finish(response, failed).await
    }

    /// The status, header fields and cookies of the answer to come.
    pub(crate) fn response_head(&mut self) -> ResponseHead {
        self.head.get_or_insert_default().clone()
    }

    /// The status of a success: the declared one, unless an argument said otherwise.
    #[inline]
    #[must_use]
    pub fn status(&self, declared: StatusCode) -> StatusCode {
        // The function has returned.
        #[cfg(feature = "opentelemetry")]
        if let Some(trace) = &self.trace {
            trace.returned();
        }
        self.head.as_ref().and_then(ResponseHead::own_status).unwrap_or(declared)
    }

    /// What becomes of an answer of JSON.
    #[inline]
    pub(crate) fn response_class(&self) -> Option<Class> {
        self.settings.response_class
    }

    /// The app's state of type `T`.
    pub fn state<T: Send + Sync + 'static>(&mut self) -> Option<State<T>> {
        let state =
            self.settings.shared.states.get::<T>().or_else(|| self.request.extensions().get::<State<T>>().cloned());
        if state.is_none() {
            // Cannot happen in an `App`: it does not start. It can in poem's `OpenApiService`.
            let missing = std::any::type_name::<T>();
            self.refuse(HttpError::internal(format!("nobody provides the state {missing}")));
        }
        state
    }

    /// What a poem extractor gave; its error ends the request.
    pub fn extracted<T>(&mut self, result: poem::Result<T>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                self.refusal.get_or_insert_with(|| raised(error.into_response()).into());
                None
            }
        }
    }

    /// Ends the request with `error`.
    #[cold]
    pub fn refuse(&mut self, error: HttpError) {
        self.refusal.get_or_insert_with(|| raised(error.into_response()).into());
    }

    /// Whether some argument has ended the request.
    #[inline]
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.refusal.is_some()
    }

    /// Whether something is wrong, with this function's arguments or with a dependency. The operation asks this last,
    /// and calls its function if it may.
    #[inline]
    #[must_use]
    pub fn is_faulty(&self) -> bool {
        let is_faulty = self.refusal.is_some() || !self.earlier.is_empty();
        #[cfg(feature = "opentelemetry")]
        if let Some(trace) = &self.trace
            && !is_faulty
            && self.issues.is_empty()
        {
            trace.called();
        }
        is_faulty
    }

    /// The answer to a request whose arguments could not all be read: one 422 with all faults, in FastAPI's order.
    #[cold]
    pub fn reject(&mut self) -> Response {
        if let Some(refusal) = self.refusal.take() {
            return *refusal;
        }
        #[cfg(feature = "websocket")]
        if crate::websocket::is_offered(&self.request) {
            return raised(crate::websocket::refuse());
        }
        let mut issues = std::mem::take(&mut self.earlier);
        issues.extend(in_order(std::mem::take(&mut self.issues)));
        if let Some(observation) = Observation::of(&self.request) {
            observation.invalid(issues.len());
        }
        raised(HttpError::invalid(issues).into_response())
    }
}

/// One function's faults in FastAPI's order of places.
fn in_order(mut issues: Vec<Issue>) -> Vec<Issue> {
    issues.sort_by_key(|issue| match issue.location().first() {
        Some(Segment::Key(place)) => {
            ["path", "query", "header", "cookie", "body"].iter().position(|known| known == place)
        }
        _ => None,
    });
    issues
}
