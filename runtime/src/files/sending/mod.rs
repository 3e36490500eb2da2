//! Sends a file, or the parts of it that a request wants.

mod range;
mod stream;

use std::{
    fs::Metadata,
    path::Path,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use httpdate::HttpDate;
use poem::{
    Body, Request, Response,
    http::{
        HeaderMap, HeaderName, HeaderValue, StatusCode,
        header::{
            ACCEPT_RANGES, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH,
            IF_RANGE, LAST_MODIFIED, RANGE,
        },
    },
};
use tokio::fs::File;

use self::range::{Wanted, wanted};
use crate::http_error::HttpError;

/// Answers `GET` and `HEAD` with a file: its `ETag` and `Last-Modified`, `Range` (206, 416), `If-Range`,
/// `If-None-Match` and `If-Modified-Since` (304). The file is read piece by piece, while it is sent.
pub(super) async fn send(path: &Path, request: &Request, status: StatusCode) -> Result<Response, HttpError> {
    let file = File::open(path).await?;
    let metadata = file.metadata().await?;
    let version = Version::of(&metadata);
    let headers = request.headers();
    let mut response = Response::builder().status(status).body(Body::empty());
    version.put(response.headers_mut());
    let conditional = status == StatusCode::OK;
    if conditional && version.is_known(headers) {
        response.set_status(StatusCode::NOT_MODIFIED);
        return Ok(response);
    }
    let content_type = content_type(path);
    response.headers_mut().insert(CONTENT_TYPE, content_type.clone());
    response.headers_mut().insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    let size = metadata.len();
    let range = headers.get(RANGE).filter(|_| conditional && version.allows_range(headers));
    match range.map_or(Ok(Wanted::All), |range| wanted(range.to_str().unwrap_or_default(), size)) {
        Ok(Wanted::All) => {
            put(&mut response, CONTENT_LENGTH, size.to_string());
            response.set_body(stream::body(file, vec![stream::Part::Slice(0..size)]));
        }
        Ok(Wanted::One(slice)) => {
            response.set_status(StatusCode::PARTIAL_CONTENT);
            put(&mut response, CONTENT_LENGTH, (slice.end - slice.start).to_string());
            put(&mut response, CONTENT_RANGE, format!("bytes {}-{}/{size}", slice.start, slice.end - 1));
            response.set_body(stream::body(file, vec![stream::Part::Slice(slice)]));
        }
        Ok(Wanted::Several(slices)) => {
            response.set_status(StatusCode::PARTIAL_CONTENT);
            let (length, boundary, parts) = stream::multipart(slices, &content_type, &version.etag, size);
            put(&mut response, CONTENT_LENGTH, length.to_string());
            put(&mut response, CONTENT_TYPE, format!("multipart/byteranges; boundary={boundary}"));
            response.set_body(stream::body(file, parts));
        }
        Err(refused) => return Ok(refused.answer(size)),
    }
    Ok(response)
}

fn content_type(path: &Path) -> HeaderValue {
    let guessed = mime_guess::from_path(path).first_or_octet_stream();
    let media_type = guessed.essence_str();
    let charset = if media_type.starts_with("text/") { "; charset=utf-8" } else { "" };
    let text = HeaderValue::try_from(format!("{media_type}{charset}"));
    text.unwrap_or_else(|_| HeaderValue::from_static("application/octet-stream"))
}

fn put(response: &mut Response, name: HeaderName, value: String) {
    if let Ok(value) = HeaderValue::try_from(value) {
        response.headers_mut().insert(name, value);
    }
}

/// Which state of a file it is.
struct Version {
    etag: String,
    modified: Option<SystemTime>,
}

impl Version {
    fn of(metadata: &Metadata) -> Self {
        let modified = metadata.modified().ok();
        let age = modified.and_then(|modified| modified.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
        Self { etag: format!("\"{:x}-{:x}\"", age.as_nanos(), metadata.len()), modified }
    }

    fn last_modified(&self) -> Option<String> {
        self.modified.map(|modified| HttpDate::from(modified).to_string())
    }

    fn put(&self, headers: &mut HeaderMap) {
        if let Ok(etag) = HeaderValue::try_from(&self.etag) {
            headers.insert(ETAG, etag);
        }
        if let Some(modified) = self.last_modified().and_then(|text| HeaderValue::try_from(text).ok()) {
            headers.insert(LAST_MODIFIED, modified);
        }
    }

    /// Whether the client has this state (RFC 9110, 13.1.2 and 13.1.3). Our tags have no comma in them.
    fn is_known(&self, headers: &HeaderMap) -> bool {
        if headers.contains_key(IF_NONE_MATCH) {
            let lists = headers.get_all(IF_NONE_MATCH).iter().filter_map(|list| list.to_str().ok());
            let mut tags = lists.flat_map(|list| list.split(',')).map(str::trim);
            return tags.any(|tag| tag == "*" || tag.trim_start_matches("W/") == self.etag);
        }
        let since = headers.get(IF_MODIFIED_SINCE).and_then(|since| since.to_str().ok());
        let since = since.and_then(|since| httpdate::parse_http_date(since).ok());
        match (since, self.modified) {
            // The header has whole seconds.
            (Some(since), Some(modified)) => modified < since + Duration::from_secs(1),
            _ => false,
        }
    }

    /// Whether a range may be sent: the client has parts of this very state, or does not ask.
    fn allows_range(&self, headers: &HeaderMap) -> bool {
        let Some(condition) = headers.get(IF_RANGE).map(HeaderValue::as_bytes) else { return true };
        condition == self.etag.as_bytes() || self.last_modified().is_some_and(|text| condition == text.as_bytes())
    }
}
