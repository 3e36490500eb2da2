//! [`Placed`]: what an attribute gives a place in the request.

use super::{Later, Way};
use crate::{
    decode::Decode,
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

    /// From the path.
    const PATH: Way<Self>;

    /// From the path, wherever in it.
    const PATH_BY_NAME: Way<Self>;

    /// From the query string.
    const QUERY: Way<Self>;

    /// From a header field.
    const HEADER: Way<Self>;

    /// From a cookie.
    const COOKIE: Way<Self>;

    /// From the form.
    const FORM: Way<Self>;
}

#[diagnostic::do_not_recommend]
impl<T: Decode + Describe + 'static> Placed for T {
    const ONE_TEXT: bool = !(T::FIELDS || T::FORM || T::FILES);

    const PATH: Way<Self> = Way {
        describe: |field, description| description.parameter(Place::Path, field),
        read: |field, call| call.path(field),
        later: Later::Never,
    };

    const PATH_BY_NAME: Way<Self> = Way {
        describe: |field, description| description.path_by_name(field, field.name),
        read: |field, call| call.path_by_name(field, field.name),
        later: Later::Never,
    };

    const QUERY: Way<Self> = Way {
        describe: |field, description| description.parameter(Place::Query, field),
        read: |field, call| call.query(field),
        later: Later::Never,
    };

    const HEADER: Way<Self> = Way {
        describe: |field, description| description.parameter(Place::Header, field),
        read: |field, call| call.header(field),
        later: Later::Never,
    };

    const COOKIE: Way<Self> = Way {
        describe: |field, description| description.parameter(Place::Cookie, field),
        read: |field, call| call.cookie(field),
        later: Later::Never,
    };

    const FORM: Way<Self> = Way {
        describe: |field, description| description.form(field),
        read: |field, call| call.form(field),
        later: Later::Never,
    };
}
