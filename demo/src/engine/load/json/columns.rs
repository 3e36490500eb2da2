//! [`Columns`]: rows on their way to a batch.

use std::sync::Arc;

use datafusion::arrow::array::{
    ArrayRef, BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, RecordBatch, StringBuilder,
    TimestampMicrosecondBuilder,
};
use datafusion::arrow::compute::kernels::cast_utils::{Parser, string_to_datetime};
use datafusion::arrow::datatypes::{DataType, Date32Type, SchemaRef};

use super::BATCH;
use super::object::{Object, Scalar};
use crate::engine::error::{Error, Result};

/// Rows on their way to a batch.
pub(super) struct Columns {
    schema: SchemaRef,
    names: Vec<String>,
    builders: Vec<Builder>,
    rows: usize,
    bytes: usize,
}

/// Bytes of text that a batch may have.
const MAX_BYTES: usize = 16 << 20;

enum Builder {
    Boolean(BooleanBuilder),
    Integer(Int64Builder),
    Float(Float64Builder),
    Text(StringBuilder),
    Date(Date32Builder),
    Timestamp(TimestampMicrosecondBuilder),
}

impl Columns {
    pub(super) fn new(schema: &SchemaRef, names: &[&str]) -> Result<Self> {
        let builders = schema.fields().iter().map(|field| {
            Ok(match field.data_type() {
                DataType::Boolean => Builder::Boolean(BooleanBuilder::new()),
                DataType::Int64 => Builder::Integer(Int64Builder::new()),
                DataType::Float64 => Builder::Float(Float64Builder::new()),
                DataType::Utf8 => Builder::Text(StringBuilder::new()),
                DataType::Date32 => Builder::Date(Date32Builder::new()),
                DataType::Timestamp(_, zone) => {
                    Builder::Timestamp(TimestampMicrosecondBuilder::new().with_timezone_opt(zone.clone()))
                }
                other => return Err(Error::storage(format!("JSON has no {other}"))),
            })
        });
        Ok(Self {
            schema: Arc::clone(schema),
            names: names.iter().map(ToString::to_string).collect(),
            builders: builders.collect::<Result<_>>()?,
            rows: 0,
            bytes: 0,
        })
    }

    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    pub(super) fn is_full(&self) -> bool {
        self.rows >= BATCH || self.bytes >= MAX_BYTES
    }

    pub(super) fn add(&mut self, mut object: Object) -> Result<()> {
        for (index, (name, builder)) in self.names.iter().zip(&mut self.builders).enumerate() {
            // Mostly the objects have their members in one and the same order.
            let same = object.0.get(index).filter(|(own, _)| own == name).map(|_| index);
            let place = same.or_else(|| object.0.iter().position(|(own, _)| own == name));
            let value = place.and_then(|place| object.0.get_mut(place));
            let value = value.map_or(Scalar::Null, |(_, value)| std::mem::replace(value, Scalar::Null));
            if let Scalar::Text(text) | Scalar::Nested(text) = &value {
                self.bytes += text.len();
            }
            builder.add(value).map_err(|text| Error::storage(format!("`{text}` fitted before")))?;
        }
        self.rows += 1;
        Ok(())
    }

    pub(super) fn finish(&mut self) -> Result<RecordBatch> {
        (self.rows, self.bytes) = (0, 0);
        let columns = self.builders.iter_mut().map(Builder::finish).collect();
        Ok(RecordBatch::try_new(Arc::clone(&self.schema), columns)?)
    }
}

impl Builder {
    /// Adds a value, which the first reading found to fit.
    fn add(&mut self, value: Scalar) -> Result<(), String> {
        match (self, value) {
            (Self::Boolean(builder), Scalar::Null) => builder.append_null(),
            (Self::Integer(builder), Scalar::Null) => builder.append_null(),
            (Self::Float(builder), Scalar::Null) => builder.append_null(),
            (Self::Text(builder), Scalar::Null) => builder.append_null(),
            (Self::Date(builder), Scalar::Null) => builder.append_null(),
            (Self::Timestamp(builder), Scalar::Null) => builder.append_null(),
            (Self::Boolean(builder), Scalar::Boolean(value)) => builder.append_value(value),
            (Self::Boolean(builder), Scalar::Text(text)) => builder.append_value(text.eq_ignore_ascii_case("true")),
            (Self::Integer(builder), Scalar::Integer(value)) => builder.append_value(value),
            (Self::Integer(builder), Scalar::Text(text)) => builder.append_value(text.parse().map_err(|_| text)?),
            (Self::Float(builder), Scalar::Integer(value)) => builder.append_value(value as f64),
            (Self::Float(builder), Scalar::Float(value)) => builder.append_value(value),
            (Self::Float(builder), Scalar::Text(text)) => builder.append_value(text.parse().map_err(|_| text)?),
            (Self::Text(builder), value) => builder.append_value(value.to_string()),
            (Self::Date(builder), Scalar::Text(text)) => {
                builder.append_value(Date32Type::parse(&text).ok_or(text)?);
            }
            (Self::Timestamp(builder), Scalar::Text(text)) => {
                let moment = string_to_datetime(&chrono::Utc, &text).map_err(|_| text)?;
                builder.append_value(moment.timestamp_micros());
            }
            (_, other) => return Err(other.to_string()),
        }
        Ok(())
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
