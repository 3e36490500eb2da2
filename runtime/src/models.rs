//! [`ModelField`] and [`Key`]: what generated code asks of types.

use serde::{Serialize, de::MapAccess, ser::SerializeStruct};

pub use crate::serialize::Object;
use crate::{
    decode::{Choices, Context, Decode, Field, Slot},
    map_key::MapKey,
    openapi::Describe,
    operation::Fields,
};

/// The type of a model's field: it is read from requests, written in answers, and described in the document.
///
/// Nobody implements it: any type that has [`Decode`], [`Describe`] and serde's `Serialize` is one. Generated code asks
/// for nothing else of a field, so that a type that is none is one mistake, told once.
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
}

/// The key of a map.
///
/// Nobody implements it: any [`MapKey`] is one. Generated code asks for it apart from the map, so that a key that is none
/// is told at the key.
pub trait Key {
    /// The key.
    type Itself;
}

impl<K: MapKey> Key for K {
    type Itself = K;
}
