//! [`Inference`]: the type of a column, by its values.

use datafusion::arrow::compute::kernels::cast_utils::{Parser, string_to_datetime};
use datafusion::arrow::datatypes::{DataType, Date32Type, Float64Type};

use super::schema::Wanted;
use crate::engine::schema::ColumnType;

/// What is known of the type of a column from the values seen.
///
/// The order of the values makes no difference, and a type found is one that all values can be read as.
#[derive(Debug, Clone, Default)]
pub(super) struct Inference {
    kind: Option<Kind>,
    nullable: bool,
    /// The type that it has to be, and whether with a zone.
    wanted: Option<(ColumnType, Option<bool>)>,
}

/// What a value is, by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
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
    /// Of a column that is to have a certain type, if one is named.
    pub(super) fn new(name: &str, wanted: &Wanted<'_>) -> Self {
        Self { wanted: wanted.of(name).map(|target| (target, wanted.zoned(name))), ..Self::default() }
    }

    pub(super) fn observe_missing(&mut self) {
        self.nullable = true;
    }

    /// Takes a text into account. An error is the type that it does not fit.
    pub(super) fn observe(&mut self, value: &str) -> Result<(), ColumnType> {
        match self.wanted {
            None if self.kind == Some(Kind::Text) => Ok(()),
            None => self.join(Kind::of(value)),
            Some((ColumnType::Date | ColumnType::Timestamp, _)) => self.observe_kind(Kind::of(value)),
            Some((wanted, _)) => {
                if wanted.reads(value) {
                    Ok(())
                } else {
                    Err(wanted)
                }
            }
        }
    }

    /// Takes a value of a certain kind into account. An error is the type that it does not fit.
    pub(super) fn observe_kind(&mut self, kind: Kind) -> Result<(), ColumnType> {
        let Some((wanted, zoned)) = self.wanted else { return self.join(kind) };
        let joined = self.kind.map_or(kind, |known| known.join(kind));
        let fits = match wanted {
            ColumnType::Boolean => kind == Kind::Boolean,
            ColumnType::Integer => kind == Kind::Integer,
            ColumnType::Float => matches!(kind, Kind::Integer | Kind::Float),
            ColumnType::Date => joined == Kind::Date,
            ColumnType::Timestamp => match joined {
                Kind::Date | Kind::Timestamp => zoned != Some(true),
                Kind::Instant => zoned != Some(false),
                _ => false,
            },
            ColumnType::Text | ColumnType::Other => true,
        };
        self.kind = Some(joined);
        if fits { Ok(()) } else { Err(wanted) }
    }

    /// Whether a value leaves all as it is known.
    pub(super) fn foresees(&self, value: &str) -> bool {
        let mut with_it = self.clone();
        with_it.observe(value).is_ok() && with_it.kind == self.kind
    }

    /// Whether all values of a kind leave all as it is known.
    pub(super) fn foresees_kind(&self, kind: Kind) -> bool {
        match self.wanted {
            None | Some((ColumnType::Date | ColumnType::Timestamp, _)) => {
                self.kind.is_some_and(|known| known.join(kind) == known)
            }
            Some((ColumnType::Integer, _)) => kind == Kind::Integer,
            Some((ColumnType::Float, _)) => matches!(kind, Kind::Integer | Kind::Float),
            Some((ColumnType::Text, _)) => true,
            Some((ColumnType::Boolean | ColumnType::Other, _)) => false,
        }
    }

    fn join(&mut self, kind: Kind) -> Result<(), ColumnType> {
        self.kind = Some(self.kind.map_or(kind, |known| known.join(kind)));
        Ok(())
    }

    pub(super) fn nullable(&self) -> bool {
        self.nullable
    }

    pub(super) fn is_zoned(&self) -> bool {
        self.kind == Some(Kind::Instant)
    }

    pub(super) fn data_type(&self) -> DataType {
        match self.kind {
            Some(Kind::Boolean) => DataType::Boolean,
            Some(Kind::Integer) => DataType::Int64,
            Some(Kind::Float) => DataType::Float64,
            Some(Kind::Date) => DataType::Date32,
            Some(Kind::Timestamp) => ColumnType::moment(false),
            Some(Kind::Instant) => ColumnType::moment(true),
            Some(Kind::Text) | None => DataType::Utf8,
        }
    }
}

impl Kind {
    pub(super) fn of(value: &str) -> Self {
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
        // What has 18 digits fits 64 bits.
        let fits = matches!(digits.len(), 1..=18) || value.parse::<i64>().is_ok();
        return fits.then_some(Kind::Integer);
    }
    let plain = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-');
    (digits.bytes().all(plain) && Float64Type::parse(value).is_some()).then_some(Kind::Float)
}

/// `2013-01-01`, and `2013-01-01T05:00:00` with a fraction or a zone or both.
pub(super) fn date_or_time(value: &str) -> Option<Kind> {
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
