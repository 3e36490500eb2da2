//! What an app tells of its requests.

use super::App;

impl App {
    /// Gives each request an id: that of the client's `X-Request-Id`, if it is well made, or a random one. It is on the
    /// answer, on all that is logged meanwhile, and an argument: [`RequestId`](crate::RequestId).
    pub fn request_ids(mut self) -> Self {
        self.observers.ids = true;
        self
    }

    /// Logs a line for each request when the last byte of its answer has been sent: method, path, route, status,
    /// duration and request id, at level `INFO` (`WARN` for a 5xx) and under the target `versify::request`.
    ///
    /// `VERSIFY_LOG_FORMAT=json` in the environment makes objects of the log's lines: see [`App::serve`].
    ///
    /// ```
    /// use versify::App;
    ///
    /// let app = App::new("Shop", "1.0.0").request_ids().log_requests();
    /// ```
    pub fn log_requests(mut self) -> Self {
        self.observers.log = true;
        self
    }

    /// Tells OpenTelemetry of requests: traces, metrics and logs, exported as the standard environment variables
    /// (`OTEL_EXPORTER_OTLP_ENDPOINT` …) say. See [`OpenTelemetry`](crate::OpenTelemetry).
    ///
    /// ```
    /// use versify::{App, OpenTelemetry};
    ///
    /// let app = App::new("Shop", "1.0.0").opentelemetry(OpenTelemetry::new());
    /// ```
    #[cfg(feature = "opentelemetry")]
    pub fn opentelemetry(mut self, settings: crate::OpenTelemetry) -> Self {
        self.open_telemetry = Some(settings);
        self
    }
}
