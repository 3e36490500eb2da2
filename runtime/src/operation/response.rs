//! Responses of the two forms that versify itself writes.

use std::cell::Cell;

use bytes::Bytes;
use poem::{
    Body, Response, ResponseParts,
    http::{Extensions, HeaderMap, HeaderValue, StatusCode, Version, header::CONTENT_TYPE},
};
use serde::Serialize;

use crate::http_error::{HttpError, internal_server_error};

/// A JSON answer, written by serde straight to bytes.
#[inline]
pub(crate) fn json_response<T: Serialize + ?Sized>(status: StatusCode, value: &T) -> Response {
    // Behind a pointer, so that only the writing is made for each type anew.
    written_response(status, &|draft| serde_json::to_writer(draft, value))
}

fn written_response(status: StatusCode, write: &Writing<'_>) -> Response {
    match written(write) {
        Ok(bytes) => response(status, bytes, HeaderValue::from_static("application/json")),
        Err(error) => {
            tracing::error!(target: "versify", %error, "an answer could not be written as JSON");
            internal_server_error()
        }
    }
}

/// Writes an answer into a buffer.
type Writing<'w> = dyn Fn(&mut Vec<u8>) -> serde_json::Result<()> + 'w;

thread_local! {
    /// Where answers are written before it is known how long they are: a buffer that is there costs no growing.
    static DRAFT: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// The largest draft that a thread keeps.
const KEPT: usize = 1 << 20;

fn written(write: &Writing<'_>) -> serde_json::Result<Bytes> {
    // A value that writes another answer meanwhile finds none, and makes its own.
    let mut draft = DRAFT.take();
    draft.clear();
    write(&mut draft)?;
    if draft.capacity() > KEPT {
        return Ok(draft.into());
    }
    let bytes = Bytes::copy_from_slice(&draft);
    DRAFT.set(draft);
    Ok(bytes)
}

/// Whether a response is JSON, in the form that [`json_response`] writes.
pub(crate) fn is_json_response(response: &Response) -> bool {
    response.headers().get(CONTENT_TYPE).is_some_and(|media_type| media_type == "application/json")
}

/// Takes the whole body out of a response, to write it anew.
///
/// # Errors
/// The answer in place of one whose body fails.
pub(crate) async fn take_bytes(response: &mut Response) -> Result<Bytes, Response> {
    let bytes = response.take_body().into_bytes().await;
    bytes.map_err(|error| HttpError::internal(format!("an answer could not be read: {error}")).into_response())
}

/// A plain text answer.
pub(crate) fn text_response(status: StatusCode, text: &'static str) -> Response {
    response(status, Bytes::from_static(text.as_bytes()), HeaderValue::from_static("text/plain; charset=utf-8"))
}

fn response(status: StatusCode, bytes: Bytes, content_type: HeaderValue) -> Response {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, content_type);
    // From its parts: a default response would box an empty body first.
    let parts = ResponseParts { status, version: Version::default(), headers, extensions: Extensions::new() };
    Response::from_parts(parts, Body::from_bytes(bytes))
}
