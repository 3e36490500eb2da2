//! Reads CSV files.

mod records;

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use datafusion::arrow::datatypes::SchemaRef;
use tempfile::NamedTempFile;

use self::records::{Record, Records};
use super::columns::Columns;
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
    write(path, options, &schema, &order, &mut writer)?;
    writer.finish()
}

/// What the first reading finds.
struct Scan {
    names: Vec<String>,
    columns: Vec<Inference>,
    rows: u64,
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
        Ok(Self { names, columns, rows: 0 })
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

/// The second reading: of types that are known.
fn write(
    path: &Path,
    options: &LoadOptions,
    schema: &SchemaRef,
    order: &[usize],
    writer: &mut TableWriter,
) -> Result<()> {
    let mut columns = Columns::new(schema)?;
    // For each value of a row, the column of the table that it belongs to.
    let targets: Vec<usize> =
        (0..order.len()).filter_map(|index| order.iter().position(|place| *place == index)).collect();
    let mut records = Records::open(path, options.delimiter)?;
    if options.header {
        records.next()?;
    }
    while let Some(record) = records.next()? {
        for (value, target) in record.values().zip(&targets) {
            let value = value?;
            let Some(builder) = columns.builders.get_mut(*target) else { continue };
            if options.nulls.iter().any(|null| null == value) {
                builder.add_null();
            } else {
                builder.add_text(value)?;
            }
        }
        columns.end_row(record.bytes());
        if columns.is_full() {
            writer.write(columns.finish()?)?;
        }
    }
    if !columns.is_empty() {
        writer.write(columns.finish()?)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
