//! What requests hold.

use versify::prelude::*;

use crate::engine::{DatasetName, Transform};

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
    /// The name of the dataset to make.
    #[field(examples = ["heavy-penguins"])]
    pub(super) target: DatasetName,
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
