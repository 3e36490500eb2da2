//! [`Handlers`]: what an app does with errors.

use std::{any::Any, fmt, future::Future, pin::Pin, sync::Arc};

use bytes::Bytes;
use poem::{Request, Response, http::StatusCode};

use super::{Caught, ValidationError, problem};
use crate::{http_error::HttpError, middleware::Limited, observe::report, operation::Reply};

type Handled = Pin<Box<dyn Future<Output = Response> + Send>>;
type Error = Box<dyn Any + Send>;

/// Takes the errors of one type; gives others back.
type OfType = dyn Fn(Request, Error, StatusCode, &Bytes) -> Result<Handled, Box<(Request, Error)>> + Send + Sync;
type OfHttp = dyn Fn(Request, HttpError) -> Handled + Send + Sync;

/// What an app does with errors.
#[derive(Clone, Default)]
pub(crate) struct Handlers {
    of_types: Vec<Arc<OfType>>,
    of_statuses: Vec<(StatusCode, Arc<OfHttp>)>,
    /// `on_error::<HttpError>`: all that has a status and is handled by nothing else.
    of_http: Option<Arc<OfHttp>>,
    pub(crate) problem_details: bool,
}

impl fmt::Debug for Handlers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handlers")
            .field("of_types", &self.of_types.len())
            .field("of_statuses", &self.of_statuses.iter().map(|(status, _)| status).collect::<Vec<_>>())
            .field("problem_details", &self.problem_details)
            .finish_non_exhaustive()
    }
}

impl Handlers {
    pub(crate) fn on_error<E, F, R>(&mut self, handler: impl Fn(Request, E) -> F + Send + Sync + 'static)
    where
        E: Send + 'static,
        F: Future<Output = R> + Send + 'static,
        R: Reply,
    {
        let handle = move |request, error, status| -> Handled {
            let answer = handler(request, error);
            Box::pin(async move { answer.await.reply(status) })
        };
        if std::any::TypeId::of::<E>() == std::any::TypeId::of::<HttpError>() {
            self.of_http = Some(Arc::new(move |request, error: HttpError| {
                let status = error.status();
                match (Box::new(error) as Error).downcast::<E>() {
                    Ok(error) => handle(request, *error, status),
                    Err(_) => Box::pin(async { crate::http_error::internal_server_error() }),
                }
            }));
            return;
        }
        self.of_types.push(Arc::new(move |request, error, status, body| match extract::<E>(error, body) {
            Ok(error) => Ok(handle(request, error, status)),
            Err(error) => Err(Box::new((request, error))),
        }));
    }

    pub(crate) fn on_status<F, R>(
        &mut self,
        status: StatusCode,
        handler: impl Fn(Request, HttpError) -> F + Send + Sync + 'static,
    ) where
        F: Future<Output = R> + Send + 'static,
        R: Reply,
    {
        let handle = move |request, error| -> Handled {
            let answer = handler(request, error);
            Box::pin(async move { answer.await.reply(status) })
        };
        self.of_statuses.retain(|(known, _)| *known != status);
        self.of_statuses.push((status, Arc::new(handle)));
    }

    /// Whether an answer to a fault is always sent as it is.
    pub(crate) fn is_idle(&self) -> bool {
        self.of_types.is_empty() && self.of_statuses.is_empty() && self.of_http.is_none() && !self.problem_details
    }

    /// What is sent for a fault in place of `response`, which is the answer that it has by itself.
    #[cold]
    pub(crate) async fn settle(&self, mut request: Request, body: &Bytes, mut response: Response) -> Response {
        let status = response.status();
        let mut caught = Caught::take(&mut response);
        for handler in &self.of_types {
            let Some(error) = caught.take() else { break };
            match handler(request, error, status, body) {
                Ok(handled) => return self.shape(handled.await).await,
                Err(back) => {
                    let (back, error) = *back;
                    (request, caught) = (back, Some(error));
                }
            }
        }
        let error = caught.and_then(|caught| caught.downcast::<HttpError>().ok());
        let of_status = self.of_statuses.iter().find(|(known, _)| *known == status).map(|(_, handler)| handler);
        // A fault of the program is for nobody but who asks for it by its status.
        let is_internal = error.as_ref().is_some_and(|error| error.is_internal());
        let handler = of_status.or(self.of_http.as_ref().filter(|_| !is_internal));
        let Some(handler) = handler else { return self.shape(response).await };
        let error = match error {
            Some(error) => *error,
            None => HttpError::of_response(response).await,
        };
        self.shape(handler(request, error).await).await
    }

    /// The answer of a limit is a problem, too, where the app writes problem details.
    pub(crate) async fn limited(&self, response: Response) -> Response {
        match self.problem_details && response.extensions().get::<Limited>().is_some() {
            true => problem::of(response).await,
            false => response,
        }
    }

    async fn shape(&self, mut response: Response) -> Response {
        // A handler may answer with an error again, which is not handled twice.
        report(&response, None, None);
        response.extensions_mut().remove::<Caught>();
        if self.problem_details { problem::of(response).await } else { response }
    }
}

/// The error as an `E`: itself, what caused it, or what was wrong with the request.
fn extract<E: 'static>(error: Error, body: &Bytes) -> Result<E, Error> {
    let error = match error.downcast::<E>() {
        Ok(error) => return Ok(*error),
        Err(error) => error,
    };
    let http = match error.downcast::<HttpError>() {
        Ok(http) => *http,
        Err(error) => return Err(error),
    };
    if std::any::TypeId::of::<E>() != std::any::TypeId::of::<ValidationError>() {
        return http.into_cause::<E>().map_err(|error| Box::new(error) as Error);
    }
    let issues = http.into_issues().map_err(|error| Box::new(error) as Error)?;
    let error: Error = Box::new(ValidationError::new(issues, sent(body)));
    error.downcast::<E>().map(|error| *error)
}

/// The body as it was sent.
fn sent(body: &Bytes) -> Option<serde_json::Value> {
    if body.is_empty() {
        return None;
    }
    let json = serde_json::from_slice(body);
    Some(json.unwrap_or_else(|_| String::from_utf8_lossy(body).into_owned().into()))
}
