//! Dates, times and durations, read and written as Pydantic does.
//!
//! [`Date`], [`Time`], [`DateTime`] and [`TimeDelta`] are the forms on the wire. The types of other crates are read
//! through them, by [`Temporal`].

mod date;
mod date_time;
mod iso;
mod std_duration;
mod time;
mod time_delta;

pub use date::Date;
pub use date_time::DateTime;
pub use iso::{Iso, Misfit, Temporal};
pub use time::Time;
pub use time_delta::TimeDelta;

#[cfg(any(feature = "chrono", feature = "jiff"))]
pub(super) use iso::{check, decode, direct};

use std::{fmt::Display, str::FromStr};

use speedate::{DateTimeConfig, MicrosecondsPrecisionOverflowBehavior, ParseError, TimeConfig, TimestampUnit};
use strum::EnumMessage;

/// More than six digits of a fraction are cut.
const CUT: MicrosecondsPrecisionOverflowBehavior = MicrosecondsPrecisionOverflowBehavior::Truncate;

/// Times in seconds are UTC.
const TIME: TimeConfig = TimeConfig { microseconds_precision_overflow_behavior: CUT, unix_timestamp_offset: Some(0) };

const DATE_TIME: DateTimeConfig = DateTimeConfig { timestamp_unit: TimestampUnit::Infer, time_config: TIME };

/// Why a text is refused, in the words of the parser, which is Pydantic's.
fn reason(error: &ParseError) -> &'static str {
    error.get_documentation().unwrap_or_default()
}

/// A bound as it is shown: as the value would be written.
fn shown<T: FromStr + Display>(bound: &str) -> String {
    bound.parse::<T>().map_or_else(|_| bound.to_owned(), |value| value.to_string())
}

/// Python's calendar begins with the year 1.
const YEAR_ZERO: &str = "year 0 is out of range";

const NAN: &str = "NaN values not permitted";

/// What the four types have in common: they wrap speedate's, are written as text and take bounds of text.
macro_rules! wire_type {
    ($type:ident, $inner:path, $format:literal, $bound:expr $(, quoted as $quoted:expr)?) => {
        impl From<$inner> for $type {
            fn from(value: $inner) -> Self {
                Self(value)
            }
        }

        impl From<$type> for $inner {
            fn from(value: $type) -> Self {
                value.0
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl $crate::decode::Ordered for $type {
            const BY_TEXT: bool = true;
        }

        $crate::types::scalar!(
            $type => $crate::openapi::Schema { format: Some($format), ..$crate::openapi::Schema::string() },
            check |value: &Self, rules, cx: &mut $crate::decode::Context| {
                let mark = cx.mark();
                let sound = $crate::decode::check_order(
                    rules,
                    cx,
                    |bound| value.partial_cmp(&bound.as_text()?.parse().ok()?),
                    |_| false,
                    |bound| $crate::decode::ContextValue::Text($bound(bound.as_text().unwrap_or_default()).into()),
                );
                $(for issue in cx.since(mark) {
                    *issue = issue.clone().with_input($quoted(value));
                })?
                let _ = mark;
                sound
            }
        );
    };
}
use wire_type;

#[cfg(test)]
mod tests;
