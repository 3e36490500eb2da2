//! [`Told`]: what an app has told of its requests.

use opentelemetry::trace::SpanKind;
use opentelemetry_sdk::{
    logs::{InMemoryLogExporter, SdkLoggerProvider},
    metrics::{
        InMemoryMetricExporter, SdkMeterProvider,
        data::{AggregatedMetrics, MetricData, ScopeMetrics, SumDataPoint},
    },
    trace::{InMemorySpanExporter, Sampler, SdkTracerProvider, SpanData},
};
use versify::OpenTelemetry;

/// What was told.
pub(super) struct Told {
    pub(super) spans: InMemorySpanExporter,
    tracers: SdkTracerProvider,
    metrics: InMemoryMetricExporter,
    meters: SdkMeterProvider,
    pub(super) logs: InMemoryLogExporter,
    loggers: SdkLoggerProvider,
}

impl Told {
    pub(super) fn new() -> Self {
        Self::sampled(Sampler::AlwaysOn)
    }

    pub(super) fn sampled(sampler: Sampler) -> Self {
        let (spans, metrics, logs) =
            (InMemorySpanExporter::default(), InMemoryMetricExporter::default(), InMemoryLogExporter::default());
        Self {
            tracers: SdkTracerProvider::builder().with_sampler(sampler).with_simple_exporter(spans.clone()).build(),
            meters: SdkMeterProvider::builder().with_periodic_exporter(metrics.clone()).build(),
            loggers: SdkLoggerProvider::builder().with_simple_exporter(logs.clone()).build(),
            spans,
            metrics,
            logs,
        }
    }

    pub(super) fn settings(&self) -> OpenTelemetry {
        OpenTelemetry::new()
            .tracer_provider(self.tracers.clone())
            .meter_provider(self.meters.clone())
            .logger_provider(self.loggers.clone())
    }

    pub(super) fn spans(&self) -> Vec<SpanData> {
        self.spans.get_finished_spans().unwrap()
    }

    /// Those of requests.
    pub(super) fn servers(&self) -> Vec<SpanData> {
        self.spans().into_iter().filter(|span| span.span_kind == SpanKind::Server).collect()
    }

    pub(super) fn server(&self) -> SpanData {
        let spans = self.servers();
        assert_eq!(spans.len(), 1, "{spans:?}");
        spans.into_iter().next().unwrap()
    }

    pub(super) fn named(&self, name: &str) -> SpanData {
        let spans = self.spans();
        spans.iter().find(|span| span.name == name).unwrap_or_else(|| panic!("no {name}: {spans:?}")).clone()
    }

    /// `(count, attributes)` of each measurement of durations, and what is left of active requests.
    pub(super) fn measured(&self) -> (Vec<(u64, Vec<(String, String)>)>, i64) {
        self.meters.force_flush().unwrap();
        let (mut durations, mut active) = (Vec::new(), 0);
        let all = self.metrics.get_finished_metrics().unwrap();
        let Some(last) = all.last() else { return (durations, active) };
        for metric in last.scope_metrics().flat_map(ScopeMetrics::metrics) {
            match (metric.name(), metric.data()) {
                ("http.server.request.duration", AggregatedMetrics::F64(MetricData::Histogram(histogram))) => {
                    assert_eq!(metric.unit(), "s");
                    for point in histogram.data_points() {
                        assert_eq!(point.bounds().collect::<Vec<_>>()[..3], [0.005, 0.01, 0.025]);
                        let said = point.attributes().map(|said| (said.key.to_string(), said.value.to_string()));
                        durations.push((point.count(), said.collect()));
                    }
                }
                ("http.server.active_requests", AggregatedMetrics::I64(MetricData::Sum(sum))) => {
                    active += sum.data_points().map(SumDataPoint::value).sum::<i64>();
                }
                (name, data) => panic!("{name}: {data:?}"),
            }
        }
        (durations, active)
    }

    /// Name, body and attributes of each record.
    pub(super) fn records(&self) -> Vec<String> {
        let records = self.logs.get_emitted_logs().unwrap();
        records.iter().map(|log| format!("{:?}", log.record)).collect()
    }
}
