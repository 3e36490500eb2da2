//! Query strings and cookies, read as they stand.

use std::{borrow::Cow, collections::HashMap};

use percent_encoding::percent_decode_str;

use crate::decode::{Named, Texts};

/// The values that the query string gives to `name`, in order.
///
/// As browsers and Python write it (WHATWG URL, `application/x-www-form-urlencoded`): pairs between `&`, `+` for a
/// blank, percent-encoded UTF-8. A name without `=` has the empty value.
///
/// Byte by byte: query strings are short, and searchers made for long texts cost more to set up than they save.
#[inline]
pub(crate) fn query_values<'q>(query: &'q str, name: &str) -> Texts<'q> {
    let mut values = Texts::new();
    let mut start = 0;
    for pair in query.as_bytes().split(|byte| *byte == b'&') {
        let sent = value_of(pair, name.as_bytes());
        if !matches!(sent, Sent::Other) {
            let pair = query.get(start..start + pair.len()).unwrap_or_default();
            match sent {
                Sent::Plain(at) => values.push(Cow::Borrowed(pair.get(at..).unwrap_or_default())),
                _ => values.extend(decoded_value(pair, name)),
            }
        }
        start += pair.len() + 1;
    }
    values
}

/// What a pair holds for a name.
enum Sent {
    /// The value begins here, behind `name=`; nothing follows a name alone.
    Plain(usize),
    /// It has to be decoded before it can be told.
    Encoded,
    /// It is another name's.
    Other,
}

#[inline]
fn value_of(pair: &[u8], name: &[u8]) -> Sent {
    let mut wanted = name.iter();
    let mut sent = pair.iter();
    for byte in sent.by_ref() {
        match (wanted.next(), byte) {
            (Some(known), byte) if known == byte => {}
            // A name that is written otherwise differs first where it is encoded.
            (_, b'%' | b'+') => return Sent::Encoded,
            (None, b'=') => {
                let encoded = sent.as_slice().iter().any(|byte| matches!(byte, b'%' | b'+'));
                return if encoded { Sent::Encoded } else { Sent::Plain(name.len() + 1) };
            }
            _ => return Sent::Other,
        }
    }
    match wanted.next() {
        None if !name.is_empty() => Sent::Plain(pair.len()),
        _ => Sent::Other,
    }
}

#[cold]
fn decoded_value<'q>(pair: &'q str, name: &str) -> Option<Cow<'q, str>> {
    let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
    (decode(key) == name).then(|| decode(value))
}

/// All names of the query string with their values, in the order in which the names come first.
pub(crate) fn query_parameters(query: &str) -> Named<'_> {
    grouped(query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(name), decode(value))
    }))
}

/// All cookies of the headers; of one that comes several times, the last counts.
pub(crate) fn cookies<'h>(headers: impl Iterator<Item = &'h str>) -> Named<'h> {
    let mut all = grouped(headers.flat_map(|header| header.split(';')).filter_map(|pair| {
        let (name, value) = pair.trim().split_once('=')?;
        Some((Cow::Borrowed(name.trim()), Cow::Borrowed(value.trim().trim_matches('"'))))
    }));
    for (_, texts) in &mut all {
        texts.drain(..texts.len().saturating_sub(1));
    }
    all
}

fn grouped<'t>(pairs: impl Iterator<Item = (Cow<'t, str>, Cow<'t, str>)>) -> Named<'t> {
    let mut all: Named<'t> = Vec::new();
    let mut positions: HashMap<Cow<'t, str>, usize> = HashMap::new();
    for (name, value) in pairs {
        let position = *positions.entry(name).or_insert_with_key(|name| {
            all.push((name.clone(), Texts::new()));
            all.len() - 1
        });
        if let Some((_, texts)) = all.get_mut(position) {
            texts.push(value);
        }
    }
    all
}

fn decode(text: &str) -> Cow<'_, str> {
    let blanks = text.replace('+', " ");
    match percent_decode_str(&blanks).decode_utf8_lossy() {
        decoded if decoded == text => Cow::Borrowed(text),
        decoded => Cow::Owned(decoded.into_owned()),
    }
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
        let table: [(&str, &str, &[&str]); 11] = [
            ("q=x&limit=10", "limit", &["10"]),
            ("q=a&q=b", "q", &["a", "b"]),
            ("q=a+b%20c%C3%A9", "q", &["a b cé"]),
            ("%71=1", "q", &["1"]),
            ("q", "q", &[""]),
            ("q=a=b", "q", &["a=b"]),
            ("&&q=1&", "", &[]),
            ("q=%FF", "q", &["\u{fffd}"]),
            ("q%20=1&qq=2&%71q=3&a+b=4", "q ", &["1"]),
            ("q%20=1&qq=2&%71q=3&a+b=4", "qq", &["2", "3"]),
            ("q%20=1&qq=2&%71q=3&a+b=4", "a b", &["4"]),
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
