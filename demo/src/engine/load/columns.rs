//! [`Columns`]: rows on their way to a batch.

use std::sync::Arc;

use datafusion::arrow::array::{
    ArrayRef, BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, RecordBatch, StringBuilder,
    TimestampMicrosecondBuilder,
};
use datafusion::arrow::compute::kernels::cast_utils::{Parser, string_to_datetime};
use datafusion::arrow::datatypes::{DataType, Date32Type, Float64Type, SchemaRef};

use super::inference::{Inference, Kind};
use super::plain;
use crate::engine::error::{Error, Result};

/// Rows of a batch.
const MAX_ROWS: usize = 8192;

/// Bytes of text that a batch may have.
const MAX_BYTES: usize = 16 << 20;

/// Rows on their way to a batch.
pub(super) struct Columns {
    schema: SchemaRef,
    pub(super) builders: Vec<Builder>,
    rows: usize,
    bytes: usize,
}

/// A column of it.
pub(super) enum Builder {
    Boolean(BooleanBuilder),
    Integer(Int64Builder),
    Float(Float64Builder),
    Text(StringBuilder),
    Date(Date32Builder),
    Timestamp(TimestampMicrosecondBuilder),
}

impl Columns {
    pub(super) fn new(schema: &SchemaRef) -> Result<Self> {
        let builders = schema.fields().iter().map(|field| Builder::new(field.data_type())).collect::<Result<_>>()?;
        Ok(Self { schema: Arc::clone(schema), builders, rows: 0, bytes: 0 })
    }

    /// Notes that each column has got a value more, of so many bytes together.
    pub(super) fn end_row(&mut self, bytes: usize) {
        self.rows += 1;
        self.bytes += bytes;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows == 0
    }

    pub(super) fn is_full(&self) -> bool {
        self.rows >= MAX_ROWS || self.bytes >= MAX_BYTES
    }

    /// The rows so far, as a batch.
    pub(super) fn finish(&mut self) -> Result<RecordBatch> {
        (self.rows, self.bytes) = (0, 0);
        let columns = self.builders.iter_mut().map(Builder::finish).collect();
        Ok(RecordBatch::try_new(Arc::clone(&self.schema), columns)?)
    }
}

impl Builder {
    fn new(data_type: &DataType) -> Result<Self> {
        Ok(match data_type {
            DataType::Boolean => Self::Boolean(BooleanBuilder::new()),
            DataType::Int64 => Self::Integer(Int64Builder::new()),
            DataType::Float64 => Self::Float(Float64Builder::new()),
            DataType::Utf8 => Self::Text(StringBuilder::new()),
            DataType::Date32 => Self::Date(Date32Builder::new()),
            DataType::Timestamp(_, zone) => {
                Self::Timestamp(TimestampMicrosecondBuilder::new().with_timezone_opt(zone.clone()))
            }
            other => return Err(Error::storage(format!("text has no {other}"))),
        })
    }

    pub(super) fn add_null(&mut self) {
        match self {
            Self::Boolean(builder) => builder.append_null(),
            Self::Integer(builder) => builder.append_null(),
            Self::Float(builder) => builder.append_null(),
            Self::Text(builder) => builder.append_null(),
            Self::Date(builder) => builder.append_null(),
            Self::Timestamp(builder) => builder.append_null(),
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
            Self::Boolean(builder) => builder.append_value(text.eq_ignore_ascii_case("true")),
            Self::Integer(builder) => builder.append_value(text.parse().map_err(|_| misread())?),
            Self::Float(builder) => builder.append_value(Float64Type::parse(text).ok_or_else(misread)?),
            Self::Text(builder) => builder.append_value(text),
            Self::Date(builder) => builder.append_value(Date32Type::parse(text).ok_or_else(misread)?),
            Self::Timestamp(builder) => {
                let moment = string_to_datetime(&chrono::Utc, text).map_err(|_| misread())?;
                builder.append_value(moment.timestamp_micros());
            }
        }
        Ok(())
    }

    /// Adds a value that is written plainly, if its kind is one that `fits`. Gives whether it did.
    fn add_plain(&mut self, text: &str, fits: impl Fn(Kind) -> bool) -> bool {
        match self {
            Self::Boolean(_) => return false,
            Self::Integer(builder) => match plain::integer(text) {
                Some(number) if fits(Kind::Integer) => builder.append_value(number),
                _ => return false,
            },
            Self::Float(builder) => match plain::number(text) {
                Some((kind, number)) if fits(kind) => builder.append_value(number),
                _ => return false,
            },
            Self::Text(builder) if fits(Kind::Text) => builder.append_value(text),
            Self::Text(_) => return false,
            Self::Date(builder) => match plain::date(text) {
                Some(days) if fits(Kind::Date) => builder.append_value(days),
                _ => return false,
            },
            Self::Timestamp(builder) => match plain::moment(text) {
                Some((kind, micros)) if fits(kind) => builder.append_value(micros),
                _ => return false,
            },
        }
        true
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Boolean(builder) => Arc::new(builder.finish()),
            Self::Integer(builder) => Arc::new(builder.finish()),
            Self::Float(builder) => Arc::new(builder.finish()),
            Self::Text(builder) => Arc::new(builder.finish()),
            Self::Date(builder) => Arc::new(builder.finish()),
            Self::Timestamp(builder) => Arc::new(builder.finish()),
        }
    }
}
