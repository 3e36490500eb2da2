//! [`Caught`]: the error that an answer stands for.

use std::{
    any::Any,
    sync::{Arc, Mutex, PoisonError},
};

use poem::Response;

/// Stands in a response's extensions: a handler of the app may take it and answer otherwise.
#[derive(Clone)]
pub(crate) struct Caught(Arc<Mutex<Option<Box<dyn Any + Send>>>>);

impl Caught {
    /// The response, with its error.
    #[cold]
    pub(crate) fn put<E: Send + 'static>(mut response: Response, error: E) -> Response {
        response.extensions_mut().insert(Self(Arc::new(Mutex::new(Some(Box::new(error))))));
        response
    }

    /// Takes the error out of a response.
    pub(crate) fn take(response: &mut Response) -> Option<Box<dyn Any + Send>> {
        let Self(caught) = response.extensions_mut().remove()?;
        caught.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
