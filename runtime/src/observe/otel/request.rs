//! [`RequestTrace`]: one request, as OpenTelemetry is told of it.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use opentelemetry::{
    Context, KeyValue,
    logs::{AnyValue, LogRecord as _, Logger as _, Severity},
    propagation::TextMapPropagator as _,
    trace::{SpanBuilder, SpanKind, Status, TraceContextExt as _, Tracer as _},
};
use poem::{
    Request,
    http::{
        Version,
        header::HOST,
        uri::{Authority, Scheme},
    },
};

use super::{Telemetry, carrier::Carrier};
use crate::{
    app::Forwarded,
    observe::{end::End, observation::Known},
};

/// Parameters of the query that are signatures: they are nobody's business.
const SECRETS: [&str; 5] = ["X-Amz-Signature", "X-Amz-Credential", "X-Amz-Security-Token", "sig", "X-Goog-Signature"];

/// One request, as OpenTelemetry is told of it.
pub(in crate::observe) struct RequestTrace {
    telemetry: Arc<Telemetry>,
    /// The request's span, or what it would belong to.
    context: Context,
    /// What the span's name begins with.
    method: &'static str,
    is_socket: bool,
    /// What spans and metrics say.
    attributes: Vec<KeyValue>,
    /// What is known before there is an answer.
    active: Vec<KeyValue>,
}

/// In contexts: there are spans of what operations do.
pub(super) struct Operations(pub(super) Arc<Telemetry>);

impl RequestTrace {
    pub(super) fn begin(telemetry: &Arc<Telemetry>, request: &Request) -> Self {
        let is_socket = is_socket(request);
        let known = telemetry.known_method(request.method().as_str());
        let scheme = scheme(request, is_socket);
        let mut active = vec![KeyValue::new("url.scheme", scheme)];
        let mut attributes = active.clone();
        if is_socket {
            attributes.push(KeyValue::new("network.protocol.name", "websocket"));
        } else {
            let method = KeyValue::new("http.request.method", known.unwrap_or("_OTHER").to_owned());
            active.push(method.clone());
            attributes.push(method);
            if let Some(version) = version(request.version()) {
                attributes.push(KeyValue::new("network.protocol.version", version));
            }
        }
        let method = if is_socket { "WS" } else { known.map_or("HTTP", interned) };
        if let (Some(instruments), false) = (&telemetry.instruments, is_socket) {
            instruments.active.add(1, &active);
        }
        let mut context = Context::new();
        if let Some(tracer) = &telemetry.tracer {
            let parent = telemetry.propagator.extract_with_context(&Context::new(), &Carrier::new(request.headers()));
            let mut said = attributes.clone();
            said.extend(server(request, scheme));
            if !is_socket {
                said.extend(url(request));
                if known.is_none() {
                    said.push(KeyValue::new("http.request.method_original", request.method().as_str().to_owned()));
                }
            }
            let span = SpanBuilder::from_name(method).with_kind(SpanKind::Server).with_attributes(said);
            context = parent.with_span(tracer.build_with_context(span, &parent));
        }
        if telemetry.has_operation_spans() {
            context = context.with_value(Operations(Arc::clone(telemetry)));
        }
        Self { telemetry: Arc::clone(telemetry), context, method, is_socket, attributes, active }
    }

    /// In which everything is done for the request.
    pub(in crate::observe) fn context(&self) -> &Context {
        &self.context
    }

    pub(in crate::observe) fn matched(&self, route: &str) {
        let span = self.context.span();
        if span.is_recording() {
            span.set_attribute(KeyValue::new("http.route", route.to_owned()));
            span.update_name(format!("{} {route}", self.method));
        }
    }

    /// An error that nobody foresaw.
    pub(in crate::observe) fn failed(&self, kind: &'static str, reason: &str, route: Option<&str>) {
        let (event, body) = match self.is_socket {
            true => ("versify.websocket.exception", "Unhandled error in a WebSocket connection"),
            false => ("http.server.request.exception", "Unhandled error in a request"),
        };
        let said = [("exception.type", AnyValue::from(kind)), ("exception.message", AnyValue::from(reason.to_owned()))];
        self.record(event, body, (Severity::Error, "ERROR"), said, route);
    }

    /// A request that is not valid; what was wrong with it is not told.
    pub(in crate::observe) fn invalid(&self, faults: usize, route: Option<&str>) {
        let count = i64::try_from(faults).unwrap_or(i64::MAX);
        let said = [("versify.validation.error_count", AnyValue::from(count))];
        self.record("versify.validation.failed", "Request validation failed", (Severity::Warn, "WARN"), said, route);
    }

    fn record<const N: usize>(
        &self,
        event: &'static str,
        body: &'static str,
        severity: (Severity, &'static str),
        attributes: [(&'static str, AnyValue); N],
        route: Option<&str>,
    ) {
        let Some(logger) = &self.telemetry.logger else { return };
        // So that the record belongs to the trace.
        let _current = self.context.clone().attach();
        let mut record = logger.create_log_record();
        record.set_event_name(event);
        record.set_timestamp(SystemTime::now());
        record.set_severity_number(severity.0);
        record.set_severity_text(severity.1);
        record.set_body(AnyValue::from(body));
        record.add_attributes(attributes);
        if let Some(route) = route {
            record.add_attribute("http.route", route.to_owned());
        }
        logger.emit(record);
    }

    pub(in crate::observe) fn finish(&self, known: &Known, duration: Duration, end: End) {
        let mut attributes = self.attributes.clone();
        if let Some(route) = &known.route {
            attributes.push(KeyValue::new("http.route", route.to_string()));
        }
        let status = known.status.map(|status| i64::from(status.as_u16()));
        if let (Some(status), false) = (status, self.is_socket) {
            attributes.push(KeyValue::new("http.response.status_code", status));
        }
        let error = match (end.fault(), known.error) {
            (Some(fault), _) | (None, Some(fault)) => Some(fault.to_owned()),
            _ if self.is_socket => None,
            _ => status.filter(|status| *status >= 500).map(|status| status.to_string()),
        };
        let failed = error.is_some();
        attributes.extend(error.map(|error| KeyValue::new("error.type", error)));
        let span = self.context.span();
        if span.is_recording() {
            span.set_attributes(attributes.iter().cloned());
            if failed {
                span.set_status(Status::error(""));
            }
        }
        if let (Some(instruments), false) = (&self.telemetry.instruments, self.is_socket) {
            // The span is current, so that an example of the measurement may name it.
            let _current = self.context.clone().attach();
            instruments.duration.record(duration.as_secs_f64(), &attributes);
            instruments.active.add(-1, &self.active);
        }
        span.end();
    }
}

#[cfg(feature = "websocket")]
fn is_socket(request: &Request) -> bool {
    crate::websocket::is_handshake(request)
}

#[cfg(not(feature = "websocket"))]
fn is_socket(_: &Request) -> bool {
    false
}

fn scheme(request: &Request, is_socket: bool) -> &'static str {
    match (Forwarded::of(request).scheme == Scheme::HTTPS, is_socket) {
        (false, false) => "http",
        (true, false) => "https",
        (false, true) => "ws",
        (true, true) => "wss",
    }
}

fn version(version: Version) -> Option<&'static str> {
    Some(match version {
        Version::HTTP_10 => "1.0",
        Version::HTTP_11 => "1.1",
        Version::HTTP_2 => "2",
        Version::HTTP_3 => "3",
        _ => return None,
    })
}

/// A known method as a constant: names of spans are made of it. One that the environment added is `HTTP`.
fn interned(method: &str) -> &'static str {
    const ALL: [&str; 10] = ["CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY", "TRACE"];
    ALL.into_iter().find(|known| *known == method).unwrap_or("HTTP")
}

/// Whom the client meant.
fn server(request: &Request, scheme: &str) -> Vec<KeyValue> {
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    let authority = match host {
        Some(host) => host.parse::<Authority>().ok(),
        None => request.uri().authority().cloned(),
    };
    let Some(authority) = authority.filter(|authority| !authority.as_str().contains('@')) else { return Vec::new() };
    let address = authority.host().trim_start_matches('[').trim_end_matches(']').to_lowercase();
    let port = authority.port_u16().unwrap_or(if scheme.ends_with('s') { 443 } else { 80 });
    vec![KeyValue::new("server.address", address), KeyValue::new("server.port", i64::from(port))]
}

/// What the client asked for.
fn url(request: &Request) -> Vec<KeyValue> {
    // Nothing has taken anything away from it yet.
    let uri = request.uri();
    let mut said = vec![KeyValue::new("url.path", uri.path().to_owned())];
    if let Some(query) = uri.query().filter(|query| !query.is_empty()) {
        let parts = query.split('&').map(|part| match part.split_once('=') {
            Some((name, _)) if SECRETS.contains(&name) => format!("{name}=REDACTED"),
            _ => part.to_owned(),
        });
        said.push(KeyValue::new("url.query", parts.collect::<Vec<_>>().join("&")));
    }
    said
}
