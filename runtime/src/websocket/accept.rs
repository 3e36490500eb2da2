//! [`Accept`]: how a client is accepted.

use std::time::Duration;

use poem::http::{HeaderMap, HeaderName, HeaderValue};

/// How a client is accepted, for [`WebSocket::accept_with`](super::WebSocket::accept_with).
#[derive(Debug, Clone)]
#[must_use = "give it to `accept_with`"]
pub struct Accept {
    pub(super) subprotocol: Option<String>,
    pub(super) headers: HeaderMap,
    pub(super) max_message_size: usize,
    pub(super) ping: Option<Duration>,
}

impl Default for Accept {
    fn default() -> Self {
        Self::new()
    }
}

impl Accept {
    /// As [`WebSocket::accept`](super::WebSocket::accept) does.
    pub fn new() -> Self {
        Self {
            subprotocol: None,
            headers: HeaderMap::new(),
            max_message_size: 16 << 20,
            ping: Some(Duration::from_secs(20)),
        }
    }

    /// With one of the subprotocols that the client offers; else none is named.
    pub fn subprotocol(mut self, name: impl Into<String>) -> Self {
        self.subprotocol = Some(name.into());
        self
    }

    /// With a header field of the handshake's answer.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.append(name, value);
        self
    }

    /// The largest message in bytes; 16 MiB by default. A larger one ends the connection.
    pub const fn max_message_size(mut self, bytes: usize) -> Self {
        self.max_message_size = bytes;
        self
    }

    /// How long the client may be silent before it is pinged; as long again, and it counts as gone. 20 seconds by
    /// default, `None` never pings.
    pub fn ping(mut self, after: impl Into<Option<Duration>>) -> Self {
        self.ping = after.into();
        self
    }
}
