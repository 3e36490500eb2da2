//! [`Dataset`]: what is known of a table without reading it.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use versify::model;

use super::error::{Error, Result};
use super::load::Format;
use super::schema::Column;
use super::steps::Step;

/// A table, as of one of its versions. Versions do not change.
#[model]
#[derive(Debug, Clone, PartialEq)]
pub struct Dataset {
    /// Its name, unique in the service.
    #[field(examples = ["penguins"])]
    pub name: String,
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

/// A name fit for a new dataset: `^[a-z0-9][a-z0-9_-]{0,63}$`. Safe as the name of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatasetName(String);

impl DatasetName {
    /// Checks the name.
    pub fn new(name: &str) -> Result<Self> {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let fits = name.len() <= 64
            && name.bytes().next().is_some_and(plain)
            && name.bytes().all(|byte| plain(byte) || matches!(byte, b'_' | b'-'));
        if fits { Ok(Self(name.into())) } else { Err(Error::InvalidName { name: name.into() }) }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<DatasetName> for String {
    fn from(name: DatasetName) -> Self {
        name.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let longest = "x".repeat(64);
        for name in ["a", "0", "flights", "flights-2013_01", "a-", &longest] {
            assert_eq!(DatasetName::new(name).unwrap().as_str(), name);
        }
        let too_long = "x".repeat(65);
        for name in
            ["", "_a", "-a", "A", "a b", "a.b", "..", "../a", "a/b", "a\\b", "a\0", "a\n", "é", "aé", "a%2e", &too_long]
        {
            assert!(matches!(DatasetName::new(name), Err(Error::InvalidName { .. })), "{name:?}");
        }
    }
}
