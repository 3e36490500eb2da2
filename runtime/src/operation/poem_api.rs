//! An [`Operation`] as a poem-openapi API of its own: it runs in a bare `OpenApiService`, without an `App`.

use std::{collections::HashMap, marker::PhantomData, sync::Arc};

use poem::{Endpoint, EndpointExt, Request, Response, endpoint::BoxEndpoint, http::Method};
use poem_openapi::registry::{MetaApi, Registry};

use super::{Call, Captures, Description, Operation, Settings, body, path_names};
use crate::openapi::{Components, poem_openapi as adapter};

/// What `OpenApi::meta` gives for `O`.
#[must_use]
pub fn meta<O: Operation>() -> Vec<MetaApi> {
    let mut components = Components::default();
    let mut description = Description::new(&O::META, O::META.path, &mut components);
    description.route_dependencies(O::META.dependencies);
    O::describe(&mut description);
    let (spec, _) = description.finish(&O::META);
    vec![adapter::meta_operation(&spec)]
}

/// What `OpenApi::register` does for `O`.
pub fn register<O: Operation>(registry: &mut Registry) {
    let mut components = Components::default();
    let mut description = Description::new(&O::META, O::META.path, &mut components);
    description.route_dependencies(O::META.dependencies);
    O::describe(&mut description);
    adapter::register(&components, registry);
}

/// What `OpenApi::add_routes` does for `O`.
pub fn add_routes<O: Operation>(routes: &mut HashMap<String, HashMap<Method, BoxEndpoint<'static>>>) {
    let (path, captures) = poem_path(O::META.path);
    let settings = Arc::new(settings::<O>());
    let methods = routes.entry(path).or_default();
    for method in O::META.methods.iter().filter_map(|method| Method::from_bytes(method.as_bytes()).ok()) {
        let settings = Arc::clone(&settings);
        methods.insert(method, OperationEndpoint::<O> { captures, settings, of: PhantomData }.boxed());
    }
}

/// What an operation goes by that has no app.
fn settings<O: Operation>() -> Settings {
    let mut components = Components::default();
    let mut description = Description::new(&O::META, O::META.path, &mut components);
    description.route_dependencies(O::META.dependencies);
    O::describe(&mut description);
    let (_, requirements) = description.finish(&O::META);
    Settings {
        body_limit: O::META.body_limit.unwrap_or(Settings::BODY_LIMIT),
        form_limits: O::META.form_limits,
        path_names: path_names(O::META.path).map(str::to_owned).collect(),
        dependencies: O::META.dependencies.to_vec(),
        ..Settings::new(Arc::default()).requiring(requirements)
    }
}

/// poem's form of a path template. Parameters are named by position: poem's tree takes one name for one place.
fn poem_path(template: &str) -> (String, usize) {
    let mut count = 0;
    let path = template.split('{').enumerate().map(|(index, part)| match part.split_once('}') {
        Some((name, rest)) if index > 0 => {
            let kind = if name.ends_with(":path") { '*' } else { ':' };
            count += 1;
            format!("{kind}param{}{rest}", count - 1)
        }
        _ => part.to_owned(),
    });
    (path.collect(), count)
}

struct OperationEndpoint<O> {
    captures: usize,
    settings: Arc<Settings>,
    of: PhantomData<fn() -> O>,
}

impl<O: Operation> Endpoint for OperationEndpoint<O> {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        let captures = (0..self.captures)
            .map(|index| request.raw_path_param(&format!("param{index}")).unwrap_or_default().to_owned())
            .collect();
        if body::content_length(request.headers()).is_some_and(|length| length > self.settings.body_limit) {
            return Ok(body::too_large());
        }
        let mut call = Call::new(request, Captures::Owned(captures), Arc::clone(&self.settings));
        let response = match call.begin().await {
            Ok(()) => O::call(&mut call).await,
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
