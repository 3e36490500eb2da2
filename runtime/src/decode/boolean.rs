//! Booleans.

use serde::de::Deserializer;

use super::{
    Decode, coerce,
    context::Context,
    issue::Issue,
    scalar::{Inputs, Scalar, decode_scalar},
};

impl Scalar for bool {
    const EXACT: Inputs = Inputs::BOOLEAN;

    fn wrong() -> Issue {
        Issue::new("bool_type", "Input should be a valid boolean")
    }

    #[inline]
    fn from_bool(value: bool, _: &mut Context) -> Option<Self> {
        Some(value)
    }

    fn from_i64(value: i64, cx: &mut Context) -> Option<Self> {
        match value {
            0 => Some(false),
            1 => Some(true),
            _ => cx.refuse(bool_parsing()),
        }
    }

    fn from_f64(value: f64, cx: &mut Context) -> Option<Self> {
        if value == 0.0 {
            Some(false)
        } else if value == 1.0 {
            Some(true)
        } else if value.fract() == 0.0 {
            cx.refuse(bool_parsing())
        } else {
            cx.refuse(Self::wrong())
        }
    }

    fn from_text(text: &str, cx: &mut Context) -> Option<Self> {
        coerce::boolean(text).or_else(|| cx.refuse(bool_parsing()))
    }
}

fn bool_parsing() -> Issue {
    Issue::new("bool_parsing", "Input should be a valid boolean, unable to interpret input")
}

impl Decode for bool {
    #[inline]
    fn decode<'de, D: Deserializer<'de>>(source: D, cx: &mut Context) -> Result<Option<Self>, D::Error> {
        decode_scalar(source, cx)
    }
}
