//! What generated code names.

pub use std::{
    boxed::Box,
    convert::Into,
    default::Default,
    file, line,
    option::Option::{self, None, Some},
    primitive::{str, usize},
    result::Result::{self, Err, Ok},
    vec,
    vec::Vec,
};

pub use futures_util::Stream;
pub use poem::{FromRequest, Response, http::StatusCode};
pub use poem_openapi::{OpenApi, registry};
pub use serde::{Deserialize, Deserializer, Serialize, Serializer, de::MapAccess, ser::SerializeStruct};

pub use crate::{
    decode::{
        Bound, BoundOf, Constraints, Context, Decode, Enumeration, Extra, Field, Pattern, Record, Slot, Tagged,
        decode_enumeration, decode_member, decode_record, decode_tagged, decode_variant, deserialize, skip_value,
    },
    openapi::{Components, Describe, Place, Schema},
    operation::{
        Answer, Argument, BodyUse, Call, Description, Fields, Member, Operation, OperationMeta, Parameter, Reply,
        Route, Shape, add_routes, blocking, describe_enumeration, describe_record, describe_tagged, meta, register,
        reply_json,
    },
    serialize::serialize_member,
};

/// poem-openapi's table of routes.
pub type RouteTable = std::collections::HashMap<
    String,
    std::collections::HashMap<poem::http::Method, poem::endpoint::BoxEndpoint<'static>>,
>;

/// A default or an example, as the document shows it.
pub fn to_value<T: Serialize>(value: T) -> serde_json::Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// Stands in for what a faulty declaration would have become: the program does not compile, so nobody calls it.
pub fn not_compiled<T>() -> T {
    loop {
        std::thread::park();
    }
}
