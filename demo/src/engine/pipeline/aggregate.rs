//! One row of each group of rows.

use std::collections::BTreeSet;

use datafusion::arrow::datatypes::DataType;
use datafusion::functions_aggregate::expr_fn;
use datafusion::logical_expr::{Expr, cast, lit};

use super::quantile::quantile;
use super::{Pipeline, column};
use crate::engine::error::Result;
use crate::engine::fault::{FaultKind, Location};
use crate::engine::schema::ColumnType;
use crate::engine::steps::{Aggregate, AggregateFunction};

impl Pipeline {
    /// Makes one row of each group of rows that are equal in `group_by`, and sorts these by it.
    pub(super) fn aggregate(&mut self, group_by: &[String], aggregates: &[Aggregate], at: &Location) -> Result<()> {
        if group_by.is_empty() && aggregates.is_empty() {
            self.fault(at, FaultKind::Value("name columns to group by, or values to compute, or both"));
            return Ok(());
        }
        let groups = self.known(group_by, &at.key("group_by"));
        let mut undetermined: BTreeSet<_> = group_by.iter().filter(|name| !groups.contains(name)).cloned().collect();
        let mut names: BTreeSet<String> = group_by.iter().cloned().collect();
        let mut values = Vec::new();
        for (index, aggregate) in aggregates.iter().enumerate() {
            let at = at.key("aggregates").index(index);
            let name = aggregate.name();
            if self.can_be_named(&name, &at.key("alias")) && !names.insert(name.clone()) {
                self.fault(&at.key("alias"), FaultKind::Duplicate { name: name.clone() });
                continue;
            }
            match self.value(aggregate, &at) {
                Some(value) => values.push(value.alias(name)),
                None => drop(undetermined.insert(name)),
            }
        }
        self.undetermined = undetermined;
        self.undetermined_prefixes.clear();
        self.order = groups.iter().map(|name| column(name).sort(true, false)).collect();
        if groups.is_empty() && values.is_empty() {
            // All of it was faulty: the next steps see the undetermined columns alone.
            values.push(expr_fn::count(lit(1)).alias(self.hidden()));
        }
        let groups = groups.iter().map(|name| column(name)).collect();
        self.frame = self.frame.clone().aggregate(groups, values)?;
        self.aggregated = true;
        self.shuffled = true;
        self.settle()
    }

    fn value(&mut self, aggregate: &Aggregate, at: &Location) -> Option<Expr> {
        use AggregateFunction as F;
        let function = aggregate.function;
        let is_quantile = function == F::Quantile;
        if is_quantile != aggregate.quantile.is_some() {
            let words = if is_quantile { "say which quantile" } else { "only `quantile` has one" };
            self.fault(&at.key("quantile"), FaultKind::Value(words));
            return None;
        }
        let Some(name) = &aggregate.column else {
            if function == F::Count {
                return Some(expr_fn::count(lit(1)));
            }
            self.fault(&at.key("column"), FaultKind::Value("this function needs a column"));
            return None;
        };
        if !self.knows(name, &at.key("column")) {
            return None;
        }
        let at = at.key("function");
        let numeric = matches!(function, F::Sum | F::Mean | F::Std | F::Var | F::Median | F::Quantile);
        let sorted = matches!(function, F::Min | F::Max);
        let suited = if numeric {
            self.suits(name, function.name(), "it needs numbers", ColumnType::is_numeric, &at)
        } else {
            let has_order = |kind| !sorted || kind != ColumnType::Other;
            self.suits(name, function.name(), "it needs values that have an order", has_order, &at)
        };
        if !suited {
            return None;
        }
        let value = column(name);
        // Of whole numbers, the median would be a whole number.
        let float = || cast(column(name), DataType::Float64);
        Some(match function {
            F::Count => expr_fn::count(value),
            F::CountDistinct => expr_fn::count_distinct(value),
            F::Sum => expr_fn::sum(value),
            F::Mean => expr_fn::avg(value),
            F::Min => expr_fn::min(value),
            F::Max => expr_fn::max(value),
            F::Std => expr_fn::stddev(value),
            F::Var => expr_fn::var_sample(value),
            F::Median => expr_fn::median(float()),
            F::Quantile => quantile(float(), aggregate.quantile.unwrap_or_default()),
        })
    }
}
