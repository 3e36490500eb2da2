//! Header values with options: `form-data; name="a"; filename="b.txt"`.

/// The value in front, in lower case, and its options by name, in order.
pub(super) struct HeaderOptions {
    pub(super) value: Vec<u8>,
    options: Vec<(Vec<u8>, Vec<u8>)>,
}

impl HeaderOptions {
    /// Reads a value as python-multipart does: leniently, and without RFC 5987's `filename*`, which RFC 7578 forbids
    /// in forms.
    pub(super) fn parse(header: &[u8]) -> Self {
        let mut segments = segments(header).into_iter();
        let value = segments.next().map(|(key, value)| match value {
            Some(value) => [key.as_slice(), b"=", value].concat(),
            None => key,
        });
        let options = segments.filter(|(key, _)| !key.contains(&b'*')).map(|(key, value)| {
            let mut value = unquoted(value.unwrap_or_default());
            if key == b"filename" {
                value = without_folders(value);
            }
            (key, value)
        });
        Self { value: value.unwrap_or_default().to_ascii_lowercase(), options: options.collect() }
    }

    /// An option; of several the last counts.
    pub(super) fn get(&self, key: &[u8]) -> Option<&[u8]> {
        self.options.iter().rev().find(|(known, _)| known == key).map(|(_, value)| value.as_slice())
    }
}

/// The parts between semicolons that are in no quotes: each a key in lower case, and its value.
fn segments(header: &[u8]) -> Vec<(Vec<u8>, Option<&[u8]>)> {
    let mut quoted = false;
    let mut previous = 0;
    let ends = |byte: &u8| {
        if *byte == b'"' && previous != b'\\' {
            quoted = !quoted;
        }
        previous = *byte;
        *byte == b';' && !quoted
    };
    header
        .split(ends)
        .map(|segment| match segment.iter().position(|byte| *byte == b'=') {
            Some(equals) => {
                let (key, value) = segment.split_at(equals);
                (trimmed(key).to_ascii_lowercase(), Some(trimmed(value.get(1..).unwrap_or_default())))
            }
            // A key without a value stays as it was written.
            None => (trimmed(segment).to_vec(), None),
        })
        .collect()
}

fn trimmed(bytes: &[u8]) -> &[u8] {
    let blank = |byte: &u8| matches!(byte, b' ' | b'\t');
    let start = bytes.iter().position(|byte| !blank(byte)).unwrap_or(bytes.len());
    let end = bytes.iter().rposition(|byte| !blank(byte)).map_or(start, |last| last + 1);
    bytes.get(start..end).unwrap_or_default()
}

fn unquoted(value: &[u8]) -> Vec<u8> {
    let Some(inner) = value.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\"")) else {
        return value.to_vec();
    };
    replaced(&replaced(inner, br"\\", br"\"), br#"\""#, b"\"")
}

fn replaced(text: &[u8], from: &[u8; 2], to: &[u8; 1]) -> Vec<u8> {
    let mut all = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, after)) = rest.split_first() {
        match rest.strip_prefix(from) {
            Some(after) => {
                all.extend_from_slice(to);
                rest = after;
            }
            None => {
                all.push(*first);
                rest = after;
            }
        }
    }
    all
}

/// Old browsers on Windows send the whole path.
fn without_folders(name: Vec<u8>) -> Vec<u8> {
    let is_path = name.get(1..3) == Some(br":\") || name.starts_with(br"\\");
    match name.iter().rposition(|byte| *byte == b'\\') {
        Some(last) if is_path => name.get(last + 1..).unwrap_or_default().to_vec(),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_as_browsers_write_them() {
        for (header, name, file_name) in [
            (r#"form-data; name="a""#, Some("a"), None),
            (r#"form-data; name=a; filename=b.txt"#, Some("a"), Some("b.txt")),
            (r#"form-data; filename="b;c.txt"; NAME = "a" "#, Some("a"), Some("b;c.txt")),
            (r#"form-data; name="a\"b\\c""#, Some(r#"a"b\c"#), None),
            (r#"form-data; name="a"; filename*=UTF-8''x"#, Some("a"), None),
            (r#"form-data; name="a"; filename="C:\dir\b.txt""#, Some("a"), Some("b.txt")),
            (r#"form-data; name="a"; name="b""#, Some("b"), None),
            ("form-data", None, None),
            ("form-data; name", Some(""), None),
            ("", None, None),
        ] {
            let parsed = HeaderOptions::parse(header.as_bytes());
            assert_eq!(parsed.get(b"name"), name.map(str::as_bytes), "{header}");
            assert_eq!(parsed.get(b"filename"), file_name.map(str::as_bytes), "{header}");
        }
        assert_eq!(HeaderOptions::parse(b" Multipart/Form-Data ;boundary=X").value, b"multipart/form-data");
    }
}
