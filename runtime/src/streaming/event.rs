//! [`Event`]: one server-sent event.

use std::{fmt, marker::PhantomData, time::Duration};

use serde::Serialize;
use serde_json::Value;

use super::item::write_value;
use crate::openapi::Describe;

/// One server-sent event of [`Events`](super::Events).
///
/// `T` is the type of its data, which the document shows; `Value` says nothing.
///
/// ```
/// use std::time::Duration;
/// use versify::{Event, json};
///
/// let event = Event::data(json!({"price": 3})).event("item_update").id("1").retry(Duration::from_secs(5));
/// assert_eq!(event.to_string(), "event: item_update\ndata: {\"price\": 3}\nid: 1\nretry: 5000\n\n");
/// ```
pub struct Event<T = Value> {
    comment: Option<String>,
    event: Option<String>,
    data: Option<String>,
    id: Option<String>,
    retry: Option<u128>,
    fault: Option<EventFault>,
    of: PhantomData<fn() -> T>,
}

/// What no event can be. A stream that gives such an event ends with an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventFault {
    /// The name of the event has a line break.
    LineBreakInEvent,
    /// The id has a line break.
    LineBreakInId,
    /// The id has a null character.
    NullInId,
    /// The data cannot be written as JSON.
    Data(String),
}

impl fmt::Display for EventFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LineBreakInEvent => f.write_str("the name of an event must be a single line"),
            Self::LineBreakInId => f.write_str("the id of an event must be a single line"),
            Self::NullInId => f.write_str("the id of an event must not contain null characters"),
            Self::Data(reason) => write!(f, "the data of an event cannot be written as JSON: {reason}"),
        }
    }
}

impl std::error::Error for EventFault {}

impl<T> Event<T> {
    /// An event with nothing in it.
    #[must_use]
    pub const fn new() -> Self {
        Self { comment: None, event: None, data: None, id: None, retry: None, fault: None, of: PhantomData }
    }

    /// An event with data, as JSON.
    #[must_use]
    pub fn data(value: T) -> Self
    where
        T: Serialize + Describe,
    {
        Self::new().with_json(&value, T::UNTYPED)
    }

    /// An event with data that is sent as it is; each line of it becomes a line of data.
    #[must_use]
    pub fn raw(data: impl Into<String>) -> Self {
        Self { data: Some(data.into()), ..Self::new() }
    }

    /// A comment, which clients skip.
    #[must_use]
    pub fn comment(text: impl Into<String>) -> Self {
        Self::new().with_comment(text)
    }

    /// The name of the event, for `addEventListener`; `message` without one.
    #[must_use]
    pub fn event(mut self, name: impl Into<String>) -> Self {
        let name = name.into();
        if has_line_break(&name) {
            self.fault.get_or_insert(EventFault::LineBreakInEvent);
        }
        self.event = Some(name);
        self
    }

    /// The id: a client that connects again sends the last one as [`LastEventId`](super::LastEventId).
    #[must_use]
    pub fn id(mut self, id: impl fmt::Display) -> Self {
        let id = id.to_string();
        if id.contains('\0') {
            self.fault.get_or_insert(EventFault::NullInId);
        } else if has_line_break(&id) {
            self.fault.get_or_insert(EventFault::LineBreakInId);
        }
        self.id = Some(id);
        self
    }

    /// How long a client waits before it connects again.
    #[must_use]
    pub const fn retry(mut self, after: Duration) -> Self {
        self.retry = Some(after.as_millis());
        self
    }

    /// With a comment before it.
    #[must_use]
    pub fn with_comment(mut self, text: impl Into<String>) -> Self {
        self.comment = Some(text.into());
        self
    }

    /// What is wrong with it, if something is.
    #[must_use]
    pub const fn fault(&self) -> Option<&EventFault> {
        self.fault.as_ref()
    }

    fn with_json(mut self, value: &impl Serialize, untyped: bool) -> Self {
        let mut json = Vec::new();
        match write_value(value, untyped, &mut json) {
            Ok(()) => self.data = String::from_utf8(json).ok(),
            Err(error) => self.fault = Some(EventFault::Data(error.to_string())),
        }
        self
    }

    pub(super) fn write(&self, buffer: &mut Vec<u8>) {
        let mut line = |name: &str, value: &str| {
            for part in [name, ": ", value, "\n"] {
                buffer.extend_from_slice(part.as_bytes());
            }
        };
        self.comment.iter().flat_map(|text| lines(text)).for_each(|text| line("", text));
        self.event.iter().for_each(|name| line("event", name));
        self.data.iter().flat_map(|text| lines(text)).for_each(|text| line("data", text));
        self.id.iter().for_each(|id| line("id", id));
        self.retry.iter().for_each(|retry| line("retry", &retry.to_string()));
        buffer.push(b'\n');
    }
}

impl Event {
    /// An event with data of any type, as JSON; the document does not say which.
    #[must_use]
    pub fn json(value: &impl Serialize) -> Self {
        Self::new().with_json(value, false)
    }
}

impl<T> Default for Event<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> fmt::Display for Event<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut written = Vec::new();
        self.write(&mut written);
        f.write_str(&String::from_utf8_lossy(&written))
    }
}

impl<T> fmt::Debug for Event<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("comment", &self.comment)
            .field("event", &self.event)
            .field("data", &self.data)
            .field("id", &self.id)
            .field("retry", &self.retry)
            .field("fault", &self.fault)
            .finish()
    }
}

fn has_line_break(text: &str) -> bool {
    text.contains(['\r', '\n'])
}

/// The lines of a text by the standard's rules: `\n`, `\r\n` and `\r` end one, and the last may be empty.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(end) = text.find(['\r', '\n']) else {
            rest = None;
            return Some(text);
        };
        let (line, after) = text.split_at(end);
        rest = after.strip_prefix("\r\n").or_else(|| after.get(1..));
        Some(line)
    })
}
