//! Reads Parquet files.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, RecordBatch};
use datafusion::arrow::compute::{CastOptions, cast_with_options};
use datafusion::arrow::datatypes::{DataType, Field, Schema};
use datafusion::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use tempfile::NamedTempFile;

use super::schema::{Wanted, add_name};
use super::{LoadLimits, TableWriter};
use crate::engine::error::{Error, Result};
use crate::engine::fault::Segment;
use crate::engine::pipeline::canonical;
use crate::engine::schema::ColumnType;
use crate::engine::store::Table;

/// Writes a Parquet file as one of ours: with our types, and pages that can be read one by one. Blocks.
pub(super) fn load(path: &Path, wanted: &Wanted<'_>, limits: LoadLimits, file: NamedTempFile) -> Result<Table> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(File::open(path)?).map_err(broken)?;
    let found = Arc::clone(builder.schema());
    let mut names = Vec::new();
    for field in found.fields() {
        add_name(&mut names, field.name(), 1)?;
    }
    if names.is_empty() {
        return Err(broken("it has no columns"));
    }
    wanted.check(&names, 1)?;
    let order = wanted.order(&names);
    let mut fields = Vec::new();
    for index in &order {
        let (Some(name), Some(field)) = (names.get(*index), found.fields().get(*index)) else { continue };
        let own = canonical(field.data_type()).unwrap_or_else(|| field.data_type().clone());
        let target = match wanted.of(name) {
            Some(ColumnType::Timestamp) => {
                let zoned = matches!(field.data_type(), DataType::Timestamp(_, Some(_)));
                ColumnType::moment(wanted.zoned(name).unwrap_or(zoned))
            }
            Some(target) => target.data_type().unwrap_or(own),
            None => own,
        };
        fields.push(Field::new(name, target, field.is_nullable()));
    }
    let schema = Arc::new(Schema::new(fields));
    let mut writer = TableWriter::new(file, Arc::clone(&schema), limits.rows)?;
    let mut bytes = 0;
    for batch in builder.with_batch_size(8192).build().map_err(broken)? {
        let batch = batch.map_err(broken)?;
        bytes += batch.get_array_memory_size() as u64;
        if bytes > limits.unpacked {
            return Err(Error::TooLarge(format!("unpacked, the file has more than {} bytes", limits.unpacked)));
        }
        let columns = order.iter().zip(schema.fields()).map(|(index, field)| {
            batch
                .columns()
                .get(*index)
                .map_or_else(|| Err(broken("a column is missing")), |column| convert(column, field, writer.rows()))
        });
        let columns = columns.collect::<Result<Vec<_>>>()?;
        writer.write(RecordBatch::try_new(Arc::clone(&schema), columns).map_err(broken)?)?;
    }
    writer.finish()
}

fn convert(column: &ArrayRef, field: &Field, before: u64) -> Result<ArrayRef> {
    let lossless = CastOptions { safe: true, ..CastOptions::default() };
    let cast = cast_with_options(column, field.data_type(), &lossless).map_err(|error| Error::File {
        line: None,
        column: Some(Segment::from(field.name().clone())),
        text: None,
        message: error.to_string(),
    })?;
    if cast.null_count() == column.null_count() {
        return Ok(cast);
    }
    let row = (0..column.len()).find(|row| cast.is_null(*row) && !column.is_null(*row)).unwrap_or_default();
    let text = datafusion::arrow::util::display::array_value_to_string(column, row)?;
    Err(Error::File {
        line: Some(before + row as u64 + 1),
        column: Some(Segment::from(field.name().clone())),
        message: format!("`{}` is not {}", text.escape_debug(), ColumnType::from(field.data_type()).phrase()),
        text: Some(text),
    })
}

fn broken(error: impl ToString) -> Error {
    let message = format!("the file is not Parquet that can be read: {}", error.to_string());
    Error::File { line: None, column: None, text: None, message }
}
