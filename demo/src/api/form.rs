//! The forms in which rows are answered.

use bytes::Bytes;
use futures_util::stream::BoxStream;
use versify::{
    Accept, ByteStream, Either,
    openapi::{ResponseDoc, Responses},
    prelude::*,
};

use super::error::Result;
use crate::engine::{self, ExportFormat, Page};

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

    pub(super) fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Ndjson => "application/x-ndjson",
            Self::Csv => "text/csv",
            Self::Arrow => "application/vnd.apache.arrow.stream",
            Self::Parquet => "application/vnd.apache.parquet",
        }
    }

    /// How the engine writes it; `None` for a page.
    pub(super) fn export(self) -> Option<ExportFormat> {
        Some(match self {
            Self::Json => return None,
            Self::Ndjson => ExportFormat::Ndjson,
            Self::Csv => ExportFormat::Csv,
            Self::Arrow => ExportFormat::Arrow,
            Self::Parquet => ExportFormat::Parquet,
        })
    }

    /// The form that the client likes best.
    pub(super) fn choose(accept: &Accept) -> Result<Self> {
        let offers = Self::ALL.map(|form| (form, form.media_type()));
        Ok(accept.choose(offers.into_iter().chain([(Self::Ndjson, "application/jsonl")]))?)
    }
}

/// Rows: a page, or all of them in another form.
pub(super) type Rows = Either<Page, ByteStream<BoxStream<'static, engine::Result<Bytes>>>>;

/// The forms that are no page, for the document.
pub(super) fn streams() -> Responses {
    let streams = Form::ALL.iter().filter(|form| form.export().is_some());
    let doc = streams.fold(ResponseDoc::new(), |doc, form| doc.content(form.media_type()));
    Responses::new().on(200, doc)
}
