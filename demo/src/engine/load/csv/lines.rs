//! [`Lines`]: rows on their way into columns; lines without quotes from where they stand.

use memchr::{memchr, memchr3};

use super::nulls::Nulls;
use super::records::Record;
use super::short::{End, Short};
use crate::engine::error::Result;
use crate::engine::load::columns::{Builder, Columns};
use crate::engine::load::inference::{Inference, Kind};
use crate::engine::load::plain;

/// Puts rows into columns. Most lines of most files need no [`Records`](super::records::Records) for it: all values of such
/// a line are foreseen, and none has a quote. Whatever else there is comes as a [`Record`].
pub(super) struct Lines<'a> {
    delimiter: u8,
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
    end: End,
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
            let is_last = index + 1 == targets.len();
            Value {
                target: *target,
                guess,
                end: End::new(if is_last { b'\n' } else { delimiter }),
                is_last,
                integer: no_number && foresees(Kind::Integer),
                // The last could have a delimiter: then it is not the last.
                text: !is_last && foresees(Kind::Text),
            }
        });
        let as_it_stands = |null: &&String| !null.contains(['"', '\r', '\n', char::from(delimiter)]);
        Self {
            delimiter,
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
            let Some(length) = self.read_line(rest, columns)? else {
                columns.undo_row();
                break;
            };
            columns.end_row(length);
            rest = rest.get(length..).unwrap_or_default();
            lines += 1;
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
        columns.end_row(record.bytes());
        Ok(true)
    }

    fn read_line(&self, line: &[u8], columns: &mut Columns) -> Result<Option<usize>> {
        if matches!(line, [b'\n' | b'\r', ..]) {
            return Ok(None);
        }
        let mut rest = line;
        for value in &self.values {
            let (Some(bytes), Some(builder)) = (rest.first_chunk(), columns.builders.get_mut(value.target)) else {
                return Ok(None);
            };
            let length = match Short::first(*bytes, value.end) {
                Some(short) => self.add_short(value, short, *bytes, builder)?.then(|| short.len()),
                None => self.add_long(value, rest, builder)?,
            };
            let Some(length) = length else { return Ok(None) };
            rest = rest.get(length + 1..).unwrap_or_default();
        }
        Ok(Some(line.len() - rest.len()))
    }

    /// Adds a value, which is the first of these bytes. Gives whether it could.
    #[inline]
    fn add_short(&self, value: &Value<'_>, short: Short, bytes: [u8; 8], builder: &mut Builder) -> Result<bool> {
        let short = if value.is_last { short.without_return() } else { short };
        match builder {
            Builder::Integer(numbers) if value.integer => {
                if let Some(number) = short.integer() {
                    numbers.add(number);
                    return Ok(true);
                }
            }
            Builder::Text(texts) if value.text && short.is_plain() && !self.short_nulls.contains(&short) => {
                texts.add_short(bytes, short.len());
                return Ok(true);
            }
            _ => {}
        }
        if self.short_nulls.contains(&short) {
            return Ok(value.add_null(builder));
        }
        self.add(value, bytes.get(..short.len()).unwrap_or_default(), builder)
    }

    /// Adds the value that a text begins with. Gives its length, if it could.
    fn add_long(&self, value: &Value<'_>, text: &[u8], builder: &mut Builder) -> Result<Option<usize>> {
        if let Builder::Timestamp(moments) = builder
            && let Some(length) = moments.add_again(text, value.end.byte)
        {
            return Ok(Some(length));
        }
        let Some(length) = memchr(value.end.byte, text) else { return Ok(None) };
        let text = text.get(..length).unwrap_or_default();
        let text = if value.is_last { text.strip_suffix(b"\r").unwrap_or(text) } else { text };
        Ok(self.add(value, text, builder)?.then_some(length))
    }

    fn add(&self, value: &Value<'_>, text: &[u8], builder: &mut Builder) -> Result<bool> {
        match std::str::from_utf8(text) {
            Ok(text) if memchr3(b'"', b'\r', b'\n', text.as_bytes()).is_some() => Ok(false),
            Ok(text) if value.is_last && text.as_bytes().contains(&self.delimiter) => Ok(false),
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
