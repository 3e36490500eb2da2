//! Quantiles to the last digit: DataFusion's `percentile_cont` keeps six digits of the place between two values.

use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, Float64Array};
use datafusion::arrow::datatypes::{DataType, Field, FieldRef};
use datafusion::common::cast::{as_float64_array, as_list_array};
use datafusion::common::{DataFusionError, ScalarValue, utils::SingleRowListArrayBuilder};
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::{Accumulator, AggregateUDF, AggregateUDFImpl, Expr, Signature, Volatility};

/// The value below which a part of the values is, interpolated between neighbours. The values are floats.
pub(super) fn quantile(value: Expr, part: f64) -> Expr {
    AggregateUDF::new_from_impl(Quantile {
        part: part.to_bits(),
        signature: Signature::exact(vec![DataType::Float64], Volatility::Immutable),
    })
    .call(vec![value])
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Quantile {
    /// A float by its bits, which are equal or not.
    part: u64,
    signature: Signature,
}

impl AggregateUDFImpl for Quantile {
    fn name(&self) -> &str {
        "quantile"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType, DataFusionError> {
        Ok(DataType::Float64)
    }

    fn accumulator(&self, _: AccumulatorArgs<'_>) -> Result<Box<dyn Accumulator>, DataFusionError> {
        Ok(Box::new(Values { part: f64::from_bits(self.part), seen: Vec::new() }))
    }

    fn state_fields(&self, _: StateFieldsArgs<'_>) -> Result<Vec<FieldRef>, DataFusionError> {
        Ok(vec![Arc::new(Field::new_list("values", Field::new_list_field(DataType::Float64, true), true))])
    }
}

/// All values of a group.
#[derive(Debug)]
struct Values {
    part: f64,
    seen: Vec<f64>,
}

impl Accumulator for Values {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<(), DataFusionError> {
        for values in values {
            self.seen.extend(as_float64_array(values)?.iter().flatten());
        }
        Ok(())
    }

    fn evaluate(&mut self) -> Result<ScalarValue, DataFusionError> {
        let Some(last) = self.seen.len().checked_sub(1) else { return Ok(ScalarValue::Float64(None)) };
        let place = self.part * last as f64;
        let (_, low, above) = self.seen.select_nth_unstable_by(place as usize, f64::total_cmp);
        let high = above.iter().copied().min_by(f64::total_cmp).unwrap_or(*low);
        Ok(ScalarValue::from(*low + (high - *low) * place.fract()))
    }

    fn size(&self) -> usize {
        size_of_val(self) + self.seen.capacity() * size_of::<f64>()
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>, DataFusionError> {
        let values: ArrayRef = Arc::new(Float64Array::from(std::mem::take(&mut self.seen)));
        Ok(vec![SingleRowListArrayBuilder::new(values).build_list_scalar()])
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<(), DataFusionError> {
        for state in states {
            for values in as_list_array(state)?.iter().flatten() {
                self.update_batch(&[values])?;
            }
        }
        Ok(())
    }
}
