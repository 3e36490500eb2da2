//! [`Short`]: values of few bytes, which are most of what stands in most files, told eight bytes at a time.

use std::ops::Range;

/// A value of at most seven bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Short {
    /// The first byte is the lowest one. Zeros follow the last.
    word: u64,
    bits: u32,
}

impl Short {
    pub(super) fn new(text: &str) -> Option<Self> {
        let text = text.as_bytes();
        let word = text.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte));
        let bits = u32::try_from(8 * text.len()).ok().filter(|bits| *bits < 64)?;
        Some(Self { word, bits })
    }

    /// The value that is this part of a text, and the bytes that it begins with.
    #[inline]
    pub(super) fn of(text: &[u8], range: &Range<usize>) -> Option<(Self, [u8; 8])> {
        let bytes = *text.get(range.start..)?.first_chunk()?;
        let length = range.end.wrapping_sub(range.start);
        if length > 7 {
            return None;
        }
        let bits = 8 * length as u32;
        Some((Self { word: u64::from_le_bytes(bytes) & !(u64::MAX << bits), bits }, bytes))
    }

    #[inline]
    pub(super) fn len(self) -> usize {
        self.bits as usize / 8
    }

    /// The whole number that it is, if it is written as [`plain::integer`](crate::engine::load::plain::integer) has it.
    #[inline]
    pub(super) fn integer(self) -> Option<i64> {
        // Whether there is a sign is not to be guessed: in many columns there is one in half of the rows.
        let negative = u64::from(self.word & 0xff == u64::from(b'-'));
        let word = self.word >> (8 * negative);
        let bits = u64::from(self.bits).wrapping_sub(8 * negative);
        // Neither nothing, nor less.
        if bits.wrapping_sub(1) >= 63 || (word & 0xff == u64::from(b'0') && self.bits > 8) {
            return None;
        }
        // Eight digits, the first of which are zeros. What is no digit has, by itself or with 6 added, another first half.
        let text = word << (64 - bits) | repeat(b'0') >> bits;
        if text & text.wrapping_add(repeat(6)) & repeat(0xf0) != repeat(b'0') {
            return None;
        }
        // Of neighbours, one number each: of digits, of pairs, of fours.
        let pairs = (text & repeat(0x0f)).wrapping_mul(10 << 8 | 1) >> 8 & 0x00ff_00ff_00ff_00ff;
        let fours = pairs.wrapping_mul(100 << 16 | 1) >> 16 & 0x0000_ffff_0000_ffff;
        let number = (fours.wrapping_mul(10_000 << 32 | 1) >> 32).cast_signed();
        let negative = negative.cast_signed();
        Some((number ^ -negative) + negative)
    }

    /// Whether it is ASCII without a quote, the end of a line, and a few others that hardly occur, such as spaces.
    #[inline]
    pub(super) fn is_plain(self) -> bool {
        let text = self.word | repeat(b'0') << self.bits;
        let low = text.wrapping_sub(repeat(b'"' + 1));
        (low | text) & HIGHEST == 0
    }
}

const HIGHEST: u64 = repeat(0x80);

const fn repeat(byte: u8) -> u64 {
    byte as u64 * 0x0101_0101_0101_0101
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::load::plain;

    #[test]
    fn values_are_parts_of_texts() {
        let text = b"abcdefghijklmnop";
        for (range, expected) in
            [(0..0, Some("")), (0..7, Some("abcdefg")), (8..9, Some("i")), (0..8, None), (9..10, None)]
        {
            let found = Short::of(text, &range);
            assert_eq!(found.map(|(short, _)| short), expected.and_then(Short::new), "{range:?}");
            assert!(found.is_none_or(|(_, bytes)| text[range.start..].starts_with(&bytes)));
        }
        assert_eq!(Short::new("abcdefgh"), None);
    }

    #[test]
    fn plain_texts_are_told() {
        for byte in 0..=127 {
            let plain = byte > b'"';
            for text in
                [format!("{}", char::from(byte)), format!("N{}~", char::from(byte)), format!("{}#", char::from(byte))]
            {
                assert_eq!(Short::new(&text).unwrap().is_plain(), plain, "{text:?}");
            }
        }
        assert!(Short::new("").unwrap().is_plain() && !Short::new("aé").unwrap().is_plain());
    }

    /// Each text of few bytes that matter is the number that it is by the other reader, or none.
    #[test]
    fn numbers_are_those_of_the_other_reader() {
        const BYTES: &[u8] = b"-0159/:\0 \r";
        let mut read = 0;
        let mut texts = vec![String::new()];
        for _ in 0..5 {
            for text in &texts {
                let number = Short::new(text).unwrap().integer();
                assert_eq!(number, plain::integer(text), "{text:?}");
                read += u32::from(number.is_some());
            }
            let next =
                |text: &String| BYTES.iter().map(|byte| format!("{text}{}", char::from(*byte))).collect::<Vec<_>>();
            texts = texts.iter().flat_map(next).collect();
        }
        for text in ["9999999", "-999999", "1234567", "-123456", "1000000", "0000000", "12é"] {
            assert_eq!(Short::new(text).unwrap().integer(), plain::integer(text), "{text:?}");
        }
        assert!(read > 300, "{read}");
    }
}
