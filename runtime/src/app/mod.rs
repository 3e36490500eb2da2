//! [`App`]: operations, served together, and what they are served with.

mod api;
mod builder;
mod cli;
mod dependencies;
mod documenting;
mod errors;
mod forwarded;
mod framework_answers;
mod handler;
mod layers;
mod lifespan;
mod matcher;
mod mount;
mod observing;
mod panics;
mod redirect;
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

use std::any::TypeId;

use self::builder::Builder;
use crate::{
    docs::{ReDoc, SwaggerUi},
    form::FormLimits,
    middleware::Layer,
    observe::Observers,
    openapi::{Info, OpenApiVersion, Rewrite, SourceLocation},
    operation::{Route, Shared},
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

    /// What is done before the first request and after the last, around serving. Several run in the order in which they
    /// were added, after those of the routers; of several states of one type the last one counts.
    ///
    /// An error keeps the app from starting.
    // Here rather than beside `Lifespan`: rustc would name an `impl` in a private module.
    #[track_caller]
    pub fn lifespan<F, R>(mut self, start: F) -> Self
    where
        F: Fn() -> R + Send + Sync + 'static,
        R: Future<Output = Result<Lifespan, BoxError>> + Send + 'static,
    {
        self.root = self.root.lifespan(start);
        self
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
            return Err(self.not_started().into());
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
        Builder::new(self).document()
    }

    /// Makes the providers of telemetry that nobody has given.
    #[cfg(feature = "opentelemetry")]
    fn export_as_environment_says(&mut self) -> crate::observe::otel::Exports {
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
