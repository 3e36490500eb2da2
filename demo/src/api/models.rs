//! What requests and answers hold.

use versify::{
    openapi::{Components, Describe, Kind, Schema},
    prelude::*,
};

use crate::engine;

/// A table that was loaded.
#[model]
#[derive(Debug)]
pub(super) struct Dataset {
    /// Its name, unique in the service.
    #[field(examples = ["penguins"])]
    pub(super) name: String,
    /// How many rows it has.
    pub(super) rows: u64,
    /// How many bytes it takes in the store.
    pub(super) bytes: u64,
    /// Its columns, in order.
    pub(super) columns: Vec<Column>,
    /// When it was loaded (RFC 3339, UTC).
    #[field(examples = ["2026-01-31T12:00:00Z"])]
    pub(super) created_at: String,
}

/// A column of a table.
#[model]
#[derive(Debug)]
pub(super) struct Column {
    /// Its name, unique in the table; upper and lower case differ.
    pub(super) name: String,
    /// What its values are.
    pub(super) r#type: ColumnType,
    /// Whether values may be missing.
    pub(super) nullable: bool,
}

/// What the values of a column are.
#[model(rename_all = "lowercase")]
#[derive(Debug)]
pub(super) enum ColumnType {
    Boolean,
    Integer,
    Float,
    Text,
    Date,
    Timestamp,
    Other,
}

impl From<engine::Dataset> for Dataset {
    fn from(dataset: engine::Dataset) -> Self {
        Self {
            name: dataset.name,
            rows: dataset.rows,
            bytes: dataset.bytes,
            columns: dataset.columns.into_iter().map(Into::into).collect(),
            created_at: dataset.created_at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true),
        }
    }
}

impl From<engine::Column> for Column {
    fn from(column: engine::Column) -> Self {
        Self { name: column.name, r#type: column.data_type.into(), nullable: column.nullable }
    }
}

impl From<engine::ColumnType> for ColumnType {
    fn from(data_type: engine::ColumnType) -> Self {
        match data_type {
            engine::ColumnType::Boolean => Self::Boolean,
            engine::ColumnType::Integer => Self::Integer,
            engine::ColumnType::Float => Self::Float,
            engine::ColumnType::Text => Self::Text,
            engine::ColumnType::Date => Self::Date,
            engine::ColumnType::Timestamp => Self::Timestamp,
            engine::ColumnType::Other => Self::Other,
        }
    }
}

/// Rows are written straight from Arrow; this is what they look like.
impl Describe for engine::Rows {
    fn describe(components: &mut Components) -> Schema {
        let columns = Schema {
            description: Some("The columns, in order.".into()),
            ..Schema::array(Column::describe(components))
        };
        let total = Schema {
            description: Some("How many rows there are, of which these may be a part.".into()),
            minimum: Some(0.into()),
            ..Schema::integer()
        };
        let rows = Schema {
            description: Some("A row each, as an object with the columns' names for keys.".into()),
            ..Schema::array(Schema::map(Schema::any()))
        };
        Schema {
            title: Some("Rows".into()),
            properties: vec![("columns".into(), columns), ("total".into(), total), ("rows".into(), rows)],
            required: ["columns", "total", "rows"].map(Into::into).into(),
            ..Schema::of(Kind::Object)
        }
    }
}

/// A pipeline, and the dataset that it begins with.
#[model(extra = "forbid")]
#[derive(Debug)]
pub(super) struct Preview {
    /// The dataset.
    #[field(examples = ["penguins"])]
    pub(super) dataset: String,
    /// What to do with it, in order.
    #[field(max_length = 100)]
    pub(super) steps: Vec<Step>,
    /// How many rows of the result to show.
    #[field(default = 100, ge = 1, le = 10_000)]
    pub(super) limit: u64,
}

/// One step of a pipeline.
#[model(tag = "step", rename_all = "snake_case", extra = "forbid")]
#[derive(Debug)]
pub(super) enum Step {
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
    /// Sorts the rows. Missing values come last; rows that are equal stay in their order.
    Sort {
        /// What to sort by, the most important first.
        #[field(min_length = 1)]
        by: Vec<SortKey>,
    },
    /// Makes one row of each group of rows.
    Aggregate {
        /// The columns in which the rows of a group are equal; all rows are one group if there are none.
        #[field(default)]
        group_by: Vec<String>,
        /// What to compute of each group.
        #[field(min_length = 1)]
        aggregates: Vec<Aggregate>,
    },
}

/// A column to sort by.
#[model(extra = "forbid")]
#[derive(Debug)]
pub(super) struct SortKey {
    /// Its name.
    pub(super) column: String,
    /// From high to low.
    #[field(default)]
    pub(super) descending: bool,
}

/// A value to compute of each group of rows.
#[model(extra = "forbid")]
#[derive(Debug)]
pub(super) struct Aggregate {
    /// Of which column. `count` alone needs none: it then counts rows.
    pub(super) column: Option<String>,
    /// How.
    pub(super) function: AggregateFunction,
    /// The name of the result; by default as in `mean_body_mass_g`.
    #[field(min_length = 1)]
    pub(super) alias: Option<String>,
}

/// How many values become one. Missing values are left out.
#[model(rename_all = "snake_case")]
#[derive(Debug)]
pub(super) enum AggregateFunction {
    Count,
    CountDistinct,
    Sum,
    Mean,
    Min,
    Max,
    Std,
    Median,
}

impl From<Step> for engine::Step {
    fn from(step: Step) -> Self {
        match step {
            Step::Filter { r#where } => Self::Filter { r#where },
            Step::Select { columns } => Self::Select { columns },
            Step::Sort { by } => Self::Sort { by: by.into_iter().map(Into::into).collect() },
            Step::Aggregate { group_by, aggregates } => {
                Self::Aggregate { group_by, aggregates: aggregates.into_iter().map(Into::into).collect() }
            }
        }
    }
}

impl From<SortKey> for engine::SortKey {
    fn from(SortKey { column, descending }: SortKey) -> Self {
        Self { column, descending }
    }
}

impl From<Aggregate> for engine::Aggregate {
    fn from(Aggregate { column, function, alias }: Aggregate) -> Self {
        Self { column, function: function.into(), alias }
    }
}

impl From<AggregateFunction> for engine::AggregateFunction {
    fn from(function: AggregateFunction) -> Self {
        match function {
            AggregateFunction::Count => Self::Count,
            AggregateFunction::CountDistinct => Self::CountDistinct,
            AggregateFunction::Sum => Self::Sum,
            AggregateFunction::Mean => Self::Mean,
            AggregateFunction::Min => Self::Min,
            AggregateFunction::Max => Self::Max,
            AggregateFunction::Std => Self::Std,
            AggregateFunction::Median => Self::Median,
        }
    }
}
