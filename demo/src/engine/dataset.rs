use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::error::{Error, Result};
use super::schema::Column;

/// What is known of a dataset without reading it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dataset {
    /// Its name, unique in the store.
    pub name: String,
    /// How many rows it has.
    pub rows: u64,
    /// How many bytes it takes in the store.
    pub bytes: u64,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// When it was loaded.
    pub created_at: DateTime<Utc>,
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
