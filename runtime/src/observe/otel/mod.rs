//! OpenTelemetry: what an app tells of its requests in the words of the semantic conventions for HTTP.

mod carrier;
mod export;
mod instruments;
mod operation;
mod request;
mod settings;
mod telemetry;

pub(crate) use export::Exports;
pub(crate) use operation::{OperationTrace, background};
pub(super) use request::RequestTrace;
pub use settings::OpenTelemetry;
pub(crate) use telemetry::Telemetry;

/// What spans, metrics and records say they come from.
fn scope() -> opentelemetry::InstrumentationScope {
    opentelemetry::InstrumentationScope::builder("versify").with_version(env!("CARGO_PKG_VERSION")).build()
}
