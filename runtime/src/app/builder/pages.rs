//! Pages that are answered from memory: the document, the documentation, metrics.

use std::sync::Arc;

#[cfg(feature = "prometheus")]
use poem::http::Method;

#[cfg(feature = "prometheus")]
use super::template::template_fault;
use super::{Builder, allow, template::normal};
#[cfg(feature = "prometheus")]
use crate::app::{matcher::Found, start_error::StartFault};
use crate::{
    app::{
        handler::Handler,
        table::{Entry, PAGE_METHODS},
    },
    docs::{Docs, Page},
    openapi::Documents,
    operation::Settings,
};

impl Builder {
    pub(super) fn add_pages(&mut self, documents: &Arc<Documents>) {
        let app = &self.app;
        let Some(openapi_url) = &app.openapi_url else { return };
        let docs = Docs {
            title: app.info.title.clone(),
            openapi_url: openapi_url.clone(),
            docs_url: app.docs_url.clone(),
            redoc_url: app.redoc_url.clone(),
            swagger_ui: app.swagger_ui.clone(),
            redoc: app.redoc.clone(),
            root_path_in_servers: app.root_path_in_servers,
            documents: Arc::clone(documents),
        };
        let named = [("openapi", &app.openapi_url), ("swagger_ui_html", &app.docs_url), ("redoc_html", &app.redoc_url)];
        for (name, url) in named {
            if let Some(url) = url {
                self.names.add_page(name, url);
            }
        }
        for (path, page) in docs.routes() {
            self.add_page(&path, page);
        }
    }

    #[cfg(feature = "prometheus")]
    pub(super) fn add_metrics(&mut self) {
        let Some((mut metrics, at)) = self.app.metrics.take() else { return };
        let path = metrics.path.clone();
        let function = ("App::metrics", at);
        let reason = template_fault(&path).or_else(|| path.contains('{').then(|| "it has parameters".to_owned()));
        if let Some(reason) = reason {
            self.faults.push(StartFault::Path { path, reason, function });
        } else if let Found::Route(..) = self.matcher.find(&Method::GET, &path) {
            self.faults.push(StartFault::Path { path, reason: "an operation answers there".to_owned(), function });
        } else {
            self.app.observers.metrics = Some(metrics.ready());
            self.add_page(&path, Arc::new(move |_| metrics.page()));
        }
    }

    fn add_page(&mut self, path: &str, page: Page) {
        let index = self.entries.len();
        for method in &PAGE_METHODS {
            // An operation on the same path comes first, as in FastAPI.
            let _ = self.matcher.insert(method, path, index);
        }
        self.templates.push(normal(path));
        self.entries.push(Entry {
            template: path.into(),
            handler: Handler::Page(page),
            body_limit: self.app.root.common.body_limit.unwrap_or(Settings::BODY_LIMIT),
            allow: allow(PAGE_METHODS.iter()),
        });
    }
}
