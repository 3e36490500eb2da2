//! Sends a file, or the parts of it that a request wants.

use poem::{Request, Response, http::StatusCode};

use crate::{
    operation::Reply,
    reply::{Deferred, FileResponse},
};

/// Answers `GET` and `HEAD` with a file, as [`FileResponse`] does.
pub(super) async fn send(file: FileResponse, request: &Request, status: StatusCode) -> Response {
    let response = file.reply(status);
    Deferred::settle(request.method(), request.headers(), response).await
}
