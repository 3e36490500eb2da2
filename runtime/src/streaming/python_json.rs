//! [`PythonSpelling`]: JSON as Python's `json.dumps` spells it, which is how FastAPI writes items of no declared type.

use std::io;

use serde_json::ser::Formatter;

/// Blanks after `,` and `:`; nothing but ASCII; floats as `repr` shows them.
pub(super) struct PythonSpelling;

impl Formatter for PythonSpelling {
    fn write_f64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        let scientific = format!("{value:e}");
        let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
        match exponent.parse::<i32>().unwrap_or_default() {
            exponent @ -4..16 => {
                let point = if exponent >= 0 && value.fract() == 0.0 { ".0" } else { "" };
                write!(writer, "{value}{point}")
            }
            exponent => {
                let sign = if exponent < 0 { '-' } else { '+' };
                write!(writer, "{digits}e{sign}{:02}", exponent.unsigned_abs())
            }
        }
    }

    fn begin_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, text: &str) -> io::Result<()> {
        for part in text.split_inclusive(|letter: char| !matches!(letter, ' '..='~')) {
            let plain = part.trim_end_matches(|letter: char| !matches!(letter, ' '..='~'));
            writer.write_all(plain.as_bytes())?;
            for letter in part.chars().skip(plain.len()) {
                for unit in letter.encode_utf16(&mut [0; 2]) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde::Serialize;
    use serde_json::json;

    use super::PythonSpelling;

    #[test]
    fn values_are_spelt_as_python_spells_them() {
        for (value, text) in [
            (json!({"a": [1, 2], "e": {}, "l": []}), r#"{"a": [1, 2], "e": {}, "l": []}"#),
            (json!("é\u{2028}😀\u{7f}\u{1}\n\"x"), r#""\u00e9\u2028\ud83d\ude00\u007f\u0001\n\"x""#),
            (json!([1e22, 1.0, 1e-7, 123_456_789_012_345_680.0]), "[1e+22, 1.0, 1e-07, 1.2345678901234568e+17]"),
            (json!([1e15, 1e16, 0.0001, 0.00001, -2.5, 0.1]), "[1000000000000000.0, 1e+16, 0.0001, 1e-05, -2.5, 0.1]"),
            (json!(f64::NAN), "null"),
            (json!(0.0), "0.0"),
        ] {
            let mut written = Vec::new();
            value.serialize(&mut serde_json::Serializer::with_formatter(&mut written, PythonSpelling)).unwrap();
            assert_eq!(String::from_utf8(written).unwrap(), text);
        }
    }
}
