//! [`Telemetry`]: an app's instruments, ready for requests.

use std::{fmt, sync::Arc};

use opentelemetry::{
    logs::LoggerProvider,
    propagation::{TextMapCompositePropagator, TextMapPropagator},
    trace::TracerProvider,
};
use opentelemetry_sdk::{
    logs::SdkLogger,
    propagation::{BaggagePropagator, TraceContextPropagator},
    trace::SdkTracer,
};
use poem::Request;

use super::{OpenTelemetry, RequestTrace, instruments::Instruments, settings::Exclude};

/// The methods that the semantic conventions know.
const METHODS: &str = "CONNECT,DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT,QUERY,TRACE";

/// An app's instruments, ready for requests.
pub(crate) struct Telemetry {
    pub(super) tracer: Option<SdkTracer>,
    pub(super) instruments: Option<Instruments>,
    pub(super) logger: Option<SdkLogger>,
    pub(super) operation_spans: bool,
    pub(super) propagator: TextMapCompositePropagator,
    methods: Vec<String>,
    exclude: Option<Exclude>,
}

impl Telemetry {
    /// `None`, if nobody listens.
    pub(crate) fn new(settings: &OpenTelemetry) -> Option<Arc<Self>> {
        let OpenTelemetry { tracing, metrics, logs, .. } = settings;
        let tracer = settings.tracer_provider.as_ref().filter(|_| *tracing);
        let meter = settings.meter_provider.as_ref().filter(|_| *metrics);
        let logger = settings.logger_provider.as_ref().filter(|_| *logs);
        if tracer.is_none() && meter.is_none() && logger.is_none() {
            return None;
        }
        let known = std::env::var("OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS").ok();
        let known = known.filter(|known| !known.trim().is_empty()).unwrap_or_else(|| METHODS.to_owned());
        Some(Arc::new(Self {
            tracer: tracer.map(|provider| provider.tracer_with_scope(super::scope())),
            instruments: meter.map(Instruments::new),
            logger: logger.map(|provider| provider.logger_with_scope(super::scope())),
            operation_spans: settings.operation_spans,
            propagator: propagator(std::env::var("OTEL_PROPAGATORS").ok().as_deref()),
            methods: known.split(',').map(|method| method.trim().to_owned()).collect(),
            exclude: settings.exclude.clone(),
        }))
    }

    /// Begins to look at a request, unless it is excluded.
    pub(in crate::observe) fn begin(self: &Arc<Self>, request: &Request) -> Option<RequestTrace> {
        if self.exclude.as_ref().is_some_and(|excluded| excluded(request)) {
            return None;
        }
        Some(RequestTrace::begin(self, request))
    }

    /// The method, if it is a known one.
    pub(super) fn known_method<'m>(&self, method: &'m str) -> Option<&'m str> {
        self.methods.iter().any(|known| known == method).then_some(method)
    }

    /// Whether there are spans of what operations do.
    pub(crate) fn has_operation_spans(&self) -> bool {
        self.operation_spans && self.tracer.is_some()
    }
}

/// Those that `OTEL_PROPAGATORS` names; the trace's context and the baggage by default.
fn propagator(names: Option<&str>) -> TextMapCompositePropagator {
    let names = names.map(str::trim).filter(|names| !names.is_empty()).unwrap_or("tracecontext,baggage");
    let mut propagators: Vec<Box<dyn TextMapPropagator + Send + Sync>> = Vec::new();
    for name in names.split(',').map(str::trim) {
        match name {
            "tracecontext" => propagators.push(Box::new(TraceContextPropagator::new())),
            "baggage" => propagators.push(Box::new(BaggagePropagator::new())),
            "none" => {}
            _ => tracing::warn!(
                target: "versify",
                "OTEL_PROPAGATORS: `{name}` is not known here; `tracecontext`, `baggage` and `none` are"
            ),
        }
    }
    TextMapCompositePropagator::new(propagators)
}

impl fmt::Debug for Telemetry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Telemetry").field("operation_spans", &self.operation_spans).finish_non_exhaustive()
    }
}
