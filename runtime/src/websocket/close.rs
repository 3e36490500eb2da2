//! [`Close`] and [`SocketError`]: how a conversation ends.

use std::fmt;

use poem::Response;

use super::refuse;
use crate::{decode::Issue, http_error::HttpError, operation::Failure};

/// How a conversation ends: a code of RFC 6455, section 7.4, and a reason for people.
///
/// As an error it ends an operation: before the client is accepted it refuses the handshake (403).
///
/// ```
/// use versify::{Close, prelude::*};
///
/// #[dependency]
/// async fn token(token: Option<String>) -> Result<String> {
///     Ok(token.ok_or(Close::new(1008).reason("Who are you?"))?)
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Close {
    code: u16,
    reason: String,
}

impl Close {
    /// Everything has been said.
    pub const NORMAL: u16 = 1000;
    /// The server stops, or the page was left.
    pub const GOING_AWAY: u16 = 1001;
    /// The message was of a kind that is not taken here.
    pub const UNSUPPORTED: u16 = 1003;
    /// The connection ended without a word.
    pub const LOST: u16 = 1006;
    /// The message was not what it should be.
    pub const INVALID: u16 = 1007;
    /// The client may not do this.
    pub const POLICY: u16 = 1008;
    /// Something went wrong here.
    pub const INTERNAL_ERROR: u16 = 1011;

    /// An end with this code.
    #[must_use]
    pub const fn new(code: u16) -> Self {
        Self { code, reason: String::new() }
    }

    /// With a reason; what is beyond 123 bytes is cut off.
    #[must_use]
    pub fn reason(mut self, reason: impl Into<String>) -> Self {
        self.reason = reason.into();
        let end = (0..=self.reason.len().min(123)).rev().find(|end| self.reason.is_char_boundary(*end));
        self.reason.truncate(end.unwrap_or_default());
        self
    }

    /// The code.
    #[must_use]
    pub const fn code(&self) -> u16 {
        self.code
    }

    /// The reason, empty without one.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.reason
    }

    /// The answer of an operation that ends so: the handshake's, if it was not answered before.
    pub(crate) fn into_response(self) -> Response {
        let mut response = refuse();
        response.extensions_mut().insert(self);
        response
    }
}

impl fmt::Display for Close {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "closed with {}", self.code)?;
        if self.reason.is_empty() { Ok(()) } else { write!(f, ": {}", self.reason) }
    }
}

impl From<Close> for HttpError {
    fn from(close: Close) -> Self {
        Self::closing(close)
    }
}

impl Failure for Close {
    fn fail(self) -> Response {
        self.into_response()
    }
}

/// Why nothing was received or sent.
///
/// `?` ends the operation with it: a client that went away is no fault, a message that is none of the expected ones
/// closes the connection.
#[derive(Debug)]
pub enum SocketError {
    /// The conversation is over.
    Disconnected(Close),
    /// The message has faults.
    Invalid(Vec<Issue>),
    /// Text was expected and bytes came, or the other way round.
    Unexpected,
}

impl SocketError {
    /// How the conversation ends, if it ends with this.
    #[must_use]
    pub fn into_close(self) -> Close {
        match self {
            Self::Disconnected(close) => close,
            Self::Invalid(issues) => {
                let first = issues.first().map(|issue| issue.message().to_owned());
                Close::new(Close::INVALID).reason(first.unwrap_or_default())
            }
            Self::Unexpected => Close::new(Close::UNSUPPORTED),
        }
    }
}

impl fmt::Display for SocketError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Disconnected(close) => close.fmt(f),
            Self::Invalid(issues) => write!(f, "the message has {} faults", issues.len()),
            Self::Unexpected => f.write_str("the message is of the wrong kind"),
        }
    }
}

impl From<SocketError> for HttpError {
    fn from(error: SocketError) -> Self {
        Self::closing(error.into_close())
    }
}

impl Failure for SocketError {
    fn fail(self) -> Response {
        self.into_close().into_response()
    }
}
