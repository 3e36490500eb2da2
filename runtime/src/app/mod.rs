//! [`App`]: operations, served together, and what they are served with.

mod api;
mod builder;
mod building;
mod cli;
mod documenting;
mod errors;
mod forwarded;
mod framework_answers;
mod handler;
mod lifespan;
mod matcher;
mod mount;
mod observing;
mod panics;
mod redirect;
mod requests;
mod router;
mod routing;
mod serve;
mod service;
mod start_error;
mod table;
mod urls;

pub use forwarded::{Forwarded, TrustedProxies};
pub use lifespan::{BoxError, Lifespan, Started};
pub use mount::RootPath;
pub(crate) use panics::{caught, panic_message};
pub(crate) use redirect::{redirect, redirect_to};
pub use router::Router;
pub use serve::ServeOptions;
pub use service::Service;
pub use start_error::{StartError, StartFault};
pub(crate) use urls::Names;
pub use urls::{AppUrl, UrlError, UrlParameters, Urls};

use std::{any::TypeId, future::Future, sync::Arc};

use poem::{Endpoint, Middleware, Request, Response, endpoint::BoxEndpoint, listener::Listener};
use poem_openapi::OpenApi;
use serde_json::Value;

use crate::{
    ValidationError,
    dependency::Dependency,
    docs::{ReDoc, SwaggerUi},
    files::Frontend,
    http_error::{HttpError, IntoStatus},
    middleware::{Layer, Next},
    observe::Observers,
    openapi::{Info, OpenApiVersion, Rewrite, SourceLocation},
    operation::{IntoRoutes, Reply, Route, Shared},
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
    made_at: SourceLocation,
    root: Router,
    pub(crate) shared: Shared,
    /// Faults of settings, by the type that they were read for.
    pub(crate) unread_settings: Vec<(TypeId, Vec<StartFault>)>,
    observers: Observers,
    /// What those want to know in whose app this one is mounted.
    above: Above,
    #[cfg(feature = "opentelemetry")]
    open_telemetry: Option<crate::OpenTelemetry>,
    #[cfg(feature = "prometheus")]
    metrics: Option<(crate::Metrics, SourceLocation)>,
    /// Whether the lifespans have run.
    started: bool,
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
    openapi_url: Option<String>,
    docs_url: Option<String>,
    redoc_url: Option<String>,
    serving: ServeOptions,
}

// Methods that ask something of what they are given stand here: rustc names those of an `impl` in another module by that
// module, which nobody outside knows.
impl App {
    /// An app without operations.
    #[track_caller]
    pub fn new(title: impl Into<String>, version: impl Into<String>) -> Self {
        Self {
            info: Info::new(title, version),
            made_at: SourceLocation::caller(),
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

    /// How answers are written that are JSON otherwise, for operations and routers that do not say so themselves: see
    /// [`ResponseClass`].
    pub fn default_response_class<C: ResponseClass>(mut self) -> Self {
        self.root = self.root.default_response_class::<C>();
        self
    }

    /// What is done before the first request and after the last, around serving. Several run in the order in which they
    /// were added, after those of the routers; of several states of one type the last one counts.
    ///
    /// An error keeps the app from starting.
    #[doc(alias = "on_startup")]
    #[track_caller]
    pub fn lifespan<F, R>(mut self, start: F) -> Self
    where
        F: Fn() -> R + Send + Sync + 'static,
        R: Future<Output = Result<Lifespan, BoxError>> + Send + 'static,
    {
        self.root = self.root.lifespan(start);
        self
    }

    /// Adds operations: `.routes(routes![read_item, create_item])`.
    #[doc(alias = "route")]
    #[doc(alias = "add_api_route")]
    pub fn routes(mut self, routes: impl IntoRoutes) -> Self {
        self.root = self.root.routes(routes);
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

    /// Gives the operations a shared value, which they take as [`State<T>`](crate::State). One value per type.
    #[doc(alias = "with_state")]
    #[doc(alias = "data")]
    pub fn state<T: Send + Sync + 'static>(mut self, value: T) -> Self {
        self.shared.states.insert(Arc::new(value));
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
    #[doc(alias = "dependency_overrides")]
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
    #[doc(alias = "add_middleware")]
    #[doc(alias = "wrap")]
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

    /// Answers errors of the type `E` in a way of its own: those that operations and dependencies return, and those that
    /// `?` made an [`HttpError`] of.
    ///
    /// `on_error::<HttpError, ..>` sees all that is answered as `{"detail": ..}` and that nothing else handles, the
    /// framework's 404 and 405 included; faults of the program only [`App::on_status`] sees, by 500.
    ///
    /// ```
    /// use versify::{Response, poem::Request, prelude::*};
    ///
    /// #[errors]
    /// #[derive(Debug)]
    /// enum UnicornError {
    ///     #[error(status = 500, "{0}")]
    ///     Sad(String),
    /// }
    ///
    /// #[get("/unicorns/{name}")]
    /// async fn read_unicorn(name: String) -> Result<(), UnicornError> {
    ///     Err(UnicornError::Sad(name))
    /// }
    ///
    /// async fn on_unicorn(_: Request, error: UnicornError) -> Response<Value> {
    ///     Response::new(json!({"message": format!("Oops! {error} did something.")})).status(418)
    /// }
    ///
    /// let app = App::new("Unicorns", "1.0.0").routes(routes![read_unicorn]).on_error(on_unicorn);
    /// # app.build().unwrap();
    /// ```
    ///
    /// The request comes without its body. A status that the handler does not choose is that of the error. A handler that
    /// returns an error answers with it; it is not asked again.
    #[doc(alias = "exception_handler")]
    pub fn on_error<E, F, R>(mut self, handler: impl Fn(Request, E) -> F + Send + Sync + 'static) -> Self
    where
        E: Send + 'static,
        F: Future<Output = R> + Send + 'static,
        R: Reply,
    {
        self.shared.handlers.on_error(handler);
        self
    }

    /// Answers requests whose arguments could not be read in a way of its own, in place of FastAPI's 422.
    pub fn on_validation_error<F, R>(
        self,
        handler: impl Fn(Request, ValidationError) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = R> + Send + 'static,
        R: Reply,
    {
        self.on_error(handler)
    }

    /// Answers faults of this status in a way of its own, whoever made them: operations, or the framework. Of 500 these
    /// are panics and faults of the program, too.
    ///
    /// ```
    /// use versify::{Html, poem::Request, prelude::*};
    ///
    /// async fn not_found(request: Request, _: HttpError) -> Html {
    ///     Html(format!("There is no {}", request.uri().path()))
    /// }
    ///
    /// let app = App::new("Shop", "1.0.0").on_status(404, not_found);
    /// # app.build().unwrap();
    /// ```
    pub fn on_status<F, R>(
        mut self,
        status: impl IntoStatus,
        handler: impl Fn(Request, HttpError) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = R> + Send + 'static,
        R: Reply,
    {
        self.shared.handlers.on_status(status.into_status(), handler);
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
    pub fn webhooks(mut self, webhooks: impl IntoRoutes) -> Self {
        self.webhooks.extend(webhooks.into_routes());
        self
    }

    /// Documents what the clients of all operations serve: see [`Router::callbacks`].
    pub fn callbacks(mut self, callbacks: impl IntoRoutes) -> Self {
        self.root = self.root.callbacks(callbacks);
        self
    }

    /// Serves on a listener of poem's (TLS, Unix sockets, several at once).
    ///
    /// # Errors
    /// As [`App::serve`].
    pub async fn serve_on<L: Listener<Acceptor: 'static>>(self, listener: L) -> Result<(), StartError> {
        // Whether it is TLS, only its connections say.
        self.serve_at(listener, "the listener", "").await
    }

    /// The address to listen on. By default the environment's `HOST`, else `127.0.0.1`.
    #[track_caller]
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.serving.at = Some(SourceLocation::caller());
        self.serving.host = Some(host.into());
        self
    }

    /// What the app is, in Markdown; it stands at the head of the documentation.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.info.description = Some(description.into());
        self
    }

    /// Where the OpenAPI document is; `/openapi.json` by default. `None` leaves it out, and the pages with it.
    pub fn openapi_url<'u>(mut self, url: impl Into<Option<&'u str>>) -> Self {
        self.openapi_url = url.into().map(str::to_owned);
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

    /// Tells Prometheus of requests when it asks at this path: how many there were and how long they took, by method,
    /// route and status, and how many are being answered. [`Metrics`](crate::Metrics) tells of the user's own, too.
    ///
    /// ```
    /// use versify::App;
    ///
    /// let app = App::new("Shop", "1.0.0").metrics("/metrics");
    /// # app.build().unwrap();
    /// ```
    ///
    /// The document does not show it. Whoever reaches the app reaches it: a proxy keeps it to those who may.
    #[cfg(feature = "prometheus")]
    #[track_caller]
    pub fn metrics(mut self, metrics: impl Into<crate::Metrics>) -> Self {
        self.metrics = Some((metrics.into(), SourceLocation::caller()));
        self
    }

    /// Adds the operations of an `#[OpenApi] impl` of poem-openapi, or of several in a tuple, below a path: they stand in
    /// the same document, with their schemas, tags and security schemes. Of operations on one path ours come first.
    ///
    /// ```
    /// use versify::prelude::*;
    /// use poem_openapi::{OpenApi, param::Path, payload::PlainText};
    ///
    /// struct Greetings;
    ///
    /// #[OpenApi]
    /// impl Greetings {
    ///     /// Says hello.
    ///     #[oai(path = "/hello/:name", method = "get")]
    ///     async fn hello(&self, name: Path<String>) -> PlainText<String> {
    ///         PlainText(format!("Hello, {}!", name.0))
    ///     }
    /// }
    ///
    /// let app = App::new("Shop", "1.0.0").mount_api("/v1", Greetings);
    /// # assert!(app.openapi().unwrap().contains("\"/v1/hello/{name}\""));
    /// ```
    ///
    /// It answers as poem-openapi does, faults included; what no operation answers is answered as everywhere in the app. A
    /// component that means something else in the app, an operation id that is taken, and dependencies of a router, which
    /// poem-openapi's operations cannot have, are faults at the start.
    #[track_caller]
    pub fn mount_api(mut self, path: &str, api: impl OpenApi + 'static) -> Self {
        self.root = self.root.mount_api(path, api);
        self
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
