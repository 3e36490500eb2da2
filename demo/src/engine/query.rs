use super::error::Result;
use super::fault::Location;
use super::pipeline::Pipeline;
use super::transform::SortKey;

/// Which rows to read, of which columns, in which order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Query {
    /// The columns; all if there are none.
    pub select: Vec<String>,
    /// A condition, in SQL: `bill_length_mm > 40 AND species <> 'Adelie'`.
    pub r#where: Option<String>,
    /// Columns to sort by; with a leading `-`, from high to low.
    pub order_by: Vec<String>,
    /// How many rows at most.
    pub limit: u64,
    /// How many rows to leave out first.
    pub offset: u64,
}

impl Query {
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
}

fn parse(key: &str) -> SortKey {
    match key.strip_prefix('-') {
        Some(column) => SortKey { column: column.into(), descending: true },
        None => SortKey { column: key.into(), descending: false },
    }
}
