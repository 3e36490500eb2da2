//! Panics, which become answers.

use std::{any::Any, future::Future, panic::AssertUnwindSafe};

use futures_util::FutureExt;
use poem::Response;

use crate::{
    faults::Caught,
    http_error::{HttpError, internal_server_error},
    observe::{Observation, report},
    operation::raised,
};

/// A panic outside of operations, too, is a logged 500; so is an error that nobody foresaw.
pub(crate) async fn caught(answer: impl Future<Output = Response>, observation: Option<&Observation>) -> Response {
    let mut response = match AssertUnwindSafe(answer).catch_unwind().await {
        Ok(response) => response,
        Err(panic) => panicked(&*panic),
    };
    if !response.extensions().is_empty() {
        report(&response, None, observation);
        Caught::take(&mut response);
    }
    response
}

/// The answer in place of one that panicked.
#[cold]
pub(super) fn panicked(panic: &(dyn Any + Send)) -> Response {
    Caught::put(raised(internal_server_error()), HttpError::panic(panic_message(panic)))
}

/// What a panic says.
pub(crate) fn panic_message(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("(no message)")
}
