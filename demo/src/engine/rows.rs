//! [`Rows`]: rows of a table, and what is said beside them.

use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::Schema;
use futures_util::{StreamExt, TryStreamExt};
use versify::model;

use super::error::Result;
use super::pipeline::Plan;
use super::query::Window;
use super::records::Records;
use super::schema::Column;

/// Rows of a table.
#[model]
#[derive(Debug, Clone)]
pub struct Rows {
    /// The columns, in order.
    pub columns: Vec<Column>,
    /// How many rows there are, of which these may be a part.
    pub total: u64,
    /// A row each, as an object with the columns' names for keys.
    #[field(read_only)]
    pub rows: Records,
}

/// A page of rows.
#[model]
#[derive(Debug, Clone)]
pub struct Page {
    /// The version that it is of.
    pub version: u64,
    /// The rows.
    #[field(flatten)]
    pub rows: Rows,
    /// The cursor of the next page; null if this is the last.
    #[field(required)]
    pub next: Option<String>,
}

/// What a query gave.
#[model]
#[derive(Debug, Clone)]
pub struct Answer {
    /// The columns, in order.
    pub columns: Vec<Column>,
    /// A row each, as an object with the columns' names for keys.
    #[field(read_only)]
    pub rows: Records,
    /// Whether there are more rows.
    pub truncated: bool,
}

impl Rows {
    pub(super) fn new(schema: &Schema, total: u64, batches: Vec<RecordBatch>) -> Self {
        Self { columns: columns(schema), total, rows: Records::new(batches) }
    }
}

pub(super) fn columns(schema: &Schema) -> Vec<Column> {
    schema.fields().iter().map(|field| Column::from(field.as_ref())).collect()
}

impl Plan {
    /// Runs the query for some of its rows, and counts the rest unless `total` is known.
    pub(super) async fn page(self, window: &Window, total: Option<u64>) -> Result<Rows> {
        let schema = self.frame.schema().as_arrow().clone();
        let (offset, limit) = (clamp(window.offset), clamp(window.limit.unwrap_or(u64::MAX)));
        // Rows that are few are counted as they come by; of many, only what the count needs is read.
        let total = match total {
            Some(total) => Some(total),
            None if self.is_small => None,
            None => Some(self.frame.clone().count().await? as u64),
        };
        let frame = if total.is_some() { self.frame.limit(offset, Some(limit))? } else { self.frame };
        let mut skip = if total.is_some() { 0 } else { offset };
        let mut take = limit;
        let mut seen = 0;
        let mut batches = Vec::new();
        let mut stream = frame.execute_stream().await?;
        while let Some(batch) = stream.next().await {
            let batch = batch?;
            seen += batch.num_rows() as u64;
            let skipped = skip.min(batch.num_rows());
            let taken = take.min(batch.num_rows() - skipped);
            skip -= skipped;
            take -= taken;
            if taken > 0 {
                batches.push(batch.slice(skipped, taken));
            }
        }
        Ok(Rows::new(&schema, total.unwrap_or(seen), batches))
    }

    /// Runs the query for at most so many rows.
    pub(super) async fn answer(self, limit: u64) -> Result<Answer> {
        let schema = self.frame.schema().as_arrow().clone();
        let frame = self.frame.limit(0, Some(clamp(limit.saturating_add(1))))?;
        let batches: Vec<_> = frame.execute_stream().await?.try_collect().await?;
        let mut rows = Records::new(batches);
        let truncated = rows.len() as u64 > limit;
        rows.truncate(clamp(limit));
        Ok(Answer { columns: columns(&schema), rows, truncated })
    }
}

/// The planner counts in `i64`.
fn clamp(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX).min(i64::MAX as usize)
}
