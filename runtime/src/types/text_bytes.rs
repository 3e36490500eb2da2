//! [`TextBytes`]: bytes that are text on the wire.

use std::ops::Deref;

use bytes::Bytes;
use serde::{Serialize, Serializer, ser::Error as _};

use crate::{
    decode::{Context, ContextValue, Inputs, Issue, Measured, Rules, Scalar},
    openapi::Schema,
};

/// Bytes that are UTF-8 text on the wire, as Python's `bytes`. Lengths count bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct TextBytes(pub Bytes);

impl Deref for TextBytes {
    type Target = Bytes;

    fn deref(&self) -> &Bytes {
        &self.0
    }
}

impl<T: Into<Bytes>> From<T> for TextBytes {
    fn from(bytes: T) -> Self {
        Self(bytes.into())
    }
}

impl Serialize for TextBytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(std::str::from_utf8(&self.0).map_err(S::Error::custom)?)
    }
}

impl Scalar for TextBytes {
    const EXACT: Inputs = Inputs::NONE;
    const STRICT: Inputs = Inputs::TEXT;

    fn wrong() -> Issue {
        bytes_type()
    }

    fn from_text(text: &str, _: &mut Context) -> Option<Self> {
        Some(Self(Bytes::copy_from_slice(text.as_bytes())))
    }

    fn from_bytes(bytes: Bytes, _: &mut Context) -> Option<Self> {
        Some(Self(bytes))
    }
}

impl Measured for TextBytes {}

super::scalar!(
    TextBytes => Schema { content_media_type: Some("application/octet-stream"), ..Schema::string() },
    check |value: &Self, rules, cx| check_length(value.0.len(), rules, cx)
);

pub(super) fn bytes_type() -> Issue {
    Issue::new("bytes_type", "Input should be a valid bytes")
}

/// Checks the number of bytes.
pub(super) fn check_length(len: usize, rules: &Rules, cx: &mut Context) -> bool {
    let broken = match rules {
        Rules { min_length: Some(min), .. } if len < *min => ("bytes_too_short", "at least", "min_length", *min),
        Rules { max_length: Some(max), .. } if len > *max => ("bytes_too_long", "at most", "max_length", *max),
        _ => return true,
    };
    let (kind, words, key, bound) = broken;
    let s = if bound == 1 { "" } else { "s" };
    cx.report(
        Issue::new(kind, format!("Data should have {words} {bound} byte{s}"))
            .with(key, ContextValue::Integer(bound as i128)),
    );
    false
}
