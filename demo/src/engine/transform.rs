//! The steps that make one table of another.

use super::error::{Error, Result};
use super::fault::{Fault, FaultKind, Location};
use super::pipeline::Pipeline;

/// The most steps that a transform may have.
const MAX_STEPS: usize = 100;

/// One step of a transform.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Keeps the rows for which a condition is true.
    Filter {
        /// The condition, in SQL.
        r#where: String,
    },
    /// Keeps some columns.
    Select {
        /// Their names, in the order they are to have.
        columns: Vec<String>,
    },
    /// Sorts the rows. Missing values come last, and rows that are equal stay in their order.
    Sort {
        /// What to sort by, the most important first.
        by: Vec<SortKey>,
    },
    /// Makes one row of each group of rows.
    Aggregate {
        /// The columns in which the rows of a group are equal; all rows are one group if there are none.
        group_by: Vec<String>,
        /// What to compute of each group.
        aggregates: Vec<Aggregate>,
    },
}

/// A column to sort by.
#[derive(Debug, Clone, PartialEq)]
pub struct SortKey {
    /// Its name.
    pub column: String,
    /// From high to low.
    pub descending: bool,
}

/// A value to compute of each group of rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Aggregate {
    /// Of which column. `count` alone needs none: it then counts rows.
    pub column: Option<String>,
    /// How.
    pub function: AggregateFunction,
    /// The name of the result; if none, as in `mean_body_mass_g`.
    pub alias: Option<String>,
}

impl Aggregate {
    pub(super) fn name(&self) -> String {
        match (&self.alias, &self.column) {
            (Some(alias), _) => alias.clone(),
            (None, Some(column)) => format!("{}_{column}", self.function.name()),
            (None, None) => self.function.name().into(),
        }
    }
}

/// How many values become one. Missing values are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AggregateFunction {
    /// How many values there are.
    Count,
    /// How many different values there are.
    CountDistinct,
    /// Their sum.
    Sum,
    /// Their mean.
    Mean,
    /// The least.
    Min,
    /// The greatest.
    Max,
    /// The standard deviation of the population of which the values are a sample.
    Std,
    /// The value in the middle, or the mean of the two in the middle.
    Median,
}

impl AggregateFunction {
    /// Its name in requests and results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::CountDistinct => "count_distinct",
            Self::Sum => "sum",
            Self::Mean => "mean",
            Self::Min => "min",
            Self::Max => "max",
            Self::Std => "std",
            Self::Median => "median",
        }
    }
}

/// What the steps will do, before they are checked.
pub(super) struct Outline {
    /// They aggregate: what order rows come in does not matter until then.
    pub(super) aggregates: bool,
    /// They sort before they aggregate, if they do.
    pub(super) sorts_source: bool,
}

impl Outline {
    pub(super) fn of(steps: &[Step]) -> Self {
        let is_aggregate = |step: &Step| matches!(step, Step::Aggregate { .. });
        let aggregates = steps.iter().any(is_aggregate);
        let is_sort = |step: &Step| matches!(step, Step::Sort { .. });
        Self { aggregates, sorts_source: !aggregates && steps.iter().any(is_sort) }
    }
}

pub(super) fn apply(steps: &[Step], pipeline: &mut Pipeline) -> Result<()> {
    let at = Location::of("steps");
    if steps.len() > MAX_STEPS {
        return Err(Error::Invalid(vec![Fault { at, kind: FaultKind::Value("at most 100 steps") }]));
    }
    for (index, step) in steps.iter().enumerate() {
        let at = at.index(index);
        match step {
            Step::Filter { r#where } => pipeline.filter(r#where, &at.key("where"))?,
            Step::Select { columns } => pipeline.select(columns, &at.key("columns"))?,
            Step::Sort { by } => {
                let at = at.key("by");
                let keys = by.iter().enumerate();
                pipeline.sort(keys.map(|(index, key)| (key, at.index(index).key("column"))), &at)?;
            }
            Step::Aggregate { group_by, aggregates } => pipeline.aggregate(group_by, aggregates, &at)?,
        }
    }
    Ok(())
}
