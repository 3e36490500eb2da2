use std::io::BufRead;

use csv_core::ReadRecordResult;
use memchr::{memchr, memchr_iter, memchr2};

use crate::engine::error::Result;
use crate::engine::load::fault;

/// The most bytes that one row may have.
const MAX_BYTES: usize = 16 << 20;

/// The most columns that a file may have.
const MAX_COLUMNS: usize = 4096;

/// The rows of a CSV file as text, each with the line where it begins.
pub(super) struct Records<R> {
    input: R,
    delimiter: u8,
    core: csv_core::Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
    /// Bytes of the input that the last record was read from, and that are done with.
    done: usize,
    /// Whether the parser was given a newline after the end of the file. By itself it takes that end for the end of
    /// a quoted value, too; but the newline it keeps if, and only if, it stands within quotes.
    ended: bool,
}

impl<R: BufRead> Records<R> {
    pub(super) fn new(mut input: R, delimiter: u8) -> Result<Self> {
        if input.fill_buf()?.starts_with(b"\xef\xbb\xbf") {
            input.consume(3);
        }
        let core = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
        Ok(Self { input, delimiter, core, text: vec![0; 4096], ends: vec![0; 64], done: 0, ended: false })
    }

    /// What comes next, as far as it is at hand. It begins with a row, if it is not the end.
    pub(super) fn at_hand(&mut self) -> Result<&[u8]> {
        self.input.consume(std::mem::take(&mut self.done));
        self.skip_blank_lines()?;
        Ok(self.input.fill_buf()?)
    }

    /// Passes over bytes at hand, which are so many lines.
    pub(super) fn skip(&mut self, bytes: usize, lines: u64) {
        self.input.consume(bytes);
        self.core.set_line(self.core.line() + lines);
    }

    pub(super) fn next(&mut self) -> Result<Option<Record<'_>>> {
        self.at_hand()?;
        let line = self.core.line();
        if let Some(length) = self.plain_line()? {
            return self.split(line, length).map(Some);
        }
        let (mut bytes, mut columns) = (0, 0);
        loop {
            let input = self.input.fill_buf()?;
            let text = self.text.get_mut(bytes..).unwrap_or_default();
            let ends = self.ends.get_mut(columns..).unwrap_or_default();
            let at_end = input.is_empty();
            let input = if at_end && !self.ended { b"\n" } else { input };
            let (result, consumed, written, ended) = self.core.read_record(input, text, ends);
            if !at_end {
                self.input.consume(consumed);
            } else if written > 0 {
                let start = columns.checked_sub(1).and_then(|last| self.ends.get(last)).copied().unwrap_or(0);
                let line = line + newlines(self.text.get(..start).unwrap_or_default());
                return Err(fault(line, Some(columns + 1), "a quote is opened and never closed"));
            } else {
                self.ended |= consumed > 0;
            }
            bytes += written;
            columns += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if self.text.len() >= MAX_BYTES => {
                    let message = format!("the row has more than {MAX_BYTES} bytes: is a quote never closed?");
                    return Err(fault(line, Some(columns + 1), message));
                }
                ReadRecordResult::OutputFull => self.text.resize(self.text.len() * 2, 0),
                ReadRecordResult::OutputEndsFull if self.ends.len() >= MAX_COLUMNS => {
                    return Err(fault(line, None, format!("the row has more than {MAX_COLUMNS} values")));
                }
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return Ok(None),
            }
        }
        let ends = self.ends.get(..columns).unwrap_or_default();
        let bytes = self.text.get(..bytes).unwrap_or_default();
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Some(Record { line, text, ends, gap: 0 })),
            Err(error) => {
                let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
                let column = ends.partition_point(|end| *end <= before.len()) + 1;
                Err(not_utf8(line + newlines(before), column))
            }
        }
    }

    /// The length of the next line, if all of it is at hand and no quote is in it, nor an end that stands alone.
    fn plain_line(&mut self) -> Result<Option<usize>> {
        let input = self.input.fill_buf()?;
        let Some(length) = memchr2(b'\n', b'"', input) else { return Ok(None) };
        let line = input.get(..length).unwrap_or_default();
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let is_plain = input.get(length) == Some(&b'\n') && memchr(b'\r', line).is_none();
        Ok(is_plain.then_some(line.len()))
    }

    /// Splits a line that the parser need not see.
    fn split(&mut self, line: u64, length: usize) -> Result<Record<'_>> {
        let input = self.input.fill_buf()?.get(..length).unwrap_or_default();
        self.ends.clear();
        self.ends.extend(memchr_iter(self.delimiter, input).chain([length]));
        if self.ends.len() > MAX_COLUMNS {
            return Err(fault(line, None, format!("the row has more than {MAX_COLUMNS} values")));
        }
        // What ends the line is a blank line to what comes next.
        self.done = length;
        match std::str::from_utf8(input) {
            Ok(text) => Ok(Record { line, text, ends: &self.ends, gap: 1 }),
            Err(error) => Err(not_utf8(line, self.ends.partition_point(|end| *end <= error.valid_up_to()) + 1)),
        }
    }

    /// The parser skips these itself, but would count them to the row that follows.
    fn skip_blank_lines(&mut self) -> Result<()> {
        loop {
            let input = self.input.fill_buf()?;
            let blank = input.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            if blank == 0 {
                return Ok(());
            }
            let lines = newlines(input.get(..blank).unwrap_or_default());
            self.core.set_line(self.core.line() + lines);
            self.input.consume(blank);
        }
    }
}

fn newlines(bytes: &[u8]) -> u64 {
    bytes.iter().map(|byte| u64::from(*byte == b'\n')).sum()
}

fn not_utf8(line: u64, column: usize) -> crate::engine::Error {
    fault(line, Some(column), "the text is not UTF-8")
}

/// A row of a CSV file.
pub(super) struct Record<'a> {
    /// Where it begins, from 1.
    pub(super) line: u64,
    text: &'a str,
    ends: &'a [usize],
    /// Bytes between two values.
    gap: usize,
}

impl<'a> Record<'a> {
    /// How many values it has.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Its values, one after the other.
    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    /// How many bytes its values have.
    pub(super) fn bytes(&self) -> usize {
        self.text.len()
    }

    /// Its values. An error is one that is not UTF-8, though the row as a whole happens to be.
    pub(super) fn values(&self) -> impl Iterator<Item = Result<&'a str>> {
        let (line, text, gap) = (self.line, self.text, self.gap);
        let mut start = 0;
        self.ends.iter().enumerate().map(move |(index, end)| {
            let value = text.get(start..*end).ok_or_else(|| not_utf8(line, index + 1));
            start = *end + gap;
            value
        })
    }
}
