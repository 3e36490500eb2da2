use datafusion::arrow::array::{Array, ArrayRef, BooleanArray, Float64Array, Int64Array, StringViewArray, UInt64Array};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::DataType;
use datafusion::arrow::error::ArrowError;
use datafusion::arrow::util::display::{ArrayFormatter, FormatOptions};
use serde::{Serialize, Serializer};

/// A column of a batch, ready to be read row by row.
pub(super) enum Cells<'a> {
    Boolean(BooleanArray),
    Integer(Int64Array),
    Unsigned(UInt64Array),
    Float(Float64Array),
    Text(StringViewArray),
    /// Dates and timestamps as ISO 8601 has them; the rest in Arrow's words.
    Formatted(&'a ArrayRef, ArrayFormatter<'a>),
}

impl<'a> Cells<'a> {
    pub(super) fn of(array: &'a ArrayRef) -> Result<Self, ArrowError> {
        use DataType as T;
        // A cast to the type that a column has already copies nothing.
        let as_type = |target: T| cast(array, &target);
        Ok(match array.data_type() {
            T::Boolean => Self::Boolean(as_type(T::Boolean)?.to_data().into()),
            T::Int8 | T::Int16 | T::Int32 | T::Int64 => Self::Integer(as_type(T::Int64)?.to_data().into()),
            T::UInt8 | T::UInt16 | T::UInt32 | T::UInt64 => Self::Unsigned(as_type(T::UInt64)?.to_data().into()),
            T::Float16 | T::Float32 | T::Float64 => Self::Float(as_type(T::Float64)?.to_data().into()),
            T::Utf8 | T::LargeUtf8 | T::Utf8View => Self::Text(as_type(T::Utf8View)?.to_data().into()),
            _ => Self::Formatted(array, ArrayFormatter::try_new(array, &OPTIONS)?),
        })
    }

    pub(super) fn at(&self, row: usize) -> Cell<'_> {
        Cell { cells: self, row }
    }
}

const OPTIONS: FormatOptions<'static> = FormatOptions::new().with_display_error(true);

/// One value.
pub(super) struct Cell<'a> {
    cells: &'a Cells<'a>,
    row: usize,
}

impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let row = self.row;
        match self.cells {
            Cells::Boolean(array) if array.is_valid(row) => serializer.serialize_bool(array.value(row)),
            Cells::Integer(array) if array.is_valid(row) => serializer.serialize_i64(array.value(row)),
            Cells::Unsigned(array) if array.is_valid(row) => serializer.serialize_u64(array.value(row)),
            Cells::Float(array) if array.is_valid(row) && array.value(row).is_finite() => {
                serializer.serialize_f64(array.value(row))
            }
            Cells::Text(array) if array.is_valid(row) => serializer.serialize_str(array.value(row)),
            Cells::Formatted(array, formatter) if array.is_valid(row) => serializer.collect_str(&formatter.value(row)),
            _ => serializer.serialize_none(),
        }
    }
}
