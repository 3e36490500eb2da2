//! What an app tells of its requests: ids, log lines, traces, metrics. Off, there is nothing in a request's way.

mod body;
mod end;
mod log;
#[cfg(feature = "prometheus")]
mod metrics;
mod observation;
mod observed;
mod observers;
#[cfg(feature = "opentelemetry")]
pub(crate) mod otel;
mod request_id;

pub(crate) use end::report;
pub(crate) use log::{Format, log_to_stderr};
#[cfg(feature = "prometheus")]
pub use metrics::Metrics;
pub(crate) use observation::Observation;
pub(crate) use observed::Observed;
pub(crate) use observers::Observers;
#[cfg(feature = "opentelemetry")]
pub use otel::OpenTelemetry;
pub use request_id::RequestId;

/// Those that the semantic conventions recommend for durations, in seconds.
#[cfg(any(feature = "opentelemetry", feature = "prometheus"))]
const BUCKETS: [f64; 14] = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0];
