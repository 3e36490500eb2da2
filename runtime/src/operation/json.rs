//! [`Json`]: an answer of any type that serde writes.

use poem::{Response, http::StatusCode};
use serde::Serialize;

use super::{Description, Reply, reply_json};
use crate::openapi::Describe;

/// Answers with a value that serde writes as JSON, of a type that is no `#[model]`.
///
/// The document shows what the type's [`Describe`] says.
///
/// ```
/// use versify::{Json, openapi::{Components, Describe, Schema}, prelude::*};
///
/// /// Written in a way of its own.
/// struct Squares(u32);
///
/// impl serde::Serialize for Squares {
///     fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
///         serializer.collect_seq((0..self.0).map(|n| n * n))
///     }
/// }
///
/// impl Describe for Squares {
///     fn describe(components: &mut Components) -> Schema {
///         Schema::array(u32::describe(components))
///     }
/// }
///
/// #[get("/squares/{count}")]
/// async fn squares(count: u32) -> Json<Squares> {
///     Json(Squares(count))
/// }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Json<T>(pub T);

impl<T: Serialize + Describe> Reply for Json<T> {
    fn reply(self, status: StatusCode) -> Response {
        reply_json(&self.0, status)
    }

    fn describe(description: &mut Description<'_>, status: StatusCode) {
        description.json_response::<T>(status);
    }
}
