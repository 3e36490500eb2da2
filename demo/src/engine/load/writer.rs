//! [`TableWriter`]: how tables are written.

use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::JoinHandle;

use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::{DataType, Schema, SchemaRef};
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::basic::{Compression, Encoding};
use datafusion::parquet::file::properties::{EnabledStatistics, WriterProperties};
use datafusion::parquet::schema::types::ColumnPath;
use tempfile::NamedTempFile;

use crate::engine::error::{Error, Result};
use crate::engine::schema::Column;
use crate::engine::store::Table;

/// Rows that a page of a column holds: what has to be unpacked for the sake of one.
const PAGE: usize = 4096;

/// Batches that may wait to be written.
const WAITING: usize = 8;

/// Writes rows as a Parquet file, on a thread of its own: whoever makes the rows makes the next ones meanwhile.
pub(in crate::engine) struct TableWriter {
    batches: SyncSender<RecordBatch>,
    writing: JoinHandle<Result<()>>,
    file: NamedTempFile,
    schema: SchemaRef,
    rows: u64,
    most: u64,
}

impl TableWriter {
    /// Writes to a file, of at most so many rows.
    pub(in crate::engine) fn new(file: NamedTempFile, schema: SchemaRef, most: u64) -> Result<Self> {
        let mut writer = ArrowWriter::try_new(file.reopen()?, SchemaRef::clone(&schema), Some(properties(&schema)))?;
        let (batches, received) = sync_channel::<RecordBatch>(WAITING);
        let writing = std::thread::Builder::new().name("table-writer".into()).spawn(move || {
            for batch in received {
                writer.write(&batch)?;
            }
            writer.close()?;
            Ok(())
        })?;
        Ok(Self { batches, writing, file, schema, rows: 0, most })
    }

    pub(in crate::engine) fn rows(&self) -> u64 {
        self.rows
    }

    /// Writes rows, soon. Blocks while there is much to write.
    pub(in crate::engine) fn write(&mut self, batch: RecordBatch) -> Result<()> {
        self.rows += batch.num_rows() as u64;
        if self.rows > self.most {
            return Err(Error::TooLarge(format!("the table has more than {} rows", self.most)));
        }
        // If the writer has given up, `finish` says why.
        let _ = self.batches.send(batch);
        Ok(())
    }

    /// Waits until all is written. Blocks.
    pub(in crate::engine) fn finish(self) -> Result<Table> {
        drop(self.batches);
        self.writing.join().map_err(|_| Error::storage("a table could not be written"))??;
        let columns = self.schema.fields().iter().map(|field| Column::from(field.as_ref())).collect();
        Ok(Table { file: self.file, columns, rows: self.rows })
    }
}

/// Whoever uploads waits for what is written, so it is packed fast rather than small, by what every reader of Parquet has.
/// Whole numbers and moments are written as differences, which is faster than to look each up in a dictionary. Of text no
/// bounds are kept: each value would be compared, and they help only where texts are in order.
fn properties(schema: &Schema) -> WriterProperties {
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_data_page_row_count_limit(PAGE)
        .set_write_batch_size(PAGE)
        .set_max_row_group_row_count(Some(1 << 17))
        .set_max_row_group_bytes(Some(64 << 20))
        .set_statistics_enabled(EnabledStatistics::Chunk);
    for field in schema.fields() {
        let path = ColumnPath::from(vec![field.name().clone()]);
        properties = match field.data_type() {
            DataType::Utf8 => properties.set_column_statistics_enabled(path, EnabledStatistics::None),
            whole if whole.is_integer() || matches!(whole, DataType::Date32 | DataType::Timestamp(..)) => properties
                .set_column_dictionary_enabled(path.clone(), false)
                .set_column_encoding(path, Encoding::DELTA_BINARY_PACKED),
            _ => properties,
        };
    }
    properties.build()
}
