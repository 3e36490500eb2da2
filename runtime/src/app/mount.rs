//! [`Mount`]: an endpoint that answers all that is below a path.

use std::{any::Any, fmt, sync::Arc};

use poem::{
    Endpoint, Request, Response,
    endpoint::{BoxEndpoint, EndpointExt},
    http::{Uri, uri::PathAndQuery},
};

use super::{
    App, Service,
    urls::{Names, Urls},
};
use crate::{
    decode::Field,
    files::StaticFiles,
    observe::Observation,
    openapi::SourceLocation,
    operation::{Argument, Call, Description},
};

/// What is mounted.
#[derive(Clone)]
pub(super) struct Mount {
    /// Without a slash at its end; empty for all paths.
    pub(super) prefix: String,
    /// By default the path without its slashes.
    pub(super) name: Option<String>,
    pub(super) target: Target,
    /// What keeps the app from starting.
    pub(super) fault: Option<String>,
    /// Where it was mounted.
    pub(super) at: SourceLocation,
}

#[derive(Clone)]
pub(super) enum Target {
    Endpoint(Arc<BoxEndpoint<'static, Response>>, Option<Arc<Names>>),
    /// It becomes an endpoint when the app is built. Taken once: an app is one thing.
    App(Arc<std::sync::Mutex<Option<App>>>),
}

impl fmt::Debug for Mount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mount").field("prefix", &self.prefix).finish_non_exhaustive()
    }
}

impl Mount {
    #[track_caller]
    pub(super) fn endpoint(prefix: &str, endpoint: impl Endpoint<Output: 'static> + 'static) -> Self {
        let own: &dyn Any = &endpoint;
        let fault = own.downcast_ref::<StaticFiles>().and_then(StaticFiles::fault);
        let names = own.downcast_ref::<Service>().map(Service::names);
        let endpoint = Arc::new(endpoint.map_to_response().boxed());
        Self { fault, ..Self::new(prefix, Target::Endpoint(endpoint, names)) }
    }

    #[track_caller]
    fn new(prefix: &str, target: Target) -> Self {
        let prefix = prefix.trim_end_matches('/').to_owned();
        Self { prefix, name: None, target, fault: None, at: SourceLocation::caller() }
    }

    pub(super) fn named(self, name: &str) -> Self {
        Self { name: Some(name.to_owned()), ..self }
    }

    #[track_caller]
    pub(super) fn app(prefix: &str, app: App) -> Self {
        Self::new(prefix, Target::App(Arc::new(std::sync::Mutex::new(Some(app)))))
    }
}

/// A mounted endpoint of a running app.
pub(super) struct Mounted {
    pub(super) prefix: String,
    pub(super) endpoint: Arc<BoxEndpoint<'static, Response>>,
}

impl Mounted {
    /// The path as the endpoint sees it, if it is the endpoint's: `/static/a.css` below `/static` is `/a.css`.
    pub(super) fn rest<'p>(&self, path: &'p str) -> Option<&'p str> {
        path.strip_prefix(self.prefix.as_str()).filter(|rest| rest.starts_with('/'))
    }

    /// Tells those who look at a request that it goes this way; an app that is mounted says more.
    #[cold]
    pub(super) fn observe(&self, request: &Request) -> Option<Arc<Observation>> {
        Observation::matched(request, &format!("{}/{{path}}", self.prefix));
        Observation::of(request).cloned()
    }

    /// `outer` are the names of the app that it is mounted in.
    pub(super) async fn answer(&self, mut request: Request, outer: Arc<Names>) -> Response {
        Urls::of_request(outer, &request).enclose(&mut request);
        self.pass(request).await
    }

    /// Hands on a request, of which the endpoint sees what follows its prefix.
    pub(super) async fn pass(&self, mut request: Request) -> Response {
        if let Some(rest) = self.rest(request.uri().path()).map(str::to_owned) {
            set_path(&mut request, &rest);
        }
        let root = RootPath::of(&request);
        request.set_data(RootPath(format!("{}{}", root.as_str(), self.prefix).into()));
        self.endpoint.get_response(request).await
    }
}

/// Gives the request another path; the query stays.
fn set_path(request: &mut Request, path: &str) {
    let path = match request.uri().query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    };
    if let Ok(path) = path.parse::<PathAndQuery>() {
        let mut parts = std::mem::take(request.uri_mut()).into_parts();
        parts.path_and_query = Some(path);
        *request.uri_mut() = Uri::from_parts(parts).unwrap_or_default();
    }
}

/// What stands before an app's paths as its clients see them: a proxy's prefix, or where the app is mounted. Empty for
/// none; as an argument of an operation it needs no attribute.
///
/// ```
/// use versify::{RootPath, prelude::*};
///
/// #[get("/app")]
/// async fn read_main(root_path: RootPath) -> String {
///     format!("{}/app", root_path.as_str())
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// assert_eq!(read_main(RootPath::new("/api/v1")).await, "/api/v1/app");
/// # }
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RootPath(Arc<str>);

impl RootPath {
    /// A root path without a slash at its end.
    #[must_use]
    pub fn new(path: &str) -> Self {
        Self(path.trim_end_matches('/').into())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Sets it for a request, and takes it away from the path if that begins with it: what a proxy's prefix asks for.
    pub fn enter(&self, request: &mut Request) {
        let path = request.uri().path();
        if let Some(rest) = path.strip_prefix(self.as_str()).filter(|rest| rest.starts_with('/')) {
            let rest = rest.to_owned();
            set_path(request, &rest);
        }
        request.set_data(self.clone());
    }

    /// Of a request.
    #[must_use]
    pub fn of(request: &Request) -> Self {
        request.data::<Self>().cloned().unwrap_or_default()
    }
}

impl Argument for RootPath {
    fn describe(_: &Field<Self>, _: &mut Description<'_>) {}

    fn prepare(_: &Field<Self>, call: &mut Call) -> Option<Self> {
        Some(Self::of(call.request()))
    }
}
