//! Query strings and cookies, read as they stand.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::decode::Texts;

/// The values that the query string gives to `name`, in order.
///
/// As browsers and Python write it (WHATWG URL, `application/x-www-form-urlencoded`): pairs between `&`, `+` for a
/// blank, percent-encoded UTF-8. A name without `=` has the empty value.
#[inline]
pub(crate) fn query_values<'q>(query: &'q str, name: &str) -> Texts<'q> {
    let mut values = Texts::new();
    for pair in query.split('&') {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        if (key == name || (is_encoded(key) && decode(key) == name)) && !pair.is_empty() {
            values.push(decode(value));
        }
    }
    values
}

#[inline]
fn is_encoded(text: &str) -> bool {
    text.bytes().any(|byte| byte == b'%' || byte == b'+')
}

#[inline]
fn decode(text: &str) -> Cow<'_, str> {
    if is_encoded(text) { decode_slowly(text) } else { Cow::Borrowed(text) }
}

fn decode_slowly(text: &str) -> Cow<'_, str> {
    let blanks = text.replace('+', " ");
    Cow::Owned(percent_decode_str(&blanks).decode_utf8_lossy().into_owned())
}

/// The values that a `Cookie` header gives to `name`; of several the last one counts.
pub(crate) fn cookie_values<'h>(header: &'h str, name: &str) -> Texts<'h> {
    header
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(key, _)| key.trim() == name)
        .map(|(_, value)| Cow::Borrowed(value.trim().trim_matches('"')))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn query_strings() {
        let table: [(&str, &str, &[&str]); 8] = [
            ("q=x&limit=10", "limit", &["10"]),
            ("q=a&q=b", "q", &["a", "b"]),
            ("q=a+b%20c%C3%A9", "q", &["a b cé"]),
            ("%71=1", "q", &["1"]),
            ("q", "q", &[""]),
            ("q=a=b", "q", &["a=b"]),
            ("&&q=1&", "", &[]),
            ("q=%FF", "q", &["\u{fffd}"]),
        ];
        for (query, name, values) in table {
            assert_eq!(query_values(query, name).as_slice(), values, "{query}");
        }
    }

    #[test]
    fn cookies() {
        for (header, name, values) in [("a=1; b=2", "b", &["2"][..]), ("a=\"x y\"", "a", &["x y"]), ("ab=1", "a", &[])]
        {
            assert_eq!(cookie_values(header, name).as_slice(), values, "{header}");
        }
    }
}
