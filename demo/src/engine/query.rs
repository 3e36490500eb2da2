//! [`Query`]: which rows to read.

use std::hash::Hasher;

use twox_hash::XxHash64;

use super::error::{Error, Result};
use super::fault::{Fault, FaultKind, Location};
use super::pipeline::Pipeline;
use super::steps::SortKey;

/// Which rows to read, of which columns, in which order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Query {
    /// The columns; all if there are none.
    pub select: Vec<String>,
    /// A condition, in SQL: `bill_length_mm > 40 AND species <> 'Adelie'`.
    pub r#where: Option<String>,
    /// Columns to sort by; with a leading `-`, from high to low.
    pub order_by: Vec<String>,
}

/// Which part of the rows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Window {
    /// How many rows at most; all if none is said.
    pub limit: Option<u64>,
    /// How many rows to leave out first.
    pub offset: u64,
}

impl Query {
    /// Whether it asks for the rows as they are stored.
    pub(super) fn is_plain(&self) -> bool {
        self.r#where.is_none() && self.order_by.is_empty()
    }

    pub(super) fn apply(&self, pipeline: &mut Pipeline) -> Result<()> {
        if let Some(condition) = &self.r#where {
            pipeline.filter(condition, &Location::of("where"))?;
        }
        if !self.order_by.is_empty() {
            let at = Location::of("order_by");
            let keys: Vec<_> = self.order_by.iter().map(|key| parse(key)).collect();
            pipeline.sort(keys.iter().zip(0..).map(|(key, index)| (key, at.index(index))), &at)?;
        }
        if !self.select.is_empty() {
            pipeline.select(&self.select, &Location::of("select"))?;
        }
        Ok(())
    }

    /// The same for the same query alone.
    pub(super) fn fingerprint(&self) -> u64 {
        let mut hasher = XxHash64::with_seed(0);
        hasher.write(format!("{self:?}").as_bytes());
        hasher.finish()
    }
}

/// Where a page begins: what the answer to the page before it gave.
///
/// It names the version, so that pages neither overlap nor leave a row out, whatever is added meanwhile.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Cursor {
    pub(super) version: u64,
    pub(super) offset: u64,
    /// How many rows there are.
    pub(super) total: u64,
    pub(super) query: u64,
}

impl Cursor {
    pub(super) fn parse(text: &str) -> Result<Self> {
        let mut parts = text.split('.');
        let mut next = |radix| parts.next().and_then(|part| u64::from_str_radix(part, radix).ok());
        let cursor = (|| Some(Self { version: next(10)?, offset: next(10)?, total: next(10)?, query: next(16)? }))();
        cursor.filter(|cursor| cursor.to_string() == text).ok_or_else(|| wrong("this is no cursor that was given"))
    }

    /// Refuses the cursor of another query.
    pub(super) fn check(self, query: &Query) -> Result<Self> {
        if self.query == query.fingerprint() { Ok(self) } else { Err(wrong("the cursor belongs to another query")) }
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}.{:016x}", self.version, self.offset, self.total, self.query)
    }
}

pub(super) fn wrong(words: &'static str) -> Error {
    Error::Invalid(vec![Fault { at: Location::of("cursor"), kind: FaultKind::Value(words) }])
}

fn parse(key: &str) -> SortKey {
    match key.strip_prefix('-') {
        Some(column) => SortKey { column: column.into(), descending: true },
        None => SortKey { column: key.into(), descending: false },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_are_read_as_they_were_written() {
        let query = Query { select: vec!["a".into()], ..Query::default() };
        let cursor = Cursor { version: 3, offset: 100, total: 344, query: query.fingerprint() };
        assert_eq!(Cursor::parse(&cursor.to_string()).unwrap().check(&query).unwrap(), cursor);
        assert!(cursor.check(&Query::default()).is_err());
        for text in
            ["", "1", "1.2.3", "a.b.c.d", "1.2.3.4", "1.2.3.0000000000000004.5", "+1.2.3.0000000000000004", "-1.0.0.0"]
        {
            assert!(Cursor::parse(text).is_err(), "{text}");
        }
    }
}
