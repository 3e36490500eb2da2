//! [`Content`] as an input of serde.
//!
//! Text that the content borrows from the input is lent on as `visit_borrowed_str`. Integers beyond 64 bits are
//! handed on as `i128` or `u128`, and beyond 128 bits as the nearest float.

use std::marker::PhantomData;

use serde::{
    de::{
        self, Deserializer, IntoDeserializer, Unexpected, Visitor,
        value::{MapDeserializer, SeqDeserializer},
    },
    forward_to_deserialize_any,
};

use super::{
    Content, Integer,
    key::{Key, Variant},
};

/// Reads a [`Content`] and consumes it.
pub(crate) struct ContentDeserializer<'de, E> {
    content: Content<'de>,
    error: PhantomData<E>,
}

/// Reads a [`Content`] that is kept.
pub(crate) struct ContentRefDeserializer<'a, 'de, E> {
    content: &'a Content<'de>,
    error: PhantomData<E>,
}

impl<'de, E: de::Error> IntoDeserializer<'de, E> for Content<'de> {
    type Deserializer = ContentDeserializer<'de, E>;

    fn into_deserializer(self) -> ContentDeserializer<'de, E> {
        ContentDeserializer { content: self, error: PhantomData }
    }
}

impl<'a, 'de, E: de::Error> IntoDeserializer<'de, E> for &'a Content<'de> {
    type Deserializer = ContentRefDeserializer<'a, 'de, E>;

    fn into_deserializer(self) -> ContentRefDeserializer<'a, 'de, E> {
        ContentRefDeserializer { content: self, error: PhantomData }
    }
}

/// What both deserializers do alike: as serde_json's do.
macro_rules! hints {
    () => {
        fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
            match self.content {
                Content::Null => visitor.visit_none(),
                _ => visitor.visit_some(self),
            }
        }

        fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, E> {
            visitor.visit_newtype_struct(self)
        }

        fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
            visitor.visit_unit()
        }

        fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
            self.deserialize_f64(visitor)
        }

        // Floats read from no integer of more than 64 bits.
        fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
            match &self.content {
                Content::BigInt(digits) => visitor.visit_f64(digits.parse().unwrap_or(f64::NAN)),
                _ => self.deserialize_any(visitor),
            }
        }

        forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 char str string bytes byte_buf unit unit_struct seq tuple
            tuple_struct map struct identifier
        }
    };
}

impl<'de, E: de::Error> Deserializer<'de> for ContentDeserializer<'de, E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.content {
            Content::Str(text) => Key::from(text).visit(visitor),
            Content::Seq(elements) => visit_seq(elements.into_iter(), visitor),
            Content::Map(entries) => {
                visit_map(entries.into_iter().map(|(key, value)| (Key::from(key), value)), visitor)
            }
            scalar => visit_scalar(&scalar, visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, E> {
        match self.content {
            Content::Str(name) => visitor.visit_enum(Variant { name: Key::from(name), value: None::<Self> }),
            Content::Map(entries) => {
                let [(name, value)] = <[_; 1]>::try_from(entries).map_err(|_| several_keys())?;
                let value: Self = value.into_deserializer();
                visitor.visit_enum(Variant { name: Key::from(name), value: Some(value) })
            }
            other => Err(no_variant(&other)),
        }
    }

    hints!();
}

impl<'de, E: de::Error> Deserializer<'de> for ContentRefDeserializer<'_, 'de, E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.content {
            Content::Str(text) => Key::from(text).visit(visitor),
            Content::Seq(elements) => visit_seq(elements.iter(), visitor),
            Content::Map(entries) => visit_map(entries.iter().map(|(key, value)| (Key::from(key), value)), visitor),
            scalar => visit_scalar(scalar, visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, E> {
        match self.content {
            Content::Str(name) => visitor.visit_enum(Variant { name: Key::from(name), value: None::<Self> }),
            Content::Map(entries) => {
                let [(name, value)] = entries.as_slice() else { return Err(several_keys()) };
                let value: Self = value.into_deserializer();
                visitor.visit_enum(Variant { name: Key::from(name), value: Some(value) })
            }
            other => Err(no_variant(other)),
        }
    }

    hints!();
}

fn visit_seq<'de, E, I, V>(elements: I, visitor: V) -> Result<V::Value, E>
where
    E: de::Error,
    I: Iterator<Item: IntoDeserializer<'de, E>>,
    V: Visitor<'de>,
{
    let mut seq = SeqDeserializer::new(elements);
    let value = visitor.visit_seq(&mut seq)?;
    seq.end()?;
    Ok(value)
}

fn visit_map<'a, 'de: 'a, E, I, C, V>(entries: I, visitor: V) -> Result<V::Value, E>
where
    E: de::Error,
    I: Iterator<Item = (Key<'a, 'de>, C)>,
    C: IntoDeserializer<'de, E>,
    V: Visitor<'de>,
{
    let mut map = MapDeserializer::new(entries);
    let value = visitor.visit_map(&mut map)?;
    map.end()?;
    Ok(value)
}

fn visit_scalar<'de, E: de::Error, V: Visitor<'de>>(scalar: &Content<'_>, visitor: V) -> Result<V::Value, E> {
    match scalar {
        Content::Bool(value) => visitor.visit_bool(*value),
        Content::I64(value) => visitor.visit_i64(*value),
        Content::U64(value) => visitor.visit_u64(*value),
        Content::F64(value) => visitor.visit_f64(*value),
        Content::BigInt(digits) => match Integer::of(digits) {
            Integer::I128(value) => visitor.visit_i128(value),
            Integer::U128(value) => visitor.visit_u128(value),
            Integer::Beyond(value) => visitor.visit_f64(value),
        },
        // `Null`: all others have parts.
        _ => visitor.visit_unit(),
    }
}

#[cold]
fn several_keys<E: de::Error>() -> E {
    E::invalid_value(Unexpected::Map, &"map with a single key")
}

#[cold]
fn no_variant<E: de::Error>(content: &Content<'_>) -> E {
    let unexpected = match content {
        Content::Null => Unexpected::Unit,
        Content::Bool(value) => Unexpected::Bool(*value),
        Content::I64(value) => Unexpected::Signed(*value),
        Content::U64(value) => Unexpected::Unsigned(*value),
        Content::F64(value) => Unexpected::Float(*value),
        Content::Seq(_) => Unexpected::Seq,
        _ => Unexpected::Other("value"),
    };
    E::invalid_type(unexpected, &"string or map")
}
