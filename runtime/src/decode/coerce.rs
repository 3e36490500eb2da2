//! Text to scalars, by the rules of Pydantic's lax mode (`str_as_int`, `str_as_float` and `str_as_bool` of
//! pydantic-core).
//!
//! Parameters, headers, cookies and form fields are read by these rules, and so are JSON strings where a scalar is
//! wanted. The first line of each function is the plain case; everything else is cold.

/// An integer that was written as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Int {
    /// Whatever fits.
    I64(i64),
    /// Above `i64::MAX`.
    U64(u64),
    /// Beyond 64 bits.
    I128(i128),
    /// Above `i128::MAX`.
    U128(u128),
    /// Beyond 128 bits: Pydantic takes it, but no integer of Rust does. All that counts is on which side it lies.
    Big { negative: bool },
}

/// Why a text is no integer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IntFault {
    /// `int_parsing`.
    Parsing,
    /// `int_parsing_size`: more than [`MAX_DIGITS`].
    Size,
}

/// Python reads no longer integers from text (`sys.int_info.default_max_str_digits`). Leading zeros do not count.
pub(crate) const MAX_DIGITS: usize = 4300;

/// Reads an integer: `1`, `-1`, `+1`, `007`, `1_000`, `1.0`, with white space around it.
///
/// The fraction may hold nothing but zeros. `1.5`, `1e3`, `1.`, `.0`, `0x10`, `true` and the empty text are refused,
/// and so are digits other than ASCII's.
#[inline]
pub(crate) fn int(text: &str) -> Result<Int, IntFault> {
    match text.parse() {
        Ok(value) => Ok(Int::I64(value)),
        Err(_) => unusual_int(text),
    }
}

#[cold]
fn unusual_int(text: &str) -> Result<Int, IntFault> {
    let text = text.trim();
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let digits = without_leading_zeros(unsigned).ok_or(IntFault::Parsing)?;
    let digits = without_zero_fraction(digits);
    let joined = without_underscores(digits);
    let digits = joined.as_deref().unwrap_or(digits);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(IntFault::Parsing);
    }
    if digits.len() > MAX_DIGITS {
        return Err(IntFault::Size);
    }
    if negative {
        return Ok(format!("-{digits}").parse().map_or(Int::Big { negative }, fitting));
    }
    Ok(digits
        .parse::<u128>()
        .map_or(Int::Big { negative }, |value| i128::try_from(value).map_or(Int::U128(value), fitting)))
}

fn fitting(value: i128) -> Int {
    if let Ok(value) = i64::try_from(value) {
        Int::I64(value)
    } else if let Ok(value) = u64::try_from(value) {
        Int::U64(value)
    } else {
        Int::I128(value)
    }
}

/// `007` becomes `7`, and also `0__7`: underscores between leading zeros are not looked at.
///
/// `None`: it does not begin with a digit.
fn without_leading_zeros(text: &str) -> Option<&str> {
    if !text.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    if !text.starts_with('0') {
        return Some(text);
    }
    let rest = text.trim_start_matches(['0', '_']);
    match rest.bytes().next() {
        Some(b'1'..=b'9') => Some(rest),
        // `0.0` and `0`: one zero remains. `0_` keeps its underscore, and is refused for it.
        Some(b'.') => text.get(text.len() - rest.len() - 1..),
        None => text.get(text.len() - 1..),
        Some(_) => None,
    }
}

/// `1.00` becomes `1`.
fn without_zero_fraction(text: &str) -> &str {
    match text.split_once('.') {
        Some((whole, fraction)) if !fraction.is_empty() && fraction.bytes().all(|byte| byte == b'0') => whole,
        _ => text,
    }
}

/// `1_000` becomes `1000`. `None`: there is none, or one does not stand alone between other characters.
fn without_underscores(text: &str) -> Option<String> {
    let wrong = !text.contains('_') || text.starts_with('_') || text.ends_with('_') || text.contains("__");
    (!wrong).then(|| text.replace('_', ""))
}

/// Reads a number: `1`, `.5`, `5.`, `1e5`, `inf`, `-Infinity`, `nan`, `1_000.5`, with white space around it.
///
/// Too large a number is infinite, as in Python. `0x1`, `1,5` and the empty text are refused.
#[inline]
pub(crate) fn float(text: &str) -> Option<f64> {
    match text.parse() {
        Ok(value) => Some(value),
        Err(_) => unusual_float(text),
    }
}

#[cold]
fn unusual_float(text: &str) -> Option<f64> {
    // Either white space or underscores: not both.
    text.trim().parse().ok().or_else(|| without_underscores(text)?.parse().ok())
}

/// Reads `1 0 t f y n on off yes no true false` in any case, with nothing around it.
#[inline]
pub(crate) fn boolean(text: &str) -> Option<bool> {
    let is = |word: &&str| text.eq_ignore_ascii_case(word);
    if ["true", "1", "on", "t", "y", "yes"].iter().any(is) {
        Some(true)
    } else if ["false", "0", "off", "f", "n", "no"].iter().any(is) {
        Some(false)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // All expectations are what Pydantic 2.14.3 answered, but where it says otherwise.

    #[test]
    fn integers() {
        for (text, value) in [
            ("1", 1),
            ("-1", -1),
            ("+1", 1),
            ("-0", 0),
            ("007", 7),
            ("-007", -7),
            ("+007", 7),
            (" 1 ", 1),
            ("\t1\r\n", 1),
            ("\u{b}\u{c}1\u{85}", 1),
            ("\u{a0}1\u{2003}", 1),
            ("\u{1680}-1\u{3000}", -1),
            ("\u{2028}1\u{205f}", 1),
            ("1.0", 1),
            ("1.00", 1),
            ("-0.0", 0),
            ("00.0", 0),
            ("007.0", 7),
            (" +1.0 ", 1),
            ("1.000000000000000000000000000000", 1),
            ("1_000_000", 1_000_000),
            ("+1_0.0", 10),
            ("0_1", 1),
            ("-0_7", -7),
            ("0_0", 0),
            // Underscores between leading zeros are not looked at.
            ("0__1", 1),
            ("9223372036854775807", i64::MAX),
            ("-9223372036854775808", i64::MIN),
            ("9223372036854775807.0", i64::MAX),
        ] {
            assert_eq!(int(text), Ok(Int::I64(value)), "{text:?}");
        }
    }

    #[test]
    fn long_integers() {
        let many = |digit: &str, times| digit.repeat(times);
        for (text, value) in [
            ("9223372036854775808".to_owned(), Int::U64(1 << 63)),
            (" 18_446_744_073_709_551_615 ".to_owned(), Int::U64(u64::MAX)),
            ("18446744073709551616".to_owned(), Int::I128(1 << 64)),
            ("-9223372036854775809.0".to_owned(), Int::I128(-(1 << 63) - 1)),
            ("170141183460469231731687303715884105727".to_owned(), Int::I128(i128::MAX)),
            ("170141183460469231731687303715884105728".to_owned(), Int::U128(1 << 127)),
            ("-170141183460469231731687303715884105728".to_owned(), Int::I128(i128::MIN)),
            ("-170141183460469231731687303715884105729".to_owned(), Int::Big { negative: true }),
            (many("9", 45), Int::Big { negative: false }),
            (many("1", MAX_DIGITS), Int::Big { negative: false }),
            (format!("-{}", many("1", MAX_DIGITS)), Int::Big { negative: true }),
            (format!("{}1", many("1_", MAX_DIGITS - 1)), Int::Big { negative: false }),
            (format!("{}7", many("0", 2 * MAX_DIGITS)), Int::I64(7)),
            (format!("1.{}", many("0", 2 * MAX_DIGITS)), Int::I64(1)),
            (format!("{}1", many(" ", 2 * MAX_DIGITS)), Int::I64(1)),
        ] {
            assert_eq!(int(&text), Ok(value), "{text:.50}");
        }
        for text in ["1", "-1", "1.0"] {
            let text = text.replace('1', &many("1", MAX_DIGITS + 1));
            assert_eq!(int(&text), Err(IntFault::Size), "{text:.50}");
        }
    }

    #[test]
    fn no_integers() {
        for text in [
            "", " ", "+", "-", "_", ".", "+-1", "--1", "++1", "- 1", "+ 1", "1 0", "1\n2", "1\0", "1.", ".0", "+.0",
            "1.5", "1.0.0", "1.0_0", "1.0_", "1._0", "1_.0", "1__0", "_1", "1_", "-_1", "0_", "00_", "_1.0", "1e3",
            "1E0", "1.0e0", "0x10", "0x", "0a", "0b1", "0o7", "1L", "1,000", "true", "inf", "nan", "٣", "１", "1٣",
            "²", "−1", "\u{1c}1", "\u{1f}1",
        ] {
            assert_eq!(int(text), Err(IntFault::Parsing), "{text:?}");
        }
        // No white space, though they look it.
        for text in ["\u{200b}1", "\u{feff}1", "\u{180e}1", "\u{2060}1"] {
            assert_eq!(int(text), Err(IntFault::Parsing), "{text:?}");
        }
        // Pydantic reads these as -1: a minus after leading zeros is an accident of how it strips them.
        for text in ["0-1", "00-1", "+0-1", "0_-1"] {
            assert_eq!(int(text), Err(IntFault::Parsing), "{text:?}");
        }
    }

    #[test]
    fn floats() {
        for (text, value) in [
            ("1", 1.0),
            ("+1.5", 1.5),
            ("-.5", -0.5),
            (".5", 0.5),
            ("5.", 5.0),
            ("007.5", 7.5),
            ("1e5", 1e5),
            ("1E+5", 1e5),
            ("1.e-5", 1e-5),
            ("0.1", 0.1),
            ("1e400", f64::INFINITY),
            ("-1e400", f64::NEG_INFINITY),
            ("1e-400", 0.0),
            // Halfway between two floats, and just above: read exactly, not digit by digit.
            ("9007199254740993", 9_007_199_254_740_992.0),
            ("9007199254740993.00000000000000000001", 9_007_199_254_740_994.0),
            ("inf", f64::INFINITY),
            ("+INF", f64::INFINITY),
            ("-Infinity", f64::NEG_INFINITY),
            (" infinity\n", f64::INFINITY),
            (" 1.5 ", 1.5),
            ("\u{2003}1.5\u{85}", 1.5),
            ("1_000.5", 1000.5),
            ("1_000.2_5", 1000.25),
            ("1e1_0", 1e10),
            // An underscore may stand beside anything but another or the end.
            ("1_.5", 1.5),
            ("1._5", 1.5),
            ("1_e5", 1e5),
            ("-_1", -1.0),
            ("in_f", f64::INFINITY),
        ] {
            assert_eq!(float(text), Some(value), "{text:?}");
        }
        for text in ["nan", "NaN", "-nan", " nan "] {
            assert!(float(text).is_some_and(f64::is_nan), "{text:?}");
        }
        assert!(float("-0").is_some_and(|zero| zero == 0.0 && zero.is_sign_negative()));
    }

    #[test]
    fn no_floats() {
        for text in [
            "", "  ", ".", "+", "-", "_", "e5", ".e5", "1e", "1e+", "0x1", "1,5", "1 .5", "+ 1.5", "--1", "1.5f", "1d",
            "1__0", "_1.5", "1.5_", "5._", "nan_", "infinit", "i", "٣.5", "1.5\0", "1.0.0", "true",
        ] {
            assert_eq!(float(text), None, "{text:?}");
        }
        // Underscores and white space together.
        for text in [" 1_000.5", "1_000.5 ", "\u{200b}1"] {
            assert_eq!(float(text), None, "{text:?}");
        }
    }

    #[test]
    fn booleans() {
        for text in ["1", "on", "t", "true", "y", "yes", "ON", "oN", "T", "TRUE", "True", "Y", "Yes"] {
            assert_eq!(boolean(text), Some(true), "{text:?}");
        }
        for text in ["0", "off", "f", "false", "n", "no", "OFF", "ofF", "F", "FALSE", "False", "N", "nO"] {
            assert_eq!(boolean(text), Some(false), "{text:?}");
        }
        for text in [
            "", " ", "2", "10", "01", "-0", "+1", "1.0", "0.0", " true", "true ", "on\n", "tru", "truee", "null",
            "Tr ue", "yeſ", "ＹES", "oﬀ", "é", "🦀",
        ] {
            assert_eq!(boolean(text), None, "{text:?}");
        }
    }
}
