//! [`Observation`]: what is known of one request, and who is told when it is over.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use poem::{
    Request,
    http::{Method, StatusCode},
};
use tracing::{Instrument, Span};

use super::{Observers, RequestId, end::End, log};
use crate::app::RootPath;

/// What is known of one request. It travels with the request.
pub(crate) struct Observation {
    started: Instant,
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) id: Option<RequestId>,
    /// Around all that is logged meanwhile.
    pub(super) span: Span,
    log: bool,
    #[cfg(feature = "opentelemetry")]
    trace: Option<super::otel::RequestTrace>,
    #[cfg(feature = "prometheus")]
    metrics: Option<Arc<super::metrics::RequestMetrics>>,
    known: Mutex<Known>,
}

/// What comes to be known.
#[derive(Debug, Default, Clone)]
pub(super) struct Known {
    /// The template of the path, as clients see it; `None` for what nothing serves.
    pub(super) route: Option<Arc<str>>,
    pub(super) status: Option<StatusCode>,
    /// What kind of error it was that nobody foresaw.
    pub(super) error: Option<&'static str>,
    /// Whether it became a WebSocket, which ends elsewhere.
    socket: bool,
    is_over: bool,
}

impl Observation {
    pub(super) fn begin(observers: &Observers, request: &Request, id: Option<RequestId>) -> Arc<Self> {
        Arc::new(Self {
            started: Instant::now(),
            method: request.method().clone(),
            path: request.uri().path().to_owned(),
            span: log::span(request, id.as_ref()),
            id,
            log: observers.log,
            #[cfg(feature = "opentelemetry")]
            trace: observers.telemetry.as_ref().and_then(|telemetry| telemetry.begin(request)),
            #[cfg(feature = "prometheus")]
            metrics: observers.metrics.clone(),
            known: Mutex::default(),
        })
    }

    /// Of a request; `None` if nobody wants to know.
    pub(crate) fn of(request: &Request) -> Option<&Arc<Self>> {
        request.data::<Arc<Self>>()
    }

    fn with<T>(&self, change: impl FnOnce(&mut Known) -> T) -> T {
        change(&mut self.known.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The route table has found what serves the request.
    #[cold]
    pub(crate) fn matched(request: &Request, template: &str) {
        let Some(observation) = Self::of(request) else { return };
        let route: Arc<str> = format!("{}{template}", RootPath::of(request).as_str()).into();
        #[cfg(feature = "opentelemetry")]
        if let Some(trace) = &observation.trace {
            trace.matched(&route);
        }
        observation.with(|known| {
            #[cfg(feature = "prometheus")]
            if let (Some(metrics), false) = (&observation.metrics, known.socket) {
                metrics.matched(&observation.method, known.route.as_deref(), &route);
            }
            known.route = Some(route);
        });
    }

    /// It talks over a WebSocket: it is over when what is returned is dropped.
    #[cfg(feature = "websocket")]
    #[cold]
    pub(crate) fn talks(request: &Request) -> Option<Arc<Talk>> {
        let observation = Arc::clone(Self::of(request)?);
        observation.with(|known| known.socket = true);
        Some(Arc::new(Talk(observation)))
    }

    /// Runs within what surrounds all that is done for the request.
    pub(super) async fn within<T>(&self, running: impl Future<Output = T>) -> T {
        let running = running.instrument(self.span.clone());
        #[cfg(feature = "opentelemetry")]
        if let Some(context) = self.context() {
            return opentelemetry::context::FutureExt::with_context(running, context.clone()).await;
        }
        running.await
    }

    /// The same for what is done at once.
    pub(super) fn enter<T>(&self, run: impl FnOnce() -> T) -> T {
        #[cfg(feature = "opentelemetry")]
        let _current = self.context().map(|context| context.clone().attach());
        self.span.in_scope(run)
    }

    /// In which everything is done for the request, if it is traced.
    #[cfg(feature = "opentelemetry")]
    pub(super) fn context(&self) -> Option<&opentelemetry::Context> {
        self.trace.as_ref().map(super::otel::RequestTrace::context)
    }

    /// An error that nobody foresaw.
    pub(super) fn failed(&self, kind: &'static str, reason: &str) {
        let route = self.with(|known| {
            known.error = Some(kind);
            known.route.clone()
        });
        #[cfg(feature = "opentelemetry")]
        if let Some(trace) = &self.trace {
            trace.failed(kind, reason, route.as_deref());
        }
        #[cfg(not(feature = "opentelemetry"))]
        let _ = (route, reason);
    }

    /// A request that is not valid, for so many reasons.
    #[cold]
    pub(crate) fn invalid(&self, faults: usize) {
        #[cfg(feature = "opentelemetry")]
        if let Some(trace) = &self.trace {
            trace.invalid(faults, self.with(|known| known.route.clone()).as_deref());
        }
        #[cfg(not(feature = "opentelemetry"))]
        let _ = faults;
    }

    /// There is an answer; its body may be still to come. Whether that is all there is to know.
    pub(super) fn answered(&self, status: StatusCode) -> bool {
        self.with(|known| {
            known.status = Some(status);
            known.socket
        })
    }

    /// Tells all who want to know, once.
    pub(super) fn finish(&self, end: End) {
        let Some(known) = self.with(|known| {
            let was_over = std::mem::replace(&mut known.is_over, true);
            (!was_over).then(|| known.clone())
        }) else {
            return;
        };
        let duration = self.started.elapsed();
        if self.log {
            log::line(self, &known, duration, end);
        }
        #[cfg(feature = "prometheus")]
        if let (Some(metrics), false) = (&self.metrics, known.socket) {
            metrics.finish(&self.method, &known, duration);
        }
        #[cfg(feature = "opentelemetry")]
        if let Some(trace) = &self.trace {
            trace.finish(&known, duration, end);
        }
    }
}

/// A conversation over a WebSocket: the observation ends with it.
#[cfg(feature = "websocket")]
pub(crate) struct Talk(Arc<Observation>);

#[cfg(feature = "websocket")]
impl Talk {
    /// The handshake is answered.
    pub(crate) fn answered(&self, status: StatusCode) {
        self.0.answered(status);
    }

    /// Runs within what surrounds all that is done for the request.
    pub(crate) async fn within<T>(&self, running: impl Future<Output = T>) -> T {
        self.0.within(running).await
    }
}

#[cfg(feature = "websocket")]
impl Drop for Talk {
    fn drop(&mut self) {
        self.0.finish(End::Complete);
    }
}
