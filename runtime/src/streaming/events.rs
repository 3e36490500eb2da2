//! [`Events`]: an answer of server-sent events.

use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use futures_util::{
    Stream,
    stream::{self, Iter},
};
use poem::{
    Response,
    http::{
        HeaderName, HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE},
    },
};
use serde::Serialize;
use tokio::time::{Instant, Sleep};

use super::{
    blocking::Blocking,
    body::{Encode, StreamError, body},
    event::Event,
};
use crate::{
    openapi::{Components, Describe, Schema, StreamForm},
    operation::{Description, Reply},
};

/// As FastAPI's.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// Answers with a stream of server-sent events, each sent as it comes: `text/event-stream`.
///
/// An item is an [`Event`], or a value that becomes the data of one. In silence a comment goes out every 15 seconds, so
/// that no proxy takes the connection for dead. The stream owns what it needs; it is dropped at its end, or when the
/// client goes away. An item that is an `Err` ends it: the error is logged and the connection breaks off.
///
/// ```
/// use versify::prelude::*;
///
/// /// A step of a job.
/// #[model]
/// struct Progress {
///     percent: u8,
/// }
///
/// /// How far the job is.
/// #[get("/progress")]
/// async fn follow() -> Events<impl Stream<Item = Event<Progress>>> {
///     Events::new(stream! {
///         for percent in [0, 50, 100] {
///             yield Event::data(Progress { percent }).event("progress").id(percent);
///         }
///     })
/// }
/// ```
pub struct Events<S> {
    stream: S,
    keep_alive: Option<Duration>,
}

impl<S: Stream> Events<S> {
    /// Answers with the stream's events.
    pub const fn new(stream: S) -> Self
    where
        S::Item: EventItem,
    {
        Self { stream, keep_alive: Some(KEEP_ALIVE) }
    }

    /// How long the stream may be silent before a comment is sent; `None` never sends one.
    #[must_use]
    pub fn keep_alive(self, every: impl Into<Option<Duration>>) -> Self {
        Self { keep_alive: every.into(), ..self }
    }

    /// The stream, for calling an operation directly.
    pub fn into_inner(self) -> S {
        self.stream
    }
}

impl<I: Iterator<Item: EventItem>> Events<Iter<I>> {
    /// Answers with the items of an iterator that does not block.
    pub fn of(items: impl IntoIterator<IntoIter = I>) -> Self {
        Self::new(stream::iter(items))
    }
}

impl<T: EventItem + Send + 'static> Events<Blocking<T>> {
    /// Answers with the items of an iterator that blocks: it runs on the threads that may.
    pub fn blocking<I: IntoIterator<Item = T> + Send + 'static>(items: I) -> Self {
        Self::new(Blocking::new(items))
    }
}

impl<S> fmt::Debug for Events<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").field("keep_alive", &self.keep_alive).finish_non_exhaustive()
    }
}

/// What a stream of [`Events`] may give: an [`Event`], a value that is the data of one, or a `Result` of these.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an item of a stream of events",
    note = "give `Event`s, or annotate your own type with `#[model]`"
)]
pub trait EventItem: Sized {
    /// The type of the data.
    type Data: Describe;

    /// The event.
    ///
    /// # Errors
    /// What ends the stream, in words.
    fn event(self) -> Result<Event<Self::Data>, String>;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize + Describe> EventItem for T {
    type Data = T;

    fn event(self) -> Result<Event<T>, String> {
        Ok(Event::data(self))
    }
}

impl<T: Describe> EventItem for Event<T> {
    type Data = T;

    fn event(self) -> Result<Self, String> {
        Ok(self)
    }
}

impl<T: EventItem, E: fmt::Display> EventItem for Result<T, E> {
    type Data = T::Data;

    fn event(self) -> Result<Event<T::Data>, String> {
        self.map_err(|error| error.to_string())?.event()
    }
}

/// Writes events, and a comment after a long silence.
struct Writer {
    keep_alive: Option<Duration>,
    /// Until the next comment; made at the first silence.
    silence: Option<Pin<Box<Sleep>>>,
    last: Instant,
}

impl<T: EventItem> Encode<T> for Writer {
    fn encode(&mut self, item: T, buffer: &mut Vec<u8>) -> Result<(), StreamError> {
        let event = item.event().map_err(StreamError::new)?;
        if let Some(fault) = event.fault() {
            return Err(StreamError::new(fault));
        }
        event.write(buffer);
        self.last = Instant::now();
        Ok(())
    }

    fn idle(&mut self, cx: &mut Context<'_>) -> Poll<&'static [u8]> {
        let Some(every) = self.keep_alive else { return Poll::Pending };
        let due = self.last + every;
        let silence = self.silence.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(due)));
        if silence.deadline() != due {
            silence.as_mut().reset(due);
        }
        ready!(silence.as_mut().poll(cx));
        self.last = Instant::now();
        Poll::Ready(b": ping\n\n")
    }
}

impl<S: Stream<Item: EventItem> + Send + 'static> Reply for Events<S> {
    fn reply(self, status: StatusCode) -> Response {
        let writer = Writer { keep_alive: self.keep_alive, silence: None, last: Instant::now() };
        let mut response = Response::builder().status(status).body(body(self.stream, writer));
        for (name, value) in [
            (CONTENT_TYPE, "text/event-stream; charset=utf-8"),
            (CACHE_CONTROL, "no-cache"),
            // nginx would keep events back.
            (HeaderName::from_static("x-accel-buffering"), "no"),
        ] {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        response
    }

    fn describe(description: &mut Description<'_>, status: StatusCode) {
        let data = describe_data::<<S::Item as EventItem>::Data>(description.components());
        description.stream_response(status, StreamForm::Events, data);
    }
}

/// The schema of the data, if something is known of it.
fn describe_data<T: Describe>(components: &mut Components) -> Option<Schema> {
    (!T::UNTYPED).then(|| components.describe_output::<T>())
}
