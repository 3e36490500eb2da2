//! Names and values as queries and forms write them.

use percent_encoding::utf8_percent_encode;
use serde::Serialize;
use serde_json::Value;

use crate::percent::UNRESERVED;

pub(super) fn pair(name: &str, value: &str) -> String {
    format!("{}={}", utf8_percent_encode(name, UNRESERVED), utf8_percent_encode(value, UNRESERVED))
}

/// The fields of an object, or of a list of pairs. A list is sent as several values, null not at all.
///
/// # Panics
/// If it is neither.
#[track_caller]
pub(super) fn form(fields: &impl Serialize) -> String {
    let pairs: Vec<(String, Value)> = match serde_json::to_value(fields) {
        Ok(Value::Object(fields)) => fields.into_iter().collect(),
        Ok(list @ Value::Array(_)) => match serde_json::from_value(list) {
            Ok(pairs) => pairs,
            Err(error) => panic!("a form is made of fields, or of a list of pairs: {error}"),
        },
        Ok(other) => panic!("a form is made of fields, or of a list of pairs, not of {other}"),
        Err(error) => panic!("the fields of a form cannot be written: {error}"),
    };
    let values = |value: Value| match value {
        Value::Array(values) => values,
        Value::Null => Vec::new(),
        other => vec![other],
    };
    let text = |value: Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let pairs = pairs.into_iter().flat_map(|(name, value)| {
        values(value).into_iter().map(move |value| pair(&name, &text(value))).collect::<Vec<_>>()
    });
    pairs.collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::form;

    #[test]
    fn forms() {
        assert_eq!(form(&json!({"a": "x y&z", "b": [1, true], "c": null})), "a=x%20y%26z&b=1&b=true");
        assert_eq!(form(&[("b", "1"), ("a", "2"), ("b", "3")]), "b=1&a=2&b=3");
    }
}
