//! [`OpenTelemetry`]: what is told to whom.

use std::{fmt, sync::Arc};

use opentelemetry_sdk::{logs::SdkLoggerProvider, metrics::SdkMeterProvider, trace::SdkTracerProvider};
use poem::Request;

pub(super) type Exclude = Arc<dyn Fn(&Request) -> bool + Send + Sync>;

/// What an app tells OpenTelemetry: see [`App::opentelemetry`](crate::App::opentelemetry).
///
/// - Traces: a span `GET /items/{item_id}` for each request (`WS /ws` for a WebSocket), which continues the client's
///   `traceparent` and ends with the last byte of the answer, and below it `versify.dependencies`, `versify.endpoint`,
///   `versify.serialization` and `versify.background_task`.
/// - Metrics: `http.server.request.duration` in seconds, and `http.server.active_requests`.
/// - Logs: a record for each error that nobody foresaw, and for each request that is not valid.
///
/// A signal that no provider is there for is off. [`App::serve`](crate::App::serve) and
/// [`App::start`](crate::App::start) make the providers that are not given here of the environment, as the
/// specification has it: `OTEL_EXPORTER_OTLP_ENDPOINT` says where the data go (OTLP over HTTP, `http/protobuf`).
///
/// ```
/// use versify::{App, OpenTelemetry};
///
/// let app = App::new("Shop", "1.0.0")
///     .opentelemetry(OpenTelemetry::new().exclude(|request| request.uri().path() == "/health"));
/// ```
#[derive(Clone)]
#[must_use = "it does nothing until `App::opentelemetry` gets it"]
pub struct OpenTelemetry {
    pub(super) tracing: bool,
    pub(super) metrics: bool,
    pub(super) logs: bool,
    pub(super) operation_spans: bool,
    pub(super) exclude: Option<Exclude>,
    pub(super) tracer_provider: Option<SdkTracerProvider>,
    pub(super) meter_provider: Option<SdkMeterProvider>,
    pub(super) logger_provider: Option<SdkLoggerProvider>,
}

impl Default for OpenTelemetry {
    fn default() -> Self {
        Self {
            tracing: true,
            metrics: true,
            logs: true,
            operation_spans: true,
            exclude: None,
            tracer_provider: None,
            meter_provider: None,
            logger_provider: None,
        }
    }
}

impl OpenTelemetry {
    /// All signals, exported as the environment says.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether there are spans; `true` by default.
    pub fn tracing(mut self, on: bool) -> Self {
        self.tracing = on;
        self
    }

    /// Whether there are metrics; `true` by default.
    pub fn metrics(mut self, on: bool) -> Self {
        self.metrics = on;
        self
    }

    /// Whether errors and requests that are not valid are recorded; `true` by default. A record of an error holds what
    /// the error says.
    pub fn logs(mut self, on: bool) -> Self {
        self.logs = on;
        self
    }

    /// Whether there are spans within that of the request: of the dependencies, the function, the serialization and the
    /// background tasks. `true` by default.
    pub fn operation_spans(mut self, on: bool) -> Self {
        self.operation_spans = on;
        self
    }

    /// Requests of which nothing is told.
    pub fn exclude(mut self, excluded: impl Fn(&Request) -> bool + Send + Sync + 'static) -> Self {
        self.exclude = Some(Arc::new(excluded));
        self
    }

    /// Makes the spans with this provider. The app does not shut it down.
    pub fn tracer_provider(mut self, provider: SdkTracerProvider) -> Self {
        self.tracer_provider = Some(provider);
        self
    }

    /// Makes the metrics with this provider. The app does not shut it down.
    pub fn meter_provider(mut self, provider: SdkMeterProvider) -> Self {
        self.meter_provider = Some(provider);
        self
    }

    /// Makes the records with this provider. The app does not shut it down.
    pub fn logger_provider(mut self, provider: SdkLoggerProvider) -> Self {
        self.logger_provider = Some(provider);
        self
    }
}

impl fmt::Debug for OpenTelemetry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenTelemetry")
            .field("tracing", &self.tracing)
            .field("metrics", &self.metrics)
            .field("logs", &self.logs)
            .field("operation_spans", &self.operation_spans)
            .finish_non_exhaustive()
    }
}
