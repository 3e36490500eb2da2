use std::collections::BTreeSet;
use std::sync::Arc;

use datafusion::arrow::datatypes::DataType;
use datafusion::catalog::TableProvider;
use datafusion::common::{Column as ColumnRef, DFSchema};
use datafusion::dataframe::DataFrame;
use datafusion::datasource::provider_as_source;
use datafusion::execution::session_state::SessionState;
use datafusion::functions_aggregate::expr_fn;
use datafusion::functions_window::row_number::row_number;
use datafusion::logical_expr::{Expr, LogicalPlanBuilder, SortExpr, cast, lit};

use super::error::{Error, Result};
use super::fault::{Fault, FaultKind, Location};
use super::predicate;
use super::schema::{ColumnType, Unknown};
use super::transform::{Aggregate, AggregateFunction, SortKey};

/// A query in the making, checked against the columns as they are at each step.
///
/// Faults are collected. What a faulty step leaves is guessed, so that later steps are checked as well but are not
/// blamed for it; [`finish`](Self::finish) gives the query only if there was none.
pub(super) struct Pipeline {
    frame: DataFrame,
    /// What rows are sorted by so far. Later sorts fall back on it for ties.
    order: Vec<SortExpr>,
    /// Columns that should be there, were it not for a fault.
    undetermined: BTreeSet<String>,
    faults: Vec<Fault>,
    aggregated: bool,
}

/// The place of a row in the table. No CSV file has a column of this name: headers are trimmed.
const PLACE: &str = " place";

impl Pipeline {
    /// Starts with all rows of a table. If `sorts`, their place is kept to sort by where else is equal.
    pub(super) fn new(state: &SessionState, table: Arc<dyn TableProvider>, sorts: bool) -> Result<Self> {
        let plan = LogicalPlanBuilder::scan("dataset", provider_as_source(table), None)?.build()?;
        let mut frame = DataFrame::new(state.clone(), plan);
        let mut order = Vec::new();
        if sorts {
            frame = frame.with_column(PLACE, row_number())?;
            order.push(column(PLACE).sort(true, false));
        }
        Ok(Self { frame, order, undetermined: BTreeSet::new(), faults: Vec::new(), aggregated: false })
    }

    /// Keeps the rows for which a condition is true.
    pub(super) fn filter(&mut self, condition: &str, at: &Location) -> Result<()> {
        let schema = DFSchema::clone(self.frame.schema()).strip_qualifiers();
        let (state, _) = self.frame.clone().into_parts();
        match predicate::parse(condition, &state, &schema, &self.columns(), &self.undetermined) {
            Ok(Some(condition)) => self.frame = self.frame.clone().filter(condition)?,
            Ok(None) => {}
            Err(faults) => self.faults.extend(faults.into_iter().map(|kind| Fault { at: at.clone(), kind })),
        }
        Ok(())
    }

    /// Keeps some columns, in this order.
    pub(super) fn select(&mut self, columns: &[String], at: &Location) -> Result<()> {
        let mut kept = self.distinct(columns, at);
        if columns.is_empty() {
            self.fault(at, FaultKind::Value("name at least one column"));
            return Ok(());
        }
        if self.has(PLACE) {
            kept.push(PLACE.into());
        }
        self.order.retain(|sort| matches!(&sort.expr, Expr::Column(column) if kept.contains(&column.name)));
        self.frame = self.frame.clone().select(kept.iter().map(|name| self::column(name)))?;
        Ok(())
    }

    /// Sorts by the keys; missing values come last, and what is equal stays in its order.
    pub(super) fn sort<'a>(
        &mut self,
        keys: impl IntoIterator<Item = (&'a SortKey, Location)>,
        at: &Location,
    ) -> Result<()> {
        let mut order = Vec::new();
        let mut seen = BTreeSet::new();
        let mut empty = true;
        for (key, at) in keys {
            empty = false;
            if !self.knows(&key.column, &at) {
                continue;
            }
            if seen.insert(&key.column) {
                order.push(column(&key.column).sort(!key.descending, false));
            } else {
                self.fault(&at, FaultKind::Duplicate { name: key.column.clone() });
            }
        }
        if empty {
            self.fault(at, FaultKind::Value("name at least one column"));
        }
        order.append(&mut self.order);
        self.order = order;
        if !self.order.is_empty() {
            self.frame = self.frame.clone().sort(self.order.clone())?;
        }
        Ok(())
    }

    /// Makes one row of each group of rows that are equal in `group_by`, and sorts these by it.
    pub(super) fn aggregate(&mut self, group_by: &[String], aggregates: &[Aggregate], at: &Location) -> Result<()> {
        if group_by.is_empty() && aggregates.is_empty() {
            self.fault(at, FaultKind::Value("name columns to group by, or values to compute, or both"));
            return Ok(());
        }
        let groups = self.distinct(group_by, &at.key("group_by"));
        let mut undetermined: BTreeSet<_> = group_by.iter().filter(|name| !groups.contains(name)).cloned().collect();
        let mut names: BTreeSet<String> = group_by.iter().cloned().collect();
        let mut values = Vec::new();
        for (index, aggregate) in aggregates.iter().enumerate() {
            let at = at.key("aggregates").index(index);
            let name = aggregate.name();
            if name.trim().is_empty() {
                self.fault(&at.key("alias"), FaultKind::Value("the result needs a name"));
            } else if name.trim() != name {
                self.fault(&at.key("alias"), FaultKind::Value("a name does not begin or end with a space"));
            } else if !names.insert(name.clone()) {
                self.fault(&at.key("alias"), FaultKind::Duplicate { name: name.clone() });
                continue;
            }
            match self.value(aggregate, &at) {
                Some(value) => values.push(value.alias(name)),
                None => drop(undetermined.insert(name)),
            }
        }
        self.undetermined = undetermined;
        self.order = groups.iter().map(|name| column(name).sort(true, false)).collect();
        if groups.is_empty() && values.is_empty() {
            // All of it was faulty: the next steps see the undetermined columns alone.
            values.push(expr_fn::count(lit(1)).alias(PLACE));
        }
        let groups = groups.iter().map(|name| column(name)).collect();
        self.frame = self.frame.clone().aggregate(groups, values)?;
        if !self.order.is_empty() {
            self.frame = self.frame.clone().sort(self.order.clone())?;
        }
        self.aggregated = true;
        Ok(())
    }

    /// The query, or all that is wrong with the request.
    pub(super) fn finish(self) -> Result<Plan> {
        if !self.faults.is_empty() {
            return Err(Error::Invalid(self.faults));
        }
        let columns = self.columns();
        let is_small = self.aggregated;
        let frame =
            if self.has(PLACE) { self.frame.select(columns.iter().map(|name| column(name)))? } else { self.frame };
        Ok(Plan { frame, is_small })
    }

    fn value(&mut self, aggregate: &Aggregate, at: &Location) -> Option<Expr> {
        use AggregateFunction as F;
        let function = aggregate.function;
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
        let (_, field) = self.frame.schema().qualified_field_with_unqualified_name(name).ok()?;
        let found = ColumnType::from(field.data_type());
        let expected = match function {
            F::Sum | F::Mean | F::Std | F::Median if !found.is_numeric() => "it needs numbers",
            F::Min | F::Max if found == ColumnType::Other => "it needs values that have an order",
            _ => {
                let value = column(name);
                // Of whole numbers, the median would be a whole number.
                let float = || cast(column(name), DataType::Float64);
                return Some(match function {
                    F::Count => expr_fn::count(value),
                    F::CountDistinct => expr_fn::count_distinct(value),
                    F::Sum => expr_fn::sum(value),
                    F::Mean => expr_fn::avg(value),
                    F::Min => expr_fn::min(value),
                    F::Max => expr_fn::max(value),
                    F::Std => expr_fn::stddev(value),
                    F::Median => expr_fn::median(float()),
                });
            }
        };
        let kind =
            FaultKind::Unsuited { function: function.name(), column: name.clone(), found: found.phrase(), expected };
        self.fault(&at.key("function"), kind);
        None
    }

    /// Those of the columns that there are, with a fault for each of the others and each that comes again.
    fn distinct(&mut self, columns: &[String], at: &Location) -> Vec<String> {
        let mut known = Vec::with_capacity(columns.len());
        for (index, name) in columns.iter().enumerate() {
            let at = at.index(index);
            if columns.iter().take(index).any(|earlier| earlier == name) {
                self.fault(&at, FaultKind::Duplicate { name: name.clone() });
            } else if self.knows(name, &at) {
                known.push(name.clone());
            }
        }
        known
    }

    /// Whether there is such a column. If not, it is a fault, once.
    fn knows(&mut self, name: &str, at: &Location) -> bool {
        let columns = self.columns();
        if columns.iter().any(|column| column == name) {
            return true;
        }
        if self.undetermined.insert(name.into()) {
            self.fault(at, Unknown::new(name, columns).into());
        }
        false
    }

    fn fault(&mut self, at: &Location, kind: FaultKind) {
        self.faults.push(Fault { at: at.clone(), kind });
    }

    fn columns(&self) -> Vec<String> {
        let fields = self.frame.schema().fields();
        fields.iter().map(|field| field.name().clone()).filter(|name| name != PLACE).collect()
    }

    fn has(&self, name: &str) -> bool {
        self.frame.schema().has_column_with_unqualified_name(name)
    }
}

/// A query that was checked.
pub(super) struct Plan {
    pub(super) frame: DataFrame,
    /// Whether its rows are few, whatever the table.
    pub(super) is_small: bool,
}

/// A column by its exact name: the usual way would take a dot for the end of a table's name.
fn column(name: &str) -> Expr {
    Expr::Column(ColumnRef::new_unqualified(name))
}
