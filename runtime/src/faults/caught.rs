//! [`Caught`]: the error that an answer stands for.

use std::{
    any::Any,
    sync::{Arc, Mutex, PoisonError},
};

use poem::Response;

use crate::http_error::HttpError;

/// Stands in a response's extensions: a handler of the app may take it and answer otherwise.
#[derive(Clone)]
pub(crate) struct Caught(Arc<Mutex<Option<Box<dyn Any + Send>>>>);

impl Caught {
    /// The response, with its error.
    #[cold]
    pub(crate) fn put<E: Send + 'static>(mut response: Response, error: E) -> Response {
        #[cfg(feature = "test")]
        Reason::put(&mut response, &error);
        response.extensions_mut().insert(Self(Arc::new(Mutex::new(Some(Box::new(error))))));
        response
    }

    /// Shows what is said of a fault of the program, if the response stands for one.
    #[cold]
    pub(crate) fn look(response: &Response, say: impl FnOnce(&'static str, &str)) {
        let Some(Self(caught)) = response.extensions().get() else { return };
        let caught = caught.lock().unwrap_or_else(PoisonError::into_inner);
        let error = caught.as_ref().and_then(|error| error.downcast_ref::<HttpError>());
        if let Some((kind, reason)) = error.and_then(HttpError::internal_reason) {
            say(kind, reason);
        }
    }

    /// Takes the error out of a response.
    pub(crate) fn take(response: &mut Response) -> Option<Box<dyn Any + Send>> {
        let Self(caught) = response.extensions_mut().remove()?;
        caught.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Stands in the extensions of a 500: why, for the eyes of tests alone.
#[cfg(feature = "test")]
#[derive(Debug, Clone)]
pub(crate) struct Reason(pub(crate) String);

#[cfg(feature = "test")]
impl Reason {
    fn put(response: &mut Response, error: &dyn Any) {
        let error = error.downcast_ref::<crate::HttpError>().filter(|error| error.is_internal());
        if let Some(error) = error {
            response.extensions_mut().insert(Self(format!("{error:?}")));
        }
    }
}
