//! [`Merged`]: several APIs as one, with the operations of one path joined.

use std::collections::HashMap;

use poem::{endpoint::BoxEndpoint, http::Method};
use poem_openapi::{
    OpenApi,
    registry::{MetaApi, MetaPath, Registry},
};

/// Several APIs of poem-openapi as one, whose document has each path once.
///
/// `OpenApiService` takes a tuple of APIs, but writes a path that two of them serve twice; a reader of JSON keeps the
/// last. Each annotated function is an API of its own, so give them to the service through this.
///
/// ```
/// use versify::{openapi::Merged, poem_openapi::OpenApiService, prelude::*};
///
/// #[get("/items")]
/// async fn list_items() -> Vec<String> {
///     Vec::new()
/// }
///
/// #[post("/items")]
/// async fn create_item(#[body] name: String) -> String {
///     name
/// }
///
/// let service = OpenApiService::new(Merged((list_items {}, create_item {})), "Shop", "1.0.0");
/// assert_eq!(service.spec().matches("\"/items\"").count(), 1);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Merged<T>(pub T);

impl<T: OpenApi> OpenApi for Merged<T> {
    fn meta() -> Vec<MetaApi> {
        let mut paths: Vec<MetaPath> = Vec::new();
        for path in T::meta().into_iter().flat_map(|api| api.paths) {
            match paths.iter_mut().find(|known| known.path == path.path) {
                Some(known) => known.operations.extend(path.operations),
                None => paths.push(path),
            }
        }
        vec![MetaApi { paths }]
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }

    fn add_routes(self, routes: &mut HashMap<String, HashMap<Method, BoxEndpoint<'static>>>) {
        self.0.add_routes(routes);
    }
}
