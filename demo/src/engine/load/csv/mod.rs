//! Reads CSV files.

mod records;

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::csv::ReaderBuilder;
use datafusion::arrow::datatypes::{Field, Schema, SchemaRef};
use regex::Regex;
use tempfile::NamedTempFile;

use self::records::{Record, Records};
use super::inference::Inference;
use super::schema::{Wanted, add_name};
use super::{LoadLimits, LoadOptions, TableWriter, fault, misfit};
use crate::engine::error::{Error, Result};
use crate::engine::fault::Segment;
use crate::engine::store::Table;

/// Writes a CSV file as Parquet. Blocks.
pub(super) fn load(
    path: &Path,
    options: &LoadOptions,
    wanted: &Wanted<'_>,
    limits: LoadLimits,
    file: NamedTempFile,
) -> Result<Table> {
    let scan = Scan::of(path, options, wanted)?;
    if scan.rows > limits.rows {
        return Err(Error::TooLarge(format!("the table has more than {} rows", limits.rows)));
    }
    let (schema, order) = wanted.schema(&scan.names, &scan.columns)?;
    let mut writer = TableWriter::new(file, Arc::clone(&schema), limits.rows)?;
    write(path, options, &scan, &schema, &order, &mut writer)?;
    writer.finish()
}

/// What the first reading finds.
struct Scan {
    names: Vec<String>,
    columns: Vec<Inference>,
    rows: u64,
    longest: usize,
}

impl Scan {
    fn of(path: &Path, options: &LoadOptions, wanted: &Wanted<'_>) -> Result<Self> {
        refuse_other_formats(path)?;
        let mut records = Records::open(path, options.delimiter)?;
        let mut scan = match records.next()? {
            Some(record) if options.header => Self::new(header(&record)?, wanted, record.line)?,
            Some(record) => {
                let names = (1..=record.len()).map(|number| format!("column_{number}")).collect();
                let mut scan = Self::new(names, wanted, record.line)?;
                scan.add(&record, options)?;
                scan
            }
            None => return Err(fault(1, None, "the file is empty")),
        };
        while let Some(record) = records.next()? {
            scan.add(&record, options)?;
        }
        Ok(scan)
    }

    fn new(names: Vec<String>, wanted: &Wanted<'_>, line: u64) -> Result<Self> {
        wanted.check(&names, line)?;
        let columns = names.iter().map(|name| Inference::new(name, wanted)).collect();
        Ok(Self { names, columns, rows: 0, longest: 1 })
    }

    fn add(&mut self, record: &Record<'_>, options: &LoadOptions) -> Result<()> {
        if record.len() != self.names.len() {
            let column = record.len().min(self.names.len()) + 1;
            let message = format!("{} where the header has {}", values(record.len()), self.names.len());
            return Err(misfit(record.line, Segment::Index(column), record.text(), message));
        }
        for (index, (value, column)) in record.values().zip(&mut self.columns).enumerate() {
            let value = value?;
            if options.nulls.iter().any(|null| null == value) {
                column.observe_missing();
            } else if let Err(wanted) = column.observe(value) {
                let message = format!("`{}` is not {}", super::excerpt(value).escape_debug(), wanted.phrase());
                return Err(misfit(record.line, Segment::Index(index + 1), value, message));
            }
        }
        self.rows += 1;
        self.longest = self.longest.max(record.bytes());
        Ok(())
    }
}

fn values(count: usize) -> String {
    if count == 1 { "1 value".into() } else { format!("{count} values") }
}

/// The names of the columns. Space around them is not part of them.
fn header(record: &Record<'_>) -> Result<Vec<String>> {
    let mut names = Vec::with_capacity(record.len());
    for name in record.values() {
        add_name(&mut names, name?, record.line)?;
    }
    Ok(names)
}

/// Tells what a file is that was taken for a CSV file, where its first bytes tell.
fn refuse_other_formats(path: &Path) -> Result<()> {
    let mut start = Vec::new();
    File::open(path)?.take(4).read_to_end(&mut start)?;
    let format = match start.as_slice() {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "the file is UTF-16: save it as UTF-8",
        [0x1f, 0x8b, ..] | [0x28, 0xb5, 0x2f, 0xfd] => "the file is packed more than once",
        [b'P', b'K', 3, 4] => "the file is a ZIP archive or a spreadsheet: save it as CSV",
        [b'P', b'A', b'R', b'1'] => "the file is Parquet, not CSV",
        _ => return Ok(()),
    };
    Err(fault(1, None, format))
}

/// Bytes of text that a batch of rows may take.
const BATCH: usize = 16 << 20;

fn write(
    path: &Path,
    options: &LoadOptions,
    scan: &Scan,
    schema: &SchemaRef,
    order: &[usize],
    writer: &mut TableWriter,
) -> Result<()> {
    // The empty class: no text at all, where an empty list would be the empty text.
    let nothing = std::iter::once("[a&&b]".into());
    let nulls: Vec<String> = options.nulls.iter().map(|null| regex::escape(null)).chain(nothing).collect();
    let nulls = Regex::new(&format!("^(?:{})$", nulls.join("|"))).map_err(Error::storage)?;
    // As the file has the columns; the table may have them in another order.
    let mut fields: Vec<(usize, &Arc<Field>)> = order.iter().copied().zip(schema.fields()).collect();
    fields.sort_by_key(|(index, _)| *index);
    let read = Schema::new(fields.into_iter().map(|(_, field)| Arc::clone(field)).collect::<Vec<_>>());
    let batches = ReaderBuilder::new(Arc::new(read))
        .with_header(options.header)
        .with_delimiter(options.delimiter)
        .with_null_regex(nulls)
        .with_batch_size((BATCH / scan.longest).clamp(1, 8192))
        .build_buffered(BufReader::with_capacity(1 << 18, File::open(path)?))?;
    for batch in batches {
        let batch = batch?.project(order)?;
        let batch = RecordBatch::try_new(Arc::clone(schema), batch.columns().to_vec())?;
        writer.write(&batch)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
