//! [`Service`]: an app that is ready to answer.

use std::{future::Future, sync::Arc};

use futures_util::{FutureExt, future::Either};
use poem::{Endpoint, EndpointExt, Request, Response, endpoint::BoxEndpoint};

use super::{
    panics::caught,
    table::Table,
    urls::{Names, Urls},
};
use crate::{
    middleware::Layer,
    observe::{Observed, Observers},
    openapi::OpenApiVersion,
    server::Respond,
};

/// An app that is ready to answer: poem's [`Endpoint`].
///
/// [`App::build`](super::App::build) makes it. It runs in poem's `Server`, mounts into a poem `Route`, and is what
/// poem's `TestClient` drives.
#[derive(Clone)]
pub struct Service {
    table: Arc<Table>,
    /// The table with middleware around it, if there is any.
    wrapped: Option<Arc<BoxEndpoint<'static, Response>>>,
}

impl std::fmt::Debug for Service {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Service").field("routes", &self.table.entries.len()).finish_non_exhaustive()
    }
}

impl Service {
    pub(super) fn new(table: Table, layers: &[Layer], observers: Observers) -> Self {
        let table = Arc::new(table);
        if layers.is_empty() && observers.are_idle() {
            return Self { table, wrapped: None };
        }
        let bare = Self { table: Arc::clone(&table), wrapped: None };
        let mut wrapped = layers.iter().fold(bare.boxed(), |inner, layer| layer.around(inner));
        if !observers.are_idle() {
            wrapped = Observed::around(wrapped, observers);
        }
        Self { table, wrapped: Some(Arc::new(wrapped)) }
    }

    /// The OpenAPI document, as `/openapi.json` serves it.
    #[must_use]
    pub fn openapi(&self) -> &[u8] {
        self.openapi_version(self.table.documents.default_version())
    }

    /// The OpenAPI document in the words of another version, as `/openapi.json?version=3.0.3` serves it.
    #[must_use]
    pub fn openapi_version(&self, version: OpenApiVersion) -> &[u8] {
        self.table.documents.get(version)
    }

    /// The URLs of its operations where there is no request: for mails, background tasks and tests. `base` is where
    /// clients find the app, `https://shop.example`.
    #[must_use]
    pub fn urls(&self, base: &str) -> Urls {
        Urls::new(self.names(), base)
    }

    pub(super) fn names(&self) -> Arc<Names> {
        self.table.shared.names()
    }

    /// Waits until all background tasks and exits that have begun are done: for tests.
    pub async fn background_done(&self) {
        let tracker = &self.table.shared.tracker;
        tracker.close();
        tracker.wait().await;
        tracker.reopen();
    }

    /// Answers a request.
    pub fn answer(&self, request: Request) -> impl Future<Output = Response> + Send {
        self.respond(Box::new(request))
    }
}

impl Service {
    async fn wrapped(&self, wrapped: &BoxEndpoint<'static, Response>, request: Request) -> Response {
        let response = caught(wrapped.get_response(request), None).await;
        self.table.shared.handlers.limited(response).await
    }
}

impl Respond for Service {
    #[inline]
    fn respond(&self, mut request: Box<Request>) -> impl Future<Output = Response> + Send {
        self.table.trusted_proxies.believe(&mut request);
        match &self.wrapped {
            None => Either::Left(self.table.answer(request)),
            Some(wrapped) => Either::Right(self.wrapped(wrapped, *request).boxed()),
        }
    }
}

impl Endpoint for Service {
    type Output = Response;

    fn call(&self, request: Request) -> impl Future<Output = poem::Result<Response>> + Send {
        self.answer(request).map(Ok)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_future_of_an_answer_is_small() {
        let service = crate::App::new("empty", "1").build().unwrap();
        let size = size_of_val(&service.answer(Request::default()));
        assert!(size <= 3072, "{size} bytes are copied several times for each request");
    }
}
