//! [`ExtrasField`]: what generated code asks of the map of a model's undeclared fields.

use serde::{Serialize, de::MapAccess, ser::SerializeMap};

use crate::{
    decode::{Context, Extras, ExtrasSlot},
    openapi::Describe,
    operation::Fields,
};

/// The map of the fields that a model does not declare.
///
/// Nobody implements it: any [`Extras`] is one whose values have [`Describe`] and serde's `Serialize`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot take undeclared fields",
    label = "versify does not know how to read and write these",
    note = "write `HashMap<String, T>` or `BTreeMap<String, T>`, where `T` is a type that a field can have, such as `Value`",
    note = "annotate your own struct or enum with `#[model]`"
)]
pub trait ExtrasField: Sized + 'static {
    /// None yet.
    fn slot() -> ExtrasSlot<Self>;

    /// Reads the value of the field `name`.
    ///
    /// # Errors
    /// Only when the input itself is broken.
    fn read<'de, A: MapAccess<'de>>(
        slot: &mut ExtrasSlot<Self>,
        name: String,
        map: &mut A,
        cx: &mut Context,
        start: usize,
    ) -> Result<(), A::Error>;

    /// All of them, unless one is wrong.
    fn finish(slot: ExtrasSlot<Self>) -> Option<Self>;

    /// Says in the document what they are.
    fn describe(fields: &mut Fields<'_>);

    /// Writes them after the declared ones.
    ///
    /// # Errors
    /// What the serializer reports.
    fn serialize<S: SerializeMap>(&self, map: &mut S) -> Result<(), S::Error>;
}

#[diagnostic::do_not_recommend]
impl<M: Extras<Value: Describe + Serialize> + 'static> ExtrasField for M {
    fn slot() -> ExtrasSlot<Self> {
        ExtrasSlot::new()
    }

    fn read<'de, A: MapAccess<'de>>(
        slot: &mut ExtrasSlot<Self>,
        name: String,
        map: &mut A,
        cx: &mut Context,
        start: usize,
    ) -> Result<(), A::Error> {
        slot.read(name, map, cx, start)
    }

    fn finish(slot: ExtrasSlot<Self>) -> Option<Self> {
        slot.finish()
    }

    fn describe(fields: &mut Fields<'_>) {
        fields.extras::<M>();
    }

    fn serialize<S: SerializeMap>(&self, map: &mut S) -> Result<(), S::Error> {
        self.entries().try_for_each(|(name, value)| map.serialize_entry(name, value))
    }
}
