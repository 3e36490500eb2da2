//! Null.

use std::borrow::Cow;

use serde::de::Deserializer;

use super::{
    Decode,
    context::Context,
    issue::Issue,
    scalar::{Inputs, Scalar, decode_scalar},
};

/// Null, and nothing else.
impl Scalar for () {
    const EXACT: Inputs = Inputs::NONE;

    fn wrong() -> Issue {
        Issue::new("none_required", "Input should be None")
    }

    fn from_null(_: &mut Context) -> Option<Self> {
        Some(())
    }
}

impl Decode for () {
    fn decode<'de, D: Deserializer<'de>>(source: D, cx: &mut Context) -> Result<Option<Self>, D::Error> {
        decode_scalar(source, cx)
    }

    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed("none")
    }
}
