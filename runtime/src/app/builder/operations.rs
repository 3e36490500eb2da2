//! Operations, as they get into the route table and the document.

use std::sync::Arc;

#[cfg(feature = "websocket")]
use poem::http::Method;

use super::{
    Builder, allow,
    template::{normal, path_parameter_fault, template_fault},
};
use crate::{
    app::{framework_answers, handler::Handler, router::Common, start_error::StartFault, table::Entry},
    dependency::RouteDependency,
    middleware::{Layer, Timeout},
    openapi::OperationSpec,
    operation::{Description, Route, Settings, Shared, path_names},
};

impl Builder {
    pub(super) fn add(&mut self, route: &Route, common: &Common, shared: &Arc<Shared>) {
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
    pub(super) fn declared(&mut self, route: &Route, shared: &Shared) -> OperationSpec {
        let mut description = Description::new(&route.meta, route.meta.path, &mut self.components);
        description.route_dependencies(route.meta.dependencies);
        (route.describe)(&mut description);
        let (mut spec, requirements) = description.finish(&route.meta);
        self.check_requirements(&requirements, shared, (route.meta.function, route.meta.location));
        spec.callbacks = route.meta.callbacks.iter().map(|callback| self.declared(callback, shared)).collect();
        spec
    }
}
