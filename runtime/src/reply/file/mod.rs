//! [`FileResponse`]: a file as an answer.

mod range;
mod stream;

use std::{
    fs::Metadata,
    io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use bytes::Bytes;
use httpdate::HttpDate;
use percent_encoding::{AsciiSet, utf8_percent_encode};
use poem::{
    Body, Response,
    http::{
        HeaderMap, HeaderName, HeaderValue, Method, StatusCode,
        header::{
            ACCEPT_RANGES, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_MODIFIED_SINCE,
            IF_NONE_MATCH, IF_RANGE, LAST_MODIFIED, RANGE,
        },
    },
};
use tokio::fs::File;

use self::range::{Wanted, wanted};
use super::{Deferred, media::content_type};
use crate::{
    conditional::{ETag, matches_any},
    http_error::HttpError,
    operation::{Description, Reply},
    percent::UNRESERVED,
};

/// Sends a file, or the parts of it that the request wants.
///
/// It has an `ETag` and `Last-Modified`, and answers `Range` (206, 416), `If-Range`, `If-None-Match` and
/// `If-Modified-Since` (304). A file that is not there is a fault of the program: a logged 500. The file is read piece by
/// piece, while it is sent.
///
/// ```
/// use versify::{FileResponse, prelude::*};
///
/// #[get("/report")]
/// async fn report() -> FileResponse {
///     FileResponse::new("reports/2026.pdf").file_name("Jahresbericht.pdf")
/// }
/// ```
///
/// Never make the path of what a client sent: `../` leads anywhere.
#[derive(Debug, Clone)]
pub struct FileResponse {
    path: PathBuf,
    /// The content, if it is no file's.
    memory: Option<(Bytes, Version)>,
    media_type: Option<String>,
    file_name: Option<String>,
    inline: bool,
}

impl FileResponse {
    /// The file at this path; its media type follows from its name.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), memory: None, media_type: None, file_name: None, inline: false }
    }

    /// Bytes that are sent as a file is; their media type follows from a name, which they need not be saved under. The
    /// `ETag` is made of the bytes.
    ///
    /// ```
    /// use versify::{FileResponse, prelude::*};
    ///
    /// #[get("/logo")]
    /// async fn logo() -> FileResponse {
    ///     FileResponse::of_bytes("logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    /// }
    /// ```
    pub fn of_bytes(name: impl Into<PathBuf>, bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        let etag = ETag::of_bytes(&bytes);
        Self::known(name, bytes, &etag, None)
    }

    /// Bytes of a known state, and maybe when they were changed, in seconds since 1970.
    pub(crate) fn known(name: impl Into<PathBuf>, bytes: Bytes, etag: &ETag, modified: Option<u64>) -> Self {
        let modified = modified.and_then(|seconds| UNIX_EPOCH.checked_add(Duration::from_secs(seconds)));
        let version = Version { etag: etag.to_string(), modified };
        Self { memory: Some((bytes, version)), ..Self::new(name) }
    }

    /// Of this media type.
    #[must_use]
    pub fn media_type(self, media_type: impl Into<String>) -> Self {
        Self { media_type: Some(media_type.into()), ..self }
    }

    /// To be saved under this name.
    #[must_use]
    pub fn file_name(self, name: impl Into<String>) -> Self {
        Self { file_name: Some(name.into()), ..self }
    }

    /// To be shown, if the browser can, and saved under its name only if the user wants.
    #[must_use]
    pub fn inline(self) -> Self {
        Self { inline: true, ..self }
    }

    fn content_type(&self) -> HeaderValue {
        let guessed = || mime_guess::from_path(self.file_name.as_ref().map_or(self.path.as_path(), Path::new));
        match &self.media_type {
            Some(media_type) => content_type(media_type),
            None => content_type(guessed().first_or_octet_stream().essence_str()),
        }
    }

    /// RFC 6266: a name that is no plain ASCII is written by RFC 8187.
    fn disposition(&self) -> Option<HeaderValue> {
        const KEPT: &AsciiSet = &UNRESERVED.remove(b'/');
        let name = self.file_name.as_ref()?;
        let kind = if self.inline { "inline" } else { "attachment" };
        let encoded = utf8_percent_encode(name, KEPT).to_string();
        let text = match encoded == *name {
            true => format!("{kind}; filename=\"{name}\""),
            false => format!("{kind}; filename*=utf-8''{encoded}"),
        };
        HeaderValue::try_from(text).ok()
    }

    /// Opens the file, and answers with what the request wants of it.
    async fn answer(mut self, method: Method, headers: HeaderMap, mut response: Response) -> Response {
        let (content, version, size) = match self.memory.take() {
            Some((bytes, version)) => {
                let size = bytes.len() as u64;
                (stream::Content::Memory(bytes), version, size)
            }
            None => match self.open().await {
                Ok((file, metadata)) => (stream::Content::File(file), Version::of(&metadata), metadata.len()),
                Err(error) => return self.unreadable(error),
            },
        };
        let answers = matches!(method, Method::GET | Method::HEAD) && response.status() == StatusCode::OK;
        version.put(response.headers_mut());
        if answers && version.is_known(&headers) {
            response.set_status(StatusCode::NOT_MODIFIED);
            response.headers_mut().remove(CONTENT_TYPE);
            return response;
        }
        response.headers_mut().insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        let range = headers.get(RANGE).filter(|_| answers && version.allows_range(&headers));
        let wanted = range.map_or(Ok(Wanted::All), |range| wanted(range.to_str().unwrap_or_default(), size));
        match wanted {
            Ok(Wanted::All) => {
                number(&mut response, CONTENT_LENGTH, size);
                response.set_body(stream::body(content, vec![stream::Part::Slice(0..size)]));
            }
            Ok(Wanted::One(slice)) => {
                response.set_status(StatusCode::PARTIAL_CONTENT);
                number(&mut response, CONTENT_LENGTH, slice.end - slice.start);
                content_range(&mut response, format!("bytes {}-{}/{size}", slice.start, slice.end - 1));
                response.set_body(stream::body(content, vec![stream::Part::Slice(slice)]));
            }
            Ok(Wanted::Several(slices)) => {
                response.set_status(StatusCode::PARTIAL_CONTENT);
                let (length, boundary, parts) = stream::multipart(slices, &self.content_type(), &version.etag, size);
                number(&mut response, CONTENT_LENGTH, length);
                if let Ok(value) = HeaderValue::try_from(format!("multipart/byteranges; boundary={boundary}")) {
                    response.headers_mut().insert(CONTENT_TYPE, value);
                }
                response.set_body(stream::body(content, parts));
            }
            Err(refused) => return refused.answer(size),
        }
        response
    }

    async fn open(&self) -> io::Result<(File, Metadata)> {
        let file = File::open(&self.path).await?;
        let metadata = file.metadata().await?;
        if metadata.is_file() { Ok((file, metadata)) } else { Err(io::Error::other("it is no file")) }
    }

    #[cold]
    fn unreadable(&self, reason: impl std::fmt::Display) -> Response {
        HttpError::internal(format!("the file {} cannot be sent: {reason}", self.path.display())).into_response()
    }
}

fn number(response: &mut Response, name: HeaderName, number: u64) {
    response.headers_mut().insert(name, number.into());
}

fn content_range(response: &mut Response, range: String) {
    if let Ok(range) = HeaderValue::try_from(range) {
        response.headers_mut().insert(CONTENT_RANGE, range);
    }
}

/// Which state of a file it is.
#[derive(Debug, Clone)]
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

    /// Whether the client has this state (RFC 9110, 13.1.2 and 13.1.3).
    fn is_known(&self, headers: &HeaderMap) -> bool {
        if headers.contains_key(IF_NONE_MATCH) {
            return matches_any(headers, IF_NONE_MATCH, &self.etag);
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

impl Reply for FileResponse {
    fn reply(self, status: StatusCode) -> Response {
        let mut response = Response::builder().status(status).body(Body::empty());
        response.headers_mut().insert(CONTENT_TYPE, self.content_type());
        if let Some(disposition) = self.disposition() {
            response.headers_mut().insert(CONTENT_DISPOSITION, disposition);
        }
        Deferred::put(response, |method, headers, response| self.answer(method, headers, response))
    }

    fn describe(description: &mut Description<'_>, status: StatusCode) {
        description.response(status, Vec::new());
    }
}
