//! An operation as a poem-openapi API of its own: it runs in a bare `OpenApiService`, without an `App`.

use std::{collections::HashMap, sync::Arc};

use poem::{Endpoint, EndpointExt, Request, Response, endpoint::BoxEndpoint, http::Method};
use poem_openapi::registry::{MetaApi, Registry};

use super::{
    Call, Captures, Description, Operation, Requirements, Route, Settings, body,
    path_template::{Convertor, with_parameters},
};
use crate::openapi::{Components, OperationSpec, poem_openapi as adapter};

/// What `OpenApi::meta` gives for an operation.
#[must_use]
pub fn meta<O: Operation>() -> Vec<MetaApi> {
    let (spec, _) = describe(&Route::of::<O>(), &mut Components::default());
    vec![adapter::meta_operation(&spec)]
}

/// What `OpenApi::register` does for an operation.
pub fn register<O: Operation>(registry: &mut Registry) {
    let mut components = Components::default();
    describe(&Route::of::<O>(), &mut components);
    adapter::register(&components, registry);
}

/// What `OpenApi::add_routes` does for an operation.
pub fn add_routes<O: Operation>(routes: &mut HashMap<String, HashMap<Method, BoxEndpoint<'static>>>) {
    let route = Route::of::<O>();
    let (path, captures) = poem_path(route.meta.path);
    let settings = Arc::new(settings(&route));
    let methods = routes.entry(path).or_default();
    for method in route.meta.methods.iter().filter_map(|method| Method::from_bytes(method.as_bytes()).ok()) {
        let settings = Arc::clone(&settings);
        methods.insert(method, OperationEndpoint { captures, settings, route }.boxed());
    }
}

fn describe(route: &Route, components: &mut Components) -> (OperationSpec, Requirements) {
    let mut description = Description::new(&route.meta, route.meta.path, components);
    description.route_dependencies(route.meta.dependencies);
    (route.describe)(&mut description);
    description.finish(&route.meta)
}

/// What an operation goes by that has no app.
fn settings(route: &Route) -> Settings {
    let (_, requirements) = describe(route, &mut Components::default());
    Settings {
        body_limit: route.meta.body_limit.unwrap_or(Settings::BODY_LIMIT),
        form_limits: route.meta.form_limits,
        strict_content_type: route.meta.strict_content_type.unwrap_or(true),
        response_class: route.meta.response_class,
        dependencies: route.meta.dependencies.to_vec(),
        function: route.name,
        ..Settings::new(Arc::default()).on_path(route.meta.path).requiring(requirements)
    }
}

/// poem's form of a path template. Parameters are named by position: poem's tree takes one name for one place.
fn poem_path(template: &str) -> (String, usize) {
    let mut count = 0;
    let path = with_parameters(template, |_, convertor| {
        let kind = if convertor == Convertor::Path { '*' } else { ':' };
        count += 1;
        format!("{kind}param{}", count - 1)
    });
    (path, count)
}

struct OperationEndpoint {
    captures: usize,
    settings: Arc<Settings>,
    route: Route,
}

impl Endpoint for OperationEndpoint {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        let captures = (0..self.captures)
            .map(|index| request.raw_path_param(&format!("param{index}")).unwrap_or_default().to_owned())
            .collect();
        if body::content_length(request.headers()).is_some_and(|length| length > self.settings.body_limit) {
            return Ok(body::too_large());
        }
        let mut call = Call::new(Box::new(request), Captures::Owned(captures), Arc::clone(&self.settings));
        let response = match call.begin().await {
            Ok(()) => {
                let response = (self.route.call)(&mut call).await;
                match call.response_class() {
                    None => response,
                    Some(class) => class.apply(response).await,
                }
            }
            Err(response) => response,
        };
        Ok(call.finish(response).await)
    }
}

#[cfg(test)]
mod tests {
    use super::poem_path;

    #[test]
    fn templates_become_poem_paths() {
        for (template, path, count) in [
            ("/items/{item_id}", "/items/:param0", 1),
            ("/files/{p:path}", "/files/*param0", 1),
            ("/a/{b}/c/{d}", "/a/:param0/c/:param1", 2),
            ("/", "/", 0),
        ] {
            assert_eq!(poem_path(template), (path.to_owned(), count));
        }
    }
}
