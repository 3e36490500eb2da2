//! [`Exports`]: providers made of the environment, and their end.

use std::{env, fmt, future::Future, io::Read, pin::Pin, time::Duration};

use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{LogExporter, MetricExporter, SpanExporter, WithHttpConfig};
use opentelemetry_sdk::{Resource, logs::SdkLoggerProvider, metrics::SdkMeterProvider, trace::SdkTracerProvider};

use super::OpenTelemetry;

/// What a collector may answer; it is read and not used.
const LONGEST_ANSWER: u64 = 4 << 20;

/// Providers that an app made of the environment: it shuts them down.
#[derive(Debug, Default)]
pub(crate) struct Exports {
    tracers: Option<SdkTracerProvider>,
    meters: Option<SdkMeterProvider>,
    loggers: Option<SdkLoggerProvider>,
}

impl Exports {
    /// Fills in the providers that nobody has given, as the environment says. What is wrong with it is logged: an app
    /// serves without its telemetry.
    pub(crate) fn of_environment(settings: &mut OpenTelemetry, title: &str) -> Self {
        let mut exports = Self::default();
        if env::var("OTEL_SDK_DISABLED").is_ok_and(|off| off.trim().eq_ignore_ascii_case("true")) {
            return exports;
        }
        let wanted = |signal: Signal, on: bool, given: bool| {
            on && !given
                && signal.is_exported().unwrap_or_else(|reason| {
                    tracing::warn!(target: "versify", "OpenTelemetry: {reason}");
                    false
                })
        };
        if wanted(Signal::Traces, settings.tracing, settings.tracer_provider.is_some())
            && let Some(exporter) =
                built(SpanExporter::builder().with_http().with_http_client(Client::new(Signal::Traces)).build())
        {
            let provider =
                SdkTracerProvider::builder().with_resource(resource(title)).with_batch_exporter(exporter).build();
            opentelemetry::global::set_tracer_provider(provider.clone());
            exports.tracers = Some(provider.clone());
            settings.tracer_provider = Some(provider);
        }
        if wanted(Signal::Metrics, settings.metrics, settings.meter_provider.is_some())
            && let Some(exporter) =
                built(MetricExporter::builder().with_http().with_http_client(Client::new(Signal::Metrics)).build())
        {
            let provider =
                SdkMeterProvider::builder().with_resource(resource(title)).with_periodic_exporter(exporter).build();
            opentelemetry::global::set_meter_provider(provider.clone());
            exports.meters = Some(provider.clone());
            settings.meter_provider = Some(provider);
        }
        if wanted(Signal::Logs, settings.logs, settings.logger_provider.is_some())
            && let Some(exporter) =
                built(LogExporter::builder().with_http().with_http_client(Client::new(Signal::Logs)).build())
        {
            let provider =
                SdkLoggerProvider::builder().with_resource(resource(title)).with_batch_exporter(exporter).build();
            exports.loggers = Some(provider.clone());
            settings.logger_provider = Some(provider);
        }
        exports
    }

    /// Sends what is left, on a thread that may block.
    pub(crate) async fn shut_down(self) {
        if self.tracers.is_none() && self.meters.is_none() && self.loggers.is_none() {
            return;
        }
        let done = tokio::task::spawn_blocking(move || {
            let results = [
                self.tracers.map(|provider| provider.shutdown()),
                self.meters.map(|provider| provider.shutdown()),
                self.loggers.map(|provider| provider.shutdown()),
            ];
            for error in results.into_iter().flatten().filter_map(Result::err) {
                tracing::warn!(target: "versify", "OpenTelemetry: the last data could not be sent: {error}");
            }
        });
        // It cannot panic, and a runtime that is gone has nobody to tell.
        let _ = done.await;
    }
}

fn built<T, E: fmt::Display>(exporter: Result<T, E>) -> Option<T> {
    exporter.map_err(|error| tracing::warn!(target: "versify", "OpenTelemetry: nothing is exported: {error}")).ok()
}

/// Who tells: as the environment says, else the app by its title.
fn resource(title: &str) -> Resource {
    let said = env::var("OTEL_SERVICE_NAME").is_ok_and(|name| !name.is_empty())
        || env::var("OTEL_RESOURCE_ATTRIBUTES").is_ok_and(|attributes| attributes.contains("service.name="));
    let resource = Resource::builder();
    if said { resource.build() } else { resource.with_service_name(title.to_owned()).build() }
}

/// A kind of data.
#[derive(Debug, Clone, Copy)]
enum Signal {
    Traces,
    Metrics,
    Logs,
}

impl Signal {
    fn name(self) -> &'static str {
        match self {
            Self::Traces => "TRACES",
            Self::Metrics => "METRICS",
            Self::Logs => "LOGS",
        }
    }

    /// The signal's own variable, or the one for all signals.
    fn variable(self, what: &str) -> Option<String> {
        let set = |name: String| env::var(name).ok().filter(|value| !value.trim().is_empty());
        set(format!("OTEL_EXPORTER_OTLP_{}_{what}", self.name())).or_else(|| set(format!("OTEL_EXPORTER_OTLP_{what}")))
    }

    /// Whether the environment wants it sent somewhere.
    ///
    /// # Errors
    /// It wants it sent in a way that is not known here.
    fn is_exported(self) -> Result<bool, String> {
        let name = self.name();
        let exporter = env::var(format!("OTEL_{name}_EXPORTER")).unwrap_or_default().trim().to_ascii_lowercase();
        let Some(endpoint) = self.variable("ENDPOINT") else { return Ok(false) };
        match exporter.as_str() {
            "none" => return Ok(false),
            "" | "otlp" => {}
            other => return Err(format!("OTEL_{name}_EXPORTER is `{other}`; `otlp` and `none` are known here")),
        }
        if let Some(protocol) = self.variable("PROTOCOL").filter(|protocol| protocol.trim() != "http/protobuf") {
            return Err(format!("the protocol `{protocol}` is not known here; `http/protobuf` is"));
        }
        if !endpoint.starts_with("http://") && !endpoint.starts_with("https://") {
            return Err(format!("`{endpoint}` is no endpoint; write `http://` or `https://`, a host, and a port"));
        }
        Ok(true)
    }

    /// How long a request may take.
    fn timeout(self) -> Duration {
        let set = self.variable("TIMEOUT").and_then(|milliseconds| milliseconds.trim().parse().ok());
        Duration::from_millis(set.unwrap_or(10_000))
    }
}

/// Sends data. It blocks: the SDK asks it from threads of its own.
#[derive(Debug)]
struct Client(ureq::Agent);

impl Client {
    fn new(signal: Signal) -> Self {
        let config = ureq::Agent::config_builder().timeout_global(Some(signal.timeout())).http_status_as_error(false);
        Self(config.build().into())
    }

    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let (parts, body) = request.into_parts();
        let response = self.0.run(Request::from_parts(parts, body.to_vec()))?;
        let (parts, body) = response.into_parts();
        let mut bytes = Vec::new();
        body.into_reader().take(LONGEST_ANSWER).read_to_end(&mut bytes)?;
        Ok(Response::from_parts(parts, bytes.into()))
    }
}

impl HttpClient for Client {
    // What `#[async_trait]` makes of `async fn send_bytes`.
    fn send_bytes<'s, 'f>(
        &'s self,
        request: Request<Bytes>,
    ) -> Pin<Box<dyn Future<Output = Result<Response<Bytes>, HttpError>> + Send + 'f>>
    where
        's: 'f,
        Self: 'f,
    {
        Box::pin(async move { self.send(request) })
    }
}
