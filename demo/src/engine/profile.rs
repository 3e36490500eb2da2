//! [`Profile`]: what the values of each column are like.

use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, Int64Array};
use datafusion::arrow::compute::cast as cast_array;
use datafusion::arrow::datatypes::DataType;
use datafusion::catalog::TableProvider;
use datafusion::common::cast::{as_float64_array, as_int64_array};
use datafusion::dataframe::DataFrame;
use datafusion::datasource::provider_as_source;
use datafusion::execution::session_state::SessionState;
use datafusion::functions_aggregate::expr_fn::{avg, count, max, min, stddev};
use datafusion::logical_expr::{Expr, LogicalPlanBuilder, cast, lit};
use futures_util::StreamExt;
use versify::{Value, model};

use super::cells::Cells;
use super::dataset::DatasetName;
use super::error::{Error, Result};
use super::schema::ColumnType;

/// What the values of each column of a dataset are like.
#[model]
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// The dataset.
    pub dataset: DatasetName,
    /// The version.
    pub version: u64,
    /// How many rows it has.
    pub rows: u64,
    /// Its columns, in order.
    pub columns: Vec<ColumnProfile>,
}

/// What the values of a column are like.
#[model]
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnProfile {
    /// The name of the column.
    pub name: String,
    /// What its values are.
    pub r#type: ColumnType,
    /// How many values there are.
    pub count: u64,
    /// How many are missing. NaN counts as missing.
    pub nulls: u64,
    /// How many different values there are.
    pub distinct: u64,
    /// The least.
    pub min: Value,
    /// The greatest.
    pub max: Value,
    /// Of numbers: the mean.
    pub mean: Option<f64>,
    /// Of numbers: the standard deviation of the population of which they are a sample.
    pub deviation: Option<f64>,
    /// Of numbers, dates and timestamps: the values below which a part of them is; for numbers, interpolated.
    pub quantiles: Vec<Quantile>,
    /// Of numbers, dates and timestamps: how many there are in each of at most 20 intervals of one width. Those of whole
    /// numbers and of dates begin at such, so that each has as many of them.
    pub histogram: Vec<Bucket>,
    /// The most frequent values, at most 10; of equally frequent ones the least first.
    pub top: Vec<Frequency>,
}

/// The value below which a part of the values is.
#[model]
#[derive(Debug, Clone, PartialEq)]
pub struct Quantile {
    /// Which part, from 0 to 1.
    pub part: f64,
    /// The value.
    pub value: Value,
}

/// An interval. Its lower end belongs to it; of the last interval, the upper end too.
#[model]
#[derive(Debug, Clone, PartialEq)]
pub struct Bucket {
    /// Its lower end.
    pub low: Value,
    /// Its upper end.
    pub high: Value,
    /// How many values are in it.
    pub count: u64,
}

/// A value, and how often it occurs.
#[model]
#[derive(Debug, Clone, PartialEq)]
pub struct Frequency {
    /// The value.
    pub value: Value,
    /// How often it occurs.
    pub count: u64,
}

const PARTS: [f64; 7] = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];
const BUCKETS: usize = 20;
const TOP: usize = 10;

/// The profile of each column of a table.
pub(super) async fn columns(
    state: &SessionState,
    table: Arc<dyn TableProvider>,
    rows: u64,
) -> Result<Vec<ColumnProfile>> {
    let schema = table.schema();
    let mut columns = Vec::new();
    for field in schema.fields() {
        let plan = LogicalPlanBuilder::scan("t", provider_as_source(Arc::clone(&table)), None)?.build()?;
        let column = Expr::Column(datafusion::common::Column::new(Some("t"), field.name()));
        let mut frame = DataFrame::new(state.clone(), plan).select(vec![column.alias("v")])?;
        let value = || Expr::Column(datafusion::common::Column::new_unqualified("v"));
        let present = match field.data_type() {
            // NaN is the one value that no range has.
            DataType::Float64 => value().is_not_null().and(value().not_eq(lit(f64::NAN))),
            _ => value().is_not_null(),
        };
        frame = frame.filter(present)?;
        let kind = ColumnType::from(field.data_type());
        columns.push(column_profile(field.name(), kind, field.data_type(), frame, value, rows).await?);
    }
    Ok(columns)
}

async fn column_profile(
    name: &str,
    kind: ColumnType,
    data_type: &DataType,
    frame: DataFrame,
    value: impl Fn() -> Expr,
    rows: u64,
) -> Result<ColumnProfile> {
    let is_scale = kind.is_numeric() || matches!(kind, ColumnType::Date | ColumnType::Timestamp);
    let mut profile = ColumnProfile {
        name: name.into(),
        r#type: kind,
        count: 0,
        nulls: 0,
        distinct: 0,
        min: Value::Null,
        max: Value::Null,
        mean: None,
        deviation: None,
        quantiles: Vec::new(),
        histogram: Vec::new(),
        top: Vec::new(),
    };
    let sizes = sizes(&frame, kind, &value).await?;
    profile.count = sizes.count;
    profile.nulls = rows.saturating_sub(sizes.count);
    profile.mean = sizes.mean;
    profile.deviation = sizes.deviation;
    let is_whole = matches!(kind, ColumnType::Integer | ColumnType::Date);
    let mut scale = is_scale.then(|| Scale::new(&sizes, is_whole));
    let groups = frame.aggregate(vec![value()], vec![count(lit(1)).alias("n")])?;
    let groups = if kind == ColumnType::Other { groups } else { groups.sort(vec![value().sort(true, false)])? };
    let mut stream = groups.execute_stream().await?;
    while let Some(batch) = stream.next().await {
        let batch = batch?;
        let values = batch.column(0);
        let counts = as_int64_array(batch.column(1))?;
        let cells = Cells::of(values)?;
        if profile.distinct == 0 && batch.num_rows() > 0 {
            profile.min = serde_json::to_value(cells.at(0))?;
        }
        if let Some(last) = batch.num_rows().checked_sub(1) {
            profile.max = serde_json::to_value(cells.at(last))?;
        }
        profile.distinct += batch.num_rows() as u64;
        for (row, count) in counts.values().iter().enumerate() {
            add_top(&mut profile.top, count.cast_unsigned(), || serde_json::to_value(cells.at(row)))?;
        }
        if let Some(scale) = &mut scale {
            scale.add(&numbers(values)?, counts)?;
        }
    }
    if kind == ColumnType::Other {
        (profile.min, profile.max) = (Value::Null, Value::Null);
    }
    if let Some(scale) = scale.filter(|_| profile.count > 0) {
        let word = |value: f64| word(value, data_type);
        let quantiles = PARTS.iter().zip(&scale.quantiles);
        profile.quantiles = quantiles
            .map(|(part, quantile)| Ok(Quantile { part: *part, value: word(quantile.value())? }))
            .collect::<Result<_>>()?;
        let ends = (0..=scale.buckets.len()).map(|index| word(scale.end(index))).collect::<Result<Vec<_>>>()?;
        let ends = ends.iter().zip(ends.iter().skip(1)).zip(&scale.buckets);
        let buckets = ends.map(|((low, high), count)| Bucket { low: low.clone(), high: high.clone(), count: *count });
        profile.histogram = buckets.collect();
    }
    Ok(profile)
}

/// Adds a value to the most frequent ones, if it is one of them.
fn add_top(top: &mut Vec<Frequency>, count: u64, value: impl Fn() -> serde_json::Result<Value>) -> Result<()> {
    if top.len() == TOP && top.last().is_some_and(|last| last.count >= count) {
        return Ok(());
    }
    let place = top.partition_point(|other| other.count >= count);
    top.insert(place, Frequency { value: value()?, count });
    top.truncate(TOP);
    Ok(())
}

/// What has to be known of the values before they are looked at.
struct Sizes {
    count: u64,
    mean: Option<f64>,
    deviation: Option<f64>,
    low: f64,
    high: f64,
}

async fn sizes(frame: &DataFrame, kind: ColumnType, value: &impl Fn() -> Expr) -> Result<Sizes> {
    let mut totals = vec![count(lit(1)).alias("count")];
    if kind.is_numeric() {
        let float = || cast(value(), DataType::Float64);
        totals.push(avg(float()).alias("mean"));
        totals.push(stddev(float()).alias("deviation"));
    }
    if kind != ColumnType::Other {
        totals.push(min(value()).alias("low"));
        totals.push(max(value()).alias("high"));
    }
    let batches = frame.clone().aggregate(Vec::new(), totals)?.collect().await?;
    let batch = batches.iter().find(|batch| batch.num_rows() > 0).ok_or_else(|| Error::storage("no totals"))?;
    let number = |name: &str| -> Result<Option<f64>> {
        let Some(column) = batch.column_by_name(name) else { return Ok(None) };
        let numbers = numbers(column)?;
        let numbers = as_float64_array(&numbers)?;
        Ok(numbers.iter().next().flatten())
    };
    let is_scale = kind.is_numeric() || matches!(kind, ColumnType::Date | ColumnType::Timestamp);
    let count = batch.column_by_name("count").map(|count| as_int64_array(count)).transpose()?;
    Ok(Sizes {
        count: count.and_then(|count| count.iter().next().flatten()).unwrap_or_default().cast_unsigned(),
        mean: number("mean")?,
        deviation: number("deviation")?,
        low: if is_scale { number("low")?.unwrap_or_default() } else { 0.0 },
        high: if is_scale { number("high")?.unwrap_or_default() } else { 0.0 },
    })
}

/// Values as numbers: dates and timestamps as what Arrow counts.
fn numbers(values: &ArrayRef) -> Result<ArrayRef> {
    let counted = match values.data_type() {
        DataType::Date32 => cast_array(&cast_array(values, &DataType::Int32)?, &DataType::Int64)?,
        DataType::Timestamp(..) => cast_array(values, &DataType::Int64)?,
        _ => Arc::clone(values),
    };
    Ok(cast_array(&counted, &DataType::Float64)?)
}

/// A number as a value of the column's type.
fn word(value: f64, data_type: &DataType) -> Result<Value> {
    let counted: ArrayRef = Arc::new(Int64Array::from(vec![value.round() as i64]));
    let array = match data_type {
        DataType::Date32 => cast_array(&cast_array(&counted, &DataType::Int32)?, data_type)?,
        DataType::Timestamp(..) => cast_array(&counted, data_type)?,
        _ => return Ok(Value::from(value)),
    };
    Ok(serde_json::to_value(Cells::of(&array)?.at(0))?)
}

/// Values on a scale, looked at in their order.
struct Scale {
    low: f64,
    width: f64,
    seen: u64,
    quantiles: Vec<Position>,
    buckets: Vec<u64>,
}

/// A place between two values in their order.
struct Position {
    before: u64,
    fraction: f64,
    low: Option<f64>,
    high: Option<f64>,
}

impl Position {
    fn value(&self) -> f64 {
        match (self.low, self.high) {
            (Some(low), Some(high)) => low + (high - low) * self.fraction,
            (low, _) => low.unwrap_or(f64::NAN),
        }
    }
}

impl Scale {
    fn new(sizes: &Sizes, is_whole: bool) -> Self {
        let last = sizes.count.saturating_sub(1) as f64;
        let position = |part: f64| {
            let place = part * last;
            Position { before: place as u64, fraction: place.fract(), low: None, high: None }
        };
        let range = sizes.high - sizes.low;
        let (width, buckets) = if is_whole {
            let width = ((range + 1.0) / BUCKETS as f64).ceil();
            (width, (((range + 1.0) / width).ceil() as usize).clamp(1, BUCKETS))
        } else {
            (range / BUCKETS as f64, BUCKETS)
        };
        Self {
            low: sizes.low,
            width,
            seen: 0,
            quantiles: PARTS.into_iter().map(position).collect(),
            buckets: vec![0; buckets],
        }
    }

    fn end(&self, index: usize) -> f64 {
        self.low + self.width * index as f64
    }

    fn add(&mut self, values: &ArrayRef, counts: &Int64Array) -> Result<()> {
        for (value, count) in as_float64_array(values)?.iter().zip(counts.values()) {
            let (Some(value), count) = (value, count.cast_unsigned()) else { continue };
            let end = self.seen + count;
            for position in &mut self.quantiles {
                if position.low.is_none() && position.before < end {
                    position.low = Some(value);
                }
                if position.high.is_none() && position.before + 1 < end {
                    position.high = Some(value);
                }
            }
            self.seen = end;
            let index = if self.width > 0.0 { ((value - self.low) / self.width) as usize } else { 0 };
            let last = self.buckets.len() - 1;
            if let Some(bucket) = self.buckets.get_mut(index.min(last)) {
                *bucket += count;
            }
        }
        Ok(())
    }
}
