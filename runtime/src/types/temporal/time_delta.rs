//! [`TimeDelta`].

use std::str::FromStr;

use speedate::ParseError;

use super::{NAN, TIME, reason};
use crate::decode::{Context, Inputs, Issue, Scalar};

/// A span of time, as Python's `timedelta`: ISO 8601 (`P3DT12H30M5S`) on the wire.
///
/// It is also read from `[D days,] HH:MM[:SS]`, and from JSON numbers, which are seconds.
#[derive(Debug, Clone, PartialEq, PartialOrd)]
pub struct TimeDelta(pub(super) speedate::Duration);

impl FromStr for TimeDelta {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        speedate::Duration::parse_bytes_with_config(text.as_bytes(), &TIME).map(Self)
    }
}

impl TimeDelta {
    /// All of it in microseconds, negative if it is.
    #[must_use]
    pub fn microseconds(&self) -> i64 {
        let seconds = i64::from(self.0.day) * DAY as i64 + i64::from(self.0.second);
        let all = seconds.saturating_mul(1_000_000).saturating_add(self.0.microsecond.into());
        if self.0.positive { all } else { -all }
    }

    /// A span of so many microseconds; `None`: more than 999,999,999 days.
    #[must_use]
    pub fn from_microseconds(all: i64) -> Option<Self> {
        let seconds = all.unsigned_abs() / 1_000_000;
        Self::of_parts(all >= 0, seconds, (all.unsigned_abs() % 1_000_000) as u32).ok()
    }

    fn of_parts(positive: bool, seconds: u64, microseconds: u32) -> Result<Self, ParseError> {
        let days = u32::try_from(seconds / DAY).unwrap_or(u32::MAX);
        speedate::Duration::new(positive, days, (seconds % DAY) as u32, microseconds).map(Self)
    }
}

const DAY: u64 = 86_400;

#[cold]
fn refuse(reason: &str, cx: &mut Context) -> Option<TimeDelta> {
    cx.refuse(Issue::explained("time_delta_parsing", "Input should be a valid timedelta", reason))
}

fn of_seconds(positive: bool, seconds: u64, microseconds: u32, cx: &mut Context) -> Option<TimeDelta> {
    TimeDelta::of_parts(positive, seconds, microseconds).map_or_else(|error| refuse(reason(&error), cx), Some)
}

impl Scalar for TimeDelta {
    const EXACT: Inputs = Inputs::NONE;
    const STRICT: Inputs = Inputs::TEXT;

    fn wrong() -> Issue {
        Issue::new("time_delta_type", "Input should be a valid timedelta")
    }

    fn from_text(text: &str, cx: &mut Context) -> Option<Self> {
        text.parse::<Self>().map_or_else(|error| refuse(reason(&error), cx), Some)
    }

    fn from_i64(value: i64, cx: &mut Context) -> Option<Self> {
        of_seconds(value >= 0, value.unsigned_abs(), 0, cx)
    }

    fn from_f64(value: f64, cx: &mut Context) -> Option<Self> {
        if value.is_nan() {
            return refuse(NAN, cx);
        }
        let microseconds = (value.abs().fract() * 1e6).round() as u32;
        of_seconds(value >= 0.0, value.abs() as u64, microseconds, cx)
    }

    fn from_bool(value: bool, cx: &mut Context) -> Option<Self> {
        Self::from_i64(value.into(), cx)
    }
}

// Beyond a bound Pydantic quotes the value that it read, in seconds.
super::wire_type!(
    TimeDelta, speedate::Duration, "duration", in_words,
    quoted as |value: &TimeDelta| value.microseconds() as f64 / 1e6
);

/// A bound as Pydantic shows it: `1 day and 2 hours`. Only the days carry the sign.
fn in_words(bound: &str) -> String {
    let Ok(bound) = bound.parse::<TimeDelta>() else { return bound.to_owned() };
    let all = bound.microseconds();
    let (seconds, microseconds) = (all.div_euclid(1_000_000), all.rem_euclid(1_000_000));
    let (days, seconds) = (seconds.div_euclid(DAY as i64), seconds.rem_euclid(DAY as i64));
    let parts = [
        (days, "day"),
        (seconds / 3600, "hour"),
        (seconds / 60 % 60, "minute"),
        (seconds % 60, "second"),
        (microseconds, "microsecond"),
    ];
    let named = parts.iter().filter(|(count, _)| *count != 0);
    let words: Vec<_> =
        named.map(|(count, unit)| format!("{count} {unit}{}", if *count == 1 { "" } else { "s" })).collect();
    if words.is_empty() { "0 seconds".to_owned() } else { words.join(" and ") }
}
