//! [`DateTime`].

use std::str::FromStr;

use speedate::ParseError;

use super::{DATE_TIME, NAN, YEAR_ZERO, reason};
use crate::decode::{Context, Inputs, Issue, Scalar};

/// A point in time, with an offset from UTC or without, as Python's `datetime`.
///
/// It is also read from Unix seconds, from milliseconds (beyond 2e10) and from a date.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct DateTime(pub(super) speedate::DateTime);

impl FromStr for DateTime {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        match speedate::DateTime::parse_bytes_with_config(text.as_bytes(), &DATE_TIME) {
            Ok(point) => Ok(Self(point)),
            Err(_) => {
                let date = speedate::Date::parse_str_rfc3339(text)?;
                let time = speedate::Time { hour: 0, minute: 0, second: 0, microsecond: 0, tz_offset: None };
                Ok(Self(speedate::DateTime { date, time }))
            }
        }
    }
}

fn in_calendar(point: Result<speedate::DateTime, ParseError>) -> Result<DateTime, String> {
    match point {
        Ok(point) if point.date.year == 0 => Err(YEAR_ZERO.to_owned()),
        Ok(point) => Ok(DateTime(point)),
        Err(error) => Err(reason(&error).to_owned()),
    }
}

impl DateTime {
    pub(super) fn of_text(text: &str) -> Result<Self, String> {
        in_calendar(speedate::DateTime::parse_bytes_with_config(text.as_bytes(), &DATE_TIME))
    }

    pub(super) fn of_integer(value: i64) -> Result<Self, String> {
        in_calendar(speedate::DateTime::from_timestamp_with_config(value, 0, &DATE_TIME))
    }

    pub(super) fn of_float(value: f64) -> Result<Self, String> {
        if value.is_nan() {
            return Err(NAN.to_owned());
        }
        in_calendar(speedate::DateTime::from_float_with_config(value, &DATE_TIME))
    }
}

#[cold]
fn not_a_point(reason: String) -> Issue {
    Issue::explained("datetime_parsing", "Input should be a valid datetime", reason)
}

impl Scalar for DateTime {
    const EXACT: Inputs = Inputs::NONE;
    const STRICT: Inputs = Inputs::TEXT;

    fn wrong() -> Issue {
        Issue::new("datetime_type", "Input should be a valid datetime")
    }

    fn from_text(text: &str, cx: &mut Context) -> Option<Self> {
        match text.parse::<Self>() {
            Ok(point) if point.0.date.year == 0 => cx.refuse(not_a_point(YEAR_ZERO.to_owned())),
            Ok(point) => Some(point),
            Err(error) => cx.refuse(Issue::explained(
                "datetime_from_date_parsing",
                "Input should be a valid datetime or date",
                reason(&error),
            )),
        }
    }

    fn from_i64(value: i64, cx: &mut Context) -> Option<Self> {
        Self::of_integer(value).map_err(|reason| cx.report(not_a_point(reason))).ok()
    }

    fn from_f64(value: f64, cx: &mut Context) -> Option<Self> {
        Self::of_float(value).map_err(|reason| cx.report(not_a_point(reason))).ok()
    }
}

super::wire_type!(DateTime, speedate::DateTime, "date-time", super::shown::<DateTime>);
