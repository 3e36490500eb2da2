//! [`Base64Bytes`]: bytes that are Base64 on the wire.

use std::ops::Deref;

use base64::{
    DecodeError, Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig, general_purpose},
};
use bytes::Bytes;
use serde::{Serialize, Serializer};

use super::text_bytes::{bytes_type, check_length};
use crate::{
    decode::{Context, ContextValue, Inputs, Issue, Measured, Scalar},
    openapi::Schema,
};

/// Bytes that are Base64 on the wire, as Pydantic's `val_json_bytes` and `ser_json_bytes` do it: both alphabets are
/// read, with padding or without; the URL-safe one is written. Lengths count bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Base64Bytes(pub Bytes);

const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);

impl Deref for Base64Bytes {
    type Target = Bytes;

    fn deref(&self) -> &Bytes {
        &self.0
    }
}

impl<T: Into<Bytes>> From<T> for Base64Bytes {
    fn from(bytes: T) -> Self {
        Self(bytes.into())
    }
}

impl Serialize for Base64Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&general_purpose::URL_SAFE.encode(&self.0))
    }
}

fn decode(text: &str) -> Result<Vec<u8>, DecodeError> {
    URL_SAFE.decode(text).or_else(|error| match error {
        DecodeError::InvalidByte(_, b'/' | b'+') => STANDARD.decode(text),
        error => Err(error),
    })
}

impl Scalar for Base64Bytes {
    const EXACT: Inputs = Inputs::NONE;
    const STRICT: Inputs = Inputs::TEXT;

    fn wrong() -> Issue {
        bytes_type()
    }

    fn from_text(text: &str, cx: &mut Context) -> Option<Self> {
        match decode(text) {
            Ok(bytes) => Some(Self(bytes.into())),
            Err(error) => cx.refuse(
                Issue::new("bytes_invalid_encoding", format!("Data should be valid base64: {error}"))
                    .with("encoding", ContextValue::Text("base64".into()))
                    .with("encoding_error", ContextValue::Text(error.to_string().into())),
            ),
        }
    }
}

impl Measured for Base64Bytes {}

super::scalar!(
    Base64Bytes => Schema {
        content_media_type: Some("application/octet-stream"),
        content_encoding: Some("base64"),
        ..Schema::string()
    },
    check |value: &Self, rules, cx| check_length(value.0.len(), rules, cx)
);
