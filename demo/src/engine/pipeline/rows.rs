//! Steps that choose rows and order them.

use std::collections::BTreeSet;

use datafusion::arrow::datatypes::DataType;
use datafusion::functions_window::expr_fn::row_number;
use datafusion::logical_expr::{ExprFunctionExt, lit};

use super::seeded::chance;
use super::{Pipeline, column};
use crate::engine::error::Result;
use crate::engine::fault::{FaultKind, Location};
use crate::engine::schema::ColumnType;
use crate::engine::steps::SortKey;

impl Pipeline {
    /// Keeps the rows for which a condition is true.
    pub(in crate::engine) fn filter(&mut self, condition: &str, at: &Location) -> Result<()> {
        match self.expression(condition, at) {
            Some((condition, DataType::Boolean | DataType::Null)) => {
                self.frame = self.frame.clone().filter(condition)?;
            }
            Some((_, other)) => {
                let found = ColumnType::from(&other).phrase();
                let message = format!("the expression must be true or false for a row, but is {found}");
                self.fault(at, FaultKind::Expression { text: condition.into(), message });
            }
            None => {}
        }
        Ok(())
    }

    /// Sorts by the keys; missing values come last, and what is equal stays in its order.
    pub(in crate::engine) fn sort<'a>(
        &mut self,
        keys: impl IntoIterator<Item = (&'a SortKey, Location)>,
        at: &Location,
    ) -> Result<()> {
        let keys: Vec<_> = keys.into_iter().collect();
        if keys.is_empty() {
            self.fault(at, FaultKind::Value("name at least one column"));
        }
        let mut order = Vec::new();
        let mut seen = BTreeSet::new();
        for (key, at) in keys {
            if !self.knows(&key.column, &at) {
                continue;
            }
            if seen.insert(&key.column) {
                order.push(column(&key.column).sort(!key.descending, false));
            } else {
                self.fault(&at, FaultKind::Duplicate { name: key.column.clone() });
            }
        }
        order.append(&mut self.order);
        self.order = order;
        // Where no order is kept, none is needed: an aggregate follows.
        self.shuffled |= self.ordered || self.aggregated;
        self.settle()
    }

    pub(super) fn limit(&mut self, count: u64, offset: u64) -> Result<()> {
        self.settle()?;
        self.frame = self.frame.clone().limit(clamp(offset), Some(clamp(count)))?;
        Ok(())
    }

    pub(super) fn sample(&mut self, rows: Option<u64>, fraction: Option<f64>, seed: u32, at: &Location) -> Result<()> {
        let identity = self.ordering();
        let chance = chance(seed, identity.iter().map(|name| column(name)));
        match (rows, fraction) {
            (None, Some(fraction)) => self.frame = self.frame.clone().filter(chance.lt(lit(fraction)))?,
            (Some(rows), None) => {
                self.frame = self.frame.clone().sort(vec![chance.sort(true, false)])?.limit(0, Some(clamp(rows)))?;
                self.shuffled = true;
            }
            _ => self.fault(at, FaultKind::Value("say how many `rows`, or which `fraction`")),
        }
        Ok(())
    }

    pub(super) fn drop_null(&mut self, columns: &[String], at: &Location) -> Result<()> {
        let columns = if columns.is_empty() { self.columns() } else { self.known(columns, at) };
        let present = columns.iter().map(|name| column(name).is_not_null());
        if let Some(condition) = present.reduce(datafusion::logical_expr::Expr::and) {
            self.frame = self.frame.clone().filter(condition)?;
        }
        Ok(())
    }

    pub(super) fn distinct(&mut self, columns: &[String], at: &Location) -> Result<()> {
        if columns.is_empty() && self.order.is_empty() {
            self.frame = self.frame.clone().distinct()?;
            return Ok(());
        }
        let columns = if columns.is_empty() { self.columns() } else { self.known(columns, at) };
        if columns.is_empty() {
            return Ok(());
        }
        let place = self.hidden();
        let columns = columns.iter().map(|name| column(name)).collect();
        let number = row_number().partition_by(columns).order_by(self.order.clone()).build()?;
        self.frame = self.frame.clone().with_column(&place, number)?.filter(column(&place).eq(lit(1_u64)))?;
        self.shuffled = true;
        self.tidy()
    }
}

/// The planner counts in `i64`.
fn clamp(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX).min(i64::MAX as usize)
}
