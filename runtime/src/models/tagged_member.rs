//! [`TaggedMember`]: what generated code asks of the member of a union that a field names.

use serde::{Serialize, de::MapAccess, ser::Serializer};

use crate::{
    decode::{Context, Extra, decode_member},
    openapi::{Components, Describe, Place, Schema},
    operation::{Fields, Parameter},
    serialize::serialize_member,
};

/// A member of a tagged union that is a type of its own.
///
/// Nobody implements it: any [`Parameter`] that has serde's `Serialize` is one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a member of a union",
    label = "versify does not know how to read and write this",
    note = "annotate your own struct or enum with `#[model]`",
    note = "for a type of another crate that has serde's traits write `versify::Serde<..>`"
)]
pub trait TaggedMember: Sized + 'static {
    /// Whether it can hold the tag.
    const IS_OBJECT: bool;

    /// What becomes of undeclared fields.
    const EXTRA: Extra;

    /// Which of its fields has this name, and whether it takes several texts.
    fn field(name: &str) -> Option<(usize, bool)>;

    /// Reads it from an object that has been entered.
    ///
    /// # Errors
    /// Only when `map` itself is broken.
    fn read<'de, A: MapAccess<'de>>(map: A, cx: &mut Context) -> Result<Option<Self>, A::Error>;

    /// Its schema.
    fn describe(components: &mut Components) -> Schema;

    /// Its fields.
    fn describe_fields(fields: &mut Fields<'_>);

    /// Writes it, with the union's tag in front.
    ///
    /// # Errors
    /// What the serializer reports.
    fn serialize<S: Serializer>(&self, serializer: S, tag: &'static str, name: &'static str)
    -> Result<S::Ok, S::Error>;
}

#[diagnostic::do_not_recommend]
impl<T: Parameter + Serialize> TaggedMember for T {
    const IS_OBJECT: bool = matches!(T::PLACE, Place::Body) && !T::SEVERAL;
    const EXTRA: Extra = T::EXTRA;

    fn field(name: &str) -> Option<(usize, bool)> {
        T::field(name)
    }

    fn read<'de, A: MapAccess<'de>>(map: A, cx: &mut Context) -> Result<Option<Self>, A::Error> {
        decode_member(map, cx)
    }

    fn describe(components: &mut Components) -> Schema {
        <T as Describe>::describe(components)
    }

    fn describe_fields(fields: &mut Fields<'_>) {
        <T as Describe>::describe_fields(fields);
    }

    fn serialize<S: Serializer>(
        &self,
        serializer: S,
        tag: &'static str,
        name: &'static str,
    ) -> Result<S::Ok, S::Error> {
        serialize_member(serializer, tag, name, self)
    }
}
