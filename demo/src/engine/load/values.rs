//! [`Values`], [`Texts`] and [`Moments`]: values on their way to an Arrow array.

use std::sync::Arc;

use datafusion::arrow::array::builder::BooleanBufferBuilder;
use datafusion::arrow::array::{StringArray, TimestampMicrosecondArray};
use datafusion::arrow::buffer::{NullBuffer, OffsetBuffer};

use crate::engine::error::Result;

/// Values of which some may be missing.
///
/// Unlike Arrow's builders, what these took last they can give up again.
#[derive(Default)]
pub(super) struct Values<T> {
    values: Vec<T>,
    missing: Missing,
}

impl<T: Default> Values<T> {
    #[inline]
    pub(super) fn add(&mut self, value: T) {
        self.values.push(value);
    }

    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    pub(super) fn add_null(&mut self) {
        self.missing.add(self.values.len());
        self.values.push(T::default());
    }

    /// Gives up what comes after so many.
    pub(super) fn truncate(&mut self, rows: usize) {
        self.values.truncate(rows);
        self.missing.truncate(rows);
    }

    /// Takes them out. As many are expected next.
    pub(super) fn take(&mut self) -> (Vec<T>, Option<NullBuffer>) {
        let next = Vec::with_capacity(self.values.len());
        let values = std::mem::replace(&mut self.values, next);
        let missing = self.missing.take(values.len());
        (values, missing)
    }
}

/// Which values are missing, in order.
#[derive(Default)]
struct Missing(Vec<usize>);

impl Missing {
    fn add(&mut self, row: usize) {
        self.0.push(row);
    }

    fn truncate(&mut self, rows: usize) {
        while self.0.pop_if(|row| *row >= rows).is_some() {}
    }

    /// Takes them out, of so many rows.
    fn take(&mut self, rows: usize) -> Option<NullBuffer> {
        if self.0.is_empty() {
            return None;
        }
        let mut present = BooleanBufferBuilder::new(rows);
        present.append_n(rows, true);
        for row in self.0.drain(..) {
            present.set_bit(row, false);
        }
        Some(present.finish().into())
    }
}

/// Texts, one after the other.
pub(super) struct Texts {
    text: Vec<u8>,
    /// Where each ends, behind a zero. A missing one ends where it begins.
    ends: Vec<i32>,
    missing: Missing,
}

impl Texts {
    pub(super) fn new() -> Self {
        Self { text: Vec::new(), ends: vec![0], missing: Missing::default() }
    }

    pub(super) fn add(&mut self, text: &str) {
        self.text.extend_from_slice(text.as_bytes());
        self.end();
    }

    /// Adds a text that is the first of these bytes, so many; they have to be ASCII.
    #[inline]
    pub(super) fn add_short(&mut self, bytes: [u8; 8], length: usize) {
        let start = self.text.len();
        // What is of a fixed length is copied without a call.
        self.text.extend_from_slice(&bytes);
        self.text.truncate(start + length);
        self.end();
    }

    #[inline]
    fn end(&mut self) {
        // A batch has far less; an array of what is more is refused.
        self.ends.push(i32::try_from(self.text.len()).unwrap_or(i32::MAX));
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len() - 1
    }

    pub(super) fn add_null(&mut self) {
        self.missing.add(self.len());
        self.end();
    }

    pub(super) fn truncate(&mut self, rows: usize) {
        self.ends.truncate(rows + 1);
        let end = self.ends.last().and_then(|end| usize::try_from(*end).ok());
        self.text.truncate(end.unwrap_or_default());
        self.missing.truncate(rows);
    }

    pub(super) fn take(&mut self) -> Result<StringArray> {
        let mut next = Vec::with_capacity(self.ends.len());
        next.push(0);
        let ends = std::mem::replace(&mut self.ends, next);
        let next = Vec::with_capacity(self.text.len() + 8);
        let text = std::mem::replace(&mut self.text, next);
        let missing = self.missing.take(ends.len() - 1);
        Ok(StringArray::try_new(OffsetBuffer::new(ends.into()), text.into(), missing)?)
    }
}

/// Microseconds since 1970. The texts that were read last are known when they come again: times mostly do.
pub(super) struct Moments {
    pub(super) values: Values<i64>,
    zone: Option<Arc<str>>,
    known: [(Vec<u8>, i64); 4],
    /// The one that was read first.
    oldest: usize,
    /// The one that came last: mostly it is the next, too.
    latest: usize,
}

impl Moments {
    pub(super) fn new(zone: Option<Arc<str>>) -> Self {
        Self { values: Values::default(), zone, known: Default::default(), oldest: 0, latest: 0 }
    }

    pub(super) fn add(&mut self, text: &str, micros: i64) {
        self.values.add(micros);
        if let Some((known, value)) = self.known.get_mut(self.oldest) {
            known.clear();
            known.extend_from_slice(text.as_bytes());
            *value = micros;
        }
        self.latest = self.oldest;
        self.oldest = (self.oldest + 1) % self.known.len();
    }

    /// Adds a value that is known. Gives whether it is.
    #[inline]
    pub(super) fn add_again(&mut self, text: &[u8]) -> bool {
        let is_it = |known: &(Vec<u8>, i64)| !text.is_empty() && known.0 == text;
        if !self.known.get(self.latest).is_some_and(is_it) {
            let Some(index) = self.known.iter().position(is_it) else { return false };
            self.latest = index;
        }
        self.known.get(self.latest).map(|(_, micros)| self.values.add(*micros)).is_some()
    }

    pub(super) fn take(&mut self) -> TimestampMicrosecondArray {
        let (values, present) = self.values.take();
        TimestampMicrosecondArray::new(values.into(), present).with_timezone_opt(self.zone.clone())
    }
}

#[cfg(test)]
mod tests {
    use datafusion::arrow::array::{Array, Int64Array};

    use super::*;

    #[test]
    fn what_came_last_is_given_up() {
        let mut numbers = Values::default();
        let mut texts = Texts::new();
        for round in 0..3 {
            numbers.add(round);
            numbers.add_null();
            texts.add("é");
            texts.add_null();
            texts.add_short(*b"abcdefgh", 3);
            numbers.truncate(1);
            texts.truncate(2);
            numbers.add(7);
            texts.add_short(*b"abcdefgh", 0);
            let (values, present) = numbers.take();
            let found: Vec<_> = Int64Array::new(values.into(), present).iter().collect();
            assert_eq!(found, [Some(round), Some(7)]);
            let texts = texts.take().unwrap();
            assert_eq!(texts.iter().collect::<Vec<_>>(), [Some("é"), None, Some("")]);
            assert_eq!(texts.null_count(), 1);
        }
    }

    #[test]
    fn a_moment_is_known_again() {
        let mut moments = Moments::new(None);
        assert!(!moments.add_again(b""));
        for day in 1..=5 {
            moments.add(&format!("2013-01-0{day}"), day);
        }
        assert!(moments.add_again(b"2013-01-05") && moments.add_again(b"2013-01-02"));
        for other in ["2013-01-0", "2013-01-02 ", "2013-01-01", ""] {
            assert!(!moments.add_again(other.as_bytes()), "{other}");
        }
        assert_eq!(moments.take().values().as_ref(), [1, 2, 3, 4, 5, 5, 2]);
    }
}
