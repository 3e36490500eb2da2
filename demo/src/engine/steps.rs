//! [`Step`]: what a transform is made of.

use std::collections::BTreeMap;

use versify::model;

use super::schema::ColumnType;

/// One step of a transform.
#[model(tag = "step", rename_all = "snake_case", extra = "forbid")]
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Keeps the rows for which a condition is true.
    Filter {
        /// The condition, in SQL.
        #[field(min_length = 1, max_length = 10_000, examples = ["bill_length_mm > 40 AND species <> 'Adelie'"])]
        r#where: String,
    },
    /// Keeps some columns.
    Select {
        /// Their names, in the order that they are to have.
        #[field(min_length = 1)]
        columns: Vec<String>,
    },
    /// Gives columns other names.
    Rename {
        /// The new name of each.
        #[field(min_length = 1)]
        columns: BTreeMap<String, String>,
    },
    /// Gives columns other types.
    Cast {
        /// The new type of each.
        #[field(min_length = 1)]
        columns: BTreeMap<String, ColumnType>,
        /// What becomes of a value that does not fit.
        #[field(default)]
        invalid: Invalid,
    },
    /// Computes a column. One of the same name is replaced.
    Derive {
        /// Its name.
        #[field(min_length = 1)]
        column: String,
        /// Its value in each row, in SQL.
        #[field(min_length = 1, max_length = 10_000, examples = ["body_mass_g / 1000.0"])]
        expression: String,
    },
    /// Puts something in the place of missing values. Say a `value` or a `method`.
    FillNull {
        /// In which columns; in all that it fits if there are none.
        #[field(default)]
        columns: Vec<String>,
        /// The value to put there.
        value: Option<Scalar>,
        /// How to find the value to put there.
        method: Option<FillMethod>,
    },
    /// Leaves out rows with missing values.
    DropNull {
        /// In which columns to look; in all if there are none.
        #[field(default)]
        columns: Vec<String>,
    },
    /// Keeps the first of the rows that are equal.
    Distinct {
        /// In which columns they are equal; in all if there are none.
        #[field(default)]
        columns: Vec<String>,
    },
    /// Adds the columns of another dataset, from its rows that match.
    Join {
        /// The other dataset.
        dataset: String,
        /// Which version of it; the newest if none is named.
        #[field(ge = 1)]
        version: Option<u64>,
        /// The columns that are equal where rows match. Missing values match nothing.
        #[field(min_length = 1)]
        on: Vec<JoinKey>,
        /// Which rows to keep that match none.
        #[field(default)]
        how: JoinKind,
        /// What is added to the name of a column that both have.
        #[field(default = "_right", min_length = 1, max_length = 64)]
        suffix: String,
    },
    /// Adds the rows of another dataset that has the same columns.
    Union {
        /// The other dataset.
        dataset: String,
        /// Which version of it; the newest if none is named.
        #[field(ge = 1)]
        version: Option<u64>,
    },
    /// Makes one row of each group of rows, in the order of `group_by`.
    Aggregate {
        /// The columns in which the rows of a group are equal; all rows are one group if there are none.
        #[field(default)]
        group_by: Vec<String>,
        /// What to compute of each group.
        #[field(min_length = 1)]
        aggregates: Vec<Aggregate>,
    },
    /// Computes a column from rows that belong together.
    Window {
        /// Its name.
        #[field(min_length = 1)]
        column: String,
        /// How it is computed.
        function: WindowFunction,
        /// The column that it is computed of; `row_number` and the ranks need none.
        of: Option<String>,
        /// The columns in which rows are equal that belong together; all do if there are none.
        #[field(default)]
        partition_by: Vec<String>,
        /// The order of the rows that belong together; by default the order that they have.
        #[field(default)]
        order_by: Vec<SortKey>,
        /// For `lag` and `lead`: how many rows back or ahead.
        #[field(default = 1, ge = 1, le = 1_000_000)]
        offset: u64,
        /// For `count`, `sum`, `mean`, `min`, `max`: of how many rows, up to this one; of all so far if none is said.
        #[field(ge = 1, le = 1_000_000)]
        rows: Option<u64>,
    },
    /// Sorts the rows. Missing values come last; rows that are equal stay in their order.
    Sort {
        /// What to sort by, the most important first.
        #[field(min_length = 1)]
        by: Vec<SortKey>,
    },
    /// Keeps so many rows.
    Limit {
        /// How many.
        #[field(le = 1_000_000_000)]
        count: u64,
        /// How many to leave out before them.
        #[field(default = 0, le = 1_000_000_000)]
        offset: u64,
    },
    /// Keeps some rows by chance, in their order. Say how many `rows`, or which `fraction`.
    Sample {
        /// How many.
        #[field(ge = 1, le = 1_000_000_000)]
        rows: Option<u64>,
        /// Which part of all: each row is kept with this chance.
        #[field(gt = 0, lt = 1)]
        fraction: Option<f64>,
        /// The same seed chooses the same rows.
        #[field(default = 0)]
        seed: u32,
    },
    /// Shifts and scales numbers to a mean of 0 and a deviation (of the population) of 1.
    Standardize {
        /// The columns.
        #[field(min_length = 1)]
        columns: Vec<String>,
    },
    /// Shifts and scales numbers to a range.
    Normalize {
        /// The columns.
        #[field(min_length = 1)]
        columns: Vec<String>,
        /// What the least becomes.
        #[field(default = 0.0)]
        low: f64,
        /// What the greatest becomes.
        #[field(default = 1.0)]
        high: f64,
    },
    /// Makes a column of 0 and 1 for each value of a column, which goes.
    OneHot {
        /// The column.
        column: String,
        /// Its values; those that the data have, at most 100, if none are said.
        #[field(min_length = 1, max_length = 100)]
        categories: Option<Vec<String>>,
        /// What the new names begin with; by default the column and `_`.
        prefix: Option<String>,
    },
    /// Numbers the intervals in which values are, from 0. The upper end of an interval belongs to it.
    ///
    /// Say how many intervals in `bins`, or where they end in `edges`.
    Bin {
        /// The column.
        column: String,
        /// How many intervals.
        #[field(ge = 2, le = 1000)]
        bins: Option<u64>,
        /// Of what kind they are, if `bins` says how many.
        #[field(default)]
        method: BinMethod,
        /// The ends of the intervals, rising. What is beyond is missing.
        #[field(min_length = 2, max_length = 1001)]
        edges: Option<Vec<f64>>,
        /// The name of the new column; by default the column and `_bin`.
        #[field(min_length = 1)]
        alias: Option<String>,
    },
    /// Divides rows into those to `train` with and those to `test` with, as a column says.
    ///
    /// It goes by a hash: rows that are equal in the key are never divided, whatever other rows there are.
    Split {
        /// The key.
        #[field(min_length = 1)]
        key: Vec<String>,
        /// Which part is to test with.
        #[field(default = 0.2, gt = 0, lt = 1)]
        test: f64,
        /// Another seed divides otherwise.
        #[field(default = 0)]
        seed: u32,
        /// The name of the new column.
        #[field(default = "split", min_length = 1)]
        column: String,
    },
}

impl Step {
    /// The other dataset that it reads.
    pub(super) fn input(&self) -> Option<(&str, Option<u64>)> {
        match self {
            Self::Join { dataset, version, .. } | Self::Union { dataset, version } => Some((dataset, *version)),
            _ => None,
        }
    }
}

/// What becomes of a value that cannot be cast.
#[model(rename_all = "snake_case")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Invalid {
    /// The transform fails.
    #[default]
    Fail,
    /// It is missing.
    Null,
}

/// A value that a request names.
#[model(untagged)]
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar {
    /// True or false.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number.
    Float(f64),
    /// Text; also dates and timestamps as ISO 8601 writes them.
    Text(String),
}

/// How the value is found that missing ones get.
#[model(rename_all = "snake_case")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FillMethod {
    /// The mean of the others.
    Mean,
    /// The one in the middle of the others.
    Median,
    /// The least of the others.
    Min,
    /// The greatest of the others.
    Max,
    /// 0, an empty text, or false.
    Zero,
}

/// Columns that are equal where rows match.
#[model(untagged)]
#[derive(Debug, Clone, PartialEq)]
pub enum JoinKey {
    /// One that both have.
    Both(String),
    /// One of each.
    Each(JoinColumns),
}

impl JoinKey {
    pub(super) fn columns(&self) -> (&str, &str) {
        match self {
            Self::Both(column) => (column, column),
            Self::Each(JoinColumns { left, right }) => (left, right),
        }
    }
}

/// Two columns to compare.
#[model(extra = "forbid")]
#[derive(Debug, Clone, PartialEq)]
pub struct JoinColumns {
    /// The column so far.
    pub left: String,
    /// The column of the other dataset.
    pub right: String,
}

/// Which rows a join keeps.
#[model(rename_all = "snake_case")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum JoinKind {
    /// Those that match.
    #[default]
    Inner,
    /// Those, and the rows so far that match none.
    Left,
    /// Those, and the rows of the other dataset that match none.
    Right,
    /// All.
    Full,
    /// The rows so far that match, once each and without the other's columns.
    Semi,
    /// The rows so far that match none.
    Anti,
}

/// A column to sort by.
#[model(extra = "forbid")]
#[derive(Debug, Clone, PartialEq)]
pub struct SortKey {
    /// Its name.
    pub column: String,
    /// From high to low.
    #[field(default)]
    pub descending: bool,
}

/// A value to compute of each group of rows.
#[model(extra = "forbid")]
#[derive(Debug, Clone, PartialEq)]
pub struct Aggregate {
    /// Of which column. `count` alone needs none: it then counts rows.
    pub column: Option<String>,
    /// How.
    pub function: AggregateFunction,
    /// For `quantile`: which, from 0 to 1.
    #[field(ge = 0, le = 1)]
    pub quantile: Option<f64>,
    /// The name of the result; by default as in `mean_body_mass_g`.
    #[field(min_length = 1)]
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
#[model(rename_all = "snake_case")]
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
    /// The square of `std`.
    Var,
    /// The value in the middle, or the mean of the two in the middle.
    Median,
    /// The value below which a part of the values is, interpolated between neighbours.
    Quantile,
}

impl AggregateFunction {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::CountDistinct => "count_distinct",
            Self::Sum => "sum",
            Self::Mean => "mean",
            Self::Min => "min",
            Self::Max => "max",
            Self::Std => "std",
            Self::Var => "var",
            Self::Median => "median",
            Self::Quantile => "quantile",
        }
    }
}

/// How a value is computed from rows that belong together.
#[model(rename_all = "snake_case")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowFunction {
    /// The place of the row, from 1.
    RowNumber,
    /// The place of the row; equal rows share the first of theirs.
    Rank,
    /// As `rank`, without gaps.
    DenseRank,
    /// The value some rows back.
    Lag,
    /// The value some rows ahead.
    Lead,
    /// The first value.
    First,
    /// The value of the last row.
    Last,
    /// How many values there were.
    Count,
    /// Their sum.
    Sum,
    /// Their mean.
    Mean,
    /// The least of them.
    Min,
    /// The greatest of them.
    Max,
}

impl WindowFunction {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::RowNumber => "row_number",
            Self::Rank => "rank",
            Self::DenseRank => "dense_rank",
            Self::Lag => "lag",
            Self::Lead => "lead",
            Self::First => "first",
            Self::Last => "last",
            Self::Count => "count",
            Self::Sum => "sum",
            Self::Mean => "mean",
            Self::Min => "min",
            Self::Max => "max",
        }
    }
}

/// Of what kind intervals are.
#[model(rename_all = "snake_case")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BinMethod {
    /// All as wide.
    #[default]
    Width,
    /// All with as many values.
    Quantile,
}
