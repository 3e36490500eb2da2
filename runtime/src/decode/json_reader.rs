//! [`JsonReader`]: JSON text as an input of serde, read fast and exactly.
//!
//! It differs from serde_json's in what Python does: floats are exact at no price (serde_json's `float_roundtrip` takes
//! a fifth of the time of a body of numbers), `-0` is the integer 0, `1e400` is infinite, and no feature that another
//! crate switches on changes what a number is. It has no words for faults: a text that it does not take is read again
//! by [`python_json`](super::python_json), which takes a little more and says what is wrong. So it may refuse what is
//! rare, but must read all else as that does.

mod number;
mod string;

use std::fmt;

use serde::{
    Deserialize,
    de::{self, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor},
    forward_to_deserialize_any,
};

use self::number::Number;
use super::{
    content::{Content, Key},
    exact_numbers::{NUMBER, numbers_are_maps},
};

/// How many lists and objects may be open at once, each of which takes some of the thread's stack: as in serde_json.
const MAX_DEPTH: u8 = 128;

/// Reads one JSON value.
pub(crate) struct JsonReader<'de> {
    text: &'de str,
    /// In bytes; always between two characters.
    at: usize,
    depth: u8,
    /// Whether an object that looks like a number of serde_json's would be taken for one.
    wary: bool,
}

/// The text is no JSON, or JSON of a rare kind; or a type of the user's refused it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Broken;

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON that cannot be read")
    }
}

impl std::error::Error for Broken {}

impl de::Error for Broken {
    #[cold]
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl<'de> JsonReader<'de> {
    pub(crate) fn new(text: &'de str) -> Self {
        Self { text, at: 0, depth: 0, wary: numbers_are_maps() }
    }

    /// Checks that nothing comes after the value.
    ///
    /// # Errors
    /// Something does.
    pub(crate) fn end(&mut self) -> Result<(), Broken> {
        match self.next_byte() {
            None => Ok(()),
            Some(_) => Err(Broken),
        }
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The first byte that is no white space; it is not consumed.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn next_byte(&mut self) -> Option<u8> {
        loop {
            match self.peek() {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.at += 1,
                other => return other,
            }
        }
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn eat(&mut self, byte: u8) -> bool {
        let there = self.next_byte() == Some(byte);
        self.at += usize::from(there);
        there
    }

    #[inline]
    fn word(&mut self, word: &str) -> bool {
        let there = self.text.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes()));
        self.at += if there { word.len() } else { 0 };
        there
    }

    #[cold]
    fn escaped_key<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<K::Value, Broken> {
        let key = self.escaped_string()?;
        if !self.eat(b':') || (self.wary && key == NUMBER) {
            return Err(Broken);
        }
        seed.deserialize(Key::Owned(key).into_deserializer())
    }

    #[inline]
    fn parts<T>(&mut self, close: u8, visit: impl FnOnce(&mut Self) -> Result<T, Broken>) -> Result<T, Broken> {
        if !self.open() {
            return Err(Broken);
        }
        let value = visit(self);
        if value.is_ok() && !self.close(close) {
            return Err(Broken);
        }
        value
    }

    #[inline]
    fn open(&mut self) -> bool {
        self.at += 1;
        self.depth += 1;
        self.depth <= MAX_DEPTH
    }

    #[inline]
    fn close(&mut self, byte: u8) -> bool {
        self.depth -= 1;
        self.eat(byte)
    }
}

// Generic code is made for each type of the user's anew: `?` and closures would add functions of their own each time.

impl<'de> Deserializer<'de> for &mut JsonReader<'de> {
    type Error = Broken;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Broken> {
        match self.next_byte() {
            Some(b'"') => match self.plain_string() {
                Some(text) => visitor.visit_borrowed_str(text),
                None => match self.escaped_string() {
                    Ok(text) => visitor.visit_string(text),
                    Err(broken) => Err(broken),
                },
            },
            Some(b'-' | b'0'..=b'9') => match self.number() {
                Ok(Number::I64(value)) => visitor.visit_i64(value),
                Ok(Number::U64(value)) => visitor.visit_u64(value),
                Ok(Number::F64(value)) => visitor.visit_f64(value),
                Err(broken) => Err(broken),
            },
            Some(b'{') => self.parts(b'}', |reader| visitor.visit_map(Parts { reader, first: true })),
            Some(b'[') => self.parts(b']', |reader| visitor.visit_seq(Parts { reader, first: true })),
            Some(b't') if self.word("true") => visitor.visit_bool(true),
            Some(b'f') if self.word("false") => visitor.visit_bool(false),
            Some(b'n') if self.word("null") => visitor.visit_unit(),
            _ => Err(Broken),
        }
    }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Broken> {
        match self.next_byte() {
            Some(b'n') if self.word("null") => visitor.visit_none(),
            Some(b'n') => Err(Broken),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Broken> {
        visitor.visit_newtype_struct(self)
    }

    /// The enums of versify are no enums to serde: this is for types of other crates.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Broken> {
        Content::deserialize(self)?.into_deserializer().deserialize_enum(name, variants, visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

/// The parts of a list or an object that is open.
struct Parts<'r, 'de> {
    reader: &'r mut JsonReader<'de>,
    first: bool,
}

impl<'de> Parts<'_, 'de> {
    /// Whether another part comes; its comma is consumed.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn another(&mut self, close: u8) -> Result<bool, Broken> {
        let next = self.reader.next_byte();
        if next == Some(close) {
            return Ok(false);
        }
        if std::mem::replace(&mut self.first, false) {
            return Ok(true);
        }
        if next != Some(b',') {
            return Err(Broken);
        }
        self.reader.at += 1;
        Ok(true)
    }
}

impl<'de> SeqAccess<'de> for Parts<'_, 'de> {
    type Error = Broken;

    #[inline]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Broken> {
        // A comma before the end is not taken: no value begins with a bracket that closes.
        if self.another(b']')? { seed.deserialize(&mut *self.reader).map(Some) } else { Ok(None) }
    }
}

impl<'de> MapAccess<'de> for Parts<'_, 'de> {
    type Error = Broken;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Broken> {
        if !self.another(b'}')? {
            return Ok(None);
        }
        if self.reader.next_byte() != Some(b'"') {
            return Err(Broken);
        }
        let Some(key) = self.reader.plain_string() else { return self.reader.escaped_key(seed).map(Some) };
        if !self.reader.eat(b':') || (self.reader.wary && key == NUMBER) {
            return Err(Broken);
        }
        seed.deserialize(Key::Input(key).into_deserializer()).map(Some)
    }

    #[inline]
    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Broken> {
        seed.deserialize(&mut *self.reader)
    }
}

#[cfg(test)]
mod tests;
