//! The log: where it goes, and the line that each request has in it.

use std::{io, time::Duration};

use poem::Request;
use tracing::Span;

use super::{
    RequestId,
    end::End,
    observation::{Known, Observation},
};

/// How lines of the log are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs: an object on each line.
    Json,
}

impl Format {
    /// What the environment's `VERSIFY_LOG_FORMAT` says.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn from_environment() -> Result<Self, String> {
        match std::env::var("VERSIFY_LOG_FORMAT") {
            Err(_) => Ok(Self::Text),
            Ok(text) => Self::parse(&text),
        }
    }

    fn parse(text: &str) -> Result<Self, String> {
        match text.trim().to_ascii_lowercase().as_str() {
            "" | "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err(format!("`{text}` is no format of the log; write `text` or `json`")),
        }
    }
}

/// Logs to stderr unless the program logs in its own way.
pub(crate) fn log_to_stderr(format: Format) {
    use tracing_subscriber::{EnvFilter, filter::LevelFilter};
    let filter = EnvFilter::builder().with_default_directive(LevelFilter::INFO.into()).from_env_lossy();
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    let _ = match format {
        Format::Text => log.try_init(),
        Format::Json => log.json().flatten_event(true).with_current_span(false).try_init(),
    };
}

/// What stands before all lines that a request causes.
pub(super) fn span(request: &Request, id: Option<&RequestId>) -> Span {
    let (method, path) = (request.method().as_str(), request.uri().path());
    let id = id.map(RequestId::as_str);
    tracing::info_span!(target: "versify", "request", method, path, request_id = id)
}

/// The line of a request: it stands alone, so that nothing else has to be read with it.
pub(super) fn line(observation: &Observation, known: &Known, duration: Duration, end: End) {
    let method = observation.method.as_str();
    let path = observation.path.as_str();
    let route = known.route.as_deref();
    let status = known.status.map(|status| status.as_u16());
    let duration_ms = (duration.as_secs_f64() * 1_000_000.0).round() / 1_000.0;
    let request_id = observation.id.as_ref().map(RequestId::as_str);
    let fault = end.fault();
    let error = known.error;
    if known.status.is_some_and(|status| status.is_server_error()) || end == End::Broken {
        tracing::warn!(target: "versify::request", parent: None, method, path, route, status, duration_ms, request_id, error, fault, "request");
    } else {
        tracing::info!(target: "versify::request", parent: None, method, path, route, status, duration_ms, request_id, error, fault, "request");
    }
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn formats_are_told_by_their_names() {
        for (text, format) in [
            ("", Some(Format::Text)),
            ("text", Some(Format::Text)),
            ("JSON", Some(Format::Json)),
            (" json ", Some(Format::Json)),
            ("yaml", None),
        ] {
            assert_eq!(Format::parse(text).ok(), format, "{text}");
        }
        assert!(Format::parse("yaml").unwrap_err().contains("`yaml`"));
    }
}
