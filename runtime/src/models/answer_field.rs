//! [`AnswerField`]: what generated code asks of the type of a field that no request sets.

use serde::{Serialize, ser::SerializeStruct};

use super::Object;
use crate::{decode::Field, openapi::Describe, operation::Fields};

/// The type of a field that stands in answers only: it is read-only, or computed.
///
/// Nobody implements it: any type that has [`Describe`] and serde's `Serialize` is one. Nothing reads it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand in an answer",
    label = "versify does not know how to write this",
    note = "annotate your own struct or enum with `#[model]`",
    note = "for a type of another crate that has serde's traits write `versify::Serde<..>`",
    note = "a type that is written by hand has serde's `Serialize` and `versify::openapi::Describe`"
)]
pub trait AnswerField: Sized + 'static {
    /// Says in the document what the field is.
    fn describe(field: &Field<Self>, fields: &mut Fields<'_>);

    /// Writes the field.
    #[must_use]
    fn write<'o, S: SerializeStruct>(&self, name: &'static str, object: Object<'o, S>) -> Object<'o, S>;

    /// Says in the document what a method of the model `M` computes.
    fn describe_computed<M>(name: &'static str, method: fn(&M) -> Self, fields: &mut Fields<'_>);

    /// Writes what a method of the model `M` computes.
    #[must_use]
    fn write_computed<'o, M, S: SerializeStruct>(
        model: &M,
        name: &'static str,
        method: fn(&M) -> Self,
        object: Object<'o, S>,
    ) -> Object<'o, S>;
}

#[diagnostic::do_not_recommend]
impl<T: Describe + Serialize + 'static> AnswerField for T {
    fn describe(field: &Field<Self>, fields: &mut Fields<'_>) {
        fields.read_only(field);
    }

    #[inline]
    fn write<'o, S: SerializeStruct>(&self, name: &'static str, object: Object<'o, S>) -> Object<'o, S> {
        object.field(name, self)
    }

    fn describe_computed<M>(name: &'static str, method: fn(&M) -> Self, fields: &mut Fields<'_>) {
        fields.computed(name, method);
    }

    #[inline]
    fn write_computed<'o, M, S: SerializeStruct>(
        model: &M,
        name: &'static str,
        method: fn(&M) -> Self,
        object: Object<'o, S>,
    ) -> Object<'o, S> {
        object.computed(name, &method(model))
    }
}
