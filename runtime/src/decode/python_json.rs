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
mod tests {
    use serde::de::{Deserialize, IntoDeserializer, value};

    use super::*;

    // All expectations are what Python 3.11 answered.

    fn json(text: &str) -> Result<String, Fault> {
        parse(text).map(|content| serde_json::to_string(&content).unwrap())
    }

    #[test]
    fn faults() {
        for (text, message, offset) in [
            ("", "Expecting value", 0),
            ("  ", "Expecting value", 2),
            ("nul", "Expecting value", 0),
            ("True", "Expecting value", 0),
            ("-", "Expecting value", 0),
            ("-NaN", "Expecting value", 0),
            ("+1", "Expecting value", 0),
            (".5", "Expecting value", 0),
            ("'a'", "Expecting value", 0),
            ("\u{b}1", "Expecting value", 0),
            ("\u{a0}1", "Expecting value", 0),
            ("\u{feff}1", "Expecting value", 0),
            ("٣", "Expecting value", 0),
            ("[", "Expecting value", 1),
            ("[ ", "Expecting value", 2),
            ("[,", "Expecting value", 1),
            ("[1,]", "Expecting value", 3),
            ("[1, ", "Expecting value", 4),
            ("{\"a\":", "Expecting value", 5),
            ("{\"a\": }", "Expecting value", 6),
            ("[\"é🦀\", nope]", "Expecting value", 7),
            ("{", "Expecting property name enclosed in double quotes", 1),
            ("{ ", "Expecting property name enclosed in double quotes", 2),
            ("{1:2}", "Expecting property name enclosed in double quotes", 1),
            ("{'a':1}", "Expecting property name enclosed in double quotes", 1),
            ("{\"name\": \"x\",}", "Expecting property name enclosed in double quotes", 13),
            ("{\"a\":1, ", "Expecting property name enclosed in double quotes", 8),
            ("{\"a\"", "Expecting ':' delimiter", 4),
            ("{\"a\" 1}", "Expecting ':' delimiter", 5),
            ("{\"a\", 1}", "Expecting ':' delimiter", 4),
            ("[1", "Expecting ',' delimiter", 2),
            ("[1 2]", "Expecting ',' delimiter", 3),
            ("[1}", "Expecting ',' delimiter", 2),
            ("[01]", "Expecting ',' delimiter", 2),
            ("[1.]", "Expecting ',' delimiter", 2),
            ("{\"a\":1 \"b\"}", "Expecting ',' delimiter", 7),
            ("{\"a\":[]]", "Expecting ',' delimiter", 7),
            ("1 2", "Extra data", 2),
            ("01", "Extra data", 1),
            ("1.", "Extra data", 1),
            ("1.e5", "Extra data", 1),
            ("1e+", "Extra data", 1),
            ("-0.5E-x", "Extra data", 4),
            ("1_0", "Extra data", 1),
            ("nullx", "Extra data", 4),
            ("[] \n]", "Extra data", 4),
            ("\"🦀\"\u{2028}", "Extra data", 3),
            ("\"", "Unterminated string starting at", 0),
            ("[\"é\", \"abc", "Unterminated string starting at", 6),
            ("\"a\\", "Unterminated string starting at", 0),
            ("\"a\\\"", "Unterminated string starting at", 0),
            ("{\"a", "Unterminated string starting at", 1),
            ("\"é\n\"", "Invalid control character at", 2),
            ("\"\0\"", "Invalid control character at", 1),
            ("{\"\t\":1}", "Invalid control character at", 2),
            ("\"\\x\"", "Invalid \\escape", 1),
            ("\"🦀\\é\"", "Invalid \\escape", 2),
            ("\"\\U0041\"", "Invalid \\escape", 1),
            ("\"\\u12", "Invalid \\uXXXX escape", 2),
            ("\"\\u12\"", "Invalid \\uXXXX escape", 2),
            ("\"\\u1234", "Invalid \\uXXXX escape", 2),
            ("\"\\u+123\"", "Invalid \\uXXXX escape", 2),
            ("\"\\u00_1\"", "Invalid \\uXXXX escape", 2),
            ("\"\\u٣٣٣٣\"", "Invalid \\uXXXX escape", 2),
            ("\"\\u123é\"", "Invalid \\uXXXX escape", 2),
            ("\"\\ud83e\\ud\"", "Invalid \\uXXXX escape", 8),
            ("\"\\ud83e\\udd80", "Invalid \\uXXXX escape", 8),
        ] {
            let fault = Fault { kind: FaultKind::Syntax, message, offset };
            assert_eq!(json(text), Err(fault), "{text:?}");
        }
    }

    #[test]
    fn accepted() {
        for (text, written) in [
            (" \t\n\r1 \t\n\r", "1"),
            ("[ ]", "[]"),
            ("{ }", "{}"),
            ("[[],{},\"\",null,true,false]", "[[],{},\"\",null,true,false]"),
            ("[ 1 , 2 ]", "[1,2]"),
            ("{ \"a\" : 1 , \"b\" : { } }", "{\"a\":1,\"b\":{}}"),
            ("{\"a\":1,\"b\":2,\"a\":3}", "{\"a\":3,\"b\":2}"),
            ("{\"a\":1,\"\\u0061\":2}", "{\"a\":2}"),
            ("\"\u{7f}\u{2028}é🦀\"", "\"\u{7f}\u{2028}é🦀\""),
            ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\\"\\\\/\\b\\f\\n\\r\\t\""),
            ("\"x\\u00e9\\uD83E\\udd80y\"", "\"xé🦀y\""),
            ("\"\\u0000\"", "\"\\u0000\""),
            // Each surrogate that stands alone.
            ("\"\\ud800\"", "\"\u{fffd}\""),
            ("\"\\udc00\\ud800x\"", "\"\u{fffd}\u{fffd}x\""),
            ("\"\\ud800\\ud83e\\udd80\"", "\"\u{fffd}🦀\""),
            ("\"\\ud800\\n\"", "\"\u{fffd}\\n\""),
        ] {
            assert_eq!(json(text).as_deref(), Ok(written), "{text:?}");
        }
    }

    #[test]
    fn numbers() {
        for (text, value) in [
            ("-0", Content::I64(0)),
            ("-12", Content::I64(-12)),
            ("18446744073709551615", Content::U64(u64::MAX)),
            ("-9223372036854775809", Content::BigInt("-9223372036854775809".into())),
            ("1E5", Content::F64(1e5)),
            ("1.5e-3", Content::F64(0.0015)),
            ("0e0", Content::F64(0.0)),
            ("1e400", Content::F64(f64::INFINITY)),
            ("-1e400", Content::F64(f64::NEG_INFINITY)),
            ("Infinity", Content::F64(f64::INFINITY)),
            ("-Infinity", Content::F64(f64::NEG_INFINITY)),
        ] {
            assert_eq!(parse(text), Ok(value), "{text}");
        }
        assert!(matches!(parse("NaN"), Ok(Content::F64(value)) if value.is_nan()));
        assert!(matches!(parse("-0.0"), Ok(Content::F64(value)) if value.is_sign_negative()));
    }

    #[test]
    fn limits() {
        let digits = "9".repeat(MAX_DIGITS);
        for good in [digits.clone(), format!("-{digits}"), format!("9{digits}.0"), format!("9{digits}e-1")] {
            assert!(parse(&good).is_ok(), "{good:.9}");
        }
        for bad in [format!("[9{digits}]"), format!("[-9{digits}"), format!("[9{digits}.]")] {
            let fault = parse(&bad).unwrap_err();
            assert_eq!((fault.kind, fault.offset), (FaultKind::Limit, 1));
        }
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let nested = |levels| format!("{}{}{}", open.repeat(levels), "1", close.repeat(levels));
            let deep = nested(MAX_DEPTH);
            let content = parse(&deep).unwrap();
            // These take stack for each level.
            assert_eq!(serde_json::to_string(&content.to_owned_content()).unwrap(), deep);
            assert_eq!(content.quoted_len_within(usize::MAX).unwrap(), deep.len());
            let source = IntoDeserializer::<value::Error>::into_deserializer(&content);
            assert_eq!(Content::deserialize(source).as_ref(), Ok(&content));
            for levels in [MAX_DEPTH + 1, 100_000] {
                let fault = parse(&nested(levels)).unwrap_err();
                assert_eq!((fault.kind, fault.offset), (FaultKind::Limit, MAX_DEPTH * open.len()));
            }
        }
        // Side by side is not deep.
        assert!(parse(&format!("[{}[]]", "[[]],".repeat(1_000))).is_ok());
    }

    #[test]
    fn text_is_borrowed_unless_it_has_escapes() {
        let borrowed = |text| matches!(parse(text), Ok(Content::Str(Cow::Borrowed(_))));
        assert!(borrowed("\"é x\"") && borrowed("\"\""));
        assert!(!borrowed("\"\\n\"") && !borrowed("\"a\\nb\""));
    }

    /// What serde_json reads, this reads alike; and nothing makes it panic.
    #[test]
    fn arbitrary_texts() {
        const PARTS: &str = "[ ] { } : , \" \\ 0 1 -1 1.5 e 9007199254740993.0 true null NaN -Infinity \"a\" \"b\" \
                             \\n \\u00e9 \\ud83e\\udd80 \\ud8 é 🦀 [] {} {\"a\": \"b\": [1, [\"x\"";
        let parts: Vec<&str> = PARTS.split_ascii_whitespace().chain([" ", "\n", "\0"]).collect();
        let mut state = 7_u64;
        let mut random = |below: usize| {
            // Knuth's MMIX generator.
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        let mut read = 0;
        for _ in 0..50_000 {
            let text: String = (0..random(9)).map(|_| parts[random(parts.len())]).collect();
            let ours = parse(&text);
            match serde_json::from_str(&text) {
                // `-0` and integers beyond 64 bits, which serde_json takes for floats, do not arise.
                Ok(theirs) => assert_eq!(ours, Ok(theirs), "{text:?}"),
                Err(_) => assert!(ours.is_err() || text.contains(['N', 'I', 'u']), "{text:?}"),
            }
            read += usize::from(ours.is_ok());
            if let Err(fault) = ours {
                assert!(fault.offset <= text.chars().count(), "{text:?}");
            }
        }
        assert!(read > 1_000, "{read}");
    }
}
