//! Strings and characters.

use std::borrow::Cow;

use serde::de::Deserializer;

use super::{
    Decode,
    context::Context,
    issue::{ContextValue, Issue},
    rules::{Measured, Rules, Textual},
    scalar::{Scalar, decode_scalar},
};

fn string_type() -> Issue {
    Issue::new("string_type", "Input should be a valid string")
}

impl Scalar for String {
    fn wrong() -> Issue {
        string_type()
    }

    #[inline]
    fn from_text(text: &str, _: &mut Context) -> Option<Self> {
        Some(text.to_owned())
    }
}

impl Scalar for char {
    fn wrong() -> Issue {
        string_type()
    }

    fn from_text(text: &str, cx: &mut Context) -> Option<Self> {
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(char), None) => Some(char),
            (None, _) => cx.refuse(too_short(1)),
            _ => cx.refuse(too_long(1)),
        }
    }
}

impl Decode for char {
    #[inline]
    fn decode<'de, D: Deserializer<'de>>(source: D, cx: &mut Context) -> Result<Option<Self>, D::Error> {
        decode_scalar(source, cx)
    }

    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed("str")
    }
}

#[cold]
fn too_short(min: usize) -> Issue {
    let s = if min == 1 { "" } else { "s" };
    Issue::new("string_too_short", format!("String should have at least {min} character{s}"))
        .with("min_length", ContextValue::Integer(min as i128))
}

#[cold]
fn too_long(max: usize) -> Issue {
    let s = if max == 1 { "" } else { "s" };
    Issue::new("string_too_long", format!("String should have at most {max} character{s}"))
        .with("max_length", ContextValue::Integer(max as i128))
}

#[cold]
fn pattern_mismatch(pattern: &'static str) -> Issue {
    Issue::new("string_pattern_mismatch", format!("String should match pattern '{pattern}'"))
        .with("pattern", ContextValue::Text(Cow::Borrowed(pattern)))
}

/// Checks text against `rules`; lengths count characters.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn check_text(text: &str, rules: &Rules, cx: &mut Context) -> bool {
    if let Some(min) = rules.min_length {
        // A character has at least one byte and at most four: most texts need no counting.
        if text.len() < min || (text.len() < min.saturating_mul(4) && text.chars().count() < min) {
            cx.report(too_short(min));
            return false;
        }
    }
    if let Some(max) = rules.max_length
        && text.len() > max
        && text.chars().count() > max
    {
        cx.report(too_long(max));
        return false;
    }
    if let Some(pattern) = rules.pattern.map(|pattern| pattern()) {
        // A wrong pattern cannot get here: the app did not start.
        if !pattern.regex().is_ok_and(|regex| regex.is_match(text)) {
            cx.report(pattern_mismatch(pattern.as_str()));
            return false;
        }
    }
    true
}

impl Decode for String {
    #[inline]
    fn decode<'de, D: Deserializer<'de>>(source: D, cx: &mut Context) -> Result<Option<Self>, D::Error> {
        decode_scalar(source, cx)
    }

    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed("str")
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn check(&self, rules: &Rules, cx: &mut Context) -> bool {
        check_text(self, rules, cx)
    }
}

impl Measured for String {}
impl Textual for String {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::context::Mode;

    #[test]
    fn characters_are_counted_not_bytes() {
        for (text, min, max, good) in [("é", 1, 1, true), ("éé", 3, 9, false), ("ééé", 0, 2, false), ("", 1, 9, false)]
        {
            let rules = Rules { min_length: Some(min), max_length: Some(max), ..Rules::NONE };
            assert_eq!(text.to_owned().check(&rules, &mut Context::new(Mode::Json)), good, "{text}");
        }
    }
}
