//! [`TableWriter`]: how tables are written.

use std::fs::File;
use std::io::{self, BufWriter};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

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

/// Rows with which a row group ends.
const GROUP_ROWS: usize = 1 << 17;

/// Batches that may wait to be written.
const WAITING: usize = 8;

/// Bytes that are written at a time: many pages.
const PIECE: usize = 1 << 20;

/// Writes rows as a Parquet file, on a thread of its own: whoever makes the rows makes the next ones meanwhile. Another
/// thread brings to the disk what is written, so that little of it is left to be waited for in the end.
pub(in crate::engine) struct TableWriter {
    batches: SyncSender<RecordBatch>,
    writing: JoinHandle<Result<()>>,
    syncing: JoinHandle<io::Result<()>>,
    file: NamedTempFile,
    schema: SchemaRef,
    rows: u64,
    most: u64,
}

impl TableWriter {
    /// Writes to a file, of at most so many rows.
    pub(in crate::engine) fn new(file: NamedTempFile, schema: SchemaRef, most: u64) -> Result<Self> {
        let output = BufWriter::with_capacity(PIECE, file.reopen()?);
        let writer = ArrowWriter::try_new(output, SchemaRef::clone(&schema), Some(properties(&schema)))?;
        let (written, to_sync) = sync_channel(1);
        let synced = file.reopen()?;
        let syncing = thread::Builder::new().name("table-syncer".into()).spawn(move || sync(&synced, &to_sync))?;
        let (batches, to_write) = sync_channel(WAITING);
        let writing =
            thread::Builder::new().name("table-writer".into()).spawn(move || write(writer, &to_write, &written))?;
        Ok(Self { batches, writing, syncing, file, schema, rows: 0, most })
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

    /// Waits until all is written, if not on the disk. Blocks.
    pub(in crate::engine) fn finish(self) -> Result<Table> {
        let broken = |_| Error::storage("a table could not be written");
        drop(self.batches);
        self.writing.join().map_err(broken)??;
        // A disk tells of a failure once: whoever syncs next may not hear of it.
        self.syncing.join().map_err(broken)??;
        let columns = self.schema.fields().iter().map(|field| Column::from(field.as_ref())).collect();
        Ok(Table { file: self.file, columns, rows: self.rows })
    }
}

/// Writes batches, and tells of each row group that is written.
fn write(
    mut writer: ArrowWriter<BufWriter<File>>,
    batches: &Receiver<RecordBatch>,
    written: &SyncSender<()>,
) -> Result<()> {
    let mut row_groups = 0;
    for batch in batches {
        writer.write(&batch)?;
        if writer.flushed_row_groups().len() > row_groups {
            row_groups = writer.flushed_row_groups().len();
            writer.sync()?;
            // If one waits to be synced, so is this one with it.
            let _ = written.try_send(());
        }
    }
    writer.close()?;
    Ok(())
}

/// Brings a file to the disk, each time that there is more of it.
fn sync(file: &File, written: &Receiver<()>) -> io::Result<()> {
    written.iter().try_for_each(|()| file.sync_data())
}

/// Whoever uploads waits for what is written, so it is packed fast rather than small, by what every reader of Parquet has.
/// Whole numbers and moments are written as differences, which is faster than to look each up in a dictionary. Of text no
/// bounds are kept: each value would be compared, and they help only where texts are in order.
fn properties(schema: &Schema) -> WriterProperties {
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_data_page_row_count_limit(PAGE)
        .set_write_batch_size(PAGE)
        .set_max_row_group_row_count(Some(GROUP_ROWS))
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use datafusion::arrow::array::{ArrayRef, Int64Array, ListArray, StringArray};
    use datafusion::arrow::compute::concat_batches;
    use datafusion::arrow::datatypes::Int64Type;
    use datafusion::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
    use datafusion::parquet::file::metadata::RowGroupMetaData;

    use super::*;

    fn batch(start: usize, rows: usize) -> RecordBatch {
        let numbers = || (start..start + rows).map(|number| number as i64);
        let names = numbers().map(|number| (number % 7 > 0).then(|| format!("n{}", number % 1000)));
        let lists = numbers().map(|number| Some((0..number % 3).map(Some)));
        let columns: [(&str, ArrayRef); 5] = [
            ("number", Arc::new(numbers().collect::<Int64Array>())),
            ("name", Arc::new(names.collect::<StringArray>())),
            ("list", Arc::new(ListArray::from_iter_primitive::<Int64Type, _, _>(lists))),
            ("odd", Arc::new(numbers().map(|number| (number % 2 > 0).then_some(number)).collect::<Int64Array>())),
            ("twice", Arc::new(numbers().map(|number| 2 * number).collect::<Int64Array>())),
        ];
        RecordBatch::try_from_iter_with_nullable(columns.map(|(name, column)| (name, column, name != "number")))
            .unwrap()
    }

    /// The rows of each row group, and whether what is read is what was written.
    fn written(batches: &[RecordBatch], most: u64) -> Result<(Vec<i64>, bool)> {
        let schema = batch(0, 1).schema();
        let mut writer = TableWriter::new(NamedTempFile::new()?, Arc::clone(&schema), most)?;
        batches.iter().cloned().try_for_each(|batch| writer.write(batch))?;
        let table = writer.finish()?;
        let reader = ParquetRecordBatchReaderBuilder::try_new(table.file.reopen()?).unwrap();
        let groups = reader.metadata().row_groups().iter().map(RowGroupMetaData::num_rows).collect();
        let read = reader.build().unwrap().collect::<Result<Vec<_>, _>>().unwrap();
        let same = concat_batches(&schema, &read).unwrap() == concat_batches(&schema, batches).unwrap();
        Ok((groups, same && table.rows == batches.iter().map(|batch| batch.num_rows() as u64).sum::<u64>()))
    }

    #[test]
    fn tables_are_read_as_they_were_written() {
        const HALF: usize = GROUP_ROWS / 2;
        let group = GROUP_ROWS as i64;
        let cases: &[(&[usize], &[i64])] = &[
            (&[], &[]),
            (&[0, 1, 0], &[1]),
            (&[HALF, HALF], &[group]),
            (&[HALF, HALF, 3, 0, HALF, HALF, 5], &[group, group, 8]),
        ];
        for (rows, groups) in cases {
            let mut start = 0;
            let batches: Vec<_> = rows
                .iter()
                .map(|rows| {
                    start += rows;
                    batch(start - rows, *rows)
                })
                .collect();
            assert_eq!(written(&batches, 1 << 20).unwrap(), (groups.to_vec(), true), "{rows:?}");
        }
    }

    #[test]
    fn tables_are_of_at_most_so_many_rows() {
        assert!(written(&[batch(0, 4)], 4).unwrap().1);
        assert!(matches!(written(&[batch(0, 4), batch(4, 1)], 4), Err(Error::TooLarge(_))));
    }
}
