//! [`Router`]: operations that share a prefix, tags, dependencies.

use std::{future::Future, sync::Arc, time::Duration};

use poem::{Endpoint, Middleware, Request, Response, endpoint::BoxEndpoint};

use super::{
    App,
    api::Api,
    lifespan::{BoxError, Lifespan, Starter},
    mount::Mount,
};
use crate::{
    dependency::{Dependency, RouteDependency},
    files::Frontend,
    form::FormLimits,
    middleware::{Layer, Next},
    openapi::{OperationSpec, Responses, SourceLocation},
    operation::{IntoRoutes, Reply, Route},
    reply::{Class, ResponseClass},
};

/// A part of an app: operations with what they have in common. Routers nest, and one can be included several times.
///
/// ```
/// use versify::prelude::*;
///
/// #[get("/")]
/// async fn read_items() -> Vec<String> {
///     vec!["Portal Gun".to_owned()]
/// }
///
/// #[get("/{item_id}")]
/// async fn read_item(item_id: String) -> String {
///     item_id
/// }
///
/// #[dependency]
/// async fn token(#[header] x_token: String) -> Result<()> {
///     match x_token.as_str() {
///         "secret" => Ok(()),
///         _ => Err(HttpError::new(400, "X-Token header invalid")),
///     }
/// }
///
/// fn items() -> Router {
///     Router::new().prefix("/items").tag("items").dependency::<token>().routes(routes![read_items, read_item])
/// }
///
/// # fn main() -> Result<(), versify::StartError> {
/// let app = App::new("Shop", "1.0.0").include(items()).include(Router::new().prefix("/v1").include(items()));
/// # app.build()?;
/// # Ok(())
/// # }
/// ```
///
/// A prefix may hold parameters (`/users/{user_id}`); an operation takes one with `#[path]`, or simply by its name.
#[derive(Debug, Clone, Default)]
#[must_use = "a router does nothing until an app includes it"]
pub struct Router {
    pub(super) common: Common,
    /// Where its prefix was given.
    pub(super) prefixed_at: Option<SourceLocation>,
    pub(super) items: Vec<Item>,
    starters: Vec<Starter>,
}

/// What the operations of a router have in common. What is closer to an operation wins, or comes last.
#[derive(Debug, Clone, Default)]
pub(super) struct Common {
    pub(super) prefix: String,
    pub(super) tags: Vec<String>,
    pub(super) dependencies: Vec<RouteDependency>,
    pub(super) deprecated: bool,
    pub(super) hidden: bool,
    pub(super) body_limit: Option<u64>,
    pub(super) form_limits: FormLimits,
    pub(super) strict_content_type: Option<bool>,
    pub(super) response_class: Option<Class>,
    pub(super) timeout: Option<Duration>,
    /// Innermost first.
    pub(super) layers: Vec<Layer>,
    pub(super) operation_ids: Option<fn(&OperationSpec) -> String>,
    pub(super) responses: Responses,
    pub(super) callbacks: Vec<Route>,
}

impl Common {
    /// What holds within `inner`, which is within this.
    pub(super) fn with(&self, inner: &Self) -> Self {
        Self {
            prefix: format!("{}{}", self.prefix, inner.prefix),
            tags: self.tags.iter().chain(&inner.tags).cloned().collect(),
            dependencies: self.dependencies.iter().chain(&inner.dependencies).copied().collect(),
            deprecated: self.deprecated || inner.deprecated,
            hidden: self.hidden || inner.hidden,
            body_limit: inner.body_limit.or(self.body_limit),
            form_limits: inner.form_limits.or(self.form_limits),
            timeout: inner.timeout.or(self.timeout),
            strict_content_type: inner.strict_content_type.or(self.strict_content_type),
            response_class: inner.response_class.or(self.response_class),
            operation_ids: inner.operation_ids.or(self.operation_ids),
            layers: inner.layers.iter().chain(&self.layers).cloned().collect(),
            responses: self.responses.clone().and(inner.responses.clone()),
            callbacks: self.callbacks.iter().chain(&inner.callbacks).copied().collect(),
        }
    }
}

/// What a router holds.
#[derive(Debug, Clone)]
pub(super) enum Item {
    Operation(Route),
    Router(Router),
    Mount(Mount),
    Api(Api),
    Frontend(String, Arc<Frontend>, SourceLocation),
}

impl Router {
    /// A router without operations.
    pub fn new() -> Self {
        Self::default()
    }

    /// What all paths begin with, such as `/items`. It begins with `/` and does not end with one.
    #[track_caller]
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.common.prefix = prefix.into();
        self.prefixed_at = Some(SourceLocation::caller());
        self
    }

    /// Adds operations: `.routes(routes![read_item, create_item])`.
    #[doc(alias = "route")]
    #[doc(alias = "add_api_route")]
    pub fn routes(mut self, routes: impl IntoRoutes) -> Self {
        self.items.extend(routes.into_routes().map(Item::Operation));
        self
    }

    /// Adds the operations of another router, below this one's prefix.
    #[doc(alias = "include_router")]
    #[doc(alias = "nest")]
    pub fn include(mut self, router: Router) -> Self {
        self.items.push(Item::Router(router));
        self
    }

    /// Serves a front end that was built to files below a path: see [`Frontend`].
    ///
    /// It answers what no operation and nothing that is mounted does; of several the longest path that fits. The
    /// router's dependencies hold for it, too.
    #[track_caller]
    pub fn frontend(mut self, path: &str, frontend: impl Into<Frontend>) -> Self {
        let path = path.trim_end_matches('/').to_owned();
        self.items.push(Item::Frontend(path, Arc::new(frontend.into()), SourceLocation::caller()));
        self
    }

    /// Hands all requests below a path to a poem endpoint, which sees what follows that path.
    ///
    /// Operations come first; of several mounts the one with the longest path. The document does not show them.
    #[track_caller]
    pub fn mount(mut self, path: &str, endpoint: impl Endpoint<Output: 'static> + 'static) -> Self {
        self.items.push(Item::Mount(Mount::endpoint(path, endpoint)));
        self
    }

    /// As [`Router::mount`], with a name of its own for [`Urls::named`](super::Urls::named); else it goes by its path
    /// without the slashes around it.
    #[track_caller]
    pub fn mount_named(mut self, name: &str, path: &str, endpoint: impl Endpoint<Output: 'static> + 'static) -> Self {
        self.items.push(Item::Mount(Mount::endpoint(path, endpoint).named(name)));
        self
    }

    /// Hands all requests below a path to another app: see [`App::mount_app`](super::App::mount_app).
    #[track_caller]
    pub fn mount_app(mut self, path: &str, app: App) -> Self {
        self.items.push(Item::Mount(Mount::app(path, app)));
        self
    }

    /// Puts a function around the requests to all operations: see [`App::middleware`](super::App::middleware).
    #[doc(alias = "add_middleware")]
    #[doc(alias = "wrap")]
    pub fn middleware<F, R>(mut self, function: F) -> Self
    where
        F: Fn(Request, Next) -> R + Clone + Send + Sync + 'static,
        R: Future<Output: Reply> + Send + 'static,
    {
        self.common.layers.push(Layer::function(function));
        self
    }

    /// Puts one of poem's middlewares around the requests to all operations.
    pub fn layer<M>(mut self, middleware: M) -> Self
    where
        M: Middleware<BoxEndpoint<'static, Response>, Output: 'static> + Send + Sync + 'static,
    {
        self.common.layers.push(Layer::poem(middleware));
        self
    }

    /// Puts one of tower's layers around the requests to all operations: see [`App::tower_layer`](super::App::tower_layer).
    #[cfg(feature = "tower")]
    pub fn tower_layer<L, S, B>(mut self, layer: L) -> Self
    where
        L: tower_layer::Layer<crate::middleware::TowerInner, Service = S> + Send + Sync + 'static,
        S: tower_service::Service<
                poem::http::Request<crate::middleware::TowerBody>,
                Response = poem::http::Response<B>,
                Error: Into<BoxError>,
                Future: Send,
            > + Clone
            + Send
            + Sync
            + 'static,
        B: hyper::body::Body<Data: Into<bytes::Bytes>, Error: Into<BoxError>> + Send + Sync + 'static,
    {
        self.common.layers.push(Layer::tower(layer));
        self
    }

    /// How long operations may take to answer, unless they say otherwise: see [`App::timeout`](super::App::timeout).
    pub fn timeout(mut self, time: Duration) -> Self {
        self.common.timeout = Some(time);
        self
    }

    /// What is done before the first request and after the last: see [`App::lifespan`](super::App::lifespan).
    #[track_caller]
    pub fn lifespan<F, R>(mut self, start: F) -> Self
    where
        F: Fn() -> R + Send + Sync + 'static,
        R: Future<Output = Result<Lifespan, BoxError>> + Send + 'static,
    {
        self.starters.push(Starter::new(start));
        self
    }

    /// All lifespans, those of included routers first.
    pub(super) fn starters(&self) -> Vec<Starter> {
        let inner = self.items.iter().filter_map(|item| match item {
            Item::Router(router) => Some(router.starters()),
            _ => None,
        });
        inner.flatten().chain(self.starters.iter().cloned()).collect()
    }

    /// Adds a group of the documentation to all operations.
    pub fn tag(mut self, tag: impl Into<String>) -> Self {
        self.common.tags.push(tag.into());
        self
    }

    /// Adds a dependency to all operations: it is resolved before theirs, and its value is not handed to them (those who
    /// want it say `Depends`, and get the same one).
    pub fn dependency<D: Dependency>(self) -> Self {
        self.security::<D>(&[])
    }

    /// As [`Router::dependency`], and asks for OAuth2 scopes.
    pub fn security<D: Dependency>(mut self, scopes: &'static [&'static str]) -> Self {
        self.common.dependencies.push(RouteDependency::scoped::<D>(scopes));
        self
    }

    /// Documents answers of all operations, beside those that they say themselves.
    pub fn responses(mut self, responses: Responses) -> Self {
        self.common.responses = self.common.responses.and(responses);
        self
    }

    /// Documents what the clients of all operations serve, beside the `callbacks` that they name themselves.
    pub fn callbacks(mut self, callbacks: impl IntoRoutes) -> Self {
        self.common.callbacks.extend(callbacks.into_routes());
        self
    }

    /// Marks all operations as deprecated.
    pub fn deprecated(mut self, deprecated: bool) -> Self {
        self.common.deprecated = deprecated;
        self
    }

    /// Whether the document shows the operations; `true` by default.
    pub fn include_in_schema(mut self, shown: bool) -> Self {
        self.common.hidden = !shown;
        self
    }

    /// How operations are named that say no `operation_id`: see [`App::operation_ids`](super::App::operation_ids).
    pub fn operation_ids(mut self, name: fn(&OperationSpec) -> String) -> Self {
        self.common.operation_ids = Some(name);
        self
    }

    /// The largest body in bytes, for operations without a `body_limit` of their own.
    pub fn body_limit(mut self, bytes: u64) -> Self {
        self.common.body_limit = Some(bytes);
        self
    }

    /// How much of a form is read, for operations that do not say otherwise.
    pub fn form_limits(mut self, limits: FormLimits) -> Self {
        self.common.form_limits = limits;
        self
    }

    /// How answers are written that are JSON otherwise, for operations that do not say so themselves: see
    /// [`ResponseClass`].
    pub fn default_response_class<C: ResponseClass>(mut self) -> Self {
        self.common.response_class = Some(Class::of::<C>());
        self
    }

    /// Whether a body without a content type is no JSON: see [`App::strict_content_type`](super::App).
    pub fn strict_content_type(mut self, strict: bool) -> Self {
        self.common.strict_content_type = Some(strict);
        self
    }
}
