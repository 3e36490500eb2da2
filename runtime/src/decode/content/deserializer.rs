//! [`Content`] as an input of serde.
//!
//! Text that the content borrows from the input is lent on as `visit_borrowed_str`. Integers beyond 64 bits are
//! handed on as `i128` or `u128`, and beyond 128 bits as the nearest float.

use std::{borrow::Cow, marker::PhantomData};

use serde::{
    de::{self, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor},
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
            Content::Seq(elements) => visit_seq(&mut elements.into_iter(), visitor),
            Content::Map(entries) => visit_map(&mut owned_entries(entries), visitor),
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
            Content::Seq(elements) => visit_seq(&mut elements.iter(), visitor),
            Content::Map(entries) => visit_map(&mut kept_entries(entries), visitor),
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

// Functions of their own, so that the iterators are the same for all visitors.

fn owned_entries<'e, 'de: 'e>(
    entries: Vec<(Cow<'de, str>, Content<'de>)>,
) -> impl ExactSizeIterator<Item = (Key<'e, 'de>, Content<'de>)> {
    entries.into_iter().map(|(key, value)| (Key::from(key), value))
}

fn kept_entries<'a, 'de>(
    entries: &'a [(Cow<'de, str>, Content<'de>)],
) -> impl ExactSizeIterator<Item = (Key<'a, 'de>, &'a Content<'de>)> {
    entries.iter().map(|(key, value)| (Key::from(key), value))
}

fn visit_seq<'de, E, C, V>(elements: &mut dyn ExactSizeIterator<Item = C>, visitor: V) -> Result<V::Value, E>
where
    E: de::Error,
    C: IntoDeserializer<'de, E>,
    V: Visitor<'de>,
{
    let all = elements.len();
    let value = visitor.visit_seq(Elements { rest: elements, error: PhantomData })?;
    all_read(all, elements.len(), "sequence")?;
    Ok(value)
}

fn visit_map<'de, E, C, V>(entries: &mut Entries<'_, 'de, C>, visitor: V) -> Result<V::Value, E>
where
    E: de::Error,
    C: IntoDeserializer<'de, E>,
    V: Visitor<'de>,
{
    let all = entries.len();
    let value = visitor.visit_map(Pairs { rest: entries, value: None, error: PhantomData })?;
    all_read(all, entries.len(), "map")?;
    Ok(value)
}

/// A visitor that leaves parts expected fewer, in serde's words.
fn all_read<E: de::Error>(all: usize, left: usize, kind: &str) -> Result<(), E> {
    match (all - left, left) {
        (_, 0) => Ok(()),
        (1, _) => Err(E::invalid_length(all, &format!("1 element in {kind}").as_str())),
        (read, _) => Err(E::invalid_length(all, &format!("{read} elements in {kind}").as_str())),
    }
}

/// The entries of an object; not by their iterator's type, since that would cost each model once more.
type Entries<'e, 'de, C> = dyn ExactSizeIterator<Item = (Key<'e, 'de>, C)> + 'e;

/// The elements of a list.
struct Elements<'i, C, E> {
    rest: &'i mut dyn ExactSizeIterator<Item = C>,
    error: PhantomData<E>,
}

impl<'de, C: IntoDeserializer<'de, E>, E: de::Error> SeqAccess<'de> for Elements<'_, C, E> {
    type Error = E;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, E> {
        self.rest.next().map(|element| seed.deserialize(element.into_deserializer())).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

/// The entries of an object, key by key.
struct Pairs<'i, 'e, 'de, C, E> {
    rest: &'i mut Entries<'e, 'de, C>,
    /// Of the key that was read last.
    value: Option<C>,
    error: PhantomData<E>,
}

impl<'de, C: IntoDeserializer<'de, E>, E: de::Error> MapAccess<'de> for Pairs<'_, '_, 'de, C, E> {
    type Error = E;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, E> {
        let Some((key, value)) = self.rest.next() else { return Ok(None) };
        self.value = Some(value);
        seed.deserialize(key.into_deserializer()).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, E> {
        match self.value.take() {
            Some(value) => seed.deserialize(value.into_deserializer()),
            None => Err(E::custom("a value before its key")),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
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
