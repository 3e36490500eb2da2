use std::borrow::Cow;

use super::*;
use crate::decode::python_json;

fn read(text: &str) -> Result<Content<'_>, Broken> {
    let mut reader = JsonReader::new(text);
    let content = Content::deserialize(&mut reader)?;
    reader.end().map(|()| content)
}

/// What this reads, the other reads alike, to the bit; what it refuses is rare or broken.
fn agree(text: &str) -> bool {
    let ours = read(text);
    if let Ok(ours) = &ours {
        let theirs = python_json::parse(text);
        let bits = |content: &Content<'_>| format!("{content:?}");
        assert_eq!(theirs.as_ref().map(bits).as_ref(), Ok(&bits(ours)), "{text:?}");
    } else {
        let rare = text.contains(['N', 'I']) || text.contains("\\ud8") || text.len() > 19;
        assert!(rare || python_json::parse(text).is_err(), "refused without need: {text:?}");
    }
    ours.is_ok()
}

#[test]
fn rare_numbers() {
    for (text, value) in [
        ("-0", Some(Content::I64(0))),
        ("9223372036854775807", Some(Content::I64(i64::MAX))),
        ("-9223372036854775808", Some(Content::I64(i64::MIN))),
        ("9223372036854775808", Some(Content::U64(1 << 63))),
        ("18446744073709551615", Some(Content::U64(u64::MAX))),
        ("18446744073709551616", None),
        ("-9223372036854775809", None),
        ("1e400", Some(Content::F64(f64::INFINITY))),
        ("9007199254740993.0", Some(Content::F64(9_007_199_254_740_992.0))),
        ("0.1e-400", Some(Content::F64(0.0))),
        ("2.5e-3", Some(Content::F64(0.0025))),
        ("NaN", None),
    ] {
        assert_eq!(read(text).ok(), value, "{text}");
    }
    assert!(matches!(read("-0.0"), Ok(Content::F64(value)) if value.is_sign_negative()));
}

#[test]
fn text_is_borrowed_unless_it_has_escapes() {
    let borrowed = |text| matches!(read(text), Ok(Content::Str(Cow::Borrowed(_))));
    assert!(borrowed("\"é a long text\"") && borrowed("\"\""));
    assert!(!borrowed("\"\\n\"") && !borrowed("\"a long text\\nb\""));
}

#[test]
fn depth_is_bounded() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let nested = |levels: usize| format!("{}1{}", open.repeat(levels), close.repeat(levels));
        assert!(agree(&nested(MAX_DEPTH.into())));
        for levels in [usize::from(MAX_DEPTH) + 1, 100_000] {
            assert_eq!(read(&nested(levels)), Err(Broken));
        }
    }
    // Side by side is not deep.
    assert!(read(&format!("[{}[]]", "[[]],".repeat(1_000))).is_ok());
}

/// Strings of all lengths around the eight bytes that are looked at together, with something special at every place.
#[test]
fn every_byte_of_a_string_is_looked_at() {
    for len in 0..20 {
        for at in 0..=len {
            for special in [
                "\\n",
                "\\u00e9",
                "\\ud83e\\udd80",
                "\\ud83e",
                "\\x",
                "\"",
                "\n",
                "\0",
                "\u{1f}",
                "\u{7f}",
                "é",
                "🦀",
                "!",
            ] {
                let text = format!("\"{}{special}{}\"", "a".repeat(at), "b".repeat(len - at));
                agree(&text);
                let cut: String = text.chars().take(text.chars().count() - 1).collect();
                agree(&cut);
            }
        }
    }
}

struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        // Knuth's MMIX generator.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    fn digits(&mut self, most: usize) -> String {
        let len = self.below(most + 1);
        (0..len).map(|_| char::from(b'0' + self.below(10) as u8)).collect()
    }
}

#[test]
fn arbitrary_texts() {
    const PARTS: &str = "[ ] { } : , \" \\ 0 1 -1 1.5 e 9007199254740993.0 true null NaN -Infinity \"a\" \"b\" \
                         \\n \\u00e9 \\ud83e\\udd80 \\ud8 é 🦀 [] {} {\"a\": \"b\": [1, [\"x\" t f tru -";
    let parts: Vec<&str> = PARTS.split_ascii_whitespace().chain([" ", "\n", "\0", "\t\r"]).collect();
    let mut random = Random(7);
    let read = (0..100_000).filter(|_| {
        let text: String = (0..random.below(10)).map(|_| parts[random.below(parts.len())]).collect();
        agree(&text)
    });
    let read = read.count();
    assert!(read > 2_000, "{read}");
}

#[test]
fn arbitrary_numbers() {
    let mut random = Random(11);
    let read = (0..100_000).filter(|_| {
        let sign = ["", "-", "+"][random.below(8).min(2).saturating_sub(random.below(2))];
        let whole = if random.below(3) == 0 { "0".to_owned() } else { random.digits(20) };
        let mut text = format!("{sign}{whole}");
        if random.below(3) > 0 {
            text += ".";
            text += &random.digits(20);
        }
        if random.below(3) == 0 {
            text += ["e", "E", "e-", "E+"][random.below(4)];
            text += &random.digits(3);
        }
        agree(&text)
    });
    let read = read.count();
    assert!(read > 30_000, "{read}");
}

#[test]
fn every_float_that_rust_writes_is_read_back() {
    let mut random = Random(13);
    for _ in 0..100_000 {
        let bits = (random.below(1 << 31) as u64) << 33 | (random.below(1 << 31) as u64) << 3 | random.below(8) as u64;
        for value in [f64::from_bits(bits), random.below(10_000_000) as f64 / 100.0] {
            if value.is_finite() {
                let text = serde_json::to_string(&value).unwrap();
                assert!(matches!(read(&text), Ok(Content::F64(read)) if read.to_bits() == value.to_bits()), "{text}");
            }
        }
    }
}
