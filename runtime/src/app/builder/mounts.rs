//! What is served beside operations: front ends, APIs of poem-openapi, mounted endpoints and apps.

use std::sync::{Arc, PoisonError};

use poem::EndpointExt;

use super::{
    Builder, allow,
    template::{normal, prefix_fault},
};
use crate::{
    app::{
        api::{Api, Passing},
        handler::Handler,
        mount::{Mount, Mounted, Target},
        router::Common,
        start_error::StartFault,
        table::{Entry, PAGE_METHODS, Served},
    },
    dependency::RouteDependency,
    files::{Frontend, serve_frontend},
    openapi::{Components, OperationSpec, SourceLocation},
    operation::{Description, OperationMeta, Requirements, Settings, Shared},
};

impl Builder {
    pub(super) fn add_frontend(
        &mut self,
        (path, at): (&str, SourceLocation),
        frontend: &Arc<Frontend>,
        common: &Common,
        shared: &Arc<Shared>,
    ) {
        let prefix = format!("{}{path}", common.prefix);
        if let Some(reason) = prefix_fault(&prefix).map(str::to_owned).or_else(|| frontend.fault()) {
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

    pub(super) fn add_api(&mut self, api: &Api, common: &Common) {
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
        self.foreign.security_schemes.extend(api.foreign.security_schemes.iter().cloned());
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

    pub(super) fn add_mount(&mut self, mount: &Mount, common: &Common) {
        let prefix = format!("{}{}", common.prefix, mount.prefix);
        if let Some(reason) = prefix_fault(&prefix) {
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
}
