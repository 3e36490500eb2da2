//! Text of a [`Content`](super::Content) as an input of serde: values, keys of objects, names of variants.

use std::{borrow::Cow, marker::PhantomData};

use serde::{
    de::{
        self, Deserialize, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, Unexpected, VariantAccess,
        Visitor,
    },
    forward_to_deserialize_any,
};

/// Text, with how long it may be lent.
pub(in crate::decode) enum Key<'a, 'de> {
    /// For as long as the input lives.
    Input(&'de str),
    /// For as long as the content lives.
    Content(&'a str),
    Owned(String),
}

impl<'de> From<Cow<'de, str>> for Key<'_, 'de> {
    fn from(text: Cow<'de, str>) -> Self {
        match text {
            Cow::Borrowed(text) => Self::Input(text),
            Cow::Owned(text) => Self::Owned(text),
        }
    }
}

impl<'a, 'de> From<&'a Cow<'de, str>> for Key<'a, 'de> {
    fn from(text: &'a Cow<'de, str>) -> Self {
        match text {
            Cow::Borrowed(text) => Self::Input(text),
            Cow::Owned(text) => Self::Content(text),
        }
    }
}

impl<'de> Key<'_, 'de> {
    pub(super) fn visit<E: de::Error, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self {
            Self::Input(text) => visitor.visit_borrowed_str(text),
            Self::Content(text) => visitor.visit_str(text),
            Self::Owned(text) => visitor.visit_string(text),
        }
    }

    fn as_str(&self) -> &str {
        match self {
            Self::Input(text) => text,
            Self::Content(text) => text,
            Self::Owned(text) => text,
        }
    }
}

impl<'a, 'de, E: de::Error> IntoDeserializer<'de, E> for Key<'a, 'de> {
    type Deserializer = KeyDeserializer<'a, 'de, E>;

    fn into_deserializer(self) -> KeyDeserializer<'a, 'de, E> {
        KeyDeserializer { key: self, error: PhantomData }
    }
}

/// Reads a key as serde_json does: where a number or a boolean is wanted, it is read from the text.
pub(in crate::decode) struct KeyDeserializer<'a, 'de, E> {
    key: Key<'a, 'de>,
    error: PhantomData<E>,
}

macro_rules! parsed {
    ($($deserialize:ident => $visit:ident)*) => {$(
        fn $deserialize<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
            match self.key.as_str().parse() {
                Ok(value) => visitor.$visit(value),
                Err(_) => self.key.visit(visitor),
            }
        }
    )*};
}

impl<'de, E: de::Error> Deserializer<'de> for KeyDeserializer<'_, 'de, E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        self.key.visit(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, E> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, E> {
        visitor.visit_enum(Variant { name: self.key, value: None::<Self> })
    }

    parsed! {
        deserialize_i8 => visit_i8
        deserialize_i16 => visit_i16
        deserialize_i32 => visit_i32
        deserialize_i64 => visit_i64
        deserialize_i128 => visit_i128
        deserialize_u8 => visit_u8
        deserialize_u16 => visit_u16
        deserialize_u32 => visit_u32
        deserialize_u64 => visit_u64
        deserialize_u128 => visit_u128
        deserialize_f32 => visit_f32
        deserialize_f64 => visit_f64
        deserialize_bool => visit_bool
    }

    forward_to_deserialize_any! {
        char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// A variant of an enum: its name and, unless it stands alone, its value.
pub(super) struct Variant<'a, 'de, D> {
    pub(super) name: Key<'a, 'de>,
    pub(super) value: Option<D>,
}

impl<'de, D: Deserializer<'de>> EnumAccess<'de> for Variant<'_, 'de, D> {
    type Error = D::Error;
    type Variant = Value<D>;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Value<D>), D::Error> {
        Ok((seed.deserialize(self.name.into_deserializer())?, Value(self.value)))
    }
}

/// The value of a variant.
pub(super) struct Value<D>(Option<D>);

impl<'de, D: Deserializer<'de>> VariantAccess<'de> for Value<D> {
    type Error = D::Error;

    fn unit_variant(self) -> Result<(), D::Error> {
        self.0.map_or(Ok(()), Deserialize::deserialize)
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, D::Error> {
        seed.deserialize(self.required("newtype variant")?)
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, D::Error> {
        self.required("tuple variant")?.deserialize_tuple(len, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.required("struct variant")?.deserialize_struct("", fields, visitor)
    }
}

impl<D> Value<D> {
    fn required<E: de::Error>(self, wanted: &str) -> Result<D, E> {
        self.0.ok_or_else(|| E::invalid_type(Unexpected::UnitVariant, &wanted))
    }
}
