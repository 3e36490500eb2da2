//! [`Records`]: rows, written straight from Arrow.

use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::Fields;
use serde::ser::{Error as _, SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};
use versify::openapi::{Components, Describe, Schema};

use super::cells::Cells;

/// Rows of a table. Serialised as a list of objects, with their keys in the order of the columns.
#[derive(Debug, Clone, Default)]
pub struct Records(Vec<RecordBatch>);

impl Records {
    pub(super) const fn new(batches: Vec<RecordBatch>) -> Self {
        Self(batches)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.iter().map(RecordBatch::num_rows).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Keeps the first of them.
    pub(super) fn truncate(&mut self, count: usize) {
        let mut left = count;
        for batch in &mut self.0 {
            let taken = left.min(batch.num_rows());
            *batch = batch.slice(0, taken);
            left -= taken;
        }
    }
}

impl Describe for Records {
    fn describe(_: &mut Components) -> Schema {
        Schema::array(Schema::map(Schema::any()))
    }
}

impl Serialize for Records {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.len()))?;
        for batch in &self.0 {
            let cells: Vec<_> =
                batch.columns().iter().map(Cells::of).collect::<Result<_, _>>().map_err(S::Error::custom)?;
            for row in 0..batch.num_rows() {
                list.serialize_element(&Record { fields: batch.schema_ref().fields(), cells: &cells, row })?;
            }
        }
        list.end()
    }
}

/// One row, written as an object.
pub(super) struct Record<'a> {
    pub(super) fields: &'a Fields,
    pub(super) cells: &'a [Cells<'a>],
    pub(super) row: usize,
}

impl Serialize for Record<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut record = serializer.serialize_map(Some(self.cells.len()))?;
        for (field, cells) in self.fields.iter().zip(self.cells) {
            record.serialize_entry(field.name(), &cells.at(self.row))?;
        }
        record.end()
    }
}
