//! `application/x-www-form-urlencoded`: pairs of text, read piece by piece.

use percent_encoding::percent_decode;

use super::{FormFault, FormLimits};
use crate::operation::BodyStream;

/// Reads the pairs of a body.
pub(super) async fn read(body: &mut BodyStream, limits: FormLimits) -> Result<Vec<(String, String)>, FormFault> {
    let mut parser = Parser::new(limits);
    while let Some(piece) = body.next().await? {
        parser.push(&piece)?;
    }
    parser.finish()
}

struct Parser {
    limits: FormLimits,
    /// The pair that is being read; empty between two pairs.
    pair: Vec<u8>,
    pairs: Vec<(String, String)>,
}

impl Parser {
    fn new(limits: FormLimits) -> Self {
        Self { limits, pair: Vec::new(), pairs: Vec::new() }
    }

    fn push(&mut self, piece: &[u8]) -> Result<(), FormFault> {
        let mut rest = piece;
        while let Some(end) = rest.iter().position(|byte| *byte == b'&') {
            let (pair, after) = rest.split_at(end);
            self.extend(pair)?;
            self.end()?;
            rest = after.get(1..).unwrap_or_default();
        }
        self.extend(rest)
    }

    fn extend(&mut self, part: &[u8]) -> Result<(), FormFault> {
        self.pair.extend_from_slice(part);
        let counted = self.pair.len() - usize::from(self.pair.contains(&b'='));
        let limit = self.limits.part_size();
        if counted > limit { Err(FormFault::FieldSize(limit)) } else { Ok(()) }
    }

    fn end(&mut self) -> Result<(), FormFault> {
        if self.pair.is_empty() {
            return Ok(());
        }
        if self.pairs.len() == self.limits.fields() {
            return Err(FormFault::Fields(self.limits.fields()));
        }
        let equals = self.pair.iter().position(|byte| *byte == b'=').unwrap_or(self.pair.len());
        let (name, value) = self.pair.split_at(equals);
        self.pairs.push((decode(name), decode(value.get(1..).unwrap_or_default())));
        self.pair.clear();
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<(String, String)>, FormFault> {
        self.end()?;
        Ok(self.pairs)
    }
}

/// `+` is a blank, `%C3%A9` is UTF-8. Bytes that should have been encoded and were not are Latin-1, as in Python.
fn decode(encoded: &[u8]) -> String {
    let mut text = String::with_capacity(encoded.len());
    for run in encoded.chunk_by(|a, b| a.is_ascii() == b.is_ascii()) {
        if run.is_ascii() {
            let blanks: Vec<u8> = run.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
            text.push_str(&percent_decode(&blanks).decode_utf8_lossy());
        } else {
            text.extend(run.iter().map(|byte| char::from(*byte)));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(pieces: &[&[u8]], limits: FormLimits) -> Result<Vec<(String, String)>, FormFault> {
        let mut parser = Parser::new(limits);
        for piece in pieces {
            parser.push(piece)?;
        }
        parser.finish()
    }

    #[test]
    fn pairs_however_they_are_cut() {
        let table: [(&[u8], &[(&str, &str)]); 9] = [
            (b"a=1&b=2", &[("a", "1"), ("b", "2")]),
            (b"a=x+y%20z&a=", &[("a", "x y z"), ("a", "")]),
            (b"&&a&=v&", &[("a", ""), ("", "v")]),
            (b"a=b=c", &[("a", "b=c")]),
            (b"a=%C3%A9%ff", &[("a", "é\u{fffd}")]),
            (b"a=\xC3\xA9", &[("a", "Ã©")]),
            (b"a=%2B%zz%", &[("a", "+%zz%")]),
            (b"%61=1", &[("a", "1")]),
            (b"", &[]),
        ];
        for (body, expected) in table {
            for cut in 0..=body.len() {
                let (first, second) = body.split_at(cut);
                let pairs = parse(&[first, second], FormLimits::new()).unwrap();
                let pairs: Vec<(&str, &str)> = pairs.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
                assert_eq!(pairs, expected, "{} cut at {cut}", String::from_utf8_lossy(body));
            }
        }
    }

    #[test]
    fn limits_hold_while_it_is_read() {
        let limits = FormLimits::new().max_fields(2).max_part_size(4);
        assert!(parse(&[b"a=12", b"3&b=123"], limits).is_ok());
        assert!(matches!(parse(&[b"a=123", b"4"], limits), Err(FormFault::FieldSize(4))));
        assert!(matches!(parse(&[b"abcde"], limits), Err(FormFault::FieldSize(4))));
        assert!(matches!(parse(&[b"a&b&c"], limits), Err(FormFault::Fields(2))));
    }
}
