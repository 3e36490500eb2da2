//! [`NoContent`]: an answer without a body.

use poem::{Response, http::StatusCode};

use crate::{
    http_error::without_content,
    operation::{Description, Reply},
};

/// 204: done, and there is nothing to say.
///
/// ```
/// use versify::{NoContent, prelude::*};
///
/// #[delete("/items/{item_id}")]
/// async fn delete_item(item_id: u64) -> NoContent {
///     NoContent
/// }
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NoContent;

/// The declared status, if it has no content.
fn own(declared: StatusCode) -> StatusCode {
    if without_content(declared) { declared } else { StatusCode::NO_CONTENT }
}

impl Reply for NoContent {
    fn reply(self, status: StatusCode) -> Response {
        Response::builder().status(own(status)).finish()
    }

    fn describe(description: &mut Description<'_>, status: StatusCode) {
        description.response(own(status), Vec::new());
    }
}
