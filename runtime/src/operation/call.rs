//! [`Call`]: one request, while its arguments are taken out of it.

mod form;

use std::{any::TypeId, ops::Range, sync::Arc};

use bytes::Bytes;
use poem::{
    Request, Response,
    http::{
        HeaderValue, StatusCode,
        header::{CONTENT_TYPE, COOKIE},
    },
};
use smallvec::SmallVec;

use super::{
    Failure,
    argument::BodyUse,
    body::{self, BodyStream},
    path_template::Convertor,
    query::{cookie_values, cookies, query_parameters, query_values},
    settings::Settings,
};
#[cfg(feature = "opentelemetry")]
use crate::observe::otel::OperationTrace;
use crate::{
    app::Names,
    decode::{
        Body, BodyFault, Content, Context, Decode, Field, Issue, JsonBody, Mode, Named, Segment, Target, Texts,
        as_declared, decode_named, decode_texts, read_embedded,
    },
    dependency::{After, Dependency, Fallible, Later, LimitOf, Scope, Turn},
    faults::Caught,
    form::Form,
    http_error::HttpError,
    observe::{Observation, report},
    reply::{Class, Deferred, ResponseHead},
    state::State,
};

/// The path's parameters, in the order of the template.
#[derive(Debug, Clone)]
pub(crate) enum Captures {
    /// Parts of the request's own path.
    Ranges(SmallVec<[Range<u32>; 4]>),
    /// Parts of a path that had to be decoded.
    Owned(Vec<String>),
}

impl Captures {
    /// Independent of the request's path, which a middleware may change.
    pub(crate) fn into_owned(self, path: &str) -> Self {
        match self {
            Self::Owned(texts) => Self::Owned(texts),
            Self::Ranges(ranges) => {
                let text = |range: Range<u32>| path.get(range.start as usize..range.end as usize).unwrap_or_default();
                Self::Owned(ranges.into_iter().map(|range| text(range).to_owned()).collect())
            }
        }
    }
}

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

    async fn resolve_dependencies(&mut self) {
        let settings = Arc::clone(&self.settings);
        for dependency in &settings.dependencies {
            if self.refusal.is_some() {
                return;
            }
            (dependency.resolve)(self, dependency.scopes).await;
        }
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

    /// What the dependency `D` gives: once per request, unless `use_cache` is false.
    pub async fn depend<D: Dependency>(
        &mut self,
        scopes: &'static [&'static str],
        use_cache: bool,
    ) -> Option<Arc<D::Value>> {
        self.depend_within::<D>(scopes, use_cache, None).await
    }

    /// As [`Call::depend`], within a limit of the argument's own.
    pub(crate) async fn depend_within<D: Dependency>(
        &mut self,
        scopes: &'static [&'static str],
        use_cache: bool,
        limit: Option<LimitOf>,
    ) -> Option<Arc<D::Value>> {
        if self.refusal.is_some() {
            return None;
        }
        let outer = self.scopes.len();
        self.scopes.extend_from_slice(scopes);
        let id = TypeId::of::<D>();
        let value = match use_cache.then(|| self.after.find(id, self.key(id))).flatten() {
            Some(value) => Some(value),
            None => self.resolve::<D>(id, limit).await,
        };
        self.scopes.truncate(outer);
        value
    }

    async fn resolve<D: Dependency>(&mut self, id: TypeId, limit: Option<LimitOf>) -> Option<Arc<D::Value>> {
        let scope = std::mem::replace(&mut self.scope, D::META.scope);
        let turn = Turn::new([D::META.max_concurrency, limit], D::META.holds);
        let turn = std::mem::replace(&mut self.turn, turn);
        #[cfg(feature = "opentelemetry")]
        let context = self.trace.as_ref().map(|trace| trace.dependencies());
        let resolving = match self.settings.shared.overrides.get::<D>() {
            None => D::resolve(self),
            Some(resolve) => resolve(self),
        };
        #[cfg(feature = "opentelemetry")]
        let value = match context {
            Some(context) => opentelemetry::context::FutureExt::with_context(resolving, context).await,
            None => resolving.await,
        };
        #[cfg(not(feature = "opentelemetry"))]
        let value = resolving.await;
        self.scope = scope;
        self.turn = turn;
        let value = Arc::new(value?);
        let key: Box<[&'static str]> = self.key(id).into();
        self.after.hold(id, key, D::META.scope, Arc::clone(&value));
        Some(value)
    }

    /// Under which scopes a value is shared.
    #[inline]
    fn key(&self, id: TypeId) -> &[&'static str] {
        if self.scopes.is_empty() || !self.settings.scoped.contains(&id) { &[] } else { &self.scopes }
    }

    /// The scopes that are asked for here, those of the operation first.
    #[must_use]
    pub fn scopes(&self) -> &[&'static str] {
        &self.scopes
    }

    pub(crate) fn scope(&self) -> Scope {
        self.scope
    }

    pub(crate) fn later(&mut self) -> Arc<Later> {
        self.after.later(&self.settings.shared.tracker)
    }

    /// Whether the dependency whose arguments have been read must wait before it is called.
    #[inline]
    #[must_use]
    pub fn is_limited(&self) -> bool {
        self.turn.is_some()
    }

    /// Waits until the dependency may be called: see `max_concurrency`.
    pub async fn wait_turn(&mut self) {
        let Some(turn) = &mut self.turn else { return };
        turn.wait().await;
        if turn.holds {
            let permits = turn.permits();
            self.later().keep(self.scope, permits);
        }
    }

    /// The dependency that is being resolved holds something until its scope ends.
    pub(crate) fn holds(&mut self) {
        if let Some(turn) = &mut self.turn {
            turn.holds = true;
        }
    }

    /// Begins the arguments of a dependency: the faults so far are put aside.
    #[must_use]
    #[inline]
    pub fn enter(&mut self) -> Vec<Issue> {
        std::mem::take(&mut self.issues)
    }

    /// Ends the arguments of a dependency: its faults come before those of whoever depends on it.
    #[inline]
    pub fn leave(&mut self, outer: Vec<Issue>) {
        let own = std::mem::replace(&mut self.issues, outer);
        if !own.is_empty() {
            self.earlier.extend(in_order(own));
        }
    }

    /// What a dependency that can fail returned; its error ends the request.
    pub fn fallible<F: Fallible>(&mut self, returned: F) -> Option<F::Value> {
        match returned.into_result() {
            Ok(value) => Some(value),
            Err(error) => {
                self.refusal.get_or_insert_with(|| raised(error.fail()).into());
                None
            }
        }
    }

    async fn load_bytes(&mut self) -> Result<(), Response> {
        let length = body::content_length(self.request.headers());
        let bytes = body::read(self.request.take_body(), length, self.settings.body_limit).await?;
        self.body = if bytes.is_empty() {
            JsonBody::Absent
        } else if is_json(&self.request, self.settings.strict_content_type) {
            JsonBody::Json(bytes)
        } else {
            JsonBody::Text(bytes)
        };
        Ok(())
    }

    /// The path parameter at `index` of the operation's own template.
    #[inline]
    pub fn path<T: Decode>(&mut self, field: &Field<T>, index: usize) -> Option<T> {
        let index = index + self.settings.prefixed;
        self.captured(field, field.name, index)
    }

    /// The path parameter of the field's name, or of the first of its names that is there, wherever in the path it is.
    pub fn path_by_name<T: Decode>(&mut self, field: &Field<T>, name: &str) -> Option<T> {
        let names = std::iter::once(&field.name).chain(field.aliases);
        let known = |name: &&str| self.settings.path_names.iter().position(|known| known == name);
        match names.copied().find_map(|name| Some((name, known(&name)?))) {
            Some((name, index)) => self.captured(field, name, index),
            None => {
                // Cannot happen in an `App`: it does not start.
                self.refuse(HttpError::internal(format!("the path has no parameter `{name}`")));
                None
            }
        }
    }

    /// A parameter that no attribute gives a place: of the path, if that has its name, else of the query.
    #[inline]
    pub fn inferred<T: Decode>(&mut self, field: &Field<T>) -> Option<T> {
        match self.settings.path_names.iter().position(|known| known == field.name) {
            Some(index) => self.captured(field, field.name, index),
            None => self.query(field),
        }
    }

    #[inline]
    fn captured<T: Decode>(&mut self, field: &Field<T>, name: &'static str, index: usize) -> Option<T> {
        let text = match &self.captures {
            Captures::Ranges(ranges) => ranges
                .get(index)
                .and_then(|range| self.request.uri().path().get(range.start as usize..range.end as usize)),
            Captures::Owned(texts) => texts.get(index).map(String::as_str),
        };
        let mut texts = Texts::new();
        texts.push(text.unwrap_or_default().into());
        let mark = self.issues.len();
        let value = decode_texts(field, name, &texts, Mode::LastText, "path", &mut self.issues);
        if self.issues.len() != mark
            && let Some(convertor) = self.settings.convertors.get(index)
        {
            quote_converted(&mut self.issues, mark, *convertor);
        }
        value
    }

    /// A query parameter.
    #[inline]
    pub fn query<T: Decode>(&mut self, field: &Field<T>) -> Option<T> {
        if T::FIELDS {
            return self.query_fields(field);
        }
        let query = self.request.uri().query().unwrap_or_default();
        let (name, texts) = sent(field, |name| query_values(query, name));
        if texts.is_empty() {
            return absent(field, "query", &mut self.issues);
        }
        decode_texts(field, name, &texts, Mode::LastText, "query", &mut self.issues)
    }

    fn query_fields<T: Decode>(&mut self, field: &Field<T>) -> Option<T> {
        let all = query_parameters(self.request.uri().query().unwrap_or_default());
        decode_named(field, &all, Context::new(Mode::LastText), "query", &mut self.issues)
    }

    /// A header field, or those that a model declares.
    pub fn header<T: Decode>(&mut self, field: &Field<T>) -> Option<T> {
        if T::FIELDS {
            return self.header_fields(field);
        }
        let headers = self.request.headers();
        let (name, texts) = sent(field, |name| {
            headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes())).collect()
        });
        if texts.is_empty() {
            return absent(field, "header", &mut self.issues);
        }
        decode_texts(field, name, &texts, Mode::FirstText, "header", &mut self.issues)
    }

    fn header_fields<T: Decode>(&mut self, field: &Field<T>) -> Option<T> {
        let headers = self.request.headers();
        let text = |value: &'_ HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned().into();
        let all = headers.keys().map(|name| (name.as_str().into(), headers.get_all(name).iter().map(text).collect()));
        let all: Named<'_> = all.collect();
        let mut cx = Context::new(Mode::FirstText);
        cx.hyphens = field.converts_underscores();
        decode_named(field, &as_declared::<T>(all, cx.hyphens), cx, "header", &mut self.issues)
    }

    fn cookie_fields<T: Decode>(&mut self, field: &Field<T>) -> Option<T> {
        let headers = self.request.headers().get_all(COOKIE);
        let all = cookies(headers.iter().filter_map(|header| header.to_str().ok()));
        decode_named(field, &all, Context::new(Mode::LastText), "cookie", &mut self.issues)
    }

    /// A cookie, or those that a model declares.
    pub fn cookie<T: Decode>(&mut self, field: &Field<T>) -> Option<T> {
        if T::FIELDS {
            return self.cookie_fields(field);
        }
        let headers = self.request.headers().get_all(COOKIE);
        let headers = || headers.iter().filter_map(|header| header.to_str().ok());
        let (name, texts) = sent(field, |name| headers().flat_map(|header| cookie_values(header, name)).collect());
        if texts.is_empty() {
            return absent(field, "cookie", &mut self.issues);
        }
        decode_texts(field, name, &texts, Mode::LastText, "cookie", &mut self.issues)
    }

    /// The body, or its part of the field's name where several are embedded.
    #[inline]
    pub fn body<T: Decode>(&mut self, field: &Field<T>) -> Option<T> {
        let mut body = Body::new(field);
        if self.read_body(&mut body) { body.value } else { None }
    }

    fn read_body(&mut self, target: &mut dyn Target) -> bool {
        let read = if self.settings.embed { self.read_embedded(target) } else { self.body.read(target) };
        read.map_err(|fault| self.refuse_body(fault)).is_ok()
    }

    fn read_embedded(&mut self, target: &mut dyn Target) -> Result<(), BodyFault> {
        if self.parsed.is_none() {
            match self.body.parse() {
                Ok(parsed) => self.parsed = Some(Ok(parsed)),
                Err(fault) => {
                    self.parsed = Some(Err(()));
                    return Err(fault);
                }
            }
        }
        match &self.parsed {
            Some(Ok(parsed)) => read_embedded(target, parsed.as_ref()),
            _ => Err(BodyFault::Issues(Vec::new())),
        }
    }

    #[cold]
    fn refuse_body(&mut self, fault: BodyFault) {
        match fault {
            BodyFault::Issues(issues) => self.issues.extend(issues),
            BodyFault::Syntax(issue) => {
                self.refusal = Some(HttpError::invalid(vec![*issue]).into_response().into());
            }
            BodyFault::Encoding => {
                let error = HttpError::new(400, "There was an error parsing the body");
                self.refusal = Some(error.into_response().into());
            }
        }
    }

    /// The body's bytes, whatever its media type.
    pub fn bytes(&mut self) -> Bytes {
        self.body.bytes()
    }

    /// The body as it arrives.
    pub fn stream(&mut self) -> Option<BodyStream> {
        self.stream.take()
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

    /// The body, for poem's extractors.
    pub fn take_body(&mut self) -> poem::RequestBody {
        poem::RequestBody::new(self.request.take_body())
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

/// Marks a response that an error made: what FastAPI would have raised.
#[derive(Debug, Clone, Copy)]
struct Raised;

/// The response, marked as one that an error made: no background tasks run after it.
#[cold]
pub(crate) fn raised(mut response: Response) -> Response {
    response.extensions_mut().insert(Raised);
    response
}

/// Whether a response is one that an error made.
pub(crate) fn is_raised(response: &Response) -> bool {
    response.extensions().get::<Raised>().is_some() || response.extensions().get::<Caught>().is_some()
}

/// What was sent under the field's name, or else under the first of its other names that was.
#[inline]
fn sent<'t, T>(field: &Field<T>, texts: impl Fn(&'static str) -> Texts<'t>) -> (&'static str, Texts<'t>) {
    let first = texts(field.name);
    if !first.is_empty() || field.aliases.is_empty() {
        return (field.name, first);
    }
    let others = field.aliases.iter().map(|name| (*name, texts(name)));
    others.into_iter().find(|(_, texts)| !texts.is_empty()).unwrap_or((field.name, first))
}

#[inline]
fn absent<T: Decode>(field: &Field<T>, place: &'static str, issues: &mut Vec<Issue>) -> Option<T> {
    let mut cx = Context::new(Mode::LastText);
    let value = field.missing(&mut cx);
    if cx.mark() != 0 {
        missing(cx, place, issues);
    }
    value
}

#[cold]
fn missing(cx: Context, place: &'static str, issues: &mut Vec<Issue>) {
    issues.extend(cx.into_issues().into_iter().map(|mut issue| {
        issue.finish(&[Segment::from(place)], &Content::Null, &mut 0);
        issue
    }));
}

/// What a convertor takes for a number, faults quote as one.
#[cold]
fn quote_converted(issues: &mut [Issue], mark: usize, convertor: Convertor) {
    for issue in issues.iter_mut().skip(mark) {
        issue.requote(|text| convertor.number(text));
    }
}

/// FastAPI's rule: `application/json` and `application/*+json`, in any case, with any parameters.
fn is_json(request: &Request, strict: bool) -> bool {
    let content_type = request.headers().get(CONTENT_TYPE).filter(|value| !value.is_empty());
    let Some(content_type) = content_type else { return !strict };
    if content_type == "application/json" {
        return true;
    }
    let Ok(text) = content_type.to_str() else { return false };
    let essence = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let Some(subtype) = essence.strip_prefix("application/") else { return false };
    subtype == "json" || subtype.ends_with("+json")
}
