//! [`ModelField`]: what generated code asks of the type of a model's field.

use serde::{
    Serialize,
    de::{Deserializer, MapAccess},
    ser::{SerializeStruct, Serializer},
};

use super::Object;
use crate::{
    decode::{Choices, Context, Decode, Field, Slot},
    openapi::{ComponentId, Components, Describe, Schema},
    operation::{Fields, describe_newtype},
};

/// The type of a model's field: it is read from requests, written in answers, and described in the document.
///
/// Nobody implements it: any type that has [`Decode`], [`Describe`] and serde's `Serialize` is one. Generated code asks
/// for nothing else of a field, so that a type that is none is one mistake, told once. The one field of a newtype is such,
/// too.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the type of a model's field",
    label = "versify does not know how to read and write this",
    note = "annotate your own struct or enum with `#[model]`",
    note = "for a type of another crate that has serde's traits write `versify::Serde<..>`"
)]
pub trait ModelField: Sized + 'static {
    /// Whether it takes several texts of one name.
    const SEVERAL: bool;

    /// Reads the value that `map` offers.
    ///
    /// # Errors
    /// Only when the input itself is broken.
    fn read<'de, A: MapAccess<'de>>(
        slot: &mut Slot<Self>,
        field: &Field<Self>,
        map: &mut A,
        cx: &mut Context,
        start: usize,
    ) -> Result<(), A::Error>;

    /// Reads the value that `map` offers under one of several names; 0 is the field's own.
    ///
    /// # Errors
    /// Only when the input itself is broken.
    fn read_named<'de, A: MapAccess<'de>>(
        choices: &mut Choices<Self>,
        rank: usize,
        field: &Field<Self>,
        map: &mut A,
        cx: &mut Context,
        start: usize,
    ) -> Result<(), A::Error>;

    /// The value, its default, or the fault that it is missing.
    fn finish(slot: Slot<Self>, field: &Field<Self>, cx: &mut Context) -> Option<Self>;

    /// The value that was sent under the first of several names, its default, or the fault that it is missing.
    fn finish_named(choices: Choices<Self>, field: &Field<Self>, cx: &mut Context) -> Option<Self>;

    /// Says in the document what it is.
    fn describe(field: &Field<Self>, fields: &mut Fields<'_>);

    /// Writes it.
    #[must_use]
    fn write<'o, S: SerializeStruct>(&self, name: &'static str, object: Object<'o, S>) -> Object<'o, S>;

    /// Reads what a newtype holds, checks it and makes the newtype.
    ///
    /// # Errors
    /// Only when `source` itself is broken.
    fn decode_newtype<'de, M, D: Deserializer<'de>>(
        field: &Field<Self>,
        source: D,
        cx: &mut Context,
        make: fn(Self) -> M,
    ) -> Result<Option<M>, D::Error>;

    /// The component of a newtype.
    fn describe_newtype(
        components: &mut Components,
        id: ComponentId,
        name: &str,
        description: Option<&str>,
        field: &Field<Self>,
    ) -> Schema;

    /// Writes what a newtype holds.
    ///
    /// # Errors
    /// What the serializer reports.
    fn serialize_newtype<S: Serializer>(&self, name: &'static str, serializer: S) -> Result<S::Ok, S::Error>;
}

#[diagnostic::do_not_recommend]
impl<T: Decode + Describe + Serialize + 'static> ModelField for T {
    const SEVERAL: bool = T::SEVERAL;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn read<'de, A: MapAccess<'de>>(
        slot: &mut Slot<Self>,
        field: &Field<Self>,
        map: &mut A,
        cx: &mut Context,
        start: usize,
    ) -> Result<(), A::Error> {
        slot.read(field, map, cx, start)
    }

    #[inline]
    fn read_named<'de, A: MapAccess<'de>>(
        choices: &mut Choices<Self>,
        rank: usize,
        field: &Field<Self>,
        map: &mut A,
        cx: &mut Context,
        start: usize,
    ) -> Result<(), A::Error> {
        choices.read(rank, field, map, cx, start)
    }

    #[inline]
    fn finish(slot: Slot<Self>, field: &Field<Self>, cx: &mut Context) -> Option<Self> {
        slot.finish(field, cx)
    }

    #[inline]
    fn finish_named(choices: Choices<Self>, field: &Field<Self>, cx: &mut Context) -> Option<Self> {
        choices.finish(field, cx)
    }

    fn describe(field: &Field<Self>, fields: &mut Fields<'_>) {
        fields.field(field);
    }

    #[inline]
    fn write<'o, S: SerializeStruct>(&self, name: &'static str, object: Object<'o, S>) -> Object<'o, S> {
        object.field(name, self)
    }

    #[inline]
    fn decode_newtype<'de, M, D: Deserializer<'de>>(
        field: &Field<Self>,
        source: D,
        cx: &mut Context,
        make: fn(Self) -> M,
    ) -> Result<Option<M>, D::Error> {
        Ok(field.decode(cx, |cx| T::decode(source, cx))?.map(make))
    }

    fn describe_newtype(
        components: &mut Components,
        id: ComponentId,
        name: &str,
        description: Option<&str>,
        field: &Field<Self>,
    ) -> Schema {
        describe_newtype(components, id, name, description, field)
    }

    #[inline]
    fn serialize_newtype<S: Serializer>(&self, name: &'static str, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(name, self)
    }
}
