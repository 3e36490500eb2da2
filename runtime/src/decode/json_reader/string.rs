//! Strings: lent from the input unless they have escapes.

use super::{Broken, JsonReader};

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// How many of eight bytes come before the first that is no plain text: a quote, a backslash or a control character.
#[inline(always)]
fn plain(bytes: [u8; 8]) -> usize {
    let word = u64::from_le_bytes(bytes);
    // The high bit of each byte that was less than `bound`. A borrow may mark bytes after a true one; the first is true.
    let below = |word: u64, bound: u64| word.wrapping_sub(ONES * bound) & !word & HIGH;
    let special =
        below(word, 0x20) | below(word ^ (ONES * u64::from(b'"')), 1) | below(word ^ (ONES * u64::from(b'\\')), 1);
    special.trailing_zeros() as usize / 8
}

/// How many bytes of plain text `bytes` begin with.
#[inline(always)]
fn plain_len(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    let mut len = 0;
    while let Some((eight, more)) = rest.split_first_chunk() {
        let count = plain(*eight);
        len += count;
        if count < 8 {
            return len;
        }
        rest = more;
    }
    len + rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | ..0x20)).unwrap_or(rest.len())
}

impl<'de> JsonReader<'de> {
    /// A string without escapes, from its opening quote on. `None`: it is none, and nothing is consumed.
    #[inline]
    pub(super) fn plain_string(&mut self) -> Option<&'de str> {
        let begin = self.at + 1;
        let end = begin + plain_len(self.text.as_bytes().get(begin..)?);
        let text = self.text.get(begin..end)?;
        if self.text.as_bytes().get(end) != Some(&b'"') {
            return None;
        }
        self.at = end + 1;
        Some(text)
    }

    /// Any string from its opening quote on.
    #[cold]
    pub(super) fn escaped_string(&mut self) -> Result<String, Broken> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = self.text.get(self.at..).ok_or(Broken)?;
            let len = plain_len(rest.as_bytes());
            text.push_str(rest.get(..len).ok_or(Broken)?);
            self.at += len;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escape()?),
                _ => return Err(Broken),
            }
        }
    }

    /// The character that is meant by an escape, from its backslash on.
    fn escape(&mut self) -> Result<char, Broken> {
        let meant = match self.text.as_bytes().get(self.at + 1).ok_or(Broken)? {
            b'u' => return self.unicode_escape(),
            byte @ (b'"' | b'\\' | b'/') => char::from(*byte),
            b'b' => '\x08',
            b'f' => '\x0c',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            _ => return Err(Broken),
        };
        self.at += 2;
        Ok(meant)
    }

    /// A surrogate that stands alone is left to the other reader.
    fn unicode_escape(&mut self) -> Result<char, Broken> {
        let first = self.hex()?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first).ok_or(Broken);
        }
        if self.peek() != Some(b'\\') || self.text.as_bytes().get(self.at + 1) != Some(&b'u') {
            return Err(Broken);
        }
        match self.hex()? {
            second @ 0xdc00..0xe000 => {
                char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)).ok_or(Broken)
            }
            _ => Err(Broken),
        }
    }

    /// The number in `\uXXXX`, from its backslash on.
    fn hex(&mut self) -> Result<u32, Broken> {
        let digits = self.text.as_bytes().get(self.at + 2..self.at + 6).ok_or(Broken)?;
        let code = digits.iter().try_fold(0, |code, digit| Some(code << 4 | char::from(*digit).to_digit(16)?));
        self.at += 6;
        code.ok_or(Broken)
    }
}
