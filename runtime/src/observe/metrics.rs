//! [`Metrics`]: what Prometheus asks for.

use std::{fmt, sync::Arc, time::Duration};

use poem::{
    Response,
    http::{HeaderValue, Method, header::CONTENT_TYPE},
};
use prometheus_client::{
    encoding::text::encode,
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Metric, Registry},
};

use super::{BUCKETS, observation::Known};

/// Where Prometheus asks, and what it is told beside what the app itself counts: see
/// [`App::metrics`](crate::App::metrics).
///
/// ```
/// use versify::{App, Metrics, prometheus_client::metrics::counter::Counter};
///
/// let orders: Counter = Counter::default();
/// // An operation that has a clone of it counts: `orders.inc()`.
/// let app = App::new("Shop", "1.0.0")
///     .state(orders.clone())
///     .metrics(Metrics::at("/metrics").register("orders", "Orders that were placed", orders));
/// # app.build().unwrap();
/// ```
#[must_use = "it does nothing until `App::metrics` gets it"]
pub struct Metrics {
    pub(crate) path: String,
    registry: Registry,
}

impl Metrics {
    /// At a path of the app.
    pub fn at(path: impl Into<String>) -> Self {
        Self { path: path.into(), registry: Registry::default() }
    }

    /// Tells of one of the user's own metrics, too. The text ends without a point; a counter's name without `_total`.
    pub fn register(mut self, name: &str, help: &str, metric: impl Metric) -> Self {
        self.registry.register(name, help, metric);
        self
    }

    /// The registry, for what [`Metrics::register`] cannot say: units, collectors, labels for all.
    pub fn registry(mut self, change: impl FnOnce(&mut Registry)) -> Self {
        change(&mut self.registry);
        self
    }

    /// With what the app itself counts.
    pub(crate) fn ready(&mut self) -> Arc<RequestMetrics> {
        let own = RequestMetrics::default();
        let registry = &mut self.registry;
        registry.register("http_server_requests", "Requests that were answered", own.requests.clone());
        registry.register(
            "http_server_request_duration_seconds",
            "Seconds from a request to the last byte of its answer",
            own.duration.clone(),
        );
        registry.register("http_server_active_requests", "Requests that are being answered", own.active.clone());
        Arc::new(own)
    }

    /// All of it, in OpenMetrics' text form.
    pub(crate) fn page(&self) -> Response {
        let mut text = String::new();
        // A `String` takes all that is written.
        let _ = encode(&mut text, &self.registry);
        let mut response = Response::from(text);
        let form = "application/openmetrics-text; version=1.0.0; charset=utf-8";
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(form));
        response
    }
}

impl From<&str> for Metrics {
    fn from(path: &str) -> Self {
        Self::at(path)
    }
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metrics").field("path", &self.path).finish_non_exhaustive()
    }
}

/// Named as the semantic conventions of OpenTelemetry are written for Prometheus.
type Labels<const N: usize> = [(&'static str, String); N];

/// What an app counts.
#[derive(Debug, Clone)]
pub(crate) struct RequestMetrics {
    requests: Family<Labels<3>, Counter>,
    duration: Family<Labels<3>, Histogram, fn() -> Histogram>,
    active: Family<Labels<2>, Gauge>,
}

impl Default for RequestMetrics {
    fn default() -> Self {
        Self {
            requests: Family::default(),
            duration: Family::new_with_constructor(|| Histogram::new(BUCKETS)),
            active: Family::default(),
        }
    }
}

impl RequestMetrics {
    /// It is known which route a request takes; `before`, if another was thought of.
    pub(super) fn matched(&self, method: &Method, before: Option<&str>, route: &str) {
        if let Some(before) = before {
            self.active.get_or_create(&of_route(method, Some(before))).dec();
        }
        self.active.get_or_create(&of_route(method, Some(route))).inc();
    }

    pub(super) fn finish(&self, method: &Method, known: &Known, duration: Duration) {
        let route = known.route.as_deref();
        let [named, placed] = of_route(method, route);
        if route.is_some() {
            self.active.get_or_create(&[named.clone(), placed.clone()]).dec();
        }
        // A client that went away before there was an answer has no status.
        let status = known.status.map_or_else(String::new, |status| status.as_str().to_owned());
        let labels = [named, placed, ("http_response_status_code", status)];
        self.requests.get_or_create(&labels).inc();
        self.duration.get_or_create(&labels).observe(duration.as_secs_f64());
    }
}

/// Few values, whoever asks for what: no path stands in them, and no method that nobody knows.
fn of_route(method: &Method, route: Option<&str>) -> Labels<2> {
    let method = match *method {
        Method::GET
        | Method::HEAD
        | Method::POST
        | Method::PUT
        | Method::PATCH
        | Method::DELETE
        | Method::OPTIONS
        | Method::TRACE
        | Method::CONNECT => method.as_str(),
        _ => "_OTHER",
    };
    [("http_request_method", method.to_owned()), ("http_route", route.unwrap_or_default().to_owned())]
}
