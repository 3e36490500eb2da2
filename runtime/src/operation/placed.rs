//! [`Placed`]: what an attribute gives a place in the request.

use super::{Call, Description};
use crate::{
    decode::{Decode, Field},
    openapi::{Describe, Place},
};

/// What `#[path]`, `#[query]`, `#[header]`, `#[cookie]` and `#[form]` read.
///
/// Nobody implements it: any type that has [`Decode`] and [`Describe`] is one. Generated code asks for nothing else, so
/// that a type that is none is one mistake, told once.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a request",
    label = "versify does not know how to read this",
    note = "annotate your own struct or enum with `#[model]`",
    note = "for a type of another crate that has serde's traits write `versify::Serde<..>`, for a poem extractor `#[extract]`"
)]
pub trait Placed: Sized + 'static {
    /// Whether it is one text, as the parameters of the path are.
    const ONE_TEXT: bool;

    /// Says in the document that it is read there.
    fn describe(place: Place, field: &Field<Self>, description: &mut Description<'_>);

    /// Says in the document that it is in the path, wherever.
    fn describe_by_name(field: &Field<Self>, description: &mut Description<'_>);

    /// Says in the document that it is in the form.
    fn describe_form(field: &Field<Self>, description: &mut Description<'_>);

    /// From the path.
    fn path(field: &Field<Self>, index: usize, call: &mut Call) -> Option<Self>;

    /// From the path, wherever in it.
    fn path_by_name(field: &Field<Self>, call: &mut Call) -> Option<Self>;

    /// From the query string.
    fn query(field: &Field<Self>, call: &mut Call) -> Option<Self>;

    /// From a header field.
    fn header(field: &Field<Self>, call: &mut Call) -> Option<Self>;

    /// From a cookie.
    fn cookie(field: &Field<Self>, call: &mut Call) -> Option<Self>;

    /// From the form.
    fn form(field: &Field<Self>, call: &mut Call) -> Option<Self>;
}

#[diagnostic::do_not_recommend]
impl<T: Decode + Describe + 'static> Placed for T {
    const ONE_TEXT: bool = !(T::FIELDS || T::FORM || T::FILES);

    fn describe(place: Place, field: &Field<Self>, description: &mut Description<'_>) {
        description.parameter(place, field);
    }

    fn describe_by_name(field: &Field<Self>, description: &mut Description<'_>) {
        description.path_by_name(field, field.name);
    }

    fn describe_form(field: &Field<Self>, description: &mut Description<'_>) {
        description.form(field);
    }

    #[inline]
    fn path(field: &Field<Self>, index: usize, call: &mut Call) -> Option<Self> {
        call.path(field, index)
    }

    #[inline]
    fn path_by_name(field: &Field<Self>, call: &mut Call) -> Option<Self> {
        call.path_by_name(field, field.name)
    }

    #[inline]
    fn query(field: &Field<Self>, call: &mut Call) -> Option<Self> {
        call.query(field)
    }

    #[inline]
    fn header(field: &Field<Self>, call: &mut Call) -> Option<Self> {
        call.header(field)
    }

    #[inline]
    fn cookie(field: &Field<Self>, call: &mut Call) -> Option<Self> {
        call.cookie(field)
    }

    #[inline]
    fn form(field: &Field<Self>, call: &mut Call) -> Option<Self> {
        call.form(field)
    }
}
