//! [`Rows`]: rows of a table, as JSON.

use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::Schema;
use futures_util::{StreamExt, TryStreamExt};
use serde::ser::{Error as _, SerializeMap, SerializeSeq, SerializeStruct};
use serde::{Serialize, Serializer};

use super::cells::Cells;
use super::error::Result;
use super::pipeline::Plan;
use super::query::Window;
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
    pub(super) fn new(schema: &Schema, total: u64, batches: Vec<RecordBatch>) -> Self {
        Self { columns: columns(schema), total, batches }
    }

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

/// A page of rows. Serialised: `version`, `columns`, `total`, `rows`, and `next`.
#[derive(Debug, Clone)]
pub struct Page {
    /// The version that it is of.
    pub version: u64,
    /// The rows.
    pub rows: Rows,
    /// The cursor of the next page; `None` if this is the last.
    pub next: Option<String>,
}

/// What a query gave. Serialised: `columns`, `rows`, and `truncated`.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The rows.
    pub rows: Rows,
    /// Whether there are more.
    pub truncated: bool,
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
        let mut rows = Rows::new(&schema, 0, batches);
        let found = rows.len() as u64;
        let mut left = clamp(limit);
        for batch in &mut rows.batches {
            let taken = left.min(batch.num_rows());
            *batch = batch.slice(0, taken);
            left -= taken;
        }
        rows.total = found.min(limit);
        Ok(Answer { rows, truncated: found > limit })
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

impl Serialize for Page {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut page = serializer.serialize_struct("Page", 5)?;
        page.serialize_field("version", &self.version)?;
        page.serialize_field("columns", &self.rows.columns)?;
        page.serialize_field("total", &self.rows.total)?;
        page.serialize_field("rows", &self.rows.records())?;
        page.serialize_field("next", &self.next)?;
        page.end()
    }
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut answer = serializer.serialize_struct("Answer", 3)?;
        answer.serialize_field("columns", &self.rows.columns)?;
        answer.serialize_field("rows", &self.rows.records())?;
        answer.serialize_field("truncated", &self.truncated)?;
        answer.end()
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

/// One row, written as an object.
pub(super) struct Record<'a> {
    pub(super) columns: &'a [Column],
    pub(super) cells: &'a [Cells<'a>],
    pub(super) row: usize,
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
