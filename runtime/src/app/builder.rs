//! [`App`]: what an app is made of, and the checks before it starts.

use std::{
    any::TypeId,
    collections::HashMap,
    future::Future,
    sync::{Arc, PoisonError},
    time::Duration,
};

use serde_json::Value;

use poem::{
    Endpoint, EndpointExt, Middleware, Request, Response,
    endpoint::BoxEndpoint,
    http::{HeaderValue, Method},
};

use super::{
    api::{Api, Passing},
    forwarded::TrustedProxies,
    framework_answers,
    matcher::{Matcher, Refused},
    mount::{Mount, Mounted, RootPath, Target},
    router::{Common, Item, Router},
    serve::ServeOptions,
    service::{Entry, Handler, PAGE_METHODS, Page, Served, Service, Table},
    start_error::{StartError, StartFault},
    urls::Names,
};
use crate::{
    dependency::{Dependency, RouteDependency},
    docs::{Docs, ReDoc, SwaggerUi},
    files::{Frontend, serve_frontend},
    form::FormLimits,
    middleware::{Layer, Next, Timeout},
    observe::Observers,
    openapi::{
        Components, Documents, Foreign, Info, OpenApiVersion, OperationSpec, Responses, Rewrite, SourceLocation,
        document, operation_id, problem,
    },
    operation::{
        Description, OperationMeta, Reply, Requirements, Route, Settings, Shared, path_names, unknown_convertor,
        with_parameters,
    },
    reply::ResponseClass,
};

/// An app: operations, the state that they share, and how they are served and documented.
///
/// ```
/// use versify::prelude::*;
///
/// /// Says hello.
/// #[get("/hello/{name}")]
/// async fn hello(name: String) -> String {
///     format!("Hello, {name}!")
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), versify::StartError> {
/// let app = App::new("Greetings", "1.0.0").routes(routes![hello]);
/// # app.build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[must_use = "an app does nothing until it is served or built"]
pub struct App {
    info: Info,
    pub(super) root: Router,
    pub(crate) shared: Shared,
    /// Faults of settings, by the type that they were read for.
    pub(crate) unread_settings: Vec<(TypeId, Vec<StartFault>)>,
    pub(super) observers: Observers,
    /// What those want to know in whose app this one is mounted.
    above: Above,
    #[cfg(feature = "opentelemetry")]
    pub(super) open_telemetry: Option<crate::OpenTelemetry>,
    #[cfg(feature = "prometheus")]
    pub(super) metrics: Option<crate::Metrics>,
    /// Whether the lifespans have run.
    pub(super) started: bool,
    /// Innermost first.
    layers: Vec<Layer>,
    root_path: RootPath,
    root_path_in_servers: bool,
    swagger_ui: SwaggerUi,
    redoc: ReDoc,
    rewrite_openapi: Option<Rewrite>,
    webhooks: Vec<Route>,
    trusted_proxies: TrustedProxies,
    allow_shadowed_routes: bool,
    openapi_version: OpenApiVersion,
    document_framework_answers: bool,
    separate_input_output_schemas: bool,
    pub(super) openapi_url: Option<String>,
    pub(super) docs_url: Option<String>,
    pub(super) redoc_url: Option<String>,
    pub(super) serving: ServeOptions,
}

impl App {
    /// An app without operations.
    pub fn new(title: impl Into<String>, version: impl Into<String>) -> Self {
        Self {
            info: Info::new(title, version),
            root: Router::new(),
            above: Above::default(),
            #[cfg(feature = "opentelemetry")]
            open_telemetry: None,
            #[cfg(feature = "prometheus")]
            metrics: None,
            started: false,
            layers: Vec::new(),
            root_path: RootPath::default(),
            root_path_in_servers: true,
            swagger_ui: SwaggerUi::new(),
            redoc: ReDoc::new(),
            rewrite_openapi: None,
            webhooks: Vec::new(),
            trusted_proxies: TrustedProxies::default(),
            shared: Shared::default(),
            unread_settings: Vec::new(),
            observers: Observers::default(),
            allow_shadowed_routes: false,
            openapi_version: OpenApiVersion::default(),
            document_framework_answers: false,
            separate_input_output_schemas: true,
            openapi_url: Some("/openapi.json".to_owned()),
            docs_url: Some("/docs".to_owned()),
            redoc_url: Some("/redoc".to_owned()),
            serving: ServeOptions::default(),
        }
    }

    /// What the app is, in Markdown; it stands at the head of the documentation.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.info.description = Some(description.into());
        self
    }

    /// All that the document says of the app itself: contact, licence, terms.
    pub fn info(mut self, info: Info) -> Self {
        self.info = info;
        self
    }

    /// Adds operations: `.routes(routes![read_item, create_item])`.
    pub fn routes(mut self, routes: impl IntoIterator<Item = Route>) -> Self {
        self.root = self.root.routes(routes);
        self
    }

    /// Adds the operations of a router.
    pub fn include(mut self, router: Router) -> Self {
        self.root = self.root.include(router);
        self
    }

    /// Hands all requests below a path to a poem endpoint: see [`Router::mount`].
    #[track_caller]
    pub fn mount(mut self, path: &str, endpoint: impl Endpoint<Output: 'static> + 'static) -> Self {
        self.root = self.root.mount(path, endpoint);
        self
    }

    /// As [`App::mount`], with a name of its own: see [`Router::mount_named`].
    #[track_caller]
    pub fn mount_named(mut self, name: &str, path: &str, endpoint: impl Endpoint<Output: 'static> + 'static) -> Self {
        self.root = self.root.mount_named(name, path, endpoint);
        self
    }

    /// Serves a front end that was built to files: see [`Router::frontend`].
    #[track_caller]
    pub fn frontend(mut self, path: &str, frontend: impl Into<Frontend>) -> Self {
        self.root = self.root.frontend(path, frontend);
        self
    }

    /// Hands all requests below a path to another app, with its own document and documentation pages.
    ///
    /// Its faults keep this app from starting. The states are its own; limits of bodies and forms are this app's, unless it has some.
    #[track_caller]
    pub fn mount_app(mut self, path: &str, app: App) -> Self {
        self.root = self.root.mount_app(path, app);
        self
    }

    /// What stands before all paths as clients see them, because a proxy takes it away: `/api/v1`.
    ///
    /// It is in the document's `servers` and in redirects. A request whose path begins with it is served, too.
    pub fn root_path(mut self, path: &str) -> Self {
        self.root_path = RootPath::new(path);
        self
    }

    /// Whether the served document lists the root path among its `servers`; `true` by default.
    pub fn root_path_in_servers(mut self, listed: bool) -> Self {
        self.root_path_in_servers = listed;
        self
    }

    /// The proxies whose `X-Forwarded-Proto` and `X-Forwarded-For` are believed; by default those on this machine.
    pub fn trusted_proxies(mut self, proxies: TrustedProxies) -> Self {
        self.trusted_proxies = proxies;
        self
    }

    /// Puts a function around all requests, those that nothing answers included. The last one added is outermost.
    ///
    /// ```
    /// use versify::{middleware::Next, poem::{Request, Response}, prelude::*};
    ///
    /// async fn process_time(request: Request, next: Next) -> Response {
    ///     let start = std::time::Instant::now();
    ///     let mut response = next.run(request).await;
    ///     let seconds = start.elapsed().as_secs_f64().to_string();
    ///     if let Ok(seconds) = seconds.parse() {
    ///         response.headers_mut().insert("x-process-time", seconds);
    ///     }
    ///     response
    /// }
    ///
    /// # fn main() -> Result<(), versify::StartError> {
    /// let app = App::new("Timed", "1.0.0").middleware(process_time);
    /// # app.build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn middleware<F, R>(mut self, function: F) -> Self
    where
        F: Fn(Request, Next) -> R + Clone + Send + Sync + 'static,
        R: Future<Output: Reply> + Send + 'static,
    {
        self.layers.push(Layer::function(function));
        self
    }

    /// Puts one of poem's middlewares around all requests; see [`App::tower_layer`] for tower's.
    pub fn layer<M>(mut self, middleware: M) -> Self
    where
        M: Middleware<BoxEndpoint<'static, Response>, Output: 'static> + Send + Sync + 'static,
    {
        self.layers.push(Layer::poem(middleware));
        self
    }

    /// Puts one of tower's layers around all requests, such as those of `tower-http`. It sees requests and answers as the
    /// `http` crate has them; an error of its own is a logged 500.
    ///
    /// ```
    /// # struct SetHeader;
    /// # impl<S> tower_layer::Layer<S> for SetHeader { type Service = S; fn layer(&self, inner: S) -> S { inner } }
    /// use versify::App;
    ///
    /// # let set_header = SetHeader;
    /// let app = App::new("Shop", "1.0.0").tower_layer(set_header);
    /// # app.build().unwrap();
    /// ```
    #[cfg(feature = "tower")]
    pub fn tower_layer<L, S, B>(mut self, layer: L) -> Self
    where
        L: tower_layer::Layer<crate::middleware::TowerInner, Service = S> + Send + Sync + 'static,
        S: tower_service::Service<
                poem::http::Request<crate::middleware::TowerBody>,
                Response = poem::http::Response<B>,
                Error: Into<crate::BoxError>,
                Future: Send,
            > + Clone
            + Send
            + Sync
            + 'static,
        B: hyper::body::Body<Data: Into<bytes::Bytes>, Error: Into<crate::BoxError>> + Send + Sync + 'static,
    {
        self.layers.push(Layer::tower(layer));
        self
    }

    /// How long operations may take to answer, unless they, or their router, say otherwise; no limit by default. One
    /// that takes longer is dropped, and the client gets 504 (`{"detail":"Gateway Timeout"}`). What is streamed may take
    /// longer, once it has begun.
    ///
    /// ```
    /// use std::time::Duration;
    /// use versify::prelude::*;
    ///
    /// #[get("/report", timeout = Duration::from_secs(60))]
    /// async fn read_report() {}
    ///
    /// let app = App::new("Shop", "1.0.0").timeout(Duration::from_secs(10)).routes(routes![read_report]);
    /// # app.build().unwrap();
    /// ```
    pub fn timeout(mut self, time: Duration) -> Self {
        self.root = self.root.timeout(time);
        self
    }

    /// Adds a dependency to all operations: see [`Router::dependency`].
    pub fn dependency<D: Dependency>(mut self) -> Self {
        self.root = self.root.dependency::<D>();
        self
    }

    /// As [`App::dependency`], and asks for OAuth2 scopes.
    pub fn security<D: Dependency>(mut self, scopes: &'static [&'static str]) -> Self {
        self.root = self.root.security::<D>(scopes);
        self
    }

    /// Lets `value` stand in for what the dependency `D` gives, for tests: see [`App::replace_dependency`].
    pub fn override_dependency<D: Dependency>(mut self, value: impl Fn() -> D::Value + Send + Sync + 'static) -> Self {
        self.shared.overrides.value::<D>(value);
        self
    }

    /// Lets the dependency `R` stand in for `D`, for tests. It reads arguments of its own; the document stays as it is.
    ///
    /// ```
    /// use versify::prelude::*;
    ///
    /// #[dependency]
    /// async fn user() -> Result<String> {
    ///     Err(HttpError::new(401, "Who are you?"))
    /// }
    ///
    /// #[get("/me")]
    /// async fn me(user: Depends<user>) -> String {
    ///     user.to_string()
    /// }
    ///
    /// #[dependency]
    /// async fn test_user(#[header] x_user: String) -> String {
    ///     x_user
    /// }
    ///
    /// let app = App::new("Shop", "1.0.0").routes(routes![me]);
    /// let under_test = app.replace_dependency::<user, test_user>();
    /// # under_test.build().unwrap();
    /// ```
    pub fn replace_dependency<D: Dependency, R: Dependency<Value = D::Value>>(mut self) -> Self {
        self.shared.overrides.replace::<D, R>();
        self
    }

    /// Gives the operations a shared value, which they take as [`State<T>`](crate::State). One value per type.
    pub fn state<T: Send + Sync + 'static>(mut self, value: T) -> Self {
        self.shared.states.insert(Arc::new(value));
        self
    }

    /// The largest body in bytes, for operations without a `body_limit` of their own. 2 MiB by default.
    ///
    /// A larger one is answered with 413, before it is read where its length is known.
    pub fn body_limit(mut self, bytes: u64) -> Self {
        self.root = self.root.body_limit(bytes);
        self
    }

    /// How much of a form is read, for operations that do not say otherwise: how many fields and files, and how large a
    /// field may be.
    pub fn form_limits(mut self, limits: FormLimits) -> Self {
        self.root = self.root.form_limits(limits);
        self
    }

    /// Whether a body without a content type is no JSON, as in FastAPI by default. `false` reads it as JSON.
    ///
    /// A browser sends such a body across origins without asking first: an app that trusts its users' network rather
    /// than their credentials should leave this as it is. A body of another content type is never read as JSON.
    pub fn strict_content_type(mut self, strict: bool) -> Self {
        self.root = self.root.strict_content_type(strict);
        self
    }

    /// How answers are written that are JSON otherwise, for operations and routers that do not say so themselves: see
    /// [`ResponseClass`].
    pub fn default_response_class<C: ResponseClass>(mut self) -> Self {
        self.root = self.root.default_response_class::<C>();
        self
    }

    /// Lets the first of several operations on one method and path serve; else they are a fault at the start.
    pub fn allow_shadowed_routes(mut self, allow: bool) -> Self {
        self.allow_shadowed_routes = allow;
        self
    }

    /// Documents answers of all operations, beside those that they say themselves.
    pub fn responses(mut self, responses: Responses) -> Self {
        self.root = self.root.responses(responses);
        self
    }

    /// Whether the document lists what versify itself answers: 400, 401, 404, 413 and 500, each with the operations it
    /// can happen to. `false` by default: FastAPI's documents have the 422 alone.
    ///
    /// Tools that check answers against the document (schemathesis, typed clients) want it.
    pub fn document_framework_answers(mut self, document: bool) -> Self {
        self.document_framework_answers = document;
        self
    }

    /// Whether a model that looks different in requests and in answers is `Item-Input` and `Item-Output` in the document;
    /// `true` by default. With `false` it is one `Item`, which looks as in requests, unless it has computed fields.
    pub fn separate_input_output_schemas(mut self, separate: bool) -> Self {
        self.separate_input_output_schemas = separate;
        self
    }

    /// Documents requests that the app sends on its own, to places that its users give it: a function without a body
    /// says what is sent, and what is to be answered. In its attribute stands a name in place of a path.
    ///
    /// ```
    /// use versify::prelude::*;
    ///
    /// #[model]
    /// struct Subscription {
    ///     username: String,
    /// }
    ///
    /// /// Sent when somebody subscribes.
    /// #[post("new-subscription")]
    /// async fn new_subscription(body: Subscription) -> Value;
    ///
    /// let app = App::new("Shop", "1.0.0").webhooks(routes![new_subscription]);
    /// # assert!(app.openapi().unwrap().contains("new-subscription"));
    /// ```
    pub fn webhooks(mut self, webhooks: impl IntoIterator<Item = Route>) -> Self {
        self.webhooks.extend(webhooks);
        self
    }

    /// Documents what the clients of all operations serve: see [`Router::callbacks`].
    pub fn callbacks(mut self, callbacks: impl IntoIterator<Item = Route>) -> Self {
        self.root = self.root.callbacks(callbacks);
        self
    }

    /// Where the OpenAPI document is; `/openapi.json` by default. `None` leaves it out, and the pages with it.
    pub fn openapi_url<'u>(mut self, url: impl Into<Option<&'u str>>) -> Self {
        self.openapi_url = url.into().map(str::to_owned);
        self
    }

    /// The version of OpenAPI that the document is written in where none is asked for; 3.1.0 by default.
    ///
    /// `/openapi.json?version=3.0.3` asks for one, whatever this is.
    pub fn openapi_version(mut self, version: OpenApiVersion) -> Self {
        self.openapi_version = version;
        self
    }

    /// Where Swagger UI is; `/docs` by default. `None` leaves it out.
    pub fn docs_url<'u>(mut self, url: impl Into<Option<&'u str>>) -> Self {
        self.docs_url = url.into().map(str::to_owned);
        self
    }

    /// Where ReDoc is; `/redoc` by default. `None` leaves it out.
    pub fn redoc_url<'u>(mut self, url: impl Into<Option<&'u str>>) -> Self {
        self.redoc_url = url.into().map(str::to_owned);
        self
    }

    /// Settings of Swagger UI.
    pub fn swagger_ui(mut self, settings: SwaggerUi) -> Self {
        self.swagger_ui = settings;
        self
    }

    /// Settings of ReDoc.
    pub fn redoc(mut self, settings: ReDoc) -> Self {
        self.redoc = settings;
        self
    }

    /// Changes the document before it is served: an extension such as `x-logo`, anything that no type says.
    ///
    /// ```
    /// use versify::{App, json};
    ///
    /// let app = App::new("Shop", "1.0.0").rewrite_openapi(|document| {
    ///     document["info"]["x-logo"] = json!({"url": "/logo.png"});
    /// });
    /// ```
    pub fn rewrite_openapi(mut self, rewrite: impl Fn(&mut Value) + Send + Sync + 'static) -> Self {
        self.rewrite_openapi = Some(Rewrite::new(rewrite));
        self
    }

    /// How operations are named that say no `operation_id`: clients are generated with these names. By default the
    /// function's name, path and method.
    ///
    /// ```
    /// use versify::App;
    ///
    /// let app = App::new("Shop", "1.0.0")
    ///     .operation_ids(|operation| format!("{}-{}", operation.tags.first().map_or("", String::as_str), operation.function));
    /// ```
    pub fn operation_ids(mut self, name: fn(&OperationSpec) -> String) -> Self {
        self.root = self.root.operation_ids(name);
        self
    }

    /// Makes the providers of telemetry that nobody has given.
    #[cfg(feature = "opentelemetry")]
    pub(super) fn export_as_environment_says(&mut self) -> crate::observe::otel::Exports {
        let settings = self.open_telemetry.as_mut();
        settings
            .map(|settings| crate::observe::otel::Exports::of_environment(settings, &self.info.title))
            .unwrap_or_default()
    }

    fn has_metrics(&self) -> bool {
        #[cfg(feature = "prometheus")]
        return self.metrics.is_some();
        #[cfg(not(feature = "prometheus"))]
        false
    }

    /// What anybody wants to know of its requests.
    fn looked_at(&self) -> Above {
        Above {
            at_all: self.above.at_all || !self.observers.are_idle() || self.has_metrics(),
            ids: self.above.ids || self.observers.ids,
            inside: self.above.inside || self.observers.look_inside(),
        }
    }

    /// Makes the app ready to answer.
    ///
    /// # Errors
    /// [`StartError`] lists everything that is wrong with the app: routes and operation ids that stand for two
    /// operations, states that nobody provides, paths that cannot be served, patterns that are no regular expressions.
    /// An app with a lifespan is started with [`App::start`].
    #[cfg_attr(not(feature = "opentelemetry"), allow(unused_mut))]
    pub fn build(mut self) -> Result<Service, StartError> {
        if !self.started && !self.root.starters().is_empty() {
            return Err(StartFault::NotStarted.into());
        }
        #[cfg(feature = "opentelemetry")]
        if let Some(settings) = &self.open_telemetry {
            self.observers.telemetry = crate::observe::otel::Telemetry::new(settings);
        }
        Builder::new(self).build()
    }

    /// The OpenAPI document in lines, for a file or a tool that makes clients; of the version that
    /// [`App::openapi_version`] says.
    ///
    /// Nothing is started for it: no lifespan runs, and states may be missing. [`App::cli`] prints it by itself.
    ///
    /// ```
    /// use versify::{openapi::OpenApiVersion, prelude::*};
    ///
    /// #[get("/")]
    /// async fn index(_pool: State<u64>) {}
    ///
    /// let app = App::new("Shop", "1.0.0").routes(routes![index]).openapi_version(OpenApiVersion::V3_0);
    /// let document = app.openapi().unwrap();
    /// assert!(document.starts_with("{\n  \"openapi\": \"3.0.3\""));
    /// ```
    ///
    /// # Errors
    /// What [`App::build`] finds, but for missing states.
    pub fn openapi(self) -> Result<String, StartError> {
        Builder { document_only: true, ..Builder::new(self) }.document()
    }
}

/// What those want to know of its requests in whose app an app is mounted.
#[derive(Debug, Clone, Copy, Default)]
struct Above {
    at_all: bool,
    /// Whether requests have ids.
    ids: bool,
    /// Whether they want to know what operations do.
    inside: bool,
}

struct Builder {
    app: App,
    /// Whether nothing but the document is wanted.
    document_only: bool,
    components: Components,
    specs: Vec<OperationSpec>,
    matcher: Matcher,
    #[cfg(feature = "websocket")]
    sockets: Matcher,
    entries: Vec<Entry>,
    /// The route table's templates, for telling duplicates from conflicts.
    templates: Vec<String>,
    faults: Vec<StartFault>,
    missing_states: HashMap<TypeId, (&'static str, Vec<(&'static str, SourceLocation)>)>,
    mounts: Vec<Mounted>,
    frontends: Vec<Served>,
    names: Names,
    /// What was written with poem-openapi.
    foreign: Foreign,
}

impl Builder {
    fn new(app: App) -> Self {
        Self {
            components: Components::new(app.separate_input_output_schemas),
            app,
            document_only: false,
            specs: Vec::new(),
            matcher: Matcher::default(),
            #[cfg(feature = "websocket")]
            sockets: Matcher::default(),
            entries: Vec::new(),
            templates: Vec::new(),
            faults: Vec::new(),
            missing_states: HashMap::new(),
            mounts: Vec::new(),
            frontends: Vec::new(),
            names: Names::default(),
            foreign: Foreign::default(),
        }
    }

    fn document(mut self) -> Result<String, StartError> {
        let shared = Arc::new(std::mem::take(&mut self.app.shared));
        let root = std::mem::take(&mut self.app.root);
        let documents = self.describe(&root, &shared);
        match self.faults.is_empty() {
            true => Ok(documents.pretty()),
            false => Err(StartError::new(self.faults)),
        }
    }

    /// Takes up all operations, and writes the document.
    fn describe(&mut self, root: &Router, shared: &Arc<Shared>) -> Documents {
        self.check_overrides(shared);
        self.add_router(root, &Common::default(), shared);
        let webhooks = std::mem::take(&mut self.app.webhooks);
        let webhooks: Vec<OperationSpec> = webhooks.iter().map(|route| self.declared(route, shared)).collect();
        if !self.document_only {
            self.check_surroundings(shared);
        }
        self.faults.extend(
            self.missing_states.drain().map(|(_, (state, functions))| StartFault::MissingState { state, functions }),
        );
        for (name, scheme) in &self.foreign.security_schemes {
            self.components.add_security_scheme(name, scheme.clone());
        }
        let schemes = std::mem::take(&mut self.components.ambiguous_schemes);
        self.faults.extend(schemes.into_iter().map(|name| StartFault::SecurityScheme { name }));
        self.check_operation_ids(&webhooks);
        if shared.handlers.problem_details {
            problem::adapt(&mut self.specs, &mut self.components);
        }
        let written = document(&self.app.info, &self.specs, &webhooks, &self.foreign, &self.components);
        self.faults.extend(written.clashes.into_iter().map(|name| StartFault::Component { name }));
        let document = written.text.into();
        let document = match &self.app.rewrite_openapi {
            Some(rewrite) => rewrite.apply(&document),
            None => document,
        };
        Documents::new(document, self.app.openapi_version)
    }

    /// Settings that could not be read, and templates: the document needs none of them.
    fn check_surroundings(&mut self, shared: &Shared) {
        for (id, faults) in std::mem::take(&mut self.app.unread_settings) {
            if !shared.states.has(id) {
                self.missing_states.remove(&id);
                self.faults.extend(faults);
            }
        }
        #[cfg(feature = "templates")]
        if let Some(templates) = shared.states.get::<crate::Templates>() {
            self.faults.extend(templates.faults().into_iter().map(|reason| StartFault::Template { reason }));
        }
    }

    fn build(mut self) -> Result<Service, StartError> {
        let shared = Arc::new(std::mem::take(&mut self.app.shared));
        let root = std::mem::take(&mut self.app.root);
        let documents = Arc::new(self.describe(&root, &shared));
        self.add_pages(&documents);
        #[cfg(feature = "prometheus")]
        self.add_metrics();
        if !self.faults.is_empty() {
            return Err(StartError::new(self.faults));
        }
        // The longest path first: it is the closest.
        self.mounts.sort_by_key(|mount| std::cmp::Reverse(mount.prefix.len()));
        self.frontends.sort_by_key(|served| std::cmp::Reverse(served.prefix.len()));
        let layers = std::mem::take(&mut self.app.layers);
        let _ = shared.names.set(Arc::new(self.names));
        Ok(Service::new(
            Table {
                observed: self.app.looked_at().at_all,
                mounts: self.mounts,
                frontends: self.frontends,
                root_path: self.app.root_path,
                trusted_proxies: self.app.trusted_proxies,
                matcher: self.matcher,
                #[cfg(feature = "websocket")]
                sockets: self.sockets,
                entries: self.entries,
                body_limit: root.common.body_limit.unwrap_or(Settings::BODY_LIMIT),
                shared,
                documents,
            },
            &layers,
            std::mem::take(&mut self.app.observers),
        ))
    }

    fn add_router(&mut self, router: &Router, outer: &Common, shared: &Arc<Shared>) {
        if let Some(reason) = prefix_fault(&router.common.prefix) {
            let (prefix, at) = (router.common.prefix.clone(), router.prefixed_at);
            self.faults.push(StartFault::Prefix { prefix, reason, at });
            return;
        }
        let common = outer.with(&router.common);
        for item in &router.items {
            match item {
                Item::Operation(route) => self.add(route, &common, shared),
                Item::Router(inner) => self.add_router(inner, &common, shared),
                Item::Mount(_) | Item::Frontend(..) if self.document_only => {}
                Item::Api(api) => self.add_api(api, &common),
                Item::Mount(mount) => self.add_mount(mount, &common),
                Item::Frontend(path, frontend, at) => self.add_frontend((path, *at), frontend, &common, shared),
            }
        }
    }

    fn add_frontend(
        &mut self,
        (path, at): (&str, SourceLocation),
        frontend: &Arc<Frontend>,
        common: &Common,
        shared: &Arc<Shared>,
    ) {
        let prefix = format!("{}{path}", common.prefix);
        let fault = if prefix.is_empty() { None } else { prefix_fault(&prefix).map(str::to_owned) };
        if let Some(reason) = fault.or_else(|| frontend.fault()) {
            self.faults.push(StartFault::Frontend { path: format!("{prefix}/"), reason, at });
            return;
        }
        let meta = OperationMeta::new(&[], "", "a front end", at.file, at.line);
        let mut components = Components::default();
        let mut description = Description::new(&meta, &prefix, &mut components);
        description.route_dependencies(&common.dependencies);
        let (_, requirements) = description.finish(&meta);
        self.check_requirements(&requirements, shared, (meta.function, meta.location));
        let entry = |dependencies: Vec<RouteDependency>, requirements: Requirements| {
            let body_limit = common.body_limit.unwrap_or(Settings::BODY_LIMIT);
            let settings = Settings { body_limit, dependencies, ..Settings::new(Arc::clone(shared)) };
            let settings = settings.requiring(requirements);
            Entry {
                template: format!("{prefix}/{{path}}").into(),
                body_limit,
                handler: Handler::operation(serve_frontend, settings, common.layers.iter().cloned()),
                allow: allow(PAGE_METHODS.iter()),
            }
        };
        let (entry, other_methods) =
            (entry(common.dependencies.clone(), requirements), entry(Vec::new(), Requirements::default()));
        self.frontends.push(Served { prefix, frontend: Arc::clone(frontend), entry, other_methods });
    }

    fn add_api(&mut self, api: &Api, common: &Common) {
        let prefix = format!("{}{}", common.prefix, api.path);
        let mut refuse = |reason| {
            self.faults.push(StartFault::Api { path: prefix.clone(), reason, function: api.function });
        };
        if let Some(reason) = prefix_fault(&prefix) {
            return refuse(reason);
        }
        if !common.dependencies.is_empty() {
            return refuse("its operations cannot have the dependencies of the app or router around it");
        }
        let Some(endpoint) = &api.endpoint else { return refuse("two of its operations have one operation id") };
        let shown = api.foreign.operations.iter().filter(|_| !common.hidden).cloned().map(|mut operation| {
            operation.path = format!("{prefix}{}", operation.path);
            operation.belongs_to(&common.tags, common.deprecated);
            operation
        });
        self.foreign.add(&api.foreign, shown);
        for (name, scheme) in &api.foreign.security_schemes {
            self.foreign.security_schemes.push((name, scheme.clone()));
        }
        let body_limit = common.body_limit.unwrap_or(Settings::BODY_LIMIT);
        for (path, methods) in api.paths() {
            let path = format!("{prefix}{path}");
            let index = self.entries.len();
            for method in &methods {
                if let Err(refused) = self.matcher.insert(method, &path, index) {
                    self.refused(refused, method, &path, api.function);
                }
            }
            let mounted = Mounted { prefix: prefix.clone(), endpoint: Arc::clone(endpoint) };
            let layers = common.layers.iter();
            let handler = layers.fold(Passing(mounted).boxed(), |inner, layer| layer.clone().around(inner));
            self.templates.push(normal(&path));
            self.entries.push(Entry {
                template: path.as_str().into(),
                body_limit,
                handler: Handler::Wrapped(handler),
                allow: allow(methods.iter()),
            });
            // The entries and the descriptions go side by side.
            let meta = OperationMeta::new(&[], "", api.function.0, api.function.1.file, api.function.1.line);
            let (spec, _) = Description::new(&meta, &path, &mut Components::default()).finish(&meta);
            self.specs.push(OperationSpec { include_in_schema: false, ..spec });
        }
    }

    fn add_mount(&mut self, mount: &Mount, common: &Common) {
        let prefix = format!("{}{}", common.prefix, mount.prefix);
        if !prefix.is_empty()
            && let Some(reason) = prefix_fault(&prefix)
        {
            self.faults.push(StartFault::Prefix { prefix, reason, at: Some(mount.at) });
            return;
        }
        if let Some(reason) = &mount.fault {
            self.faults.push(StartFault::Mount { path: format!("{prefix}/"), reason: reason.clone(), at: mount.at });
        }
        let (endpoint, names) = match &mount.target {
            Target::Endpoint(endpoint, names) => (Arc::clone(endpoint), names.clone()),
            Target::App(app) => {
                let Some(mut app) = app.lock().unwrap_or_else(PoisonError::into_inner).take() else { return };
                let own = &mut app.root.common;
                own.body_limit = own.body_limit.or(common.body_limit);
                own.form_limits = own.form_limits.or(common.form_limits);
                app.above = self.app.looked_at();
                match app.build() {
                    Ok(service) => {
                        let names = service.names();
                        (Arc::new(service.boxed()), Some(names))
                    }
                    Err(error) => {
                        self.faults.extend(error.into_faults());
                        return;
                    }
                }
            }
        };
        self.names.add_mount(mount.name.as_deref(), &prefix, names);
        self.mounts.push(Mounted { prefix, endpoint });
    }

    fn add(&mut self, route: &Route, common: &Common, shared: &Arc<Shared>) {
        let path = format!("{}{}", common.prefix, route.meta.path);
        let mut description = Description::new(&route.meta, &path, &mut self.components);
        let dependencies: Vec<RouteDependency> =
            common.dependencies.iter().chain(route.meta.dependencies).copied().collect();
        description.inherit(common.responses.clone());
        description.default_response_class(&route.meta, common.response_class);
        description.route_dependencies(&dependencies);
        (route.describe)(&mut description);
        let (mut spec, requirements) = description.finish(&route.meta);
        spec.tags.splice(0..0, common.tags.iter().cloned());
        spec.deprecated |= common.deprecated;
        // OpenAPI knows no WebSockets.
        if let (None, Some(name)) = (&spec.operation_id, common.operation_ids) {
            spec.operation_id = Some(name(&spec));
        }
        spec.include_in_schema &= !common.hidden && !route.meta.websocket;
        let layers = route.meta.layers.iter().map(|layer| layer()).chain(common.layers.iter().cloned());
        let timeout = route.meta.timeout.or(common.timeout).map(|time| Layer::poem(Timeout(time)));
        // As in FastAPI, what is around operations is for requests alone.
        let layers: Vec<Layer> = layers.chain(timeout).filter(|_| !route.meta.websocket).collect();
        if self.app.document_framework_answers {
            let limits = layers.iter().chain(&self.app.layers).filter_map(Layer::answers);
            framework_answers::add(&mut spec, &path, limits, &mut self.components);
        }
        let callbacks = common.callbacks.iter().chain(route.meta.callbacks);
        spec.callbacks = callbacks.map(|callback| self.declared(callback, shared)).collect();
        let function = (route.meta.function, route.meta.location);
        if route.meta.declared {
            let reason = "its function has no body: it can be a callback or a webhook, and not be served".to_owned();
            self.faults.push(StartFault::Path { path, reason, function });
            return;
        }
        if requirements.socket != route.meta.websocket {
            self.faults.push(StartFault::Socket { path, function });
            return;
        }
        self.check_requirements(&requirements, shared, function);
        let reason = template_fault(&path).or_else(|| path_parameter_fault(&path, &requirements));
        if let Some(reason) = reason {
            self.faults.push(StartFault::Path { path, reason, function });
            return;
        }
        let index = self.entries.len();
        #[cfg(feature = "websocket")]
        if route.meta.websocket
            && let Err(refused) = self.sockets.insert(&Method::GET, &path, index)
        {
            self.refused(refused, &Method::GET, &path, function);
        }
        for method in &spec.methods {
            if let Err(refused) = self.matcher.insert(method, &path, index) {
                self.refused(refused, method, &path, function);
            }
        }
        self.names.add_operation(function, &path, route.meta.websocket);
        self.templates.push(normal(&path));
        let settings = Settings {
            body_limit: route.meta.body_limit.or(common.body_limit).unwrap_or(Settings::BODY_LIMIT),
            form_limits: route.meta.form_limits.or(common.form_limits),
            strict_content_type: route.meta.strict_content_type.or(common.strict_content_type).unwrap_or(true),
            response_class: route.meta.response_class.or(common.response_class),
            prefixed: path_names(&common.prefix).count(),
            dependencies,
            function: route.name,
            traced: self.app.looked_at().inside,
            ..Settings::new(Arc::clone(shared)).on_path(&path)
        };
        self.entries.push(Entry {
            template: path.into(),
            body_limit: settings.body_limit,
            handler: Handler::operation(route.call, settings.requiring(requirements), layers.into_iter()),
            allow: allow(spec.methods.iter()),
        });
        self.specs.push(spec);
    }

    /// What others serve: a callback or a webhook.
    fn declared(&mut self, route: &Route, shared: &Shared) -> OperationSpec {
        let mut description = Description::new(&route.meta, route.meta.path, &mut self.components);
        description.route_dependencies(route.meta.dependencies);
        (route.describe)(&mut description);
        let (mut spec, requirements) = description.finish(&route.meta);
        self.check_requirements(&requirements, shared, (route.meta.function, route.meta.location));
        spec.callbacks = route.meta.callbacks.iter().map(|callback| self.declared(callback, shared)).collect();
        spec
    }

    /// What stands in for dependencies may want states, too.
    fn check_overrides(&mut self, shared: &Shared) {
        for describe in shared.overrides.descriptions() {
            let meta = OperationMeta::new(&[], "", "an override of a dependency", file!(), line!());
            let mut components = Components::default();
            let mut description = Description::new(&meta, "", &mut components);
            describe(&mut description);
            let (_, requirements) = description.finish(&meta);
            self.check_requirements(&requirements, shared, (meta.function, meta.location));
        }
    }

    fn check_requirements(
        &mut self,
        requirements: &Requirements,
        shared: &Shared,
        function: (&'static str, SourceLocation),
    ) {
        for (id, state) in &requirements.states {
            if !self.document_only && !shared.states.has(*id) {
                self.missing_states.entry(*id).or_insert((state, Vec::new())).1.push(function);
            }
        }
        for cycle in &requirements.cycles {
            let known = |fault: &StartFault| match fault {
                StartFault::DependencyCycle { functions } => {
                    functions.len() == cycle.len() && cycle.iter().all(|function| functions.contains(function))
                }
                _ => false,
            };
            if !self.faults.iter().any(known) {
                self.faults.push(StartFault::DependencyCycle { functions: cycle.clone() });
            }
        }
        if requirements.request_id && !self.app.looked_at().ids {
            self.faults.push(StartFault::NoRequestIds { function });
        }
        if requirements.two_bodies {
            self.faults.push(StartFault::TwoBodies { function });
        }
        for (place, name) in &requirements.textless {
            self.faults.push(StartFault::Parameter { place: *place, name: name.clone(), function });
        }
        for (field, known) in &requirements.unknown_fields {
            self.faults.push(StartFault::UnknownField { field, known: known.clone(), function });
        }
        for pattern in &requirements.patterns {
            if let Err(error) = pattern.regex() {
                let (pattern, reason) = (pattern.as_str(), error.to_string());
                self.faults.push(StartFault::Pattern { pattern, reason, function });
            }
        }
    }

    fn refused(&mut self, refused: Refused, method: &Method, path: &str, function: (&'static str, SourceLocation)) {
        let reason = match refused {
            Refused::Taken(other) if self.templates.get(other) == Some(&normal(path)) => {
                if !self.app.allow_shadowed_routes {
                    self.duplicate(format!("{method} {path}"), other, function);
                }
                return;
            }
            Refused::Taken(other) => {
                let other = self.templates.get(other).map_or("", String::as_str);
                format!("a request cannot tell it from `{other}`")
            }
            Refused::Unservable(reason) => reason,
        };
        self.faults.push(StartFault::Path { path: path.to_owned(), reason, function });
    }

    fn duplicate(&mut self, route: String, other: usize, function: (&'static str, SourceLocation)) {
        let known = self.faults.iter_mut().find_map(|fault| match fault {
            StartFault::DuplicateRoute { route: known, functions } if *known == route => Some(functions),
            _ => None,
        });
        match known {
            Some(functions) => functions.push(function),
            None => {
                let first = self.specs.get(other).map(|spec| (spec.function, spec.location));
                let functions = first.into_iter().chain([function]).collect();
                self.faults.push(StartFault::DuplicateRoute { route, functions });
            }
        }
    }

    fn check_operation_ids(&mut self, webhooks: &[OperationSpec]) {
        let mut known: Vec<(String, Vec<(&'static str, SourceLocation)>)> = Vec::new();
        let foreign = self.foreign.operations.iter().filter_map(|operation| Some((operation, operation.id?)));
        let mut ids: Vec<(String, (&'static str, SourceLocation))> =
            foreign.map(|(operation, id)| (id.to_owned(), operation.function)).collect();
        for spec in self.specs.iter().chain(webhooks).filter(|spec| spec.include_in_schema) {
            ids.push((operation_id(spec), (spec.function, spec.location)));
        }
        for (id, function) in ids {
            match known.iter_mut().find(|(other, _)| *other == id) {
                Some((_, functions)) => functions.push(function),
                None => known.push((id, vec![function])),
            }
        }
        let twice = known.into_iter().filter(|(_, functions)| functions.len() > 1);
        self.faults.extend(twice.map(|(id, functions)| StartFault::DuplicateOperationId { id, functions }));
    }

    fn add_pages(&mut self, documents: &Arc<Documents>) {
        let app = &self.app;
        let Some(openapi_url) = &app.openapi_url else { return };
        let docs = Docs {
            title: app.info.title.clone(),
            openapi_url: openapi_url.clone(),
            docs_url: app.docs_url.clone(),
            redoc_url: app.redoc_url.clone(),
            swagger_ui: app.swagger_ui.clone(),
            redoc: app.redoc.clone(),
            root_path_in_servers: app.root_path_in_servers,
            documents: Arc::clone(documents),
        };
        let named = [("openapi", &app.openapi_url), ("swagger_ui_html", &app.docs_url), ("redoc_html", &app.redoc_url)];
        for (name, url) in named {
            if let Some(url) = url {
                self.names.add_page(name, url);
            }
        }
        for (path, page) in docs.routes() {
            self.add_page(&path, page);
        }
    }

    #[cfg(feature = "prometheus")]
    fn add_metrics(&mut self) {
        let Some(mut metrics) = self.app.metrics.take() else { return };
        let path = metrics.path.clone();
        let function = ("App::metrics", SourceLocation { file: file!(), line: line!() });
        let reason = template_fault(&path).or_else(|| path.contains('{').then(|| "it has parameters".to_owned()));
        if let Some(reason) = reason {
            self.faults.push(StartFault::Path { path, reason, function });
        } else if let super::matcher::Found::Route(..) = self.matcher.find(&Method::GET, &path) {
            self.faults.push(StartFault::Path { path, reason: "an operation answers there".to_owned(), function });
        } else {
            self.app.observers.metrics = Some(metrics.ready());
            self.add_page(&path, Arc::new(move |_| metrics.page()));
        }
    }

    fn add_page(&mut self, path: &str, page: Page) {
        let index = self.entries.len();
        for method in &PAGE_METHODS {
            // An operation on the same path comes first, as in FastAPI.
            let _ = self.matcher.insert(method, path, index);
        }
        self.templates.push(normal(path));
        self.entries.push(Entry {
            template: path.into(),
            handler: Handler::Page(page),
            body_limit: self.app.root.common.body_limit.unwrap_or(Settings::BODY_LIMIT),
            allow: allow(PAGE_METHODS.iter()),
        });
    }
}

fn allow<'m>(methods: impl Iterator<Item = &'m Method>) -> HeaderValue {
    let names: Vec<&str> = methods.map(Method::as_str).collect();
    HeaderValue::from_str(&names.join(", ")).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// The template without its names: two of the same normal form match the same paths.
fn normal(template: &str) -> String {
    with_parameters(template, |_, convertor| format!("{{{}}}", convertor.pattern()))
}

/// What is wrong with a router's prefix.
fn prefix_fault(prefix: &str) -> Option<&'static str> {
    if prefix.is_empty() {
        return None;
    }
    if !prefix.starts_with('/') {
        return Some("it does not begin with `/`");
    }
    prefix.ends_with('/').then_some("it ends with `/`, and the paths after it begin with one")
}

/// What the path's parameters and the arguments that want them disagree about.
fn path_parameter_fault(template: &str, requirements: &Requirements) -> Option<String> {
    if let Some(name) = requirements.missing_path_parameters.first() {
        return Some(format!("an argument reads the path parameter `{name}`, which is not in it"));
    }
    let names: Vec<&str> = path_names(template).collect();
    let twice = names.iter().enumerate().find(|(index, name)| names.iter().take(*index).any(|other| other == *name));
    twice.map(|(_, name)| format!("it has two parameters of the name `{name}`"))
}

/// What is wrong with a template before the route table sees it.
fn template_fault(template: &str) -> Option<String> {
    if !template.starts_with('/') {
        return Some("it does not begin with `/`".to_owned());
    }
    if let Some(word) = unknown_convertor(template) {
        return Some(format!("`:{word}` is not known; write `:int`, `:float`, `:uuid`, `:str` or `:path`"));
    }
    if let Some((_, rest)) = template.split_once(":path}")
        && !rest.is_empty()
    {
        return Some(format!(
            "nothing can follow a `:path` parameter, which takes the rest of the path; here `{rest}` does"
        ));
    }
    None
}
