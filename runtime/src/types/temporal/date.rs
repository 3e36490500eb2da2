//! [`Date`].

use std::str::FromStr;

use speedate::ParseError;

use super::{DateTime, YEAR_ZERO};
use crate::decode::{Context, Inputs, Issue, Scalar};

/// A day of the calendar, from the year 1 to the year 9999, as Python's `date`.
///
/// It is also read from a point in time at midnight.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Date(pub(super) speedate::Date);

impl FromStr for Date {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        speedate::Date::parse_str_rfc3339(text).map(Self)
    }
}

impl Date {
    /// The day that begins at `point`; `point` is why there is none.
    fn at_midnight(point: Result<DateTime, String>, cx: &mut Context) -> Option<Self> {
        match point {
            Ok(DateTime(speedate::DateTime { date, time })) if (time.total_seconds(), time.microsecond) == (0, 0) => {
                Some(Self(date))
            }
            Ok(_) => cx.refuse(Issue::new(
                "date_from_datetime_inexact",
                "Datetimes provided to dates should have zero time - e.g. be exact dates",
            )),
            Err(reason) => cx.refuse(Issue::explained(
                "date_from_datetime_parsing",
                "Input should be a valid date or datetime",
                reason,
            )),
        }
    }
}

impl Scalar for Date {
    const EXACT: Inputs = Inputs::NONE;
    const STRICT: Inputs = Inputs::TEXT;

    fn wrong() -> Issue {
        Issue::new("date_type", "Input should be a valid date")
    }

    fn from_text(text: &str, cx: &mut Context) -> Option<Self> {
        match text.parse::<Self>() {
            Ok(Self(speedate::Date { year: 0, .. })) => cx.refuse(Issue::explained(
                "date_parsing",
                "Input should be a valid date in the format YYYY-MM-DD",
                YEAR_ZERO,
            )),
            Ok(date) => Some(date),
            Err(_) => Self::at_midnight(DateTime::of_text(text), cx),
        }
    }

    fn from_i64(value: i64, cx: &mut Context) -> Option<Self> {
        Self::at_midnight(DateTime::of_integer(value), cx)
    }

    fn from_f64(value: f64, cx: &mut Context) -> Option<Self> {
        Self::at_midnight(DateTime::of_float(value), cx)
    }
}

super::wire_type!(Date, speedate::Date, "date", super::shown::<Date>);
