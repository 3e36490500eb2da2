//! The forms in which rows are answered.

use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use versify::{
    Accept, Reply,
    openapi::{Describe, Schema},
    operation::{Description, reply_json},
    poem::{Body, Response, http::StatusCode},
    prelude::*,
};

use super::error::Result;
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

    /// The form that the client likes best.
    pub(super) fn choose(accept: &Accept) -> Result<Self> {
        let offers = Self::ALL.map(|form| (form, form.media_type()));
        Ok(accept.choose(offers.into_iter().chain([(Self::Ndjson, "application/jsonl")]))?)
    }
}

/// Rows, in one of the forms.
pub(super) enum RowsReply {
    Page(Page),
    Stream(Form, BoxStream<'static, engine::Result<Bytes>>),
}

impl Reply for RowsReply {
    fn reply(self, status: StatusCode) -> Response {
        match self {
            Self::Page(page) => reply_json(&page, status),
            Self::Stream(form, bytes) => {
                // What fails from now on ends the answer before its end: the client sees that it is not whole.
                let bytes = bytes.map(|bytes| {
                    bytes.map_err(|error| {
                        tracing::warn!(%error, "an export was broken off");
                        std::io::Error::other("the export was broken off")
                    })
                });
                Response::builder().status(status).content_type(form.media_type()).body(Body::from_bytes_stream(bytes))
            }
        }
    }

    fn describe(description: &mut Description<'_>, status: StatusCode) {
        let page = Page::describe(description.components());
        let content = Form::ALL.iter().map(|form| {
            let schema = if *form == Form::Json { page.clone() } else { Schema::string() };
            (form.media_type().to_owned(), schema)
        });
        let content = content.collect();
        description.response(status, content);
    }
}
