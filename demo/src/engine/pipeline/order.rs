//! What order rows have, and what it takes to keep it.

use std::collections::BTreeSet;

use datafusion::functions_window::expr_fn::row_number;
use datafusion::logical_expr::{Expr, ExprFunctionExt};

use super::{Pipeline, column};
use crate::engine::error::Result;
use crate::engine::steps::Step;

/// What the steps will do, before they are checked.
pub(super) struct Outline {
    /// The order of rows does not matter: they may be read on all threads at once.
    pub(super) parallel: bool,
    /// Something may shuffle the rows or has to tell equal ones apart: they are numbered as they are read.
    pub(super) places: bool,
}

impl Outline {
    pub(super) fn of(steps: &[Step]) -> Self {
        let aggregate = steps.iter().position(|step| matches!(step, Step::Aggregate { .. }));
        let before = steps.get(..aggregate.unwrap_or(steps.len())).unwrap_or_default();
        let after = steps.get(before.len()..).unwrap_or_default();
        let asks = |step: &Step| match step {
            Step::Limit { .. } | Step::Sample { .. } | Step::Window { .. } => true,
            Step::Distinct { columns } => !columns.is_empty(),
            _ => false,
        };
        // The places of another table's rows tell those apart that match one row.
        let joins = |step: &Step| step.input().is_some();
        let parallel = aggregate.is_some() && !before.iter().any(asks) && !after.iter().any(joins);
        let keeps_order = |step: &Step| {
            use Step::{Cast, Derive, DropNull, Filter, Limit, Rename, Select};
            matches!(
                step,
                Cast { .. }
                    | Derive { .. }
                    | DropNull { .. }
                    | Filter { .. }
                    | Limit { .. }
                    | Rename { .. }
                    | Select { .. }
            )
        };
        Self { parallel, places: !parallel && !steps.iter().all(keeps_order) }
    }
}

impl Pipeline {
    /// The columns by which rows are ordered.
    pub(super) fn ordering(&self) -> BTreeSet<String> {
        let names = self.order.iter().filter_map(|sort| match &sort.expr {
            Expr::Column(column) => Some(column.name.clone()),
            _ => None,
        });
        names.collect()
    }

    /// Gives the rows their order back, if they may have lost it.
    pub(super) fn settle(&mut self) -> Result<()> {
        if self.shuffled && !self.order.is_empty() {
            self.frame = self.frame.clone().sort(self.order.clone())?;
        }
        self.shuffled = false;
        Ok(())
    }

    /// Makes the order independent of columns that are about to change or go.
    pub(super) fn pin_order(&mut self, changes: impl Fn(&String) -> bool) -> Result<()> {
        if !self.ordering().iter().any(changes) {
            return Ok(());
        }
        self.settle()?;
        let place = self.hidden();
        let number = row_number().order_by(self.order.clone()).build()?;
        self.frame = self.frame.clone().with_column(&place, number)?;
        self.order = vec![column(&place).sort(true, false)];
        Ok(())
    }
}
