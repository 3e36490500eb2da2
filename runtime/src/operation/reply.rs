//! [`Reply`]: what a function returns, as a response.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use poem::{Response, http::StatusCode};
use serde::Serialize;

use super::{Description, json_response};
use crate::{
    decode::{Patch, Serde},
    http_error::{HttpError, without_content},
    map_key::MapKey,
    openapi::Describe,
};

/// What a function may return.
///
/// Values that are written as JSON (models, scalars, lists, maps, `Option`, `()`), `Result` of one of these and an
/// error, and poem's own [`Response`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the answer of an operation",
    label = "this type has no `Reply`",
    note = "annotate your own type with `#[model]`, or return poem's `Response`",
    note = "a value is answered as JSON without a wrapper: `-> Item`; with a status or headers of its own it is a `Response<Item>`",
    note = "the keys of a map are texts, numbers or enums (`versify::MapKey`); for another map answer with a list of pairs, `Vec<(K, V)>`",
    note = "the error of a `Result` is `HttpError` (write `versify::Result<T>`) or an enum with `#[errors]`"
)]
pub trait Reply: Sized {
    /// Makes the response; `status` is the one that was declared.
    fn reply(self, status: StatusCode) -> Response;

    /// Says in the document what is answered.
    fn describe(description: &mut Description<'_>, status: StatusCode);
}

/// What the error of a `Result` may be.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the error of an operation",
    label = "this type has no `Failure`",
    note = "return `versify::Result<T>`: any `std::error::Error` becomes an `HttpError` through `?`"
)]
pub trait Failure: Sized {
    /// Makes the response.
    fn fail(self) -> Response;

    /// Adds the failure's own responses to the document.
    fn describe(_description: &mut Description<'_>) {}
}

/// Answers with a value as JSON.
#[inline]
pub fn reply_json<T: Serialize + ?Sized>(value: &T, status: StatusCode) -> Response {
    if without_content(status) { empty(status) } else { json_response(status, value) }
}

#[cold]
fn empty(status: StatusCode) -> Response {
    Response::builder().status(status).finish()
}

/// A type that is answered as JSON, as serde writes it.
///
/// `#[model]` implements it; scalars, lists, maps and `Option` have it. For a type of your own that has serde's
/// `Serialize` and [`Describe`] it takes one line.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the answer of an operation",
    label = "this type has no `Reply`",
    note = "annotate your own type with `#[model]`, or return poem's `Response`",
    note = "a value is answered as JSON without a wrapper: `-> Item`; with a status or headers of its own it is a `Response<Item>`",
    note = "the keys of a map are texts, numbers or enums (`versify::MapKey`); for another map answer with a list of pairs, `Vec<(K, V)>`"
)]
pub trait JsonReply: Serialize + Describe {}

#[diagnostic::do_not_recommend]
impl<T: JsonReply> Reply for T {
    #[inline]
    fn reply(self, status: StatusCode) -> Response {
        reply_json(&self, status)
    }

    fn describe(description: &mut Description<'_>, status: StatusCode) {
        description.json_response::<Self>(status);
    }
}

macro_rules! json_reply {
    ($([$($generics:tt)*] $type:ty;)*) => {$(
        impl<$($generics)*> JsonReply for $type {}
    )*};
}

json_reply! {
    [] bool; [] char; [] String; [] &'static str; [] Cow<'static, str>;
    [] i8; [] i16; [] i32; [] i64; [] i128; [] isize; [] u8; [] u16; [] u32; [] u64; [] u128; [] usize; [] f32; [] f64;
    [] serde_json::Value;
    [T: Serialize + Describe] Vec<T>;
    [T: Serialize + Describe] HashSet<T>;
    [T: Serialize + Describe] BTreeSet<T>;
    [T: Serialize + Describe] Option<T>;
    [T: Serialize + Describe] Box<T>;
    [T: Serialize + Describe] Arc<T>;
    [K: MapKey + Serialize + Describe, V: Serialize + Describe] HashMap<K, V>;
    [K: MapKey + Serialize + Describe, V: Serialize + Describe] BTreeMap<K, V>;
    [T: Serialize + Describe] Patch<T>;
    [T: Serialize] Serde<T>;
    [A: Serialize + Describe] (A,);
    [A: Serialize + Describe, B: Serialize + Describe] (A, B);
    [A: Serialize + Describe, B: Serialize + Describe, C: Serialize + Describe] (A, B, C);
    [A: Serialize + Describe, B: Serialize + Describe, C: Serialize + Describe, D: Serialize + Describe] (A, B, C, D);
    [A: Serialize + Describe, B: Serialize + Describe, C: Serialize + Describe, D: Serialize + Describe,
     E: Serialize + Describe] (A, B, C, D, E);
    [A: Serialize + Describe, B: Serialize + Describe, C: Serialize + Describe, D: Serialize + Describe,
     E: Serialize + Describe, F: Serialize + Describe] (A, B, C, D, E, F);
}

impl<T: Describe, const N: usize> Reply for [T; N]
where
    Self: Serialize,
{
    #[inline]
    fn reply(self, status: StatusCode) -> Response {
        reply_json(&self, status)
    }

    fn describe(description: &mut Description<'_>, status: StatusCode) {
        description.json_response::<Self>(status);
    }
}

impl Reply for () {
    fn reply(self, status: StatusCode) -> Response {
        reply_json(&(), status)
    }

    fn describe(description: &mut Description<'_>, status: StatusCode) {
        description.untyped_response(status);
    }
}

impl Reply for Response {
    fn reply(self, _: StatusCode) -> Response {
        self
    }

    fn describe(description: &mut Description<'_>, status: StatusCode) {
        description.raw_response(status);
    }
}

impl<T: Reply, E: Failure> Reply for Result<T, E> {
    #[inline]
    fn reply(self, status: StatusCode) -> Response {
        match self {
            Ok(value) => value.reply(status),
            Err(error) => super::raised::raised(error.fail()),
        }
    }

    fn describe(description: &mut Description<'_>, status: StatusCode) {
        T::describe(description, status);
        E::describe(description);
    }
}

impl Failure for HttpError {
    fn fail(self) -> Response {
        self.into_response()
    }
}

impl Failure for poem::Error {
    fn fail(self) -> Response {
        self.into_response()
    }
}

impl Failure for std::convert::Infallible {
    fn fail(self) -> Response {
        match self {}
    }
}
