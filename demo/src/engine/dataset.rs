//! [`Dataset`]: what is known of a table without reading it.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use uuid::Uuid;
use versify::model;

use super::load::Format;
use super::schema::Column;
use super::steps::Step;

/// A table, as of one of its versions. Versions do not change.
#[model]
#[derive(Debug, Clone, PartialEq)]
pub struct Dataset {
    /// Its name, unique in the service.
    pub name: DatasetName,
    /// Which version this is, from 1.
    pub version: u64,
    /// How many rows it has.
    pub rows: u64,
    /// How many bytes it takes in the store.
    pub bytes: u64,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// When this version was made.
    pub created_at: DateTime<Utc>,
    /// How this version was made.
    pub origin: Origin,
}

/// How a version was made.
#[model(tag = "kind", rename_all = "snake_case")]
#[derive(Debug, Clone, PartialEq)]
pub enum Origin {
    /// Of a file.
    Upload {
        /// What the file was.
        format: Format,
    },
    /// Of the version before it, with the rows of a file after its own.
    Append {
        /// What the file was.
        format: Format,
        /// How many rows it had.
        rows: u64,
    },
    /// By a transform.
    Transform {
        /// The job that ran it.
        job: Uuid,
        /// The dataset that it began with.
        dataset: String,
        /// What it did, in order.
        steps: Vec<Step>,
        /// All datasets that it read, with the versions that it read of them.
        sources: Vec<Source>,
    },
}

/// A version of a dataset that was read.
#[model]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The dataset.
    pub dataset: String,
    /// The version.
    pub version: u64,
    /// Whether this version was asked for; else it was the newest, and a newer one calls for a new run.
    pub pinned: bool,
}

/// The name of a dataset: 1 to 64 of a-z, 0-9, `_` and `-`, of which the first is a letter or a digit.
// Safe as the name of a file. Whoever asks for a dataset may write anything: of another name there is none.
#[model]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatasetName(
    #[field(min_length = 1, max_length = 64, pattern = "^[a-z0-9][a-z0-9_-]*$", examples = ["flights"])] String,
);

impl DatasetName {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for DatasetName {
    type Err = serde::de::value::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::deserialize(text.into_deserializer())
    }
}

impl fmt::Display for DatasetName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let longest = "x".repeat(64);
        for name in ["a", "0", "flights", "flights-2013_01", "a-", &longest] {
            assert_eq!(name.parse::<DatasetName>().unwrap().as_str(), name);
        }
        let too_long = "x".repeat(65);
        for name in
            ["", "_a", "-a", "A", "a b", "a.b", "..", "../a", "a/b", "a\\b", "a\0", "a\n", "é", "aé", "a%2e", &too_long]
        {
            assert!(name.parse::<DatasetName>().is_err(), "{name:?}");
        }
    }
}
