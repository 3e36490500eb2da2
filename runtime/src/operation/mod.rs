//! Operations: functions that answer requests.
//!
//! A request becomes a [`Call`]; each [`Argument`] is taken out of it; the function's value becomes the response
//! through [`Reply`].

mod answering;
mod argument;
mod blocking;
mod body;
mod call;
mod description;
mod extract;
mod failure;
mod field_schema;
mod fields;
mod into_routes;
mod json;
mod meta;
mod narrow;
mod path_template;
mod placed;
mod poem_api;
mod query;
mod raised;
mod reply;
mod requirements;
mod response;
mod schemas;
mod selection;
mod serve;
mod settings;
mod source;

pub use answering::{Answering, AnsweringLater};
pub use argument::{Argument, BodyUse, Parameter};
pub use blocking::blocking;
pub(crate) use body::content_length;
pub use body::{BodyError, BodyStream};
pub use call::Call;
pub(crate) use call::Captures;
pub use description::Description;
pub use extract::extract;
pub use failure::{
    AsSource, FailureBody, describe_failure, fail_body, fail_detail, fail_internal, fail_text, phrase, with_header,
};
pub use fields::Fields;
pub use into_routes::IntoRoutes;
pub use json::Json;
pub use meta::{OperationMeta, StatusOf};
pub use narrow::{Each, Inside, Narrow, PartialOf, Portion, Whole, describe_portion};
pub(crate) use path_template::{
    Convertor, path_names, path_parameters, path_pieces, unknown_convertor, with_parameters,
};
pub use placed::Placed;
pub use poem_api::{add_routes, meta, register};
pub(crate) use query::{cookie_values, query_values};
pub(crate) use raised::{is_raised, raised};
pub use reply::{Failure, JsonReply, Reply, reply_json};
pub(crate) use requirements::Requirements;
pub(crate) use response::{is_json_response, json_response, take_bytes, text_response};
pub use schemas::{
    Member, Shape, describe_enumeration, describe_field, describe_newtype, describe_record, describe_tagged,
    describe_untagged,
};
pub use selection::Selection;
pub use serve::{serve0, serve1, serve2, serve3, serve4, serve5, serve6, serve7, serve8};
pub(crate) use settings::{Settings, Shared};
pub use source::{Later, Source, Way};

pub use crate::form::File;

use std::{future::Future, pin::Pin};

use poem::Response;

/// The running operation; the one boxed future of a request.
pub type Answer<'c> = Pin<Box<dyn Future<Output = Response> + Send + 'c>>;

/// A function that answers requests. The method attributes (`#[get]` …) implement it for a struct with the
/// function's name.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no operation",
    note = "annotate the function with `#[get(\"/path\")]` or another method"
)]
pub trait Operation: Send + Sync + 'static {
    /// What the attribute says.
    const META: OperationMeta;

    /// What the signature says.
    fn describe(description: &mut Description<'_>);

    /// Answers a request.
    fn call(call: &mut Call) -> Answer<'_>;
}

/// What answers for an operation that others serve; the app does not start with one among its routes.
pub fn not_served(_: &mut Call) -> Answer<'_> {
    Box::pin(std::future::ready(poem::http::StatusCode::NOT_FOUND.into()))
}

/// An operation as [`routes!`](crate::routes) collects it.
#[derive(Debug, Clone, Copy)]
pub struct Route {
    pub(crate) meta: OperationMeta,
    /// Gives the name of the function, with its module's.
    pub(crate) name: fn() -> &'static str,
    pub(crate) describe: fn(&mut Description<'_>),
    pub(crate) call: for<'c> fn(&'c mut Call) -> Answer<'c>,
}

impl Route {
    /// The route of an operation.
    #[must_use]
    pub const fn of<O: Operation>() -> Self {
        Self { meta: O::META, name: std::any::type_name::<O>, describe: O::describe, call: O::call }
    }
}
