//! [`JsonLinesBody`]: a body of JSON Lines, read item by item.

use std::{
    fmt,
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::{Buf, Bytes, BytesMut};
use futures_util::Stream;

use crate::{
    decode::{BodyFault, Decode, Field, Issue, JsonBody, Segment},
    http_error::HttpError,
    openapi::Describe,
    operation::{Argument, BodyError, BodyStream, Call, Description},
};

/// A body of JSON Lines, read item by item: it is never held whole.
///
/// A faulty item is a fault of its own, located as `["body", 17, "price"]`; the next one can be read all the same. With
/// `?` the first fault becomes the 422 that it is. Lines of nothing but blanks are skipped.
///
/// ```
/// use versify::{JsonLinesBody, prelude::*};
///
/// /// What was measured.
/// #[model]
/// struct Reading {
///     value: f64,
/// }
///
/// /// The sum of all readings, as many as there are.
/// #[post("/sum", body_limit = 1 << 30)]
/// async fn sum(mut readings: JsonLinesBody<Reading>) -> Result<f64> {
///     let mut sum = 0.0;
///     while let Some(reading) = readings.next().await? {
///         sum += reading.value;
///     }
///     Ok(sum)
/// }
/// ```
pub struct JsonLinesBody<T> {
    body: BodyStream,
    /// What came after the last line that was read.
    rest: BytesMut,
    /// How much of `rest` is known to hold no line end.
    searched: usize,
    ended: bool,
    line_limit: usize,
    index: usize,
    of: PhantomData<fn() -> T>,
}

/// Why an item of a [`JsonLinesBody`] could not be read.
#[derive(Debug)]
pub enum LineError {
    /// Its faults; the next item can be read.
    Invalid(Vec<Issue>),
    /// It is larger than the limit of a line; nothing more can be read.
    LineTooLong,
    /// The body is too large or broken; nothing more can be read.
    Body(BodyError),
}

impl From<LineError> for HttpError {
    fn from(error: LineError) -> Self {
        match error {
            LineError::Invalid(issues) => Self::invalid(issues),
            LineError::LineTooLong => Self::new(413, "Content Too Large"),
            LineError::Body(error) => error.into(),
        }
    }
}

impl<T> JsonLinesBody<T> {
    /// The largest line in bytes, by default: 1 MiB.
    pub const LINE_LIMIT: usize = 1 << 20;

    fn new(body: BodyStream) -> Self {
        Self {
            body,
            rest: BytesMut::new(),
            searched: 0,
            ended: false,
            line_limit: Self::LINE_LIMIT,
            index: 0,
            of: PhantomData,
        }
    }

    /// The largest line in bytes: as much is held at a time.
    #[must_use]
    pub const fn line_limit(mut self, bytes: usize) -> Self {
        self.line_limit = bytes;
        self
    }

    /// The next line, without its end.
    fn poll_line(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Bytes>, LineError>> {
        loop {
            let unsearched = self.rest.get(self.searched..).unwrap_or_default();
            if let Some(end) = unsearched.iter().position(|byte| *byte == b'\n') {
                let line = self.rest.split_to(self.searched + end).freeze();
                self.rest.advance(1);
                self.searched = 0;
                if line.len() > self.line_limit {
                    return Poll::Ready(Err(self.end(LineError::LineTooLong)));
                }
                return Poll::Ready(Ok(Some(line)));
            }
            self.searched = self.rest.len();
            if self.rest.len() > self.line_limit {
                return Poll::Ready(Err(self.end(LineError::LineTooLong)));
            }
            if self.ended {
                let last = std::mem::take(&mut self.rest).freeze();
                self.searched = 0;
                return Poll::Ready(Ok(Some(last).filter(|line| !line.is_empty())));
            }
            match ready!(self.body.poll_piece(cx)) {
                Ok(Some(piece)) => self.rest.extend_from_slice(&piece),
                Ok(None) => self.ended = true,
                Err(error) => return Poll::Ready(Err(self.end(LineError::Body(error)))),
            }
        }
    }

    fn end(&mut self, error: LineError) -> LineError {
        self.ended = true;
        self.rest = BytesMut::new();
        self.searched = 0;
        error
    }
}

impl<T: Decode + 'static> JsonLinesBody<T> {
    const ITEM: Field<T> = Field::new("body");

    /// The next item, or `None` at the end.
    ///
    /// # Errors
    /// [`LineError`]: the item is faulty, or the body is too large or broken.
    pub async fn next(&mut self) -> Result<Option<T>, LineError> {
        std::future::poll_fn(|cx| self.poll_item(cx)).await
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<T>, LineError>> {
        loop {
            let Some(line) = ready!(self.poll_line(cx))? else { return Poll::Ready(Ok(None)) };
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let index = self.index;
            self.index += 1;
            let read = JsonBody::Json(line).decode(&Self::ITEM);
            return Poll::Ready(read.map(Some).map_err(|fault| LineError::Invalid(located(fault, index))));
        }
    }
}

/// The faults of the item at `index`.
#[cold]
fn located(fault: BodyFault, index: usize) -> Vec<Issue> {
    let mut issues = match fault {
        BodyFault::Issues(issues) => issues,
        BodyFault::Syntax(issue) => vec![*issue],
        BodyFault::Encoding => {
            vec![Issue::new("json_invalid", "There was an error parsing the body").at(["body".into()])]
        }
    };
    for issue in &mut issues {
        let at = 1.min(issue.location.len());
        issue.location.insert(at, Segment::Index(index));
    }
    issues
}

impl<T: Decode + 'static> Stream for JsonLinesBody<T> {
    type Item = Result<T, LineError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(cx).map(Result::transpose)
    }
}

impl<T> fmt::Debug for JsonLinesBody<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonLinesBody").field("index", &self.index).finish_non_exhaustive()
    }
}

impl<T: Decode + Describe + Send + 'static> Argument for JsonLinesBody<T> {
    const BESIDE_FORM: bool = false;

    fn describe(field: &Field<Self>, description: &mut Description<'_>) {
        let item = T::describe(description.components());
        description.lines_body(&field.docs, item);
    }

    fn prepare(_: &Field<Self>, call: &mut Call) -> Option<Self> {
        call.stream().map(Self::new)
    }
}
