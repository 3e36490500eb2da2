//! Reads JSON: an object a line, or an array of objects.

mod object;
mod objects;

use std::sync::Arc;

use tempfile::NamedTempFile;

use self::object::{Object, Scalar};
use super::columns::{Builder, Columns};
use super::inference::Inference;
use super::packing::Source;
use super::schema::{Wanted, add_name};
use super::{LoadLimits, TableWriter, fault, misfit};
use crate::engine::error::{Error, Result};
use crate::engine::fault::Segment;
use crate::engine::store::Table;

/// How objects stand in a file.
#[derive(Debug, Clone, Copy)]
pub(super) enum Form {
    /// One a line.
    Lines,
    /// In an array.
    Array,
}

/// The most columns that a table may have.
const MAX_COLUMNS: usize = 4096;

/// Writes a file of JSON as Parquet. Blocks.
pub(super) fn load(
    source: &Source<'_>,
    form: Form,
    wanted: &Wanted<'_>,
    limits: LoadLimits,
    file: NamedTempFile,
) -> Result<Table> {
    let mut scan = Scan::default();
    objects::read(source, form, &mut |line, object| {
        if scan.rows == limits.rows {
            return Err(Error::TooLarge(format!("the table has more than {} rows", limits.rows)));
        }
        scan.add(line, &object, wanted)
    })?;
    if scan.names.is_empty() {
        return Err(fault(1, None, if scan.rows == 0 { "the file has no rows" } else { "the rows have no columns" }));
    }
    wanted.check(&scan.names, 1)?;
    for (column, present) in scan.columns.iter_mut().zip(&scan.present) {
        if *present < scan.rows {
            column.observe_missing();
        }
    }
    let (schema, order) = wanted.schema(&scan.names, &scan.columns)?;
    let names: Vec<&str> = order.iter().filter_map(|index| scan.names.get(*index)).map(String::as_str).collect();
    let mut writer = TableWriter::new(file, Arc::clone(&schema), limits.rows)?;
    let mut columns = Columns::new(&schema)?;
    objects::read(source, form, &mut |_, object| {
        add(&mut columns, &names, &object)?;
        if columns.is_full() {
            writer.write(columns.finish()?)?;
        }
        Ok(())
    })?;
    if !columns.is_empty() {
        writer.write(columns.finish()?)?;
    }
    writer.finish()
}

fn add(columns: &mut Columns, names: &[&str], object: &Object) -> Result<()> {
    let mut bytes = 0;
    for (index, (name, builder)) in names.iter().zip(&mut columns.builders).enumerate() {
        // Mostly the objects have their members in one and the same order.
        let same = object.0.get(index).filter(|(own, _)| own == name);
        let value = same.or_else(|| object.0.iter().find(|(own, _)| own == name)).map(|(_, value)| value);
        match (builder, value) {
            (builder, None | Some(Scalar::Null)) => builder.add_null(),
            (Builder::Boolean(values), Some(Scalar::Boolean(value))) => values.add(*value),
            (Builder::Integer(values), Some(Scalar::Integer(value))) => values.add(*value),
            (Builder::Float(values), Some(Scalar::Integer(value))) => values.add(*value as f64),
            (Builder::Float(values), Some(Scalar::Float(value))) => values.add(*value),
            (builder, Some(Scalar::Text(text) | Scalar::Nested(text))) => {
                bytes += text.len();
                builder.add_text(text)?;
            }
            (builder, Some(value)) => builder.add_text(&value.to_string())?,
        }
    }
    columns.end_rows(1, bytes);
    Ok(())
}

/// What the first reading finds.
#[derive(Default)]
struct Scan {
    names: Vec<String>,
    columns: Vec<Inference>,
    /// In how many rows each column is.
    present: Vec<u64>,
    rows: u64,
}

impl Scan {
    fn add(&mut self, line: u64, object: &Object, wanted: &Wanted<'_>) -> Result<()> {
        self.rows += 1;
        for (index, (name, value)) in object.0.iter().enumerate() {
            let known = self.names.get(index).filter(|known| *known == name).map(|_| index);
            let index = match known.or_else(|| self.names.iter().position(|known| known == name)) {
                Some(index) => index,
                None => self.add_column(line, name, wanted)?,
            };
            let (Some(column), Some(present)) = (self.columns.get_mut(index), self.present.get_mut(index)) else {
                continue;
            };
            *present += 1;
            let result = match value {
                Scalar::Null => {
                    column.observe_missing();
                    Ok(())
                }
                Scalar::Text(text) if wanted.of(name).is_some() => column.observe(text),
                value => column.observe_kind(value.kind()),
            };
            if let Err(wanted) = result {
                let text = value.to_string();
                let message = format!("`{}` is not {}", super::excerpt(&text).escape_debug(), wanted.phrase());
                return Err(misfit(line, Segment::from(name.clone()), &text, message));
            }
        }
        Ok(())
    }

    fn add_column(&mut self, line: u64, name: &str, wanted: &Wanted<'_>) -> Result<usize> {
        if self.names.len() == MAX_COLUMNS {
            return Err(fault(line, None, format!("the rows have more than {MAX_COLUMNS} columns")));
        }
        if name.trim() != name {
            let message = format!("the name `{}` begins or ends with a space", name.escape_debug());
            return Err(misfit(line, Segment::from(name.to_owned()), name, message));
        }
        add_name(&mut self.names, name, line)?;
        self.columns.push(Inference::new(name, wanted));
        self.present.push(0);
        Ok(self.names.len() - 1)
    }
}

#[cfg(test)]
mod tests;
