//! Numbers: integers of 64 bits, and floats that are the nearest to what was written.

use super::{Broken, JsonReader};

pub(super) enum Number {
    I64(i64),
    /// Above `i64::MAX`.
    U64(u64),
    F64(f64),
}

/// As many digits as always fit 64 bits.
const SAFE_DIGITS: usize = 19;

/// The powers of ten that a float holds exactly.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
];

impl JsonReader<'_> {
    /// A number from its first character on.
    #[inline]
    pub(super) fn number(&mut self) -> Result<Number, Broken> {
        let begin = self.at;
        let negative = self.peek() == Some(b'-');
        self.at += usize::from(negative);
        let first = self.at;
        let mut digits = 0;
        self.digits(&mut digits);
        let count = self.at - first;
        if count == 0 || (count > 1 && self.text.as_bytes().get(first) == Some(&b'0')) {
            return Err(Broken);
        }
        if let Some(b'.' | b'e' | b'E') = self.peek() {
            return self.float(begin, digits, negative);
        }
        if count > SAFE_DIGITS {
            return self.large(begin);
        }
        match i64::try_from(digits) {
            Ok(value) => Ok(Number::I64(if negative { -value } else { value })),
            Err(_) => self.large(begin),
        }
    }

    /// Adds the digits that follow; more than [`SAFE_DIGITS`] in all wrap around.
    #[inline(always)]
    fn digits(&mut self, all: &mut u64) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let mut count = 0;
        for byte in rest {
            let digit = byte.wrapping_sub(b'0');
            if digit > 9 {
                break;
            }
            *all = all.wrapping_mul(10).wrapping_add(digit.into());
            count += 1;
        }
        self.at += count;
    }

    /// The same where there are often many.
    #[inline(always)]
    fn many_digits(&mut self, all: &mut u64) {
        let mut rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        while let Some((value, more)) = rest.split_first_chunk().and_then(|(first, more)| Some((eight(first)?, more))) {
            *all = all.wrapping_mul(100_000_000).wrapping_add(value);
            self.at += 8;
            rest = more;
        }
        self.digits(all);
    }

    /// An integer at the bounds of 64 bits; those beyond are left to the other reader.
    #[cold]
    fn large(&self, begin: usize) -> Result<Number, Broken> {
        let literal = self.text.get(begin..self.at).ok_or(Broken)?;
        literal.parse().map(Number::I64).or_else(|_| literal.parse().map(Number::U64)).map_err(|_| Broken)
    }

    /// A number with a fraction or an exponent, from there on.
    #[inline]
    fn float(&mut self, begin: usize, whole: u64, negative: bool) -> Result<Number, Broken> {
        let mut digits = whole;
        let mut fraction = 0;
        if self.peek() == Some(b'.') {
            self.at += 1;
            let first = self.at;
            self.many_digits(&mut digits);
            fraction = self.at - first;
            if fraction == 0 {
                return Err(Broken);
            }
        }
        let literal_len = self.at - begin;
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), Some(b'+' | b'-')));
            let first = self.at;
            self.digits(&mut 0);
            if self.at == first {
                return Err(Broken);
            }
        } else if literal_len <= SAFE_DIGITS
            && digits <= 1 << f64::MANTISSA_DIGITS
            && let Some(power) = POWERS.get(fraction)
        {
            // Both are exact: so the quotient is the nearest float.
            let value = digits as f64 / power;
            return Ok(Number::F64(if negative { -value } else { value }));
        }
        self.text.get(begin..self.at).and_then(|literal| literal.parse().ok()).map(Number::F64).ok_or(Broken)
    }
}

/// The number that eight digits make; of pairs, then of fours, then of all.
#[inline(always)]
fn eight(bytes: &[u8; 8]) -> Option<u64> {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let word = u64::from_le_bytes(*bytes);
    let above = word.wrapping_add(EACH * u64::from(0x7f - b'9'));
    let digits = word.wrapping_sub(EACH * u64::from(b'0'));
    if (above | digits) & (EACH * 0x80) != 0 {
        return None;
    }
    let pairs = (digits.wrapping_mul(10) + (digits >> 8)) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs.wrapping_mul(100) + (pairs >> 16)) & 0x0000_ffff_0000_ffff;
    Some((fours.wrapping_mul(10_000) + (fours >> 32)) & 0xffff_ffff)
}
