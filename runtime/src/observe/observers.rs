//! [`Observers`]: what is told of requests.

/// What is told of requests: nothing by default.
#[derive(Debug, Clone, Default)]
pub(crate) struct Observers {
    /// Whether requests have ids.
    pub(crate) ids: bool,
    /// Whether there is a line in the log for each.
    pub(crate) log: bool,
    #[cfg(feature = "opentelemetry")]
    pub(crate) telemetry: Option<std::sync::Arc<super::otel::Telemetry>>,
    #[cfg(feature = "prometheus")]
    pub(crate) metrics: Option<std::sync::Arc<super::metrics::RequestMetrics>>,
}

impl Observers {
    /// Whether somebody wants to know what operations do.
    pub(crate) fn look_inside(&self) -> bool {
        #[cfg(feature = "opentelemetry")]
        return self.telemetry.as_ref().is_some_and(|telemetry| telemetry.has_operation_spans());
        #[cfg(not(feature = "opentelemetry"))]
        false
    }

    /// Whether nobody wants to know anything.
    pub(crate) fn are_idle(&self) -> bool {
        #[cfg(feature = "opentelemetry")]
        if self.telemetry.is_some() {
            return false;
        }
        #[cfg(feature = "prometheus")]
        if self.metrics.is_some() {
            return false;
        }
        !self.ids && !self.log
    }
}
