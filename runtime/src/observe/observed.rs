//! [`Observed`]: an app with those around it who want to know what happens.

use std::sync::Arc;

use poem::{Endpoint, EndpointExt, Request, Response, endpoint::BoxEndpoint};

use super::{Observation, Observers, RequestId, body::watch, end::End, request_id::HEADER};
use crate::app::caught;

/// Around all middleware of an app.
pub(crate) struct Observed {
    observers: Observers,
    inner: BoxEndpoint<'static, Response>,
}

impl Observed {
    pub(crate) fn around(
        inner: BoxEndpoint<'static, Response>,
        observers: Observers,
    ) -> BoxEndpoint<'static, Response> {
        Self { observers, inner }.boxed()
    }
}

impl Endpoint for Observed {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        // What an app is mounted in looks already.
        if Observation::of(&request).is_some() {
            return Ok(self.inner.get_response(request).await);
        }
        let id = self.observers.ids.then(|| RequestId::choose(&request));
        if let Some(id) = &id {
            request.set_data(id.clone());
        }
        let observation = Observation::begin(&self.observers, &request, id);
        request.set_data(Arc::clone(&observation));
        let mut watch_out = Gone(Some(observation));
        let Some(observation) = &watch_out.0 else { return Ok(Response::default()) };
        let answer = caught(self.inner.get_response(request), Some(observation.as_ref()));
        let mut response = observation.within(answer).await;
        if let Some(id) = observation.id.as_ref().and_then(RequestId::header) {
            response.headers_mut().insert(HEADER, id);
        }
        let is_socket = observation.answered(response.status());
        Ok(match watch_out.0.take() {
            Some(observation) if !is_socket => watch(response, observation),
            _ => response,
        })
    }
}

/// Who goes away before there is an answer is noticed, too.
struct Gone(Option<Arc<Observation>>);

impl Drop for Gone {
    fn drop(&mut self) {
        if let Some(observation) = self.0.take() {
            observation.finish(End::Gone);
        }
    }
}
