use datafusion::arrow::compute::kernels::cast_utils::{Parser, string_to_datetime};
use datafusion::arrow::datatypes::{DataType, Date32Type, Float64Type, TimeUnit};

/// What is known of the type of a column from the values seen.
///
/// The order of the values makes no difference, and a type found is one that all values can be read as.
#[derive(Debug, Clone, Default)]
pub(super) struct Inference {
    kind: Option<Kind>,
    nullable: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Boolean,
    Integer,
    Float,
    Date,
    /// Without a time zone.
    Timestamp,
    /// With a time zone, or `Z`.
    Instant,
    Text,
}

impl Inference {
    pub(super) fn observe(&mut self, value: &str, nulls: &[String]) {
        if nulls.iter().any(|null| null == value) {
            self.nullable = true;
        } else if self.kind != Some(Kind::Text) {
            let kind = Kind::of(value);
            self.kind = Some(self.kind.map_or(kind, |known| known.join(kind)));
        }
    }

    pub(super) fn nullable(&self) -> bool {
        self.nullable
    }

    pub(super) fn data_type(&self) -> DataType {
        match self.kind {
            Some(Kind::Boolean) => DataType::Boolean,
            Some(Kind::Integer) => DataType::Int64,
            Some(Kind::Float) => DataType::Float64,
            Some(Kind::Date) => DataType::Date32,
            Some(Kind::Timestamp) => DataType::Timestamp(TimeUnit::Microsecond, None),
            Some(Kind::Instant) => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
            Some(Kind::Text) | None => DataType::Utf8,
        }
    }
}

impl Kind {
    fn of(value: &str) -> Self {
        let text = value.as_bytes();
        let kind = match text {
            [b't' | b'T' | b'f' | b'F', ..] => is_boolean(value).then_some(Self::Boolean),
            [b'0'..=b'9', b'0'..=b'9', b'0'..=b'9', b'0'..=b'9', b'-', ..] => date_or_time(value),
            [b'0'..=b'9' | b'-' | b'.', ..] if value != "-inf" => number(value),
            _ => matches!(value, "NaN" | "nan" | "inf" | "-inf").then_some(Self::Float),
        };
        kind.unwrap_or(Self::Text)
    }

    fn join(self, other: Self) -> Self {
        match (self, other) {
            (known, kind) if known == kind => kind,
            (Self::Integer, Self::Float) | (Self::Float, Self::Integer) => Self::Float,
            (Self::Date, Self::Timestamp) | (Self::Timestamp, Self::Date) => Self::Timestamp,
            _ => Self::Text,
        }
    }
}

fn is_boolean(value: &str) -> bool {
    value.eq_ignore_ascii_case("true") || value.eq_ignore_ascii_case("false")
}

/// Numbers that would not be the same when written again are identifiers: `007`, and whole ones beyond 64 bits.
fn number(value: &str) -> Option<Kind> {
    let digits = value.strip_prefix('-').unwrap_or(value);
    if matches!(digits.as_bytes(), [b'0', b'0'..=b'9', ..]) {
        return None;
    }
    if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return value.parse::<i64>().is_ok().then_some(Kind::Integer);
    }
    let plain = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-');
    (digits.bytes().all(plain) && Float64Type::parse(value).is_some()).then_some(Kind::Float)
}

/// `2013-01-01`, and `2013-01-01T05:00:00` with a fraction or a zone or both.
fn date_or_time(value: &str) -> Option<Kind> {
    if value.len() == 10 {
        return Date32Type::parse(value).map(|_| Kind::Date);
    }
    let rest = match (value.as_bytes().get(13), value.get(19..)) {
        (Some(b':'), Some(rest)) => rest,
        _ => return None,
    };
    let zone = match rest.strip_prefix('.') {
        Some(rest) => {
            let zone = rest.trim_start_matches(|digit: char| digit.is_ascii_digit());
            // Beyond microseconds the value would lose digits.
            if rest.len() - zone.len() > 6 {
                return None;
            }
            zone
        }
        None => rest,
    };
    let kind = match zone.as_bytes() {
        [] => Kind::Timestamp,
        [b'Z' | b'z'] | [b'+' | b'-', b'0'..=b'9', b'0'..=b'9', ..] => Kind::Instant,
        _ => return None,
    };
    string_to_datetime(&chrono::Utc, value).is_ok().then_some(kind)
}
