//! JSON as Python reads it: the rules of CPython's `json.loads` (3.11, `Modules/_json.c` and `Lib/json/decoder.py`).
//!
//! Python takes a little more than JSON (`NaN`, `Infinity`, `1e400`, lone surrogates), and FastAPI answers broken JSON
//! with Python's message and the offset where Python stopped. Nothing here is hot: bodies come here when they are
//! broken or must be quoted.

use std::borrow::Cow;

use super::{
    coerce::MAX_DIGITS,
    content::{Content, Entry},
};

/// How many lists and objects may be open at once.
///
/// Python itself gives up at about 1,000. Reading takes no stack here, but whoever walks the [`Content`] (decoding,
/// writing, dropping it) takes some for every level, and a thread may have 2 MiB only. More than serde_json's 128, so
/// that what it has read can be quoted.
pub(crate) const MAX_DEPTH: usize = 200;

/// Why a text was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) kind: FaultKind,
    /// In Python's words (`JSONDecodeError.msg`) if it is a fault of syntax.
    pub(crate) message: &'static str,
    /// Where, in characters from the beginning (`JSONDecodeError.pos`).
    pub(crate) offset: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FaultKind {
    /// Python raises `JSONDecodeError`: FastAPI answers 422, `json_invalid`.
    Syntax,
    /// More levels than [`MAX_DEPTH`], or more digits than [`MAX_DIGITS`]. Python raises `RecursionError` or
    /// `ValueError`: FastAPI answers 400, `There was an error parsing the body`.
    Limit,
}

/// Reads one JSON value that is all of `text`. The caller has stripped a byte order mark.
///
/// Two things differ from Python: a surrogate that stands alone becomes U+FFFD, as Rust's text holds none; and
/// [`MAX_DEPTH`] is fixed.
///
/// # Errors
/// The first fault, which ends the reading.
pub(crate) fn parse(text: &str) -> Result<Content<'_>, Fault> {
    Scanner { text, at: 0 }.document()
}

/// A list or an object that is being read.
enum Open<'de> {
    Seq(Vec<Content<'de>>),
    /// The entries so far, and the key whose value comes next.
    Map(Vec<Entry<'de>>, Cow<'de, str>),
}

enum Step<'de> {
    Whole(Content<'de>),
    /// A value comes next.
    Open(Open<'de>),
}

struct Scanner<'de> {
    text: &'de str,
    /// In bytes; always between two characters.
    at: usize,
}

const WORDS: [(&str, Content<'static>); 6] = [
    ("null", Content::Null),
    ("true", Content::Bool(true)),
    ("false", Content::Bool(false)),
    ("NaN", Content::F64(f64::NAN)),
    ("Infinity", Content::F64(f64::INFINITY)),
    ("-Infinity", Content::F64(f64::NEG_INFINITY)),
];

impl<'de> Scanner<'de> {
    fn document(mut self) -> Result<Content<'de>, Fault> {
        // Not the thread's stack: no input overflows it.
        let mut stack: Vec<Open<'de>> = Vec::new();
        self.skip_space();
        let mut step = self.begin(0)?;
        loop {
            step = match step {
                Step::Open(open) => {
                    stack.push(open);
                    self.begin(stack.len())?
                }
                Step::Whole(value) => {
                    self.skip_space();
                    match stack.pop() {
                        Some(open) => self.resume(open, value)?,
                        None => return self.end(value),
                    }
                }
            };
        }
    }

    fn end(&self, value: Content<'de>) -> Result<Content<'de>, Fault> {
        if self.at == self.text.len() { Ok(value) } else { Err(self.syntax("Extra data", self.at)) }
    }

    /// Reads a value, or the beginning of one, where `depth` others are open.
    fn begin(&mut self, depth: usize) -> Result<Step<'de>, Fault> {
        let value = match self.peek() {
            Some(b'[' | b'{') if depth == MAX_DEPTH => {
                return Err(self.fault(FaultKind::Limit, "JSON is nested too deeply", self.at));
            }
            Some(b'[') => {
                self.at += 1;
                self.skip_space();
                if !self.eat(b']') {
                    return Ok(Step::Open(Open::Seq(Vec::new())));
                }
                Content::Seq(Vec::new())
            }
            Some(b'{') => {
                self.at += 1;
                self.skip_space();
                if !self.eat(b'}') {
                    return Ok(Step::Open(Open::Map(Vec::new(), self.key()?)));
                }
                Content::Map(Vec::new())
            }
            Some(b'"') => Content::Str(self.string()?),
            _ => self.word_or_number()?,
        };
        Ok(Step::Whole(value))
    }

    /// Puts `value` into `open` and reads what comes after it.
    fn resume(&mut self, open: Open<'de>, value: Content<'de>) -> Result<Step<'de>, Fault> {
        Ok(match open {
            Open::Seq(mut elements) => {
                elements.push(value);
                if self.eat(b']') {
                    Step::Whole(Content::Seq(elements))
                } else {
                    self.comma()?;
                    Step::Open(Open::Seq(elements))
                }
            }
            Open::Map(mut entries, key) => {
                entries.push((key, value));
                if self.eat(b'}') {
                    Step::Whole(Content::object(entries))
                } else {
                    self.comma()?;
                    Step::Open(Open::Map(entries, self.key()?))
                }
            }
        })
    }

    fn comma(&mut self) -> Result<(), Fault> {
        if !self.eat(b',') {
            return Err(self.syntax("Expecting ',' delimiter", self.at));
        }
        self.skip_space();
        Ok(())
    }

    /// A key, the colon and the white space around it.
    fn key(&mut self) -> Result<Cow<'de, str>, Fault> {
        if self.peek() != Some(b'"') {
            return Err(self.syntax("Expecting property name enclosed in double quotes", self.at));
        }
        let key = self.string()?;
        self.skip_space();
        if !self.eat(b':') {
            return Err(self.syntax("Expecting ':' delimiter", self.at));
        }
        self.skip_space();
        Ok(key)
    }

    fn word_or_number(&mut self) -> Result<Content<'de>, Fault> {
        if let Some((word, value)) = WORDS.iter().find(|(word, _)| self.rest().starts_with(word)) {
            self.at += word.len();
            return Ok(value.clone());
        }
        let (whole, all) = number_len(self.rest().as_bytes());
        let literal = self.rest().get(..all).unwrap_or_default();
        if literal.is_empty() {
            return Err(self.syntax("Expecting value", self.at));
        }
        if whole == all && literal.trim_start_matches('-').len() > MAX_DIGITS {
            return Err(self.fault(FaultKind::Limit, "JSON holds an integer with too many digits", self.at));
        }
        self.at += all;
        Ok(Content::number(Cow::Borrowed(literal)))
    }

    /// A string from its opening quote on.
    fn string(&mut self) -> Result<Cow<'de, str>, Fault> {
        let begin = self.at;
        self.at += 1;
        let mut text = Cow::Borrowed("");
        loop {
            let rest = self.rest();
            let Some(plain) = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\' | ..0x20)) else {
                return Err(self.unterminated(begin));
            };
            // Stays borrowed if nothing came before.
            text += rest.get(..plain).unwrap_or_default();
            self.at += plain;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.to_mut().push(self.escape(begin)?),
                _ => return Err(self.syntax("Invalid control character at", self.at)),
            }
        }
    }

    /// The character that is meant by an escape, from its backslash on.
    fn escape(&mut self, begin: usize) -> Result<char, Fault> {
        let meant = match self.text.as_bytes().get(self.at + 1) {
            Some(b'u') => return self.unicode_escape(),
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(*byte),
            Some(b'b') => '\x08',
            Some(b'f') => '\x0c',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(_) => return Err(self.syntax("Invalid \\escape", self.at)),
            None => return Err(self.unterminated(begin)),
        };
        self.at += 2;
        Ok(meant)
    }

    fn unicode_escape(&mut self) -> Result<char, Fault> {
        let first = self.hex()?;
        if (0xd800..0xdc00).contains(&first) && self.rest().starts_with("\\u") {
            let after_first = self.at;
            let second = self.hex()?;
            if (0xdc00..0xe000).contains(&second) {
                let joined = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                return Ok(char::from_u32(joined).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            self.at = after_first;
        }
        Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    /// The number in `\uXXXX`, from its backslash on.
    fn hex(&mut self) -> Result<u32, Fault> {
        let digits = self.text.get(self.at + 2..self.at + 6);
        // `from_str_radix` alone would take a sign. That nothing follows is a fault of the escape too, to Python.
        let code = digits
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .filter(|_| self.at + 6 < self.text.len())
            .and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let Some(code) = code else {
            return Err(self.syntax("Invalid \\uXXXX escape", self.at + 1));
        };
        self.at += 6;
        Ok(code)
    }

    fn rest(&self) -> &'de str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn syntax(&self, message: &'static str, at: usize) -> Fault {
        self.fault(FaultKind::Syntax, message, at)
    }

    fn unterminated(&self, begin: usize) -> Fault {
        self.syntax("Unterminated string starting at", begin)
    }

    fn fault(&self, kind: FaultKind, message: &'static str, at: usize) -> Fault {
        let offset = self.text.get(..at).unwrap_or_default().chars().count();
        Fault { kind, message, offset }
    }
}

/// The lengths of the number that `text` begins with: without its fraction and exponent, and with them.
///
/// No number: 0. What only begins like a fraction or an exponent is left: `1.x` is the number `1`, and then extra data.
fn number_len(text: &[u8]) -> (usize, usize) {
    let digits_from = |from: usize| text.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
    let sign = usize::from(text.first() == Some(&b'-'));
    let whole = match text.get(sign) {
        Some(b'0') => sign + 1,
        Some(b'1'..=b'9') => sign + digits_from(sign),
        _ => return (0, 0),
    };
    let mut end = whole;
    if text.get(end) == Some(&b'.') {
        let digits = digits_from(end + 1);
        end += if digits > 0 { 1 + digits } else { 0 };
    }
    if matches!(text.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(text.get(end + 1), Some(b'+' | b'-')));
        let digits = digits_from(end + 1 + sign);
        end += if digits > 0 { 1 + sign + digits } else { 0 };
    }
    (whole, end)
}

#[cfg(test)]
mod tests;
