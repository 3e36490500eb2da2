//! [`Columns`]: rows on their way to a batch.

use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch};
use datafusion::arrow::compute::kernels::cast_utils::{Parser, string_to_datetime};
use datafusion::arrow::datatypes::{DataType, Date32Type, Float64Type, SchemaRef};

use super::inference::{Inference, Kind};
use super::plain;
use super::values::{Moments, Texts, Values};
use crate::engine::error::{Error, Result};

/// Rows of a batch. It is still in the processor's cache when it is written.
const MAX_ROWS: usize = 4096;

/// Bytes of text that a batch may have.
const MAX_BYTES: usize = 4 << 20;

/// Rows on their way to a batch.
pub(super) struct Columns {
    schema: SchemaRef,
    pub(super) builders: Vec<Builder>,
    rows: usize,
    bytes: usize,
}

/// A column of it.
pub(super) enum Builder {
    Boolean(Values<bool>),
    Integer(Values<i64>),
    Float(Values<f64>),
    Text(Texts),
    /// Days since 1970.
    Date(Values<i32>),
    Timestamp(Moments),
}

impl Columns {
    pub(super) fn new(schema: &SchemaRef) -> Result<Self> {
        let builders = schema.fields().iter().map(|field| Builder::new(field.data_type())).collect::<Result<_>>()?;
        Ok(Self { schema: Arc::clone(schema), builders, rows: 0, bytes: 0 })
    }

    /// Notes that each column has got so many values more, of so many bytes together.
    pub(super) fn end_rows(&mut self, rows: usize, bytes: usize) {
        self.rows += rows;
        self.bytes += bytes;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows == 0
    }

    pub(super) fn is_full(&self) -> bool {
        self.rows >= MAX_ROWS || self.bytes >= MAX_BYTES
    }

    /// How many rows there may be before it is full.
    pub(super) fn room(&self) -> usize {
        MAX_ROWS.saturating_sub(self.rows)
    }

    /// Gives up rows that were begun and are not ended.
    pub(super) fn undo_rows(&mut self) {
        for builder in &mut self.builders {
            builder.truncate(self.rows);
        }
    }

    /// The rows so far, as a batch.
    pub(super) fn finish(&mut self) -> Result<RecordBatch> {
        (self.rows, self.bytes) = (0, 0);
        let columns = self.builders.iter_mut().map(Builder::finish).collect::<Result<_>>()?;
        Ok(RecordBatch::try_new(Arc::clone(&self.schema), columns)?)
    }
}

impl Builder {
    fn new(data_type: &DataType) -> Result<Self> {
        Ok(match data_type {
            DataType::Boolean => Self::Boolean(Values::default()),
            DataType::Int64 => Self::Integer(Values::default()),
            DataType::Float64 => Self::Float(Values::default()),
            DataType::Utf8 => Self::Text(Texts::new()),
            DataType::Date32 => Self::Date(Values::default()),
            DataType::Timestamp(_, zone) => Self::Timestamp(Moments::new(zone.clone())),
            other => return Err(Error::storage(format!("text has no {other}"))),
        })
    }

    pub(super) fn add_null(&mut self) {
        match self {
            Self::Boolean(values) => values.add_null(),
            Self::Integer(values) => values.add_null(),
            Self::Float(values) => values.add_null(),
            Self::Text(texts) => texts.add_null(),
            Self::Date(values) => values.add_null(),
            Self::Timestamp(moments) => moments.values.add_null(),
        }
    }

    /// How many values it has.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Boolean(values) => values.len(),
            Self::Integer(values) => values.len(),
            Self::Float(values) => values.len(),
            Self::Text(texts) => texts.len(),
            Self::Date(values) => values.len(),
            Self::Timestamp(moments) => moments.values.len(),
        }
    }

    fn truncate(&mut self, rows: usize) {
        match self {
            Self::Boolean(values) => values.truncate(rows),
            Self::Integer(values) => values.truncate(rows),
            Self::Float(values) => values.truncate(rows),
            Self::Text(texts) => texts.truncate(rows),
            Self::Date(values) => values.truncate(rows),
            Self::Timestamp(moments) => moments.values.truncate(rows),
        }
    }

    /// Adds a value, if it leaves a column as it is known. Gives whether it does.
    pub(super) fn add_foreseen(&mut self, text: &str, known: &Inference) -> Result<bool> {
        let foreseen = self.add_plain(text, |kind| known.foresees_kind(kind)) || {
            let foreseen = known.foresees(text);
            if foreseen {
                self.add_text(text)?;
            }
            foreseen
        };
        Ok(foreseen)
    }

    /// Adds a value that is known to be of the column's type.
    pub(super) fn add_text(&mut self, text: &str) -> Result<()> {
        if self.add_plain(text, |_| true) {
            return Ok(());
        }
        let misread = || Error::storage(format!("`{text}` was of the column's type before"));
        match self {
            Self::Boolean(values) => values.add(text.eq_ignore_ascii_case("true")),
            Self::Integer(values) => values.add(text.parse().map_err(|_| misread())?),
            Self::Float(values) => values.add(Float64Type::parse(text).ok_or_else(misread)?),
            Self::Text(texts) => texts.add(text),
            Self::Date(values) => values.add(Date32Type::parse(text).ok_or_else(misread)?),
            Self::Timestamp(moments) => {
                let moment = string_to_datetime(&chrono::Utc, text).map_err(|_| misread())?;
                moments.add(text, moment.timestamp_micros());
            }
        }
        Ok(())
    }

    /// Adds a value that is written plainly, if its kind is one that `fits`. Gives whether it did.
    fn add_plain(&mut self, text: &str, fits: impl Fn(Kind) -> bool) -> bool {
        match self {
            Self::Boolean(_) => return false,
            Self::Integer(values) => match plain::integer(text) {
                Some(number) if fits(Kind::Integer) => values.add(number),
                _ => return false,
            },
            Self::Float(values) => match plain::number(text) {
                Some((kind, number)) if fits(kind) => values.add(number),
                _ => return false,
            },
            Self::Text(texts) if fits(Kind::Text) => texts.add(text),
            Self::Text(_) => return false,
            Self::Date(values) => match plain::date(text) {
                Some(days) if fits(Kind::Date) => values.add(days),
                _ => return false,
            },
            Self::Timestamp(moments) => match plain::moment(text) {
                Some((kind, micros)) if fits(kind) => moments.add(text, micros),
                _ => return false,
            },
        }
        true
    }

    fn finish(&mut self) -> Result<ArrayRef> {
        Ok(match self {
            Self::Boolean(values) => {
                let (values, present) = values.take();
                Arc::new(BooleanArray::new(values.into(), present))
            }
            Self::Integer(values) => {
                let (values, present) = values.take();
                Arc::new(Int64Array::new(values.into(), present))
            }
            Self::Float(values) => {
                let (values, present) = values.take();
                Arc::new(Float64Array::new(values.into(), present))
            }
            Self::Text(texts) => Arc::new(texts.take()?),
            Self::Date(values) => {
                let (values, present) = values.take();
                Arc::new(Date32Array::new(values.into(), present))
            }
            Self::Timestamp(moments) => Arc::new(moments.take()),
        })
    }
}
