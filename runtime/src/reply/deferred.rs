//! [`Deferred`]: what an answer still wants of its request.

use std::{
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
};

use poem::{
    Response,
    http::{HeaderMap, Method},
};

type Complete = Box<dyn FnOnce(Method, HeaderMap, Response) -> Pin<Box<dyn Future<Output = Response> + Send>> + Send>;

/// Stands in a response's extensions, and completes it when the request is at hand: a file is opened only then, since
/// the request says which part of it is wanted.
#[derive(Clone)]
pub(crate) struct Deferred(Arc<Mutex<Option<Complete>>>);

impl Deferred {
    /// The response, which `complete` will complete.
    pub(crate) fn put<F>(
        mut response: Response,
        complete: impl FnOnce(Method, HeaderMap, Response) -> F + Send + 'static,
    ) -> Response
    where
        F: Future<Output = Response> + Send + 'static,
    {
        let complete: Complete = Box::new(|method, headers, response| Box::pin(complete(method, headers, response)));
        response.extensions_mut().insert(Self(Arc::new(Mutex::new(Some(complete)))));
        response
    }

    /// Completes a response that wants it.
    pub(crate) async fn settle(method: &Method, headers: &HeaderMap, mut response: Response) -> Response {
        match response.extensions_mut().remove::<Self>() {
            Some(deferred) => deferred.complete(method.clone(), headers.clone(), response).await,
            None => response,
        }
    }

    async fn complete(self, method: Method, headers: HeaderMap, response: Response) -> Response {
        let complete = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        match complete {
            Some(complete) => complete(method, headers, response).await,
            None => response,
        }
    }
}
