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

    /// Says in the document what is computed.
    fn describe_computed<M>(computed: Computed<M, Self>, fields: &mut Fields<'_>);

    /// Computes and writes it.
    #[must_use]
    fn write_computed<'o, M, S: SerializeStruct>(
        computed: Computed<M, Self>,
        model: &M,
        object: Object<'o, S>,
    ) -> Object<'o, S>;
}

/// A field whose value a method of the model `M` computes.
///
/// It is made in the same words where it is described and where it is written: what is wrong with the method is told once.
#[derive(Debug)]
pub struct Computed<M, T> {
    name: &'static str,
    method: fn(&M) -> T,
}

impl<M, T> Computed<M, T> {
    /// The field, and the method.
    #[must_use]
    pub const fn new(name: &'static str, method: fn(&M) -> T) -> Self {
        Self { name, method }
    }
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

    fn describe_computed<M>(computed: Computed<M, Self>, fields: &mut Fields<'_>) {
        fields.computed(computed.name, computed.method);
    }

    #[inline]
    fn write_computed<'o, M, S: SerializeStruct>(
        computed: Computed<M, Self>,
        model: &M,
        object: Object<'o, S>,
    ) -> Object<'o, S> {
        object.computed(computed.name, &(computed.method)(model))
    }
}
