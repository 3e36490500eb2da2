//! Values as most files write them, told and read in one go. Of any other text these say nothing: see [`Kind::of`].

use chrono::{NaiveDate, NaiveDateTime};

use super::inference::Kind;

/// A whole number of at most 18 digits: `17`, `-3`.
pub(super) fn integer(text: &str) -> Option<i64> {
    match text.as_bytes() {
        [b'0'] => Some(0),
        [b'-', digits @ ..] => positive(digits).map(|number| -number),
        digits => positive(digits),
    }
}

/// A number of at most 15 digits: `3.25`, `-0.5`, `17`.
pub(super) fn number(text: &str) -> Option<(Kind, f64)> {
    // With a sign and a point.
    if text.len() > 17 {
        return None;
    }
    let text = text.as_bytes();
    let (unsigned, sign) = text.strip_prefix(b"-").map_or((text, 1.0), |unsigned| (unsigned, -1.0));
    let (whole, fraction, kind) = match unsigned.iter().position(|byte| *byte == b'.') {
        Some(point) => (unsigned.get(..point)?, unsigned.get(point + 1..)?, Kind::Float),
        None => (unsigned, [].as_slice(), Kind::Integer),
    };
    let is_plain = matches!(whole, [b'0'] | [b'1'..=b'9', ..])
        && fraction.is_empty() == (kind == Kind::Integer)
        && whole.len() + fraction.len() <= 15;
    if !is_plain {
        return None;
    }
    let digits = fraction.iter().try_fold(digits(whole)?, |number, digit| append(number, *digit))?;
    // Both are floats without an error, so that the quotient is the float that is closest.
    #[expect(clippy::cast_precision_loss, reason = "15 digits are less than 53 bits")]
    let number = digits as f64 / POWERS.get(fraction.len())?;
    Some((kind, sign * number))
}

/// The days since 1970 of `2013-01-31`.
pub(super) fn date(text: &str) -> Option<i32> {
    let text = text.as_bytes();
    if text.len() != 10 {
        return None;
    }
    day(text).map(|day| day.to_epoch_days())
}

/// The microseconds since 1970 of `2013-01-31T05:00:00`, which may have a space for its `T`, or a `Z` after it.
pub(super) fn moment(text: &str) -> Option<(Kind, i64)> {
    let (text, kind) = match text.as_bytes() {
        [text @ .., b'Z'] => (text, Kind::Instant),
        text => (text, Kind::Timestamp),
    };
    let [day @ .., b'T' | b' ', h1, h2, b':', m1, m2, b':', s1, s2] = text else { return None };
    let two = |first: &u8, second: &u8| u32::try_from(digits(&[*first, *second])?).ok();
    let day = if day.len() == 10 { self::day(day)? } else { return None };
    let moment: NaiveDateTime = day.and_hms_opt(two(h1, h2)?, two(m1, m2)?, two(s1, s2)?)?;
    Some((kind, moment.and_utc().timestamp_micros()))
}

fn day(text: &[u8]) -> Option<NaiveDate> {
    let [year @ .., b'-', m1, m2, b'-', d1, d2] = text else { return None };
    let two = |first: &u8, second: &u8| u32::try_from(digits(&[*first, *second])?).ok();
    NaiveDate::from_ymd_opt(i32::try_from(digits(year)?).ok()?, two(m1, m2)?, two(d1, d2)?)
}

fn positive(text: &[u8]) -> Option<i64> {
    (matches!(text, [b'1'..=b'9', ..]) && text.len() <= 18).then(|| digits(text)).flatten()
}

/// At most 18 of them.
fn digits(text: &[u8]) -> Option<i64> {
    text.iter().try_fold(0, |number, digit| append(number, *digit))
}

fn append(number: i64, digit: u8) -> Option<i64> {
    let digit = digit.wrapping_sub(b'0');
    (digit < 10).then(|| number * 10 + i64::from(digit))
}

/// Powers of ten, which floats can say.
const POWERS: [f64; 16] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

#[cfg(test)]
mod tests {
    use datafusion::arrow::compute::kernels::cast_utils::{Parser, string_to_datetime};
    use datafusion::arrow::datatypes::{Date32Type, Float64Type};

    use super::*;

    /// What these read, the readers of all texts read as the same; what is not of a kind, these leave alone.
    #[test]
    fn plain_values_are_what_they_are_to_the_other_readers() {
        let parts =
            ["", "0", "1", "9", "-", "+", ".", "e5", "07", "123456", "T", " ", ":", "Z", "x", "é", "2013-02-28"];
        let whole = [
            "2013-02-29",
            "2012-02-29",
            "0000-01-01",
            "2013-13-01",
            "2013-02-28T05:06:07",
            "2013-02-28 05:06:07Z",
            "2013-02-28T24:00:00",
            "2013-02-28T23:59:60",
            "2013-02-28t05:06:07",
            "2013-02-28T05:06:07z",
            "2013-02-28T05:06",
            "2013-02-28T05:06:07.5",
            "2013-02-28T05:06:07+01:00",
            "1.7976931348623157e308",
            "0.1",
            "0.30000000000000004",
            "123456789012.345",
            "1234567890123.456",
            "9007199254740993",
            "-0.0",
            "999999999999999999",
            "1000000000000000000",
            "-9223372036854775808",
            "00.5",
            "5.",
            ".5",
            "--1",
            "-.5",
        ];
        let joined = parts.iter().flat_map(|a| parts.iter().flat_map(move |b| parts.map(|c| format!("{a}{b}{c}"))));
        let mut read = 0;
        for text in joined.chain(whole.map(String::from)) {
            let text = text.as_str();
            let kind = Kind::of(text);
            if let Some(number) = integer(text) {
                assert_eq!((Some(number), kind), (text.parse().ok(), Kind::Integer), "{text}");
                read += 1;
            }
            if let Some((found, number)) = number(text) {
                let expected = Float64Type::parse(text).unwrap();
                assert_eq!((found, number.to_bits(), kind), (found, expected.to_bits(), found), "{text}");
                read += 1;
            }
            if let Some(days) = date(text) {
                assert_eq!((Some(days), kind), (Date32Type::parse(text), Kind::Date), "{text}");
                read += 1;
            }
            if let Some((found, micros)) = moment(text) {
                let expected = string_to_datetime(&chrono::Utc, text).unwrap().timestamp_micros();
                assert_eq!((found, micros, kind), (found, expected, found), "{text}");
                read += 1;
            }
        }
        assert!(read > 100, "{read}");
        assert_eq!((integer("-120"), date("1970-01-02")), (Some(-120), Some(1)));
        assert_eq!(number("-12.50"), Some((Kind::Float, -12.5)));
        assert_eq!(moment("1970-01-01T00:00:01Z"), Some((Kind::Instant, 1_000_000)));
    }
}
