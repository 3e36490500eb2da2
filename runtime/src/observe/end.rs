//! How requests end, and what is said of errors that nobody foresaw.

use poem::Response;

use super::Observation;
use crate::faults::Caught;

/// How a request ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// All of the answer was sent.
    Complete,
    /// The answer broke off: its body failed.
    Broken,
    /// The client went away before the end.
    Gone,
}

impl End {
    /// Why it is no success.
    pub(super) fn fault(self) -> Option<&'static str> {
        match self {
            Self::Complete => None,
            Self::Broken => Some("incomplete_response"),
            Self::Gone => Some("client_disconnected"),
        }
    }
}

/// Logs the error that an answer stands for, if nobody foresaw it. `operation` is whose it is.
#[inline]
pub(crate) fn report(response: &Response, operation: Option<&'static str>, observation: Option<&Observation>) {
    if !response.extensions().is_empty() {
        Caught::look(response, |kind, reason| say(kind, reason, operation, observation));
    }
}

#[cold]
fn say(kind: &'static str, reason: &str, operation: Option<&'static str>, observation: Option<&Observation>) {
    match operation {
        Some(operation) => tracing::error!(target: "versify", operation, error = kind, reason, "an operation failed"),
        None => tracing::error!(target: "versify", error = kind, reason, "a request failed"),
    }
    if let Some(observation) = observation {
        observation.failed(kind, reason);
    }
}
