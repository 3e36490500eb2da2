//! [`Bytes`]: what a file of a form holds, or a text as bytes.

use std::borrow::Cow;

use bytes::Bytes;
use serde::Deserializer;

use super::text_bytes::{bytes_type, check_length};
use crate::{
    decode::{Context, Decode, Inputs, Issue, Measured, Rules, Scalar, decode_scalar},
    openapi::{Components, Describe, Schema},
};

impl Scalar for Bytes {
    const EXACT: Inputs = Inputs::NONE;
    const STRICT: Inputs = Inputs::TEXT;

    fn wrong() -> Issue {
        bytes_type()
    }

    fn from_text(text: &str, _: &mut Context) -> Option<Self> {
        Some(Self::copy_from_slice(text.as_bytes()))
    }

    fn from_bytes(bytes: Bytes, _: &mut Context) -> Option<Self> {
        Some(bytes)
    }
}

impl Decode for Bytes {
    fn decode<'de, D: Deserializer<'de>>(source: D, cx: &mut Context) -> Result<Option<Self>, D::Error> {
        decode_scalar(source, cx)
    }

    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed("bytes")
    }

    fn check(&self, rules: &Rules, cx: &mut Context) -> bool {
        check_length(self.len(), rules, cx)
    }
}

impl Measured for Bytes {}

impl Describe for Bytes {
    fn describe(_: &mut Components) -> Schema {
        Schema { content_media_type: Some("application/octet-stream"), ..Schema::string() }
    }
}
