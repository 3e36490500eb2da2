//! Chance that a seed decides: the same in every release, on every machine.

use std::hash::Hasher;
use std::sync::{Arc, LazyLock};

use datafusion::arrow::array::{Array, ArrayRef, Float64Array, StringArray};
use datafusion::arrow::compute::cast as cast_array;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::{DataFusionError, cast::as_string_array};
use datafusion::logical_expr::{
    ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility, cast, lit,
};
use twox_hash::XxHash64;

/// A number from 0 to 1 (excluded) that follows from the seed and the values, and from nothing else.
pub(super) fn chance(seed: u32, values: impl IntoIterator<Item = Expr>) -> Expr {
    let values = values.into_iter().map(|value| cast(value, DataType::Utf8));
    CHANCE.call(std::iter::once(lit(seed.to_string())).chain(values).collect())
}

static CHANCE: LazyLock<ScalarUDF> = LazyLock::new(|| {
    ScalarUDF::new_from_impl(Chance(Signature::variadic(vec![DataType::Utf8], Volatility::Immutable)))
});

#[derive(Debug, PartialEq, Eq, Hash)]
struct Chance(Signature);

impl ScalarUDFImpl for Chance {
    fn name(&self) -> &str {
        "chance"
    }

    fn signature(&self) -> &Signature {
        &self.0
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType, DataFusionError> {
        Ok(DataType::Float64)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue, DataFusionError> {
        let arrays = ColumnarValue::values_to_arrays(&args.args)?;
        let texts: Vec<ArrayRef> =
            arrays.iter().map(|array| cast_array(array, &DataType::Utf8)).collect::<Result<_, _>>()?;
        let texts: Vec<&StringArray> = texts.iter().map(|array| as_string_array(array)).collect::<Result<_, _>>()?;
        let rows = texts.iter().map(Array::len).max().unwrap_or(1);
        let chances = (0..rows).map(|row| {
            let mut hasher = XxHash64::with_seed(0);
            for array in &texts {
                let row = row.min(array.len().saturating_sub(1));
                // The length tells `ab`, `c` from `a`, `bc`; and what is missing from an empty text.
                if array.is_null(row) {
                    hasher.write_u64(u64::MAX);
                } else {
                    let text = array.value(row);
                    hasher.write(&(text.len() as u64).to_le_bytes());
                    hasher.write(text.as_bytes());
                }
            }
            // The upper 53 bits, of which a float holds all.
            (hasher.finish() >> 11) as f64 / (1_u64 << 53) as f64
        });
        Ok(ColumnarValue::Array(Arc::new(chances.collect::<Float64Array>())))
    }
}
