//! Rows as they come, written to a file.

use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::SchemaRef;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use tempfile::NamedTempFile;
use tokio::sync::mpsc;

use super::error::Result;
use super::load::TableWriter;
use super::store::Table;

/// Writes batches as a table of at most so many rows. What is `seen` of them is told with each.
pub(super) async fn spool(
    mut batches: BoxStream<'static, Result<RecordBatch>>,
    file: NamedTempFile,
    schema: SchemaRef,
    most: u64,
    mut seen: impl FnMut(&RecordBatch),
) -> Result<Table> {
    let (sender, mut receiver) = mpsc::channel::<RecordBatch>(4);
    let writing = tokio::task::spawn_blocking(move || {
        let mut writer = TableWriter::new(file, schema, most)?;
        while let Some(batch) = receiver.blocking_recv() {
            writer.write(batch)?;
        }
        writer.finish()
    });
    while let Some(batch) = batches.next().await {
        let batch = batch?;
        seen(&batch);
        if sender.send(batch).await.is_err() {
            // The writer has given up, and says why.
            break;
        }
    }
    drop(sender);
    writing.await?
}
