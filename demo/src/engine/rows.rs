use datafusion::arrow::array::RecordBatch;
use futures_util::StreamExt;
use serde::ser::{Error as _, SerializeMap, SerializeSeq, SerializeStruct};
use serde::{Serialize, Serializer};

use super::cells::Cells;
use super::error::Result;
use super::pipeline::Plan;
use super::schema::Column;

/// Rows of a table. Serialised: `columns`, `total`, and `rows` as an object each.
#[derive(Debug, Clone)]
pub struct Rows {
    /// The columns, in order.
    pub columns: Vec<Column>,
    /// How many rows there are, of which these may be a part.
    pub total: u64,
    batches: Vec<RecordBatch>,
}

impl Rows {
    /// How many rows are here.
    pub fn len(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// Whether no row is here.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The rows, as Arrow has them.
    pub fn batches(&self) -> &[RecordBatch] {
        &self.batches
    }

    /// The rows alone, to serialise as a list of objects.
    pub fn records(&self) -> Records<'_> {
        Records { columns: &self.columns, batches: &self.batches }
    }
}

impl Plan {
    /// Runs the query for some of its rows, and counts the rest unless `total` is known.
    pub(super) async fn page(self, offset: u64, limit: u64, total: Option<u64>) -> Result<Rows> {
        let columns = self.frame.schema().fields().iter().map(|field| Column::from(field.as_ref())).collect();
        let (offset, limit) = (clamp(offset), clamp(limit));
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
        Ok(Rows { columns, total: total.unwrap_or(seen), batches })
    }
}

/// The planner counts in `i64`.
fn clamp(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX).min(i64::MAX as usize)
}

impl Serialize for Rows {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut rows = serializer.serialize_struct("Rows", 3)?;
        rows.serialize_field("columns", &self.columns)?;
        rows.serialize_field("total", &self.total)?;
        rows.serialize_field("rows", &self.records())?;
        rows.end()
    }
}

/// Rows, written straight from Arrow as a list of objects with their keys in the order of the columns.
#[derive(Debug, Clone, Copy)]
pub struct Records<'a> {
    columns: &'a [Column],
    batches: &'a [RecordBatch],
}

impl Serialize for Records<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let count = self.batches.iter().map(RecordBatch::num_rows).sum();
        let mut list = serializer.serialize_seq(Some(count))?;
        for batch in self.batches {
            let cells: Vec<_> =
                batch.columns().iter().map(Cells::of).collect::<Result<_, _>>().map_err(S::Error::custom)?;
            for row in 0..batch.num_rows() {
                list.serialize_element(&Record { columns: self.columns, cells: &cells, row })?;
            }
        }
        list.end()
    }
}

struct Record<'a> {
    columns: &'a [Column],
    cells: &'a [Cells<'a>],
    row: usize,
}

impl Serialize for Record<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut record = serializer.serialize_map(Some(self.cells.len()))?;
        for (column, cells) in self.columns.iter().zip(self.cells) {
            record.serialize_entry(&column.name, &cells.at(self.row))?;
        }
        record.end()
    }
}
