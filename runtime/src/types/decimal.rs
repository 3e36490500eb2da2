//! [`rust_decimal::Decimal`] and [`LimitedDecimal`].
//!
//! Unlike Python's, these decimals have at most 28 digits and no exponent: `1e2` is written `100`.

use std::{fmt, ops::Deref, str::FromStr};

use rust_decimal::Decimal;
use serde::Serialize;

use crate::{
    decode::{Bound, Context, ContextValue, Issue, Multiple, Ordered, Scalar, check_order},
    openapi::Schema,
};

/// What a [`Decimal`] can hold.
const DIGITS: u32 = 28;

impl Scalar for Decimal {
    fn wrong() -> Issue {
        Issue::new("decimal_type", "Decimal input should be an integer, float, string or Decimal object")
    }

    fn from_text(text: &str, cx: &mut Context) -> Option<Self> {
        let digits = text.trim().replace('_', "");
        match parse(&digits) {
            Some(value) => Some(value),
            None if is_not_finite(&digits) => cx.refuse(not_finite()),
            None if is_decimal(&digits) => cx.refuse(too_many_digits(DIGITS)),
            None => cx.refuse(Issue::new("decimal_parsing", "Input should be a valid decimal")),
        }
    }

    fn from_i64(value: i64, _: &mut Context) -> Option<Self> {
        Some(value.into())
    }

    fn from_i128(value: i128, cx: &mut Context) -> Option<Self> {
        Self::try_from_i128_with_scale(value, 0).ok().or_else(|| cx.refuse(too_many_digits(DIGITS)))
    }

    fn from_f64(value: f64, cx: &mut Context) -> Option<Self> {
        if !value.is_finite() {
            return cx.refuse(not_finite());
        }
        // The shortest text that reads as this float, as in Python: 1.10 is 1.1.
        Self::from_text(&format!("{value:?}"), cx)
    }
}

fn parse(digits: &str) -> Option<Decimal> {
    let digits = digits.strip_prefix('+').unwrap_or(digits);
    if digits.starts_with(['+', '-']) && digits.get(1..).is_some_and(|rest| rest.starts_with(['+', '-'])) {
        return None;
    }
    Decimal::from_str_exact(digits).or_else(|_| Decimal::from_scientific(digits)).ok()
}

/// `inf`, `Infinity`, `nan`, `sNaN12`, with a sign or without.
fn is_not_finite(text: &str) -> bool {
    let lower = text.trim_start_matches(['+', '-']).to_ascii_lowercase();
    let payload = lower.strip_prefix("snan").or_else(|| lower.strip_prefix("nan"));
    lower == "inf" || lower == "infinity" || payload.is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether it is a number all the same, which a [`Decimal`] cannot hold.
fn is_decimal(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit()) && f64::from_str(text).is_ok()
}

fn not_finite() -> Issue {
    Issue::new("finite_number", "Input should be a finite number")
}

const fn plural(count: u32) -> &'static str {
    if count == 1 { "" } else { "s" }
}

#[cold]
fn too_many_digits(max: u32) -> Issue {
    let s = plural(max);
    Issue::new("decimal_max_digits", format!("Decimal input should have no more than {max} digit{s} in total"))
        .with("max_digits", ContextValue::Integer(max.into()))
}

#[cold]
fn too_many_places(max: u32) -> Issue {
    let s = plural(max);
    Issue::new("decimal_max_places", format!("Decimal input should have no more than {max} decimal place{s}"))
        .with("decimal_places", ContextValue::Integer(max.into()))
}

#[cold]
fn too_many_whole_digits(max: u32) -> Issue {
    let s = plural(max);
    let words = format!("Decimal input should have no more than {max} digit{s} before the decimal point");
    Issue::new("decimal_whole_digits", words).with("whole_digits", ContextValue::Integer(max.into()))
}

impl Ordered for Decimal {}
impl Multiple for Decimal {}

fn bound_of(bound: Bound) -> Option<Decimal> {
    match bound {
        Bound::Integer(value) => Decimal::try_from_i128_with_scale(value, 0).ok(),
        Bound::Float(value) => parse(&value.to_string()),
        Bound::Text(_) => None,
    }
}

fn check(value: &Decimal, rules: &crate::decode::Rules, cx: &mut Context) -> bool {
    check_order(
        rules,
        cx,
        |bound| Some(value.cmp(&bound_of(bound)?)),
        |bound| bound_of(bound).and_then(|bound| value.checked_rem(bound)).is_some_and(|rest| rest.is_zero()),
        |bound| match bound {
            Bound::Integer(value) => ContextValue::Integer(value),
            bound => ContextValue::Float(bound.as_f64()),
        },
    )
}

/// A number, or text: JSON's numbers lose digits on the way.
fn schema() -> Schema {
    Schema { any_of: vec![Schema::number(), Schema::string()], ..Schema::any() }
}

super::scalar!(Decimal => schema(), check check);

/// A decimal of at most `DIGITS` digits in all, of which at most `PLACES` stand after the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct LimitedDecimal<const DIGITS: u32, const PLACES: u32>(Decimal);

impl<const DIGITS: u32, const PLACES: u32> LimitedDecimal<DIGITS, PLACES> {
    /// `value`, if it has so few digits; zeros at the end do not count.
    #[must_use]
    pub fn new(value: Decimal) -> Option<Self> {
        Self::limited(value).ok()
    }

    /// The value.
    #[must_use]
    pub const fn get(self) -> Decimal {
        self.0
    }

    fn limited(value: Decimal) -> Result<Self, Issue> {
        let short = value.normalize();
        let places = short.scale();
        let digits = short.mantissa().unsigned_abs().checked_ilog10().map_or(1, |log| log + 1).max(places);
        if digits > DIGITS {
            Err(too_many_digits(DIGITS))
        } else if places > PLACES {
            Err(too_many_places(PLACES))
        } else if digits - places > DIGITS.saturating_sub(PLACES) {
            Err(too_many_whole_digits(DIGITS.saturating_sub(PLACES)))
        } else {
            Ok(Self(value))
        }
    }
}

impl<const DIGITS: u32, const PLACES: u32> Deref for LimitedDecimal<DIGITS, PLACES> {
    type Target = Decimal;

    fn deref(&self) -> &Decimal {
        &self.0
    }
}

impl<const DIGITS: u32, const PLACES: u32> From<LimitedDecimal<DIGITS, PLACES>> for Decimal {
    fn from(value: LimitedDecimal<DIGITS, PLACES>) -> Self {
        value.0
    }
}

impl<const DIGITS: u32, const PLACES: u32> fmt::Display for LimitedDecimal<DIGITS, PLACES> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

macro_rules! limited {
    ($($method:ident($value:ty))*) => {
        impl<const DIGITS: u32, const PLACES: u32> Scalar for LimitedDecimal<DIGITS, PLACES> {
            fn wrong() -> Issue {
                Decimal::wrong()
            }

            $(fn $method(value: $value, cx: &mut Context) -> Option<Self> {
                let value = Decimal::$method(value, cx)?;
                Self::limited(value).map_err(|issue| cx.report(issue)).ok()
            })*
        }
    };
}
limited!(from_text(&str) from_i64(i64) from_i128(i128) from_f64(f64));

impl<const DIGITS: u32, const PLACES: u32> Ordered for LimitedDecimal<DIGITS, PLACES> {}
impl<const DIGITS: u32, const PLACES: u32> Multiple for LimitedDecimal<DIGITS, PLACES> {}

super::scalar!({const DIGITS: u32, const PLACES: u32} LimitedDecimal<DIGITS, PLACES> => schema(),
    check |value: &Self, rules, cx| check(&value.0, rules, cx));
