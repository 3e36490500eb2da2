use std::time::Duration;

/// Time limits and sizes of a server's connections.
///
/// ```
/// use std::time::Duration;
/// use versify::server::Options;
///
/// let options = Options::default().keep_alive(Duration::from_secs(5)).grace_period(Duration::from_secs(10));
/// ```
#[derive(Debug, Clone)]
pub struct Options {
    pub(super) header_read_timeout: Option<Duration>,
    pub(super) keep_alive: Option<Duration>,
    pub(super) max_header_size: usize,
    pub(super) max_concurrent_streams: u32,
    pub(super) http2_ping_interval: Option<Duration>,
    pub(super) http2_ping_timeout: Duration,
    pub(super) grace_period: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            header_read_timeout: Some(Duration::from_secs(30)),
            keep_alive: Some(Duration::from_secs(75)),
            max_header_size: 64 * 1024,
            max_concurrent_streams: 200,
            http2_ping_interval: Some(Duration::from_secs(60)),
            http2_ping_timeout: Duration::from_secs(20),
            grace_period: Duration::from_secs(30),
        }
    }
}

impl Options {
    /// How long a client may take to send the head of a request, a TLS handshake included. Then the connection is
    /// closed without an answer.
    ///
    /// It counts from the first byte of a request, and from the accept for the first one. Default: 30 seconds; `None`:
    /// without end. Limits of connections are exact to an eighth of the shorter one, at most a second.
    #[must_use]
    pub fn header_read_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.header_read_timeout = limit.into();
        self
    }

    /// How long a connection may stay open between two requests. Default: 75 seconds; `None`: without end.
    ///
    /// A connection whose client takes nothing of a finished answer for twice this time is closed too.
    #[must_use]
    pub fn keep_alive(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.keep_alive = limit.into();
        self
    }

    /// The largest head of a request (request line and headers, or an HTTP/2 header list), in bytes; beyond it the
    /// answer is 431. Default: 65,536.
    #[must_use]
    pub fn max_header_size(mut self, bytes: usize) -> Self {
        self.max_header_size = bytes;
        self
    }

    /// How many requests one HTTP/2 connection may run at a time. Default: 200.
    #[must_use]
    pub fn max_concurrent_streams(mut self, streams: u32) -> Self {
        self.max_concurrent_streams = streams;
        self
    }

    /// How often HTTP/2 connections are pinged, and how long the answer may take before the connection counts as lost.
    /// Default: every 60 seconds, 20 seconds; `None`: no pings.
    #[must_use]
    pub fn http2_ping(mut self, interval: impl Into<Option<Duration>>, timeout: Duration) -> Self {
        self.http2_ping_interval = interval.into();
        self.http2_ping_timeout = timeout;
        self
    }

    /// How long running requests may take to finish at a shutdown before they are cut off. Default: 30 seconds.
    #[must_use]
    pub fn grace_period(mut self, limit: Duration) -> Self {
        self.grace_period = limit;
        self
    }
}
