//! [`Export`]: all rows of a query, as a stream of bytes.

use std::sync::Arc;

use bytes::Bytes;
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::csv::WriterBuilder;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::ipc::writer::StreamWriter;
use futures_util::stream::{self, BoxStream};
use futures_util::{StreamExt, TryStreamExt};
use tokio::io::AsyncReadExt;
use versify::model;

use super::cells::Cells;
use super::error::{Error, Result};
use super::records::Record;
use super::spool::spool;
use super::store::Store;

/// The form of an export.
#[model(rename_all = "lowercase")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// A JSON object a line.
    Ndjson,
    /// Comma-separated values, with a header.
    Csv,
    /// Apache Arrow's stream.
    Arrow,
    /// Apache Parquet.
    Parquet,
}

/// All rows of a query.
pub struct Export {
    /// The version that they are of.
    pub version: u64,
    pub(super) schema: SchemaRef,
    pub(super) batches: BoxStream<'static, Result<RecordBatch>>,
    pub(super) store: Store,
}

impl Export {
    /// The rows in a form, as they come.
    pub async fn bytes(self, format: ExportFormat) -> Result<BoxStream<'static, Result<Bytes>>> {
        Ok(match format {
            ExportFormat::Ndjson => self.batches.map(|batch| lines(&batch?)).boxed(),
            ExportFormat::Csv => {
                let empty = RecordBatch::new_empty(Arc::clone(&self.schema));
                let header = stream::once(async move { csv(&empty, true) });
                header.chain(self.batches.map(|batch| csv(&batch?, false))).boxed()
            }
            ExportFormat::Arrow => arrow(&self.schema, self.batches)?,
            ExportFormat::Parquet => {
                let file = self.store.temporary_file()?;
                let table = spool(self.batches, file, self.schema, u64::MAX, |_| {}).await?;
                let file = tokio::fs::File::from_std(table.file.reopen()?);
                let next = |(mut file, table): (tokio::fs::File, super::store::Table)| async move {
                    let mut piece = Vec::with_capacity(PIECE);
                    match (&mut file).take(PIECE as u64).read_to_end(&mut piece).await {
                        Ok(0) => None,
                        Ok(_) => Some((Ok(Bytes::from(piece)), (file, table))),
                        Err(error) => Some((Err(error.into()), (file, table))),
                    }
                };
                stream::unfold((file, table), next).boxed()
            }
        })
    }
}

/// Bytes of a file that are read at a time.
const PIECE: usize = 256 << 10;

fn lines(batch: &RecordBatch) -> Result<Bytes> {
    let cells = batch.columns().iter().map(Cells::of).collect::<Result<Vec<_>, _>>()?;
    let mut text = Vec::new();
    for row in 0..batch.num_rows() {
        serde_json::to_writer(&mut text, &Record { fields: batch.schema_ref().fields(), cells: &cells, row })?;
        text.push(b'\n');
    }
    Ok(text.into())
}

fn csv(batch: &RecordBatch, header: bool) -> Result<Bytes> {
    let mut text = Vec::new();
    WriterBuilder::new().with_header(header).build(&mut text).write(batch)?;
    Ok(text.into())
}

fn arrow(
    schema: &SchemaRef,
    batches: BoxStream<'static, Result<RecordBatch>>,
) -> Result<BoxStream<'static, Result<Bytes>>> {
    let mut writer = StreamWriter::try_new(Vec::new(), schema)?;
    let start = Bytes::from(std::mem::take(writer.get_mut()));
    let next = |(writer, mut batches): (Option<StreamWriter<Vec<u8>>>, BoxStream<'static, Result<RecordBatch>>)| async move {
        let mut writer = writer?;
        match batches.try_next().await {
            Err(error) => Some((Err(error), (None, batches))),
            Ok(batch) => {
                let is_last = batch.is_none();
                let written = match batch {
                    Some(batch) => writer.write(&batch),
                    None => writer.finish(),
                };
                let bytes = Bytes::from(std::mem::take(writer.get_mut()));
                let item = written.map(|()| bytes).map_err(Error::from);
                Some((item, ((!is_last).then_some(writer), batches)))
            }
        }
    };
    let rest = stream::unfold((Some(writer), batches), next);
    Ok(stream::once(async move { Ok(start) }).chain(rest).boxed())
}
