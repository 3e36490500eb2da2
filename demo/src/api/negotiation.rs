//! The forms in which rows are answered.

use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use sha2::{Digest, Sha256};
use versify::{
    Reply,
    openapi::{Describe, Schema},
    operation::{Description, reply_json},
    poem::{
        Body, Response,
        http::{HeaderValue, StatusCode, header},
    },
    prelude::*,
};

use super::error::{ApiError, Result};
use crate::engine::{self, Page};

/// The form of an answer.
#[model(rename_all = "lowercase")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A page, as JSON.
    Json,
    /// A JSON object a line.
    Ndjson,
    /// Comma-separated values.
    Csv,
    /// Apache Arrow's stream.
    Arrow,
    /// Apache Parquet.
    Parquet,
}

impl Form {
    const ALL: [Self; 5] = [Self::Json, Self::Ndjson, Self::Csv, Self::Arrow, Self::Parquet];

    fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Ndjson => "application/x-ndjson",
            Self::Csv => "text/csv",
            Self::Arrow => "application/vnd.apache.arrow.stream",
            Self::Parquet => "application/vnd.apache.parquet",
        }
    }

    /// The form that is named, or the one that `Accept` likes best.
    pub(super) fn choose(named: Option<Self>, accept: Option<&str>) -> Result<Self> {
        let (None, Some(accept)) = (named, accept) else { return Ok(named.unwrap_or(Self::Json)) };
        let mut best: Option<(f32, Self)> = None;
        for form in Self::ALL {
            let quality = form.quality(accept);
            if quality > 0.0 && best.is_none_or(|(known, _)| quality > known) {
                best = Some((quality, form));
            }
        }
        match best {
            Some((_, form)) => Ok(form),
            None => {
                let forms = Self::ALL.map(Self::media_type).join(", ");
                Err(ApiError::of(406, format!("rows come as {forms}")))
            }
        }
    }

    /// How much a client likes it, from 0 to 1: the most specific range counts.
    fn quality(self, accept: &str) -> f32 {
        let (kind, _) = self.media_type().split_once('/').unwrap_or_default();
        let mut found = (0, 0.0);
        for range in accept.split(',') {
            let mut parts = range.split(';').map(str::trim);
            let name = parts.next().unwrap_or_default().to_ascii_lowercase();
            let quality = parts.find_map(|part| part.strip_prefix("q=")).and_then(|q| q.parse().ok()).unwrap_or(1.0);
            let specific = match name.as_str() {
                "*/*" => 1,
                name if name == format!("{kind}/*") => 2,
                name if name == self.media_type() => 3,
                "application/jsonl" | "application/x-jsonlines" if self == Self::Ndjson => 3,
                _ => continue,
            };
            if specific > found.0 {
                found = (specific, quality);
            }
        }
        found.1
    }
}

/// Rows, in one of the forms.
pub(super) struct RowsReply {
    etag: String,
    content: Content,
}

enum Content {
    NotModified,
    Page(Page),
    Stream(Form, BoxStream<'static, engine::Result<Bytes>>),
}

impl RowsReply {
    /// The tag of what a request asks for: another one as soon as the rows could be others.
    pub(super) fn etag(version: &str, form: Form, request: &str) -> String {
        let digest = Sha256::new().chain_update(format!("{version} {form:?} {request}")).finalize();
        let short: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        format!("\"{short}\"")
    }

    /// Whether `If-None-Match` names the tag.
    pub(super) fn knows(header: &str, etag: &str) -> bool {
        header.split(',').map(str::trim).any(|known| known == "*" || known.trim_start_matches("W/") == etag)
    }

    pub(super) fn not_modified(etag: String) -> Self {
        Self { etag, content: Content::NotModified }
    }

    pub(super) fn page(etag: String, page: Page) -> Self {
        Self { etag, content: Content::Page(page) }
    }

    pub(super) fn stream(etag: String, form: Form, bytes: BoxStream<'static, engine::Result<Bytes>>) -> Self {
        Self { etag, content: Content::Stream(form, bytes) }
    }
}

impl Reply for RowsReply {
    fn reply(self, status: StatusCode) -> Response {
        let mut response = match self.content {
            Content::NotModified => Response::builder().status(StatusCode::NOT_MODIFIED).finish(),
            Content::Page(page) => reply_json(&page, status),
            Content::Stream(form, bytes) => {
                // What fails from now on ends the answer before its end: the client sees that it is not whole.
                let bytes = bytes.map(|bytes| {
                    bytes.map_err(|error| {
                        tracing::warn!(%error, "an export was broken off");
                        std::io::Error::other("the export was broken off")
                    })
                });
                Response::builder().status(status).content_type(form.media_type()).body(Body::from_bytes_stream(bytes))
            }
        };
        let headers = response.headers_mut();
        if let Ok(etag) = HeaderValue::from_str(&self.etag) {
            headers.insert(header::ETAG, etag);
        }
        headers.insert(header::VARY, HeaderValue::from_static("accept"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        response
    }

    fn describe(description: &mut Description<'_>, status: StatusCode) {
        let page = Page::describe(description.components());
        let content = Form::ALL.iter().map(|form| {
            let schema = if *form == Form::Json { page.clone() } else { Schema::string() };
            (form.media_type().to_owned(), schema)
        });
        let content = content.collect();
        description.response(status, content);
        description.failure(StatusCode::NOT_MODIFIED, "The rows are as `If-None-Match` knows them", Vec::new());
        super::error::describe(
            description,
            StatusCode::NOT_ACCEPTABLE,
            "Rows do not come in any form that is accepted",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_that_is_liked_best() {
        for (accept, expected) in [
            ("*/*", Some(Form::Json)),
            ("text/csv", Some(Form::Csv)),
            ("text/*", Some(Form::Csv)),
            ("text/html, application/xhtml+xml, */*;q=0.8", Some(Form::Json)),
            ("application/json;q=0.5, application/x-ndjson", Some(Form::Ndjson)),
            ("application/jsonl", Some(Form::Ndjson)),
            ("application/vnd.apache.arrow.stream", Some(Form::Arrow)),
            ("application/vnd.apache.parquet, */*;q=0.1", Some(Form::Parquet)),
            ("application/*;q=0.2, application/json;q=0", Some(Form::Ndjson)),
            ("TEXT/CSV", Some(Form::Csv)),
            ("text/html", None),
            ("", None),
            ("application/json;q=0", None),
        ] {
            assert_eq!(Form::choose(None, Some(accept)).ok(), expected, "{accept}");
        }
        assert_eq!(Form::choose(Some(Form::Csv), Some("application/json")).ok(), Some(Form::Csv));
        assert_eq!(Form::choose(None, None).ok(), Some(Form::Json));
    }

    #[test]
    fn tags_that_are_known() {
        for (header, known) in
            [("\"a\"", true), ("W/\"a\"", true), ("\"b\", \"a\"", true), ("*", true), ("\"b\"", false), ("a", false)]
        {
            assert_eq!(RowsReply::knows(header, "\"a\""), known, "{header}");
        }
    }
}
