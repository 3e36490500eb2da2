//! Columns computed from rows that belong together.

use std::collections::BTreeMap;

use datafusion::arrow::datatypes::DataType;
use datafusion::common::ScalarValue;
use datafusion::functions_aggregate::average::avg_udaf;
use datafusion::functions_aggregate::count::count_udaf;
use datafusion::functions_aggregate::min_max::{max_udaf, min_udaf};
use datafusion::functions_aggregate::sum::sum_udaf;
use datafusion::functions_window::expr_fn::{dense_rank, first_value, lag, last_value, lead, rank, row_number};
use datafusion::logical_expr::expr::WindowFunction as WindowExpr;
use datafusion::logical_expr::{
    AggregateUDF, Expr, ExprFunctionExt, WindowFrame, WindowFrameBound, WindowFrameUnits, WindowFunctionDefinition,
    cast, lit,
};

use super::{Pipeline, column};
use crate::engine::error::Result;
use crate::engine::fault::{FaultKind, Location};
use crate::engine::schema::ColumnType;
use crate::engine::steps::{SortKey, Step, WindowFunction};

impl Pipeline {
    pub(super) fn window(&mut self, step: &Step, at: &Location) -> Result<()> {
        let Step::Window { column: name, function, of, partition_by, order_by, offset, rows } = step else {
            return Ok(());
        };
        let is_free = self.is_free(name, &at.key("column"));
        let of = self.operand(*function, of.as_deref(), at);
        let partition = self.known(partition_by, &at.key("partition_by"));
        let partition = partition.iter().map(|name| column(name)).collect::<Vec<_>>();
        let mut order = self.sort_keys(order_by, &at.key("order_by"));
        let is_rank = matches!(function, WindowFunction::Rank | WindowFunction::DenseRank);
        if is_rank && order_by.is_empty() {
            self.fault(&at.key("order_by"), FaultKind::Value("a rank needs an order"));
        }
        if !is_rank {
            // Rows that are equal in the order asked for keep theirs.
            order.extend(self.order.iter().cloned());
        }
        let Some(of) = of.filter(|_| is_free) else {
            self.undetermined.insert(name.clone());
            return Ok(());
        };
        let window = window(*function, of, i64::try_from(*offset).unwrap_or(i64::MAX))
            .partition_by(partition)
            .order_by(order)
            .window_frame(frame(*function, *rows))
            .build()?;
        let place = self.hidden();
        self.frame = self.frame.clone().with_column(&place, window)?;
        self.shuffled = true;
        let value = match self.data_type(&place) {
            Some(DataType::UInt64) => cast(column(&place), DataType::Int64),
            _ => column(&place),
        };
        self.replace(BTreeMap::from([(name.clone(), value)]))?;
        self.tidy()
    }

    /// The column that a function works on. `None`: it is faulty, or cannot be checked.
    fn operand(&mut self, function: WindowFunction, of: Option<&str>, at: &Location) -> Option<Expr> {
        use WindowFunction as F;
        let at = at.key("of");
        match (function, of) {
            (F::RowNumber | F::Rank | F::DenseRank, Some(_)) => {
                self.fault(&at, FaultKind::Value("this function needs no column"));
                None
            }
            (F::RowNumber | F::Rank | F::DenseRank | F::Count, None) => Some(lit(1)),
            (_, None) => {
                self.fault(&at, FaultKind::Value("this function needs a column"));
                None
            }
            (_, Some(name)) => {
                let known = self.knows(name, &at);
                let suited = known
                    && match function {
                        F::Sum | F::Mean => {
                            self.suits(name, function.name(), "it needs numbers", ColumnType::is_numeric, &at)
                        }
                        F::Min | F::Max => {
                            let has_order = |kind| kind != ColumnType::Other;
                            self.suits(name, function.name(), "it needs values that have an order", has_order, &at)
                        }
                        _ => true,
                    };
                suited.then(|| column(name))
            }
        }
    }

    fn sort_keys(&mut self, keys: &[SortKey], at: &Location) -> Vec<datafusion::logical_expr::SortExpr> {
        let mut order = Vec::new();
        for (index, key) in keys.iter().enumerate() {
            let at = at.index(index).key("column");
            if keys.iter().take(index).any(|earlier| earlier.column == key.column) {
                self.fault(&at, FaultKind::Duplicate { name: key.column.clone() });
            } else if self.knows(&key.column, &at) {
                order.push(column(&key.column).sort(!key.descending, false));
            }
        }
        order
    }
}

fn window(function: WindowFunction, of: Expr, offset: i64) -> Expr {
    use WindowFunction as F;
    let total = |function: std::sync::Arc<AggregateUDF>, of: Expr| {
        Expr::from(WindowExpr::new(WindowFunctionDefinition::AggregateUDF(function), vec![of]))
    };
    match function {
        F::RowNumber => row_number(),
        F::Rank => rank(),
        F::DenseRank => dense_rank(),
        F::Lag => lag(of, Some(offset), None),
        F::Lead => lead(of, Some(offset), None),
        F::First => first_value(of),
        F::Last => last_value(of),
        F::Count => total(count_udaf(), of),
        F::Sum => total(sum_udaf(), of),
        F::Mean => total(avg_udaf(), of),
        F::Min => total(min_udaf(), of),
        F::Max => total(max_udaf(), of),
    }
}

/// Which rows a function sees: all of them, or those up to the present one, or the last few.
fn frame(function: WindowFunction, rows: Option<u64>) -> WindowFrame {
    use WindowFunction as F;
    let bounds = |start, end| WindowFrame::new_bounds(WindowFrameUnits::Rows, start, end);
    let unbounded = || ScalarValue::UInt64(None);
    match (function, rows) {
        (F::First | F::Last, _) => {
            bounds(WindowFrameBound::Preceding(unbounded()), WindowFrameBound::Following(unbounded()))
        }
        (_, Some(rows)) => bounds(
            WindowFrameBound::Preceding(ScalarValue::UInt64(Some(rows.saturating_sub(1)))),
            WindowFrameBound::CurrentRow,
        ),
        (_, None) => bounds(WindowFrameBound::Preceding(unbounded()), WindowFrameBound::CurrentRow),
    }
}
