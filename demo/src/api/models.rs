//! What requests hold, and what answers look like that are written straight from Arrow.

use versify::{
    openapi::{Components, Describe, Kind, Schema},
    prelude::*,
};

use crate::engine::{Answer, Column, Page, Rows, Transform};

/// A pipeline, of which the first rows are to be shown.
#[model(extra = "forbid")]
#[derive(Debug)]
pub(super) struct Preview {
    /// The pipeline.
    #[field(flatten)]
    pub(super) transform: Transform,
    /// How many rows of the result to show.
    #[field(default = 100, ge = 1, le = 10_000)]
    pub(super) limit: u64,
}

/// A pipeline, and the dataset that it is to make.
#[model(extra = "forbid")]
#[derive(Debug)]
pub(super) struct Run {
    /// The name of the dataset to make: a-z, 0-9, `_` and `-`.
    #[field(min_length = 1, max_length = 64, pattern = "^[a-z0-9][a-z0-9_-]*$", examples = ["heavy-penguins"])]
    pub(super) target: String,
    /// The pipeline.
    #[field(flatten)]
    pub(super) transform: Transform,
}

/// A query in SQL.
#[model(extra = "forbid")]
#[derive(Debug)]
pub(super) struct Sql {
    /// The query. It reads from datasets by their names, `"flights@2"` for a version, and writes nothing.
    #[field(
        min_length = 1,
        max_length = 65_536,
        examples = ["SELECT species, count(*) AS n FROM penguins GROUP BY species ORDER BY n DESC"]
    )]
    pub(super) sql: String,
    /// How many rows at most.
    #[field(default = 1000, ge = 1, le = 10_000)]
    pub(super) limit: u64,
}

/// An object of properties that are all there.
fn object(title: &str, properties: Vec<(&str, Schema)>) -> Schema {
    Schema {
        title: Some(title.into()),
        required: properties.iter().map(|(name, _)| (*name).to_owned()).collect(),
        properties: properties.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect(),
        ..Schema::of(Kind::Object)
    }
}

fn columns(components: &mut Components) -> Schema {
    Schema { description: Some("The columns, in order.".into()), ..Schema::array(Column::describe(components)) }
}

fn total() -> Schema {
    let description = Some("How many rows there are, of which these may be a part.".into());
    Schema { description, minimum: Some(0.into()), ..Schema::integer() }
}

fn rows() -> Schema {
    let description = Some("A row each, as an object with the columns' names for keys.".into());
    Schema { description, ..Schema::array(Schema::map(Schema::any())) }
}

impl Describe for Rows {
    fn describe(components: &mut Components) -> Schema {
        object("Rows", vec![("columns", columns(components)), ("total", total()), ("rows", rows())])
    }
}

impl Describe for Page {
    fn describe(components: &mut Components) -> Schema {
        let version = Schema { description: Some("The version that it is of.".into()), ..u64::describe(components) };
        let next = Option::<String>::describe(components);
        let next =
            Schema { description: Some("The cursor of the next page; null if this is the last.".into()), ..next };
        let properties = vec![
            ("version", version),
            ("columns", columns(components)),
            ("total", total()),
            ("rows", rows()),
            ("next", next),
        ];
        object("Page", properties)
    }
}

impl Describe for Answer {
    fn describe(components: &mut Components) -> Schema {
        let truncated = bool::describe(components);
        let truncated = Schema { description: Some("Whether there are more rows.".into()), ..truncated };
        object("Answer", vec![("columns", columns(components)), ("rows", rows()), ("truncated", truncated)])
    }
}
