//! [`Either`]: one of two answers.

use poem::{Response, http::StatusCode};

use crate::operation::{Description, Reply};

/// One of two answers; the document shows both.
///
/// ```
/// use versify::{Either, Html, prelude::*};
///
/// #[get("/items/{item_id}")]
/// async fn read_item(item_id: u64, page: bool) -> Either<u64, Html> {
///     match page {
///         true => Either::Right(Html(format!("<h1>{item_id}</h1>"))),
///         false => Either::Left(item_id),
///     }
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Either<A, B> {
    /// The first.
    Left(A),
    /// The second.
    Right(B),
}

impl<A: Reply, B: Reply> Reply for Either<A, B> {
    fn reply(self, status: StatusCode) -> Response {
        match self {
            Self::Left(value) => value.reply(status),
            Self::Right(value) => value.reply(status),
        }
    }

    fn describe(description: &mut Description<'_>, status: StatusCode) {
        A::describe(description, status);
        B::describe(description, status);
    }
}
