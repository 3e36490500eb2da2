//! [`TableWriter`]: how tables are written.

use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::basic::{Compression, ZstdLevel};
use datafusion::parquet::file::properties::{EnabledStatistics, WriterProperties};
use tempfile::NamedTempFile;

use crate::engine::error::{Error, Result};
use crate::engine::schema::Column;
use crate::engine::store::Table;

/// Rows that a page of a column holds: what has to be unpacked for the sake of one.
const PAGE: usize = 4096;

/// Writes rows as a Parquet file. Blocks.
pub(in crate::engine) struct TableWriter {
    writer: ArrowWriter<std::fs::File>,
    file: NamedTempFile,
    schema: SchemaRef,
    rows: u64,
    most: u64,
}

impl TableWriter {
    /// Writes to a file, of at most so many rows.
    pub(in crate::engine) fn new(file: NamedTempFile, schema: SchemaRef, most: u64) -> Result<Self> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_data_page_row_count_limit(PAGE)
            .set_write_batch_size(PAGE)
            .set_max_row_group_row_count(Some(1 << 17))
            .set_max_row_group_bytes(Some(64 << 20))
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .build();
        let writer = ArrowWriter::try_new(file.reopen()?, SchemaRef::clone(&schema), Some(properties))?;
        Ok(Self { writer, file, schema, rows: 0, most })
    }

    pub(in crate::engine) fn rows(&self) -> u64 {
        self.rows
    }

    pub(in crate::engine) fn write(&mut self, batch: &RecordBatch) -> Result<()> {
        self.rows += batch.num_rows() as u64;
        if self.rows > self.most {
            return Err(Error::TooLarge(format!("the table has more than {} rows", self.most)));
        }
        self.writer.write(batch)?;
        Ok(())
    }

    pub(in crate::engine) fn finish(self) -> Result<Table> {
        self.writer.close()?;
        let columns = self.schema.fields().iter().map(|field| Column::from(field.as_ref())).collect();
        Ok(Table { file: self.file, columns, rows: self.rows })
    }
}
