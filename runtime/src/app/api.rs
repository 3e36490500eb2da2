//! [`Api`]: an `#[OpenApi] impl` of poem-openapi, served and documented with an app's own operations.

use std::{collections::HashSet, fmt, panic::Location, sync::Arc};

use poem::{
    Endpoint, IntoEndpoint, Request, Response,
    endpoint::{BoxEndpoint, EndpointExt},
    http::Method,
};
use poem_openapi::{OpenApi, OpenApiService};

use super::{Router, mount::Mounted, router::Item};
use crate::openapi::{Foreign, SourceLocation};

/// What is mounted.
#[derive(Clone)]
pub(super) struct Api {
    /// Without a slash at its end.
    pub(super) path: String,
    /// The type, and where it was mounted.
    pub(super) function: (&'static str, SourceLocation),
    pub(super) foreign: Arc<Foreign>,
    /// `None`: poem-openapi would panic.
    pub(super) endpoint: Option<Arc<BoxEndpoint<'static, Response>>>,
}

impl fmt::Debug for Api {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Api").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Api {
    #[track_caller]
    fn new<T: OpenApi + 'static>(path: &str, api: T) -> Self {
        let caller = Location::caller();
        let function = (std::any::type_name::<T>(), SourceLocation { file: caller.file(), line: caller.line() });
        let foreign = Foreign::of::<T>(function);
        let mut ids = HashSet::new();
        let named_twice = foreign.operations.iter().filter_map(|operation| operation.id).any(|id| !ids.insert(id));
        let endpoint = (!named_twice)
            .then(|| Arc::new(OpenApiService::new(api, "", "").into_endpoint().map_to_response().boxed()));
        Self { path: path.trim_end_matches('/').to_owned(), function, foreign: Arc::new(foreign), endpoint }
    }

    /// The methods of each path.
    pub(super) fn paths(&self) -> Vec<(&str, Vec<Method>)> {
        let mut paths: Vec<(&str, Vec<Method>)> = Vec::new();
        for operation in &self.foreign.operations {
            match paths.iter_mut().find(|(path, _)| *path == operation.path) {
                Some((_, methods)) => methods.push(operation.method.clone()),
                None => paths.push((&operation.path, vec![operation.method.clone()])),
            }
        }
        paths
    }
}

/// Hands requests to the API, which sees what follows its path.
pub(super) struct Passing(pub(super) Mounted);

impl Endpoint for Passing {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        Ok(self.0.pass(request).await)
    }
}

impl Router {
    /// Adds the operations of an `#[OpenApi] impl`: see [`App::mount_api`].
    #[track_caller]
    pub fn mount_api(mut self, path: &str, api: impl OpenApi + 'static) -> Self {
        self.items.push(Item::Api(Api::new(path, api)));
        self
    }
}
