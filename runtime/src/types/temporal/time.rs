//! [`Time`].

use std::str::FromStr;

use speedate::ParseError;

use super::{NAN, TIME, reason};
use crate::decode::{Context, Inputs, Issue, Scalar};

/// A time of the day, with an offset from UTC or without, as Python's `time`.
///
/// JSON numbers are seconds since midnight, UTC.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Time(pub(super) speedate::Time);

impl FromStr for Time {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        speedate::Time::parse_bytes_with_config(text.as_bytes(), &TIME).map(Self)
    }
}

#[cold]
fn refuse(reason: &str, cx: &mut Context) -> Option<Time> {
    cx.refuse(Issue::explained("time_parsing", "Input should be in a valid time format", reason))
}

fn of_seconds(seconds: i64, microseconds: u32, cx: &mut Context) -> Option<Time> {
    if seconds < 0 {
        return refuse("time in seconds should be positive", cx);
    }
    let seconds = u32::try_from(seconds).unwrap_or(u32::MAX);
    match speedate::Time::from_timestamp_with_config(seconds, microseconds, &TIME) {
        Ok(time) => Some(Time(time)),
        Err(error) => refuse(reason(&error), cx),
    }
}

impl Scalar for Time {
    const EXACT: Inputs = Inputs::NONE;
    const STRICT: Inputs = Inputs::TEXT;

    fn wrong() -> Issue {
        Issue::new("time_type", "Input should be a valid time")
    }

    fn from_text(text: &str, cx: &mut Context) -> Option<Self> {
        text.parse::<Self>().map_or_else(|error| refuse(reason(&error), cx), Some)
    }

    fn from_i64(value: i64, cx: &mut Context) -> Option<Self> {
        of_seconds(value, 0, cx)
    }

    fn from_f64(value: f64, cx: &mut Context) -> Option<Self> {
        if value.is_nan() {
            return refuse(NAN, cx);
        }
        of_seconds(value.floor() as i64, (value.fract().abs() * 1e6).round() as u32, cx)
    }
}

super::wire_type!(Time, speedate::Time, "time", super::shown::<Time>);
