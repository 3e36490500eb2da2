//! What generated code names.

pub mod keys;

pub use std::{
    assert,
    borrow::Cow,
    boxed::Box,
    convert::From,
    convert::Into,
    default::Default,
    error::Error as StdError,
    file,
    fmt::{Display, Formatter, Result as FmtResult},
    format, line,
    marker::PhantomData,
    matches,
    option::Option::{self, None, Some},
    primitive::{str, usize},
    result::Result::{self, Err, Ok},
    string::String,
    vec,
    vec::Vec,
    write,
};

pub use futures_util::Stream;
pub use poem::{Response, http::StatusCode};
pub use poem_openapi::{
    OpenApi, registry,
    types::{ParseError, ParseFromJSON, ToJSON, Type},
};
pub use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::MapAccess,
    ser::{SerializeMap, SerializeStruct},
};

pub use serde_json::Value;

pub use crate::{
    conditional::with_etag,
    decode::{
        Bound, BoundOf, Choices, Constant, Constraints, Container, Context, Declared, Decode, DefaultJson, Enumeration,
        Extra, ExtrasSlot, Field, Input, Name, NoDefaultJson, Patch, Pattern, Record, Repeating, Rules, Slot, Tagged,
        TextDefault, Union, accepted, decode_enumeration, decode_record, decode_tagged, decode_untagged,
        decode_variant, deserialize, enumeration_label, field_of, skip_value,
    },
    dependency::{
        Dependency, DependencyMeta, Fallible, Infallible, Limit, Resolving, ReturnType, RouteDependency, Scope, Settle,
    },
    form::{File, FormLimits},
    map_key::MapKey,
    middleware::Layer,
    models::{AnswerField, Computed, ExtrasField, Key, ModelField, TaggedMember, UntaggedMember, said},
    openapi::poem_openapi::{parse_from_json, register_type, schema_ref},
    openapi::{ComponentId, Components, Describe, Place, ResponseDoc, ResponseStatus, Responses, Schema},
    operation::{
        Answer, Answering, AnsweringLater, Argument, AsSource, Call, Description, Failure, FailureBody, Fields,
        JsonReply, Member, Narrow, Operation, OperationMeta, Parameter, PartialOf, Placed, Reply, Route, Selection,
        Shape, Source, StatusOf, add_routes, blocking, describe_enumeration, describe_failure, describe_portion,
        describe_record, describe_tagged, describe_untagged, extract, fail_body, fail_detail, fail_internal, fail_text,
        meta, not_served, phrase, register, reply_json, serve0, serve1, serve2, serve3, serve4, serve5, serve6, serve7,
        serve8, with_header,
    },
    reply::{Class, describe_media, media_response},
    serialize::{Entries, Object, serialize_record},
};

#[cfg(feature = "websocket")]
pub use crate::websocket::SocketEnd;

/// poem-openapi's table of routes.
pub type RouteTable = std::collections::HashMap<
    String,
    std::collections::HashMap<poem::http::Method, poem::endpoint::BoxEndpoint<'static>>,
>;

/// An answer and the error that it stands for.
#[cold]
pub fn caught<E: Send + 'static>(answer: Response, error: E) -> Response {
    crate::faults::Caught::put(answer, error)
}

/// What a type parameter of a model must be.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a part of a model",
    note = "annotate your own struct or enum with `#[model]`"
)]
pub trait Part: Decode + Describe + Serialize + Send + 'static {}

impl<T: Decode + Describe + Serialize + Send + 'static> Part for T {}

/// The name of a generic type, as Python writes it: `Page[Item]`.
#[must_use]
pub fn generic_name(name: &str, parameters: &[Cow<'static, str>]) -> Cow<'static, str> {
    Cow::Owned(format!("{name}[{}]", parameters.join(", ")))
}

/// A default or an example, as the document shows it.
pub fn to_value<T: Serialize>(value: T) -> serde_json::Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// Where a union is looked for: in the body, if any of its members is.
pub const fn widest(places: &[Place]) -> Place {
    let mut rest = places;
    while let [first, others @ ..] = rest {
        if matches!(first, Place::Body) {
            return Place::Body;
        }
        rest = others;
    }
    Place::Query
}

/// Stands in for an argument of a function that is not called.
pub fn unasked<T>() -> T {
    not_compiled()
}

/// Stands in for what a faulty declaration would have become: the program does not compile, so nobody calls it.
pub fn not_compiled<T>() -> T {
    loop {
        std::thread::park();
    }
}
