//! Reads CSV files.
//!
//! A file is read twice: first to check it and to find the types of its columns, then to write it as Parquet.
//! Neither holds more of it than a batch of rows.

mod inference;
mod records;

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use datafusion::arrow::csv::ReaderBuilder;
use datafusion::arrow::datatypes::{Field, Schema, SchemaRef};
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::basic::{Compression, ZstdLevel};
use datafusion::parquet::file::properties::WriterProperties;
use regex::Regex;
use tempfile::NamedTempFile;

use self::inference::Inference;
use self::records::{Record, Records};
use super::error::{Error, Result};
use super::schema::Column;
use super::store::Table;

/// How to read a CSV file.
#[derive(Debug, Clone)]
pub struct CsvOptions {
    /// What stands between two values.
    pub delimiter: u8,
    /// What stands for a missing value.
    pub nulls: Vec<String>,
}

impl Default for CsvOptions {
    /// Commas; nothing or `NA` for a missing value.
    fn default() -> Self {
        Self { delimiter: b',', nulls: vec![String::new(), "NA".into()] }
    }
}

/// Writes a CSV file as Parquet. Blocks.
pub(super) fn load(path: &Path, options: &CsvOptions, mut file: NamedTempFile) -> Result<Table> {
    let scan = Scan::of(path, options)?;
    write(path, options, &scan, &mut file)?;
    let columns = scan.schema.fields().iter().map(|field| Column::from(field.as_ref())).collect();
    Ok(Table { file, columns, rows: scan.rows })
}

/// What the first reading finds.
struct Scan {
    schema: SchemaRef,
    rows: u64,
    longest: usize,
}

impl Scan {
    fn of(path: &Path, options: &CsvOptions) -> Result<Self> {
        refuse_other_formats(path)?;
        let mut records = Records::open(path, options.delimiter)?;
        let names = match records.next()? {
            Some(record) => header(&record)?,
            None => return Err(fault(1, None, "the file is empty")),
        };
        let mut columns = vec![Inference::default(); names.len()];
        let mut rows = 0;
        let mut longest = 1;
        while let Some(record) = records.next()? {
            if record.len() != names.len() {
                let column = record.len().min(names.len()) + 1;
                let message = format!("{} where the header has {}", values(record.len()), names.len());
                return Err(fault(record.line, Some(column), message));
            }
            for (value, column) in record.values().zip(&mut columns) {
                column.observe(value?, &options.nulls);
            }
            rows += 1;
            longest = longest.max(record.bytes());
        }
        let fields = names.into_iter().zip(columns);
        let fields: Vec<_> =
            fields.map(|(name, column)| Field::new(name, column.data_type(), column.nullable())).collect();
        Ok(Self { schema: Arc::new(Schema::new(fields)), rows, longest })
    }
}

fn values(count: usize) -> String {
    if count == 1 { "1 value".into() } else { format!("{count} values") }
}

/// The names of the columns. Space around them is not part of them.
fn header(record: &Record<'_>) -> Result<Vec<String>> {
    let mut names: Vec<String> = Vec::with_capacity(record.len());
    for (index, name) in record.values().enumerate() {
        let name = name?.trim();
        let refuse = |message: String| Err(fault(record.line, Some(index + 1), message));
        if name.is_empty() {
            return refuse("the column has no name".into());
        }
        if let Some(first) = names.iter().position(|other| other == name) {
            return refuse(format!("`{}` is the name of column {} already", name.escape_debug(), first + 1));
        }
        names.push(name.into());
    }
    Ok(names)
}

/// Tells what a file is that was taken for a CSV file, where its first bytes tell.
fn refuse_other_formats(path: &Path) -> Result<()> {
    let mut start = Vec::new();
    File::open(path)?.take(4).read_to_end(&mut start)?;
    let format = match start.as_slice() {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "the file is UTF-16: save it as UTF-8",
        [0x1f, 0x8b, ..] => "the file is compressed with gzip: unpack it first",
        [0x28, 0xb5, 0x2f, 0xfd] => "the file is compressed with zstd: unpack it first",
        [b'P', b'K', 3, 4] => "the file is a ZIP archive or a spreadsheet: save it as CSV",
        [b'P', b'A', b'R', b'1'] => "the file is Parquet, not CSV",
        _ => return Ok(()),
    };
    Err(fault(1, None, format))
}

fn fault(line: u64, column: Option<usize>, message: impl Into<String>) -> Error {
    Error::Csv { line, column, message: message.into() }
}

/// Bytes of text that a batch of rows may take.
const BATCH: usize = 16 << 20;

fn write(path: &Path, options: &CsvOptions, scan: &Scan, file: &mut NamedTempFile) -> Result<()> {
    // The empty class: no text at all, where an empty list would be the empty text.
    let nothing = std::iter::once("[a&&b]".into());
    let nulls: Vec<String> = options.nulls.iter().map(|null| regex::escape(null)).chain(nothing).collect();
    let nulls = Regex::new(&format!("^(?:{})$", nulls.join("|"))).map_err(Error::storage)?;
    let batches = ReaderBuilder::new(Arc::clone(&scan.schema))
        .with_header(true)
        .with_delimiter(options.delimiter)
        .with_null_regex(nulls)
        .with_batch_size((BATCH / scan.longest).clamp(1, 8192))
        .build_buffered(BufReader::with_capacity(1 << 18, File::open(path)?))?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_max_row_group_row_count(Some(1 << 17))
        .set_max_row_group_bytes(Some(64 << 20))
        .build();
    let mut writer = ArrowWriter::try_new(file.as_file_mut(), Arc::clone(&scan.schema), Some(properties))?;
    for batch in batches {
        writer.write(&batch?)?;
    }
    writer.close()?;
    Ok(())
}

#[cfg(test)]
mod tests;
