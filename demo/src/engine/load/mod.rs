//! Files become tables.
//!
//! A file is read twice: first to check it and to find the types of its columns, then to write it as Parquet (of CSV, where
//! the first rows foretell the others, only those). Neither holds more of it than a batch of rows.

mod columns;
mod csv;
mod inference;
mod json;
mod packing;
mod parquet;
mod plain;
mod schema;
mod values;
mod writer;

use std::collections::BTreeMap;

use datafusion::arrow::datatypes::Schema;
use versify::model;

use self::packing::Source;
use self::schema::Wanted;
pub(super) use self::writer::TableWriter;
use super::error::{Error, Result};
use super::fault::Segment;
use super::schema::ColumnType;
use super::store::{StagingFile, Store, Table};

/// What a file is.
#[model(rename_all = "lowercase")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Values with something between them, a row a line.
    Csv,
    /// A JSON object a line.
    Ndjson,
    /// A JSON array of objects.
    Json,
    /// Apache Parquet.
    Parquet,
}

/// How to read a file.
#[derive(Debug, Clone)]
pub struct LoadOptions {
    /// What the file is; what it looks like if nothing is said.
    pub format: Option<Format>,
    /// For CSV: what stands between two values.
    pub delimiter: u8,
    /// For CSV: whether the first line names the columns. Else they are `column_1` and so on.
    pub header: bool,
    /// For CSV: what stands for a missing value.
    pub nulls: Vec<String>,
    /// The types of columns that are not to be inferred.
    pub types: BTreeMap<String, ColumnType>,
}

impl Default for LoadOptions {
    /// Commas, with a header; nothing or `NA` for a missing value.
    fn default() -> Self {
        Self {
            format: None,
            delimiter: b',',
            header: true,
            nulls: vec![String::new(), "NA".into()],
            types: BTreeMap::new(),
        }
    }
}

/// How large what is loaded may be.
#[derive(Debug, Clone, Copy)]
pub struct LoadLimits {
    /// The most bytes that a file may have when it is unpacked.
    pub unpacked: u64,
    /// The most rows.
    pub rows: u64,
}

/// What was loaded.
pub(super) struct Loaded {
    pub(super) table: Table,
    pub(super) format: Format,
}

/// Writes a file as Parquet, with columns as another table has them, if one is named. It may be on its way still. Blocks.
pub(super) fn load(
    file: &StagingFile,
    options: &LoadOptions,
    like: Option<&Schema>,
    limits: LoadLimits,
    store: &Store,
) -> Result<Loaded> {
    let source = Source::new(file, limits.unpacked)?;
    let format = match options.format {
        Some(format) => format,
        None => look_at(&source.start()?),
    };
    let wanted = Wanted { types: &options.types, like };
    let table = match format {
        Format::Csv => csv::load(&source, options, &wanted, limits, || store.temporary_file())?,
        Format::Ndjson => json::load(&source, json::Form::Lines, &wanted, limits, store.temporary_file()?)?,
        Format::Json => json::load(&source, json::Form::Array, &wanted, limits, store.temporary_file()?)?,
        Format::Parquet => {
            // It begins at its end.
            let unpacked = source.unpack(store)?;
            file.wait()?;
            let path = unpacked.as_ref().map_or(file.path(), |unpacked| unpacked.path());
            parquet::load(path, &wanted, limits, store.temporary_file()?)?
        }
    };
    // Whoever found its end may not have waited for what comes after.
    file.wait()?;
    Ok(Loaded { table, format })
}

/// What a file is, by what it begins with.
fn look_at(start: &[u8]) -> Format {
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    match text {
        [b'P', b'A', b'R', b'1', ..] => Format::Parquet,
        [b'[', ..] => Format::Json,
        [b'{', ..] => Format::Ndjson,
        _ => Format::Csv,
    }
}

/// A fault of the file itself.
fn fault(line: u64, column: Option<usize>, message: impl Into<String>) -> Error {
    Error::File { line: Some(line), column: column.map(Segment::Index), text: None, message: message.into() }
}

/// A value that does not fit.
fn misfit(line: u64, column: Segment, text: &str, message: impl Into<String>) -> Error {
    Error::File { line: Some(line), column: Some(column), text: Some(excerpt(text)), message: message.into() }
}

/// As much of a text as an answer can quote.
fn excerpt(text: &str) -> String {
    const LONGEST: usize = 200;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.into(),
    }
}
