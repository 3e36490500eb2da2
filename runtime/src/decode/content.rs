//! STUB
use serde::de::{self, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use std::{borrow::Cow, fmt, marker::PhantomData};
#[derive(Debug, Clone)]
pub enum Content<'de> { Null, Bool(bool), I64(i64), U64(u64), BigInt(Cow<'de, str>), F64(f64), Str(Cow<'de, str>), Seq(Vec<Content<'de>>), Map(Vec<(Cow<'de, str>, Content<'de>)>) }
impl<'de> Content<'de> {
    pub(crate) fn get(&self, key: &str) -> Option<&Content<'de>> { match self { Self::Map(m) => m.iter().rev().find(|(k, _)| k == key).map(|(_, v)| v), _ => None } }
    pub(crate) fn index(&self, i: usize) -> Option<&Content<'de>> { match self { Self::Seq(s) => s.get(i), _ => None } }
    pub(crate) fn quoted_len(&self) -> usize { 10 }
    pub(crate) fn to_owned_content(&self) -> Content<'static> { todo!() }
}
pub struct ContentDeserializer<'de, E>(Content<'de>, PhantomData<E>);
impl<'de, E: de::Error> IntoDeserializer<'de, E> for Content<'de> { type Deserializer = ContentDeserializer<'de, E>; fn into_deserializer(self) -> Self::Deserializer { ContentDeserializer(self, PhantomData) } }
pub struct ContentRefDeserializer<'a, 'de, E>(&'a Content<'de>, PhantomData<E>);
impl<'a, 'de, E: de::Error> IntoDeserializer<'de, E> for &'a Content<'de> { type Deserializer = ContentRefDeserializer<'a, 'de, E>; fn into_deserializer(self) -> Self::Deserializer { ContentRefDeserializer(self, PhantomData) } }
impl<'de, E: de::Error> Deserializer<'de> for ContentDeserializer<'de, E> { type Error = E;
 fn deserialize_any<V: Visitor<'de>>(self, _v: V) -> Result<V::Value, E> { todo!() }
 serde::forward_to_deserialize_any! { bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any } }
impl<'a, 'de, E: de::Error> Deserializer<'de> for ContentRefDeserializer<'a, 'de, E> { type Error = E;
 fn deserialize_any<V: Visitor<'de>>(self, _v: V) -> Result<V::Value, E> { todo!() }
 serde::forward_to_deserialize_any! { bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any } }
impl<'de> serde::Deserialize<'de> for Content<'de> { fn deserialize<D: Deserializer<'de>>(_d: D) -> Result<Self, D::Error> { todo!() } }
impl serde::Serialize for Content<'_> { fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> { s.serialize_unit() } }
