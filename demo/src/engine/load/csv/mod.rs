//! Reads CSV files.

mod grid;
mod lines;
mod nulls;
mod records;
mod rewind;
mod short;

use std::io::BufRead;
use std::sync::Arc;

use datafusion::arrow::datatypes::SchemaRef;
use tempfile::NamedTempFile;

use self::lines::Lines;
use self::nulls::Nulls;
use self::records::{Record, Records};
use self::rewind::Rewind;
use super::columns::Columns;
use super::inference::Inference;
use super::packing::Source;
use super::schema::{Wanted, add_name};
use super::{LoadLimits, LoadOptions, TableWriter, fault, misfit};
use crate::engine::error::{Error, Result};
use crate::engine::fault::Segment;
use crate::engine::store::Table;

/// The rows by which the types of the others are guessed.
const FIRST: u64 = 2048;

/// Writes a CSV file as Parquet. Blocks.
///
/// Its types are those of all its values. Those of the first rows are mostly the same: then the rest is read only once.
pub(super) fn load(
    source: &Source<'_>,
    options: &LoadOptions,
    wanted: &Wanted<'_>,
    limits: LoadLimits,
    file: impl Fn() -> Result<NamedTempFile>,
) -> Result<Table> {
    refuse_other_formats(source)?;
    let mut start = Rewind::new(source.open()?);
    let mut scan = Scan::of(&mut start, options, wanted, FIRST)?;
    if scan.rows == FIRST {
        let (schema, order) = wanted.schema(&scan.names, &scan.columns)?;
        let mut writer = TableWriter::new(file()?, Arc::clone(&schema), limits.rows)?;
        let input = match start.rewind() {
            Some(input) => input,
            None => source.open()?,
        };
        if let Ok(true) = write(input, options, &schema, &order, Some(&scan.columns), &mut writer) {
            return writer.finish();
        }
        // Some row is otherwise, or wrong: a scan of all tells which is the first.
        scan = Scan::of(source.open()?, options, wanted, u64::MAX)?;
    }
    if scan.rows > limits.rows {
        return Err(Error::TooLarge(format!("the table has more than {} rows", limits.rows)));
    }
    let (schema, order) = wanted.schema(&scan.names, &scan.columns)?;
    let mut writer = TableWriter::new(file()?, Arc::clone(&schema), limits.rows)?;
    write(source.open()?, options, &schema, &order, None, &mut writer)?;
    writer.finish()
}

/// What is found by looking at rows.
struct Scan {
    names: Vec<String>,
    columns: Vec<Inference>,
    rows: u64,
}

impl Scan {
    /// Looks at so many rows at most.
    fn of(input: impl BufRead, options: &LoadOptions, wanted: &Wanted<'_>, most: u64) -> Result<Self> {
        let nulls = Nulls::new(&options.nulls);
        let mut records = Records::new(input, options.delimiter)?;
        let mut scan = match records.next()? {
            Some(record) if options.header => Self::new(header(&record)?, wanted, record.line)?,
            Some(record) => {
                let names = (1..=record.len()).map(|number| format!("column_{number}")).collect();
                let mut scan = Self::new(names, wanted, record.line)?;
                scan.add(&record, nulls)?;
                scan
            }
            None => return Err(fault(1, None, "the file is empty")),
        };
        while scan.rows < most
            && let Some(record) = records.next()?
        {
            scan.add(&record, nulls)?;
        }
        Ok(scan)
    }

    fn new(names: Vec<String>, wanted: &Wanted<'_>, line: u64) -> Result<Self> {
        wanted.check(&names, line)?;
        let columns = names.iter().map(|name| Inference::new(name, wanted)).collect();
        Ok(Self { names, columns, rows: 0 })
    }

    fn add(&mut self, record: &Record<'_>, nulls: Nulls<'_>) -> Result<()> {
        if record.len() != self.names.len() {
            let column = record.len().min(self.names.len()) + 1;
            let message = format!("{} where the header has {}", values(record.len()), self.names.len());
            return Err(misfit(record.line, Segment::Index(column), record.text(), message));
        }
        for (index, (value, column)) in record.values().zip(&mut self.columns).enumerate() {
            let value = value?;
            if nulls.contain(value) {
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
fn refuse_other_formats(source: &Source<'_>) -> Result<()> {
    let start = source.start()?;
    let format = match start.as_slice() {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "the file is UTF-16: save it as UTF-8",
        [0x1f, 0x8b, ..] | [0x28, 0xb5, 0x2f, 0xfd] => "the file is packed more than once",
        [b'P', b'K', 3, 4, ..] => "the file is a ZIP archive or a spreadsheet: save it as CSV",
        [b'P', b'A', b'R', b'1', ..] => "the file is Parquet, not CSV",
        _ => return Ok(()),
    };
    Err(fault(1, None, format))
}

/// Writes rows of types that are known. If they are a guess only, gives whether it was right; it stops where it was not.
fn write(
    input: Box<dyn BufRead>,
    options: &LoadOptions,
    schema: &SchemaRef,
    order: &[usize],
    guess: Option<&[Inference]>,
    writer: &mut TableWriter,
) -> Result<bool> {
    let mut columns = Columns::new(schema)?;
    // For each value of a row, the column of the table that it belongs to.
    let targets: Vec<usize> =
        (0..order.len()).filter_map(|index| order.iter().position(|place| *place == index)).collect();
    let mut records = Records::new(input, options.delimiter)?;
    if options.header {
        records.next()?;
    }
    let mut lines = Lines::new(options.delimiter, &options.nulls, &targets, guess);
    loop {
        let (bytes, count) = lines.read(records.at_hand()?, &mut columns)?;
        records.skip(bytes, count);
        if columns.is_full() {
            writer.write(columns.finish()?)?;
        }
        let Some(record) = records.next()? else { break };
        if !lines.add_record(&record, &mut columns)? {
            return Ok(false);
        }
        if columns.is_full() {
            writer.write(columns.finish()?)?;
        }
    }
    if !columns.is_empty() {
        writer.write(columns.finish()?)?;
    }
    Ok(true)
}

#[cfg(test)]
mod tests;
