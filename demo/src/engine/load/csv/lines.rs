//! [`Lines`]: rows on their way into columns; lines without quotes from where they stand.

use std::ops::Range;

use memchr::memchr;

use super::grid::Grid;
use super::nulls::Nulls;
use super::records::Record;
use super::short::Short;
use crate::engine::error::Result;
use crate::engine::load::columns::{Builder, Columns};
use crate::engine::load::inference::{Inference, Kind};
use crate::engine::load::plain;
use crate::engine::load::values::{Moments, Texts, Values};

/// Puts rows into columns. Most lines of most files need no [`Records`](super::records::Records) for it: all values of such
/// a line are foreseen, and none has a quote. These are read many at a time, a column after the other. Whatever else there
/// is comes as a [`Record`].
pub(super) struct Lines<'a> {
    grid: Grid,
    nulls: Nulls<'a>,
    short_nulls: Vec<Short>,
    values: Vec<Value<'a>>,
    /// How often in a row no line could be read, and how many attempts that lets pass.
    misses: u32,
    pause: u32,
}

/// A value of each line.
struct Value<'a> {
    /// The column that it belongs to.
    target: usize,
    /// What is known of it, if that is a guess.
    guess: Option<&'a Inference>,
    is_last: bool,
    /// Whether each whole number is one, and each text, but what stands for a missing value.
    integer: bool,
    text: bool,
}

/// Misses that count: each doubles the pause, which so is of 63 lines at most.
const MOST_MISSES: u32 = 6;

impl<'a> Lines<'a> {
    /// `targets` are, for each value of a line, its column; `guess` is what the lines are if they are as foreseen.
    pub(super) fn new(delimiter: u8, nulls: &'a [String], targets: &[usize], guess: Option<&'a [Inference]>) -> Self {
        let no_number = !nulls.iter().any(|null| plain::integer(null).is_some());
        let values = targets.iter().enumerate().map(|(index, target)| {
            let guess = guess.and_then(|guess| guess.get(index));
            let foresees = |kind| guess.is_none_or(|guess| guess.foresees_kind(kind));
            Value {
                target: *target,
                guess,
                is_last: index + 1 == targets.len(),
                integer: no_number && foresees(Kind::Integer),
                text: foresees(Kind::Text),
            }
        });
        let as_it_stands = |null: &&String| !null.contains(['"', '\r', '\n', char::from(delimiter)]);
        Self {
            grid: Grid::new(delimiter, targets.len()),
            nulls: Nulls::new(nulls),
            short_nulls: nulls.iter().filter(as_it_stands).filter_map(|null| Short::new(null)).collect(),
            values: values.collect(),
            misses: 0,
            pause: 0,
        }
    }

    /// Reads the lines that a text begins with, as far as they can be read so. Gives how many bytes, and how many lines.
    pub(super) fn read(&mut self, text: &[u8], columns: &mut Columns) -> Result<(usize, u64)> {
        if self.pause > 0 {
            self.pause -= 1;
            return Ok((0, 0));
        }
        let (mut rest, mut lines) = (text, 0);
        while !columns.is_full() {
            self.grid.find(rest, columns.room());
            let read = self.read_columns(rest, columns)?;
            rest = rest.get(self.grid.bytes(read)..).unwrap_or_default();
            lines += read as u64;
            if read == 0 || read < self.grid.lines() {
                break;
            }
        }
        // Where lines are of another kind, it costs time to find that out of each.
        self.misses = if lines == 0 { (self.misses + 1).min(MOST_MISSES) } else { 0 };
        self.pause = (1 << self.misses) - 1;
        Ok((text.len() - rest.len(), lines))
    }

    /// Adds a row that had to be read otherwise. Gives whether it is as foreseen.
    pub(super) fn add_record(&self, record: &Record<'_>, columns: &mut Columns) -> Result<bool> {
        if record.len() != self.values.len() {
            return Ok(false);
        }
        for (text, value) in record.values().zip(&self.values) {
            let text = text?;
            let Some(builder) = columns.builders.get_mut(value.target) else { continue };
            if !self.add_text(value, text, builder)? {
                return Ok(false);
            }
        }
        columns.end_rows(1, record.bytes());
        Ok(true)
    }

    /// Reads the lines that were found in a text, a column after the other. Gives how many could be read.
    fn read_columns(&self, text: &[u8], columns: &mut Columns) -> Result<usize> {
        let mut lines = self.grid.lines();
        for (index, value) in self.values.iter().enumerate() {
            let Some(builder) = columns.builders.get_mut(value.target) else { continue };
            let ranges = self.grid.column(index, lines);
            let before = builder.len();
            if value.is_last {
                let without_return = |range: Range<usize>| match text.get(range.clone()) {
                    Some([.., b'\r']) => range.start..range.end - 1,
                    _ => range,
                };
                self.read_column(value, ranges.map(without_return), text, builder)?;
            } else {
                self.read_column(value, ranges, text, builder)?;
            }
            lines = builder.len() - before;
        }
        columns.end_rows(lines, self.grid.bytes(lines));
        if lines < self.grid.lines() {
            columns.undo_rows();
        }
        Ok(lines)
    }

    /// Adds the values of a column, which are these parts of a text, up to one that cannot be added.
    fn read_column(
        &self,
        value: &Value<'_>,
        mut ranges: impl Iterator<Item = Range<usize>>,
        text: &[u8],
        builder: &mut Builder,
    ) -> Result<()> {
        loop {
            let other = match builder {
                Builder::Integer(numbers) if value.integer => add_integers(&mut ranges, text, numbers),
                Builder::Text(texts) if value.text => add_texts(&mut ranges, text, &self.short_nulls, texts),
                Builder::Timestamp(moments) => add_moments(&mut ranges, text, moments),
                _ => ranges.next(),
            };
            let Some(other) = other.and_then(|range| text.get(range)) else { return Ok(()) };
            if !self.add(value, other, builder)? {
                return Ok(());
            }
        }
    }

    fn add(&self, value: &Value<'_>, text: &[u8], builder: &mut Builder) -> Result<bool> {
        match std::str::from_utf8(text) {
            Ok(text) if memchr(b'\r', text.as_bytes()).is_some() => Ok(false),
            Ok(text) => self.add_text(value, text, builder),
            Err(_) => Ok(false),
        }
    }

    fn add_text(&self, value: &Value<'_>, text: &str, builder: &mut Builder) -> Result<bool> {
        if self.nulls.contain(text) {
            return Ok(value.add_null(builder));
        }
        match value.guess {
            Some(guess) => builder.add_foreseen(text, guess),
            None => builder.add_text(text).map(|()| true),
        }
    }
}

impl Value<'_> {
    fn add_null(&self, builder: &mut Builder) -> bool {
        let may = self.guess.is_none_or(Inference::nullable);
        if may {
            builder.add_null();
        }
        may
    }
}

// What most values are has a loop of its own, up to one that is otherwise, and a function of its own, in which nothing else
// takes the processor's registers.

#[inline(never)]
fn add_integers(
    ranges: &mut impl Iterator<Item = Range<usize>>,
    text: &[u8],
    numbers: &mut Values<i64>,
) -> Option<Range<usize>> {
    ranges.find(|range| {
        let number = Short::of(text, range).and_then(|(short, _)| short.integer());
        number.map(|number| numbers.add(number)).is_none()
    })
}

#[inline(never)]
fn add_texts(
    ranges: &mut impl Iterator<Item = Range<usize>>,
    text: &[u8],
    nulls: &[Short],
    texts: &mut Texts,
) -> Option<Range<usize>> {
    ranges.find(|range| {
        let plain = |short: &Short| short.is_plain() && !nulls.contains(short);
        let short = Short::of(text, range).filter(|(short, _)| plain(short));
        short.map(|(short, bytes)| texts.add_short(bytes, short.len())).is_none()
    })
}

#[inline(never)]
fn add_moments(
    ranges: &mut impl Iterator<Item = Range<usize>>,
    text: &[u8],
    moments: &mut Moments,
) -> Option<Range<usize>> {
    ranges.find(|range| !text.get(range.clone()).is_some_and(|text| moments.add_again(text)))
}
