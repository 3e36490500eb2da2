//! Integers and floats.

use std::{
    borrow::Cow,
    cmp::Ordering::{self, Equal, Greater, Less},
};

use serde::de::Deserializer;

use super::{
    Decode,
    coerce::{self, Int, IntFault},
    context::Context,
    issue::{ContextValue, Issue},
    rules::{Bound, Floating, Multiple, Ordered, Rules},
    scalar::{Inputs, Scalar, decode_scalar},
};

fn int_parsing() -> Issue {
    Issue::new("int_parsing", "Input should be a valid integer, unable to parse string as an integer")
}

fn int_size() -> Issue {
    Issue::new("int_parsing_size", "Unable to parse input string as an integer, exceeded maximum size")
}

fn bound_issue(kind: &'static str, words: &str, key: &'static str, bound: ContextValue) -> Issue {
    let shown = match &bound {
        ContextValue::Integer(value) => value.to_string(),
        // `0.0` is shown as `0`.
        ContextValue::Float(value) => value.to_string(),
        ContextValue::Text(text) => text.to_string(),
        ContextValue::Null | ContextValue::Object => String::new(),
    };
    Issue::new(kind, format!("Input should be {words} {shown}")).with(key, bound)
}

/// The fault of a number beyond a bound, in Pydantic's words.
#[cold]
fn beyond(key: &'static str, bound: ContextValue) -> Issue {
    let (kind, words) = match key {
        "gt" => ("greater_than", "greater than"),
        "ge" => ("greater_than_equal", "greater than or equal to"),
        "lt" => ("less_than", "less than"),
        "le" => ("less_than_equal", "less than or equal to"),
        _ => ("multiple_of", "a multiple of"),
    };
    bound_issue(kind, words, key, bound)
}

/// One value gives one fault, the first of these that fails: Pydantic's order.
macro_rules! check_bounds {
    ($value:expr, $rules:expr, $cx:expr, $show:expr, $compare:expr, $is_multiple:expr) => {{
        let (value, rules) = ($value, $rules);
        let (compare, is_multiple) = ($compare, $is_multiple);
        let failed = match rules {
            Rules { multiple_of: Some(bound), .. } if !is_multiple(value, *bound) => Some(("multiple_of", *bound)),
            Rules { le: Some(bound), .. } if !matches!(compare(value, *bound), Some(Less | Equal)) => {
                Some(("le", *bound))
            }
            Rules { lt: Some(bound), .. } if !matches!(compare(value, *bound), Some(Less)) => Some(("lt", *bound)),
            Rules { ge: Some(bound), .. } if !matches!(compare(value, *bound), Some(Greater | Equal)) => {
                Some(("ge", *bound))
            }
            Rules { gt: Some(bound), .. } if !matches!(compare(value, *bound), Some(Greater)) => Some(("gt", *bound)),
            _ => None,
        };
        match failed {
            None => true,
            Some((key, bound)) => {
                $cx.report(beyond(key, $show(bound)));
                false
            }
        }
    }};
}

/// Checks the bounds of a value that is no plain number; what cannot be compared with a bound does not keep it.
#[allow(dead_code, reason = "only types behind features need it")]
pub(crate) fn check_order(
    rules: &Rules,
    cx: &mut Context,
    compare: impl Fn(Bound) -> Option<Ordering>,
    is_multiple: impl Fn(Bound) -> bool,
    show: impl Fn(Bound) -> ContextValue,
) -> bool {
    check_bounds!((), rules, cx, show, |(), bound| compare(bound), |(), bound| is_multiple(bound))
}

/// The number, or the largest that bounds know.
fn saturated(value: impl TryInto<i128>) -> i128 {
    value.try_into().unwrap_or(i128::MAX)
}

fn is_multiple(value: impl TryInto<i128> + TryInto<u128> + Copy, bound: i128) -> bool {
    if bound == 0 {
        return false;
    }
    let signed: Result<i128, _> = value.try_into();
    let unsigned: Result<u128, _> = value.try_into();
    match (signed, unsigned) {
        (Ok(value), _) => value.checked_rem(bound).is_none_or(|rest| rest == 0),
        (_, Ok(value)) => value.is_multiple_of(bound.unsigned_abs()),
        _ => false,
    }
}

macro_rules! integer {
    ($($type:ty)*) => {$(
        impl Scalar for $type {
            const EXACT: Inputs = Inputs::INTEGER;

            fn wrong() -> Issue {
                Issue::new("int_type", "Input should be a valid integer")
            }

            #[inline]
            fn from_i64(value: i64, cx: &mut Context) -> Option<Self> {
                match Self::try_from(value) {
                    Ok(value) => Some(value),
                    Err(_) => Self::from_i128(value.into(), cx),
                }
            }

            #[inline]
            fn from_u64(value: u64, cx: &mut Context) -> Option<Self> {
                match Self::try_from(value) {
                    Ok(value) => Some(value),
                    Err(_) => Self::from_i128(value.into(), cx),
                }
            }

            #[cold]
            fn from_i128(value: i128, cx: &mut Context) -> Option<Self> {
                match Self::try_from(value) {
                    Ok(value) => Some(value),
                    Err(_) if value < 0 => cx.refuse(beyond("ge", ContextValue::Integer(Self::MIN as i128))),
                    Err(_) => cx.refuse(beyond("le", ContextValue::Integer(saturated(Self::MAX)))),
                }
            }

            #[cold]
            fn from_u128(value: u128, cx: &mut Context) -> Option<Self> {
                let own = Self::try_from(value).ok();
                own.or_else(|| cx.refuse(beyond("le", ContextValue::Integer(saturated(Self::MAX)))))
            }

            fn from_f64(value: f64, cx: &mut Context) -> Option<Self> {
                if !value.is_finite() {
                    return cx.refuse(finite_number());
                }
                if value.fract() != 0.0 {
                    return cx.refuse(Issue::new(
                        "int_from_float",
                        "Input should be a valid integer, got a number with a fractional part",
                    ));
                }
                // Pydantic's own limit for floats; integers are never compared as floats.
                if value.abs() >= 9_223_372_036_854_775_808.0 {
                    return cx.refuse(int_size());
                }
                Self::from_i64(value as i64, cx)
            }

            fn from_bool(value: bool, _: &mut Context) -> Option<Self> {
                Some(Self::from(value))
            }

            #[inline]
            fn from_text(text: &str, cx: &mut Context) -> Option<Self> {
                match coerce::int(text) {
                    Ok(Int::I64(value)) => Self::from_i64(value, cx),
                    Ok(Int::U64(value)) => Self::from_u64(value, cx),
                    Ok(Int::I128(value)) => Self::from_i128(value, cx),
                    Ok(Int::U128(value)) => Self::from_u128(value, cx),
                    Ok(Int::Big { negative: true }) => {
                        cx.refuse(beyond("ge", ContextValue::Integer(Self::MIN as i128)))
                    }
                    Ok(Int::Big { negative: false }) => {
                        cx.refuse(beyond("le", ContextValue::Integer(saturated(Self::MAX))))
                    }
                    Err(IntFault::Parsing) => cx.refuse(int_parsing()),
                    Err(IntFault::Size) => cx.refuse(int_size()),
                }
            }
        }

        impl Decode for $type {
            #[inline]
            fn decode<'de, D: Deserializer<'de>>(source: D, cx: &mut Context) -> Result<Option<Self>, D::Error> {
                decode_scalar(source, cx)
            }

            fn type_name() -> Cow<'static, str> {
                Cow::Borrowed("int")
            }

            #[cfg_attr(not(debug_assertions), inline(always))]
            fn check(&self, rules: &Rules, cx: &mut Context) -> bool {
                check_bounds!(*self, rules, cx,
                    |bound| match bound {
                        Bound::Integer(value) => ContextValue::Integer(value),
                        Bound::Float(value) => ContextValue::Float(value),
                        Bound::Text(text) => ContextValue::Text(Cow::Borrowed(text)),
                    },
                    |value: $type, bound| match bound {
                        Bound::Integer(bound) => Some(saturated(value).cmp(&bound)),
                        Bound::Float(bound) => (value as f64).partial_cmp(&bound),
                        Bound::Text(_) => None,
                    },
                    |value: $type, bound| match bound {
                        Bound::Integer(bound) => is_multiple(value, bound),
                        Bound::Float(bound) => value as f64 % bound == 0.0,
                        Bound::Text(_) => false,
                    })
            }
        }

        impl Ordered for $type {}
        impl Multiple for $type {}
    )*};
}
integer!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

/// The largest `f32`, as it is written.
pub(crate) const F32_MAX: f64 = 3.402_823_5e38;

macro_rules! float {
    ($($type:ty)*) => {$(
        impl Scalar for $type {
            const EXACT: Inputs = Inputs::FLOAT;
            const STRICT: Inputs = Inputs::FLOAT.or(Inputs::INTEGER);

            fn wrong() -> Issue {
                Issue::new("float_type", "Input should be a valid number")
            }

            #[inline]
            fn from_i64(value: i64, _: &mut Context) -> Option<Self> {
                Some(value as Self)
            }

            #[inline]
            fn from_u64(value: u64, _: &mut Context) -> Option<Self> {
                Some(value as Self)
            }

            #[inline]
            fn from_f64(value: f64, cx: &mut Context) -> Option<Self> {
                let narrow = value as Self;
                if narrow.is_infinite() && value.is_finite() {
                    let (key, bound) = if value < 0.0 { ("ge", -F32_MAX) } else { ("le", F32_MAX) };
                    return cx.refuse(beyond(key, ContextValue::Float(bound)));
                }
                Some(narrow)
            }

            fn from_bool(value: bool, _: &mut Context) -> Option<Self> {
                Some(if value { 1.0 } else { 0.0 })
            }

            #[inline]
            fn from_text(text: &str, cx: &mut Context) -> Option<Self> {
                match coerce::float(text) {
                    Some(value) => Self::from_f64(value, cx),
                    None => cx.refuse(Issue::new(
                        "float_parsing",
                        "Input should be a valid number, unable to parse string as a number",
                    )),
                }
            }
        }

        impl Decode for $type {
            #[inline]
            fn decode<'de, D: Deserializer<'de>>(source: D, cx: &mut Context) -> Result<Option<Self>, D::Error> {
                decode_scalar(source, cx)
            }

            fn type_name() -> Cow<'static, str> {
                Cow::Borrowed("float")
            }

            #[cfg_attr(not(debug_assertions), inline(always))]
            fn check(&self, rules: &Rules, cx: &mut Context) -> bool {
                if rules.finite && !self.is_finite() {
                    cx.report(finite_number());
                    return false;
                }
                check_bounds!(f64::from(*self), rules, cx,
                    |bound: Bound| ContextValue::Float(bound.as_f64()),
                    |value: f64, bound: Bound| value.partial_cmp(&bound.as_f64()),
                    is_float_multiple)
            }
        }

        impl Ordered for $type {}
        impl Multiple for $type {}
        impl Floating for $type {}
    )*};
}
float!(f32 f64);

#[cold]
fn finite_number() -> Issue {
    Issue::new("finite_number", "Input should be a finite number")
}

/// As Pydantic decides it: the remainder may be off by a billionth of the value.
fn is_float_multiple(value: f64, bound: Bound) -> bool {
    let bound = bound.as_f64();
    let rest = value % bound;
    let threshold = value.abs() / 1e9;
    rest.abs() <= threshold || (rest.abs() - bound.abs()).abs() <= threshold
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::context::Mode;

    #[test]
    fn one_value_one_fault() {
        let table: [(f64, Rules, &str); 5] = [
            (5.5, Rules { gt: Some(Bound::Integer(6)), lt: Some(Bound::Integer(5)), ..Rules::NONE }, "less_than"),
            (5.0, Rules { ge: Some(Bound::Float(5.0)), ..Rules::NONE }, ""),
            (f64::NAN, Rules { ge: Some(Bound::Float(5.0)), ..Rules::NONE }, "greater_than_equal"),
            (0.3, Rules { multiple_of: Some(Bound::Float(0.1)), ..Rules::NONE }, ""),
            (0.35, Rules { multiple_of: Some(Bound::Float(0.1)), ..Rules::NONE }, "multiple_of"),
        ];
        for (value, rules, kind) in table {
            let mut cx = Context::new(Mode::Json);
            value.check(&rules, &mut cx);
            let kinds: Vec<_> = cx.into_issues().iter().map(Issue::kind).collect();
            assert_eq!(kinds.join(","), kind, "{value} {rules:?}");
        }
    }
}
