//! [`UntaggedMember`]: what generated code asks of the member of a union that is found by trying.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use crate::{
    decode::{Context, Decode, Extra, Field, Input, member_label},
    openapi::{Components, Describe, Schema},
    operation::{Fields, describe_field},
};

/// A member of an untagged union.
///
/// Nobody implements it: any type that has [`Decode`], [`Describe`] and serde's `Serialize` is one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a member of a union",
    label = "versify does not know how to read and write this",
    note = "annotate your own struct or enum with `#[model]`",
    note = "for a type of another crate that has serde's traits write `versify::Serde<..>`"
)]
pub trait UntaggedMember: Sized + 'static {
    /// Whether it takes several texts of one name.
    const SEVERAL: bool;

    /// Whether a form as a whole is read into it.
    const FORM: bool;

    /// What becomes of undeclared fields.
    const EXTRA: Extra;

    /// Which of its fields has this name, and whether it takes several texts.
    fn field(name: &str) -> Option<(usize, bool)>;

    /// Reads the input of the union.
    fn read(input: Input<'_, '_>, field: &Field<Self>, cx: &mut Context) -> Option<Self>;

    /// What Python calls the type.
    fn label(field: &Field<Self>) -> Cow<'static, str>;

    /// Its schema, with what was declared of the member.
    fn describe(field: &Field<Self>, components: &mut Components) -> Schema;

    /// Its fields.
    fn describe_fields(fields: &mut Fields<'_>);

    /// Writes it.
    ///
    /// # Errors
    /// What the serializer reports.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

#[diagnostic::do_not_recommend]
impl<T: Decode + Describe + Serialize + 'static> UntaggedMember for T {
    const SEVERAL: bool = T::SEVERAL;
    const FORM: bool = T::FORM;
    const EXTRA: Extra = T::EXTRA;

    fn field(name: &str) -> Option<(usize, bool)> {
        T::field(name)
    }

    fn read(input: Input<'_, '_>, field: &Field<Self>, cx: &mut Context) -> Option<Self> {
        input.decode(field, cx)
    }

    fn label(field: &Field<Self>) -> Cow<'static, str> {
        member_label(field)
    }

    fn describe(field: &Field<Self>, components: &mut Components) -> Schema {
        describe_field(field, components)
    }

    fn describe_fields(fields: &mut Fields<'_>) {
        T::describe_fields(fields);
    }

    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        T::serialize(self, serializer)
    }
}
