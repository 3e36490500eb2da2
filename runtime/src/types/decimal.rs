//! [`rust_decimal::Decimal`].
//!
//! Unlike Python's, these decimals have at most 28 digits and no exponent: `1e2` is written `100`.

use std::str::FromStr;

use rust_decimal::Decimal;

use crate::{
    decode::{Bound, Context, ContextValue, Decimals, Inputs, Issue, Multiple, Ordered, Rules, Scalar, check_order},
    openapi::Schema,
};

/// What a [`Decimal`] can hold.
const DIGITS: usize = 28;

impl Scalar for Decimal {
    const EXACT: Inputs = Inputs::NONE;
    const STRICT: Inputs = Inputs::TEXT;

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

const fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

#[cold]
fn too_many_digits(max: usize) -> Issue {
    let s = plural(max);
    Issue::new("decimal_max_digits", format!("Decimal input should have no more than {max} digit{s} in total"))
        .with("max_digits", ContextValue::Integer(max as i128))
}

#[cold]
fn too_many_places(max: usize) -> Issue {
    let s = plural(max);
    Issue::new("decimal_max_places", format!("Decimal input should have no more than {max} decimal place{s}"))
        .with("decimal_places", ContextValue::Integer(max as i128))
}

#[cold]
fn too_many_whole_digits(max: usize) -> Issue {
    let s = plural(max);
    let words = format!("Decimal input should have no more than {max} digit{s} before the decimal point");
    Issue::new("decimal_whole_digits", words).with("whole_digits", ContextValue::Integer(max as i128))
}

impl Ordered for Decimal {}
impl Multiple for Decimal {}
impl Decimals for Decimal {}

fn bound_of(bound: Bound) -> Option<Decimal> {
    match bound {
        Bound::Integer(value) => Decimal::try_from_i128_with_scale(value, 0).ok(),
        Bound::Float(value) => parse(&value.to_string()),
        Bound::Text(_) => None,
    }
}

/// Digits come before bounds; zeros at the end do not count.
fn check_digits(value: Decimal, rules: &Rules) -> Result<(), Issue> {
    let (max_digits, max_places) = (rules.max_digits.unwrap_or(usize::MAX), rules.decimal_places.unwrap_or(usize::MAX));
    let short = value.normalize();
    let places = short.scale() as usize;
    let digits = short.mantissa().unsigned_abs().checked_ilog10().map_or(1, |log| log as usize + 1).max(places);
    // Without a limit of places there is none of whole digits either.
    let max_whole = rules.decimal_places.map_or(usize::MAX, |places| max_digits.saturating_sub(places));
    if digits > max_digits {
        Err(too_many_digits(max_digits))
    } else if places > max_places {
        Err(too_many_places(max_places))
    } else if rules.max_digits.is_some() && digits - places > max_whole {
        Err(too_many_whole_digits(max_whole))
    } else {
        Ok(())
    }
}

fn check(value: &Decimal, rules: &Rules, cx: &mut Context) -> bool {
    if let Err(issue) = check_digits(*value, rules) {
        cx.report(issue);
        return false;
    }
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

/// A number or text is read, text is written: JSON's numbers lose digits on the way.
fn schema() -> Schema {
    Schema { any_of: vec![Schema::number(), Schema::string()], ..Schema::any() }
}

super::scalar!(Decimal => schema(), output Schema::string(), check check);
