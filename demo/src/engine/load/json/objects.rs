//! The objects of a file, one after the other.

use std::cell::Cell;
use std::fmt;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use serde::de::{DeserializeSeed, Deserializer as _, Error as _, SeqAccess, Visitor};
use serde_json::Deserializer;
use serde_json::error::Category;

use super::{Form, Object};
use crate::engine::error::{Error, Result};
use crate::engine::load::packing::Source;
use crate::engine::load::{excerpt, fault};

/// The most bytes that one object may have.
const MAX_BYTES: usize = if cfg!(test) { 1 << 20 } else { 16 << 20 };

/// What is done with each object: it is told the line, or in an array which one it is, from 1.
pub(super) type Each<'e> = dyn FnMut(u64, Object) -> Result<()> + 'e;

/// Reads all objects of a file.
pub(super) fn read(source: &Source<'_>, form: Form, each: &mut Each<'_>) -> Result<()> {
    let mut input = source.open()?;
    if input.fill_buf()?.starts_with(b"\xef\xbb\xbf") {
        input.consume(3);
    }
    match form {
        Form::Lines => read_lines(input, each),
        Form::Array => read_array(input, each),
    }
}

fn read_lines(mut input: impl BufRead, each: &mut Each<'_>) -> Result<()> {
    let mut line = Vec::new();
    let mut number = 0;
    loop {
        line.clear();
        number += 1;
        let read = (&mut input).take(MAX_BYTES as u64 + 1).read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(());
        }
        if read > MAX_BYTES {
            return Err(fault(number, None, format!("the row has more than {MAX_BYTES} bytes")));
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        let text = str::from_utf8(&line).map_err(|_| fault(number, None, "the text is not UTF-8"))?;
        let object = serde_json::from_str(text).map_err(|error| Error::File {
            line: Some(number),
            column: None,
            text: Some(excerpt(text.trim_end())),
            message: words(&error),
        })?;
        each(number, object)?;
    }
}

fn read_array(input: impl BufRead, each: &mut Each<'_>) -> Result<()> {
    let left = Rc::new(Cell::new(MAX_BYTES));
    let mut refused = None;
    let mut deserializer = Deserializer::from_reader(Bounded { input, left: Rc::clone(&left) });
    let read = deserializer.deserialize_seq(ArrayVisitor { each, left, refused: &mut refused });
    let read = read.and_then(|()| deserializer.end());
    match (refused, read) {
        (Some(refused), _) => Err(refused),
        (None, Ok(())) => Ok(()),
        (None, Err(error))
            if error.classify() == Category::Io && error.io_error_kind() == Some(io::ErrorKind::FileTooLarge) =>
        {
            Err(fault(error.line() as u64, None, format!("a row has more than {MAX_BYTES} bytes")))
        }
        (None, Err(error)) if error.classify() == Category::Io => Err(io::Error::from(error).into()),
        (None, Err(error)) => Err(fault(error.line().max(1) as u64, None, words(&error))),
    }
}

/// What is wrong, without the place: that of the line is told apart.
fn words(error: &serde_json::Error) -> String {
    let message = error.to_string();
    match message.rsplit_once(" at line ") {
        Some((words, place)) => match place.split_once(" column ") {
            Some((_, column)) => format!("{words} at character {column}"),
            None => words.into(),
        },
        None => message,
    }
}

struct ArrayVisitor<'a, 'e> {
    each: &'a mut Each<'e>,
    left: Rc<Cell<usize>>,
    refused: &'a mut Option<Error>,
}

impl<'de> Visitor<'de> for ArrayVisitor<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let mut number = 0;
        while let Some(object) = seq.next_element_seed(ObjectSeed)? {
            number += 1;
            self.left.set(MAX_BYTES);
            if let Err(error) = (self.each)(number, object) {
                *self.refused = Some(error);
                return Err(A::Error::custom("refused"));
            }
        }
        Ok(())
    }
}

struct ObjectSeed;

impl<'de> DeserializeSeed<'de> for ObjectSeed {
    type Value = Object;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Object, D::Error> {
        serde::Deserialize::deserialize(deserializer)
    }
}

/// A reader that gives up when an object is too large.
struct Bounded<R> {
    input: R,
    left: Rc<Cell<usize>>,
}

impl<R: BufRead> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        match self.left.get().checked_sub(read) {
            Some(left) => self.left.set(left),
            None => return Err(io::ErrorKind::FileTooLarge.into()),
        }
        Ok(read)
    }
}
