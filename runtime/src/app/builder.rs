//! [`Builder`]: makes an app ready, and finds what is wrong with it before it starts.

mod checks;
mod mounts;
mod operations;
mod pages;
mod template;

use std::{any::TypeId, collections::HashMap, sync::Arc};

use poem::http::{HeaderValue, Method};

use self::template::prefix_fault;
use super::{
    App,
    matcher::Matcher,
    mount::Mounted,
    router::{Common, Item, Router},
    service::Service,
    start_error::{StartError, StartFault},
    table::{Entry, Served, Table},
    urls::Names,
};
use crate::{
    openapi::{Components, Documents, Foreign, OperationSpec, SourceLocation, document, problem},
    operation::{Settings, Shared},
};

/// An app on its way to a [`Service`]: the route table and the document grow side by side, and faults are collected.
pub(super) struct Builder {
    app: App,
    /// Whether nothing but the document is wanted.
    document_only: bool,
    components: Components,
    specs: Vec<OperationSpec>,
    matcher: Matcher,
    #[cfg(feature = "websocket")]
    sockets: Matcher,
    entries: Vec<Entry>,
    /// The route table's templates, for telling duplicates from conflicts.
    templates: Vec<String>,
    faults: Vec<StartFault>,
    missing_states: HashMap<TypeId, (&'static str, Vec<(&'static str, SourceLocation)>)>,
    mounts: Vec<Mounted>,
    frontends: Vec<Served>,
    names: Names,
    /// What was written with poem-openapi.
    foreign: Foreign,
}

impl Builder {
    pub(super) fn new(app: App) -> Self {
        Self {
            components: Components::new(app.separate_input_output_schemas),
            app,
            document_only: false,
            specs: Vec::new(),
            matcher: Matcher::default(),
            #[cfg(feature = "websocket")]
            sockets: Matcher::default(),
            entries: Vec::new(),
            templates: Vec::new(),
            faults: Vec::new(),
            missing_states: HashMap::new(),
            mounts: Vec::new(),
            frontends: Vec::new(),
            names: Names::default(),
            foreign: Foreign::default(),
        }
    }

    /// The document alone, for which nothing is started.
    pub(super) fn document(mut self) -> Result<String, StartError> {
        self.document_only = true;
        let shared = Arc::new(std::mem::take(&mut self.app.shared));
        let root = std::mem::take(&mut self.app.root);
        let documents = self.describe(&root, &shared);
        match self.faults.is_empty() {
            true => Ok(documents.pretty()),
            false => Err(StartError::new(self.faults)),
        }
    }

    pub(super) fn build(mut self) -> Result<Service, StartError> {
        let shared = Arc::new(std::mem::take(&mut self.app.shared));
        let root = std::mem::take(&mut self.app.root);
        let documents = Arc::new(self.describe(&root, &shared));
        self.add_pages(&documents);
        #[cfg(feature = "prometheus")]
        self.add_metrics();
        if !self.faults.is_empty() {
            return Err(StartError::new(self.faults));
        }
        // The longest path first: it is the closest.
        self.mounts.sort_by_key(|mount| std::cmp::Reverse(mount.prefix.len()));
        self.frontends.sort_by_key(|served| std::cmp::Reverse(served.prefix.len()));
        let layers = std::mem::take(&mut self.app.layers);
        let _ = shared.names.set(Arc::new(self.names));
        Ok(Service::new(
            Table {
                observed: self.app.looked_at().at_all,
                mounts: self.mounts,
                frontends: self.frontends,
                root_path: self.app.root_path,
                trusted_proxies: self.app.trusted_proxies,
                matcher: self.matcher,
                #[cfg(feature = "websocket")]
                sockets: self.sockets,
                entries: self.entries,
                body_limit: root.common.body_limit.unwrap_or(Settings::BODY_LIMIT),
                shared,
                documents,
            },
            &layers,
            std::mem::take(&mut self.app.observers),
        ))
    }

    /// Takes up all operations, and writes the document.
    fn describe(&mut self, root: &Router, shared: &Arc<Shared>) -> Documents {
        self.check_overrides(shared);
        self.add_router(root, &Common::default(), shared);
        let webhooks = std::mem::take(&mut self.app.webhooks);
        let webhooks: Vec<OperationSpec> = webhooks.iter().map(|route| self.declared(route, shared)).collect();
        if !self.document_only {
            self.check_surroundings(shared);
        }
        self.faults.extend(
            self.missing_states.drain().map(|(_, (state, functions))| StartFault::MissingState { state, functions }),
        );
        for scheme in &self.foreign.security_schemes {
            self.components.add_security_scheme(scheme.name, scheme.node.clone(), scheme.function);
        }
        let schemes = std::mem::take(&mut self.components.ambiguous_schemes);
        self.faults.extend(
            schemes.into_iter().map(|(name, two)| StartFault::SecurityScheme { name, functions: two.to_vec() }),
        );
        self.check_operation_ids(&webhooks);
        if shared.handlers.problem_details {
            problem::adapt(&mut self.specs, &mut self.components);
        }
        let written = document(&self.app.info, &self.specs, &webhooks, &self.foreign, &self.components);
        self.faults
            .extend(written.clashes.into_iter().map(|(name, function)| StartFault::Component { name, function }));
        let document = written.text.into();
        let document = match &self.app.rewrite_openapi {
            Some(rewrite) => rewrite.apply(&document),
            None => document,
        };
        Documents::new(document, self.app.openapi_version)
    }

    fn add_router(&mut self, router: &Router, outer: &Common, shared: &Arc<Shared>) {
        if let Some(reason) = prefix_fault(&router.common.prefix) {
            let (prefix, at) = (router.common.prefix.clone(), router.prefixed_at);
            self.faults.push(StartFault::Prefix { prefix, reason, at });
            return;
        }
        let common = outer.with(&router.common);
        for item in &router.items {
            match item {
                Item::Operation(route) => self.add(route, &common, shared),
                Item::Router(inner) => self.add_router(inner, &common, shared),
                Item::Mount(_) | Item::Frontend(..) if self.document_only => {}
                Item::Api(api) => self.add_api(api, &common),
                Item::Mount(mount) => self.add_mount(mount, &common),
                Item::Frontend(path, frontend, at) => self.add_frontend((path, *at), frontend, &common, shared),
            }
        }
    }
}

fn allow<'m>(methods: impl Iterator<Item = &'m Method>) -> HeaderValue {
    let names: Vec<&str> = methods.map(Method::as_str).collect();
    HeaderValue::from_str(&names.join(", ")).unwrap_or_else(|_| HeaderValue::from_static(""))
}
