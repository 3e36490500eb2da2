//! Bounds, lengths, patterns, formats, listed values.

use serde_json::Value;

use super::{Direction, alternatives::Alternative, became, shown};

/// Tells what is narrower where something is read, and what is wider where it is written.
pub(super) fn compare(direction: Direction, before: &Alternative, after: &Alternative, fault: &mut dyn FnMut(String)) {
    listed(direction, before, after, fault);
    let (small, large) = match direction {
        Direction::Read => (before, after),
        Direction::Written => (after, before),
    };
    // Values that are listed are what they are: no other keyword says more.
    let values = small.listed();
    if let Some(values) = values {
        let out = |value: &&Value| !allows(large, value);
        if let Some(value) = values.iter().find(out).filter(|_| large.listed().is_none()) {
            fault(match direction {
                Direction::Read => format!("{} is not taken any more", shown(value)),
                Direction::Written => format!("can be {} now", shown(value)),
            });
        }
        return;
    }
    for (word, lower) in [("lower bound", true), ("upper bound", false)] {
        let (inner, outer) = (Bound::of(small, lower), Bound::of(large, lower));
        if outer.is_some_and(|outer| inner.is_none_or(|inner| !inner.is_within(outer, lower))) {
            let text = |form| Bound::of(form, lower).map(|bound| bound.text(lower));
            fault(became(word, text(before), text(after)));
        }
    }
    for (keyword, least) in [
        ("minLength", true),
        ("maxLength", false),
        ("minItems", true),
        ("maxItems", false),
        ("minProperties", true),
        ("maxProperties", false),
    ] {
        let count = |form: &Alternative| form.get(keyword).and_then(Value::as_u64).filter(|count| !least || *count > 0);
        let is_within = match (count(small), count(large)) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(inner), Some(outer)) => (inner >= outer) == least || inner == outer,
        };
        if !is_within {
            fault(became(keyword, count(before).map(|n| n.to_string()), count(after).map(|n| n.to_string())));
        }
    }
    for keyword in ["pattern", "format", "multipleOf", "contentMediaType", "contentEncoding"] {
        let (inner, outer) = (small.get(keyword), large.get(keyword));
        if outer.is_some() && inner != outer && !is_finer(keyword, inner, outer) {
            fault(became(keyword, before.get(keyword).map(shown), after.get(keyword).map(shown)));
        }
    }
    let unique = |form: &Alternative| form.get("uniqueItems") == Some(&Value::Bool(true));
    if unique(large) && !unique(small) {
        fault(match direction {
            Direction::Read => "items must be unique now".to_owned(),
            Direction::Written => "items are not unique any more".to_owned(),
        });
    }
}

/// Values that are listed, and are not any more, or are now.
fn listed(direction: Direction, before: &Alternative, after: &Alternative, fault: &mut dyn FnMut(String)) {
    let all = |values: &[Value]| values.iter().map(shown).collect::<Vec<_>>().join(", ");
    match (direction, before.listed(), after.listed()) {
        (Direction::Read, Some(was), Some(is)) => {
            for value in was.iter().filter(|value| !is.contains(value)) {
                fault(format!("{} is not taken any more", shown(value)));
            }
        }
        (Direction::Written, Some(was), Some(is)) => {
            for value in is.iter().filter(|value| !was.contains(value)) {
                fault(format!("can be {} now", shown(value)));
            }
        }
        (Direction::Read, None, Some(is)) => fault(format!("nothing but {} is taken now", all(is))),
        (Direction::Written, Some(was), None) => fault(format!("can be something else than {} now", all(was))),
        _ => {}
    }
}

/// Whether a listed value is within the bounds of a form.
fn allows(form: &Alternative, value: &Value) -> bool {
    let bound = |lower| {
        let value = value.as_f64().map(|value| Bound { value, open: false });
        match (value, Bound::of(form, lower)) {
            (Some(value), Some(bound)) => value.is_within(bound, lower),
            _ => true,
        }
    };
    let length = value.as_str().map(|text| text.chars().count() as u64);
    let count = |keyword: &str| form.get(keyword).and_then(Value::as_u64);
    let is_short = count("minLength").zip(length).is_some_and(|(least, length)| length < least);
    let is_long = count("maxLength").zip(length).is_some_and(|(most, length)| length > most);
    let pattern = form.get("pattern").and_then(Value::as_str).and_then(|pattern| regex::Regex::new(pattern).ok());
    let matches = pattern.zip(value.as_str()).is_none_or(|(pattern, text)| pattern.is_match(text));
    bound(true) && bound(false) && !is_short && !is_long && matches
}

/// Whether one of these says all that the other says.
fn is_finer(keyword: &str, inner: Option<&Value>, outer: Option<&Value>) -> bool {
    let (Some(inner), Some(outer)) = (inner, outer) else { return false };
    match keyword {
        "format" => {
            matches!((inner.as_str(), outer.as_str()), (Some("int32"), Some("int64")) | (Some("float"), Some("double")))
        }
        "multipleOf" => inner.as_f64().zip(outer.as_f64()).is_some_and(|(inner, outer)| (inner / outer).fract() == 0.0),
        _ => false,
    }
}

/// The end of a range of numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Bound {
    value: f64,
    /// Whether the value itself is outside.
    open: bool,
}

impl Bound {
    fn of(form: &Alternative, lower: bool) -> Option<Self> {
        let (closed, open) = if lower { ("minimum", "exclusiveMinimum") } else { ("maximum", "exclusiveMaximum") };
        let value = |keyword| form.get(keyword).and_then(Value::as_f64);
        let closed = value(closed).map(|value| Self { value, open: false });
        let open = value(open).map(|value| match form.kind() {
            // Above 0 is from 1.
            Some("integer") if lower => Self { value: value.floor() + 1.0, open: false },
            Some("integer") => Self { value: value.ceil() - 1.0, open: false },
            _ => Self { value, open: true },
        });
        match (closed, open) {
            (Some(closed), Some(open)) => Some(if closed.is_within(open, lower) { closed } else { open }),
            (closed, open) => closed.or(open),
        }
    }

    /// Whether a range that ends here is within one that ends there.
    fn is_within(self, other: Self, lower: bool) -> bool {
        if self.value == other.value { self.open || !other.open } else { (self.value > other.value) == lower }
    }

    fn text(self, lower: bool) -> String {
        let sign = match (lower, self.open) {
            (true, true) => ">",
            (true, false) => ">=",
            (false, true) => "<",
            (false, false) => "<=",
        };
        format!("{sign} {}", self.value)
    }
}
