//! [`Handler`]: what answers on a route.

use std::{panic::AssertUnwindSafe, sync::Arc};

use futures_util::FutureExt;
use poem::{Endpoint, EndpointExt, Request, Response, endpoint::BoxEndpoint};

use super::panics::panicked;
#[cfg(feature = "opentelemetry")]
use crate::observe::otel::OperationTrace;
use crate::{
    docs::Page,
    middleware::Layer,
    operation::{Answer, Call, Captures, Settings},
};

pub(super) enum Handler {
    Operation(Operation),
    /// An operation with middleware around it.
    Wrapped(BoxEndpoint<'static, Response>),
    Page(Page),
}

/// An operation and what it goes by.
#[derive(Clone)]
pub(super) struct Operation {
    pub(super) call: for<'c> fn(&'c mut Call) -> Answer<'c>,
    pub(super) settings: Arc<Settings>,
}

impl Handler {
    /// `layers` are innermost first.
    pub(super) fn operation(
        call: for<'c> fn(&'c mut Call) -> Answer<'c>,
        settings: Settings,
        layers: impl Iterator<Item = Layer>,
    ) -> Self {
        let operation = Operation { call, settings: Arc::new(settings) };
        let mut layers = layers.peekable();
        if layers.peek().is_none() {
            return Self::Operation(operation);
        }
        Self::Wrapped(layers.fold(operation.boxed(), |inner, layer| layer.around(inner)))
    }
}

impl Operation {
    #[inline]
    pub(super) async fn answer(&self, request: Box<Request>, captures: Captures) -> Response {
        let mut call = Call::new(request, captures, Arc::clone(&self.settings));
        let response = run(self.call, &mut call).await;
        if call.has_more(&response) { Box::pin(call.finish(response)).await } else { response }
    }
}

/// Behind middleware: what the path held travels with the request.
impl Endpoint for Operation {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        let captures = request.data::<Captures>().cloned();
        Ok(self.answer(Box::new(request), captures.unwrap_or(Captures::Owned(Vec::new()))).await)
    }
}

/// Runs an operation; a panic in it is a logged 500.
#[inline]
pub(super) async fn run(operation: for<'c> fn(&'c mut Call) -> Answer<'c>, call: &mut Call) -> Response {
    #[cfg(feature = "opentelemetry")]
    if let Some(trace) = call.look_inside() {
        return Box::pin(traced(operation, call, trace)).await;
    }
    let answer = async {
        match call.begin().await {
            Ok(()) => {
                let response = operation(call).await;
                match call.response_class() {
                    None => response,
                    Some(class) => Box::pin(class.apply(response)).await,
                }
            }
            Err(refusal) => refusal,
        }
    };
    match AssertUnwindSafe(answer).catch_unwind().await {
        Ok(response) => response,
        Err(panic) => panicked(&*panic),
    }
}

/// The same where somebody wants to know what it does.
#[cfg(feature = "opentelemetry")]
async fn traced(
    operation: for<'c> fn(&'c mut Call) -> Answer<'c>,
    call: &mut Call,
    trace: Arc<OperationTrace>,
) -> Response {
    let answer = async {
        match call.begin().await {
            Ok(()) => {
                let response = Arc::clone(&trace).run(operation(call)).await;
                match call.response_class() {
                    None => response,
                    Some(class) => Box::pin(class.apply(response)).await,
                }
            }
            Err(refusal) => refusal,
        }
    };
    let response = match AssertUnwindSafe(answer).catch_unwind().await {
        Ok(response) => response,
        Err(panic) => panicked(&*panic),
    };
    trace.finish(&response);
    response
}
