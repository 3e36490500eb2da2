//! Steps that choose columns and change them.

use std::collections::{BTreeMap, BTreeSet};

use datafusion::arrow::datatypes::DataType;
use datafusion::functions::expr_fn::coalesce;
use datafusion::functions_aggregate::expr_fn::{avg, max, median, min};
use datafusion::logical_expr::{Expr, cast, lit, try_cast};

use super::{Pipeline, column, is_hidden};
use crate::engine::error::Result;
use crate::engine::fault::{FaultKind, Location};
use crate::engine::schema::ColumnType;
use crate::engine::steps::{FillMethod, Invalid, Scalar};

impl Pipeline {
    /// Keeps some columns, in this order.
    pub(in crate::engine) fn select(&mut self, columns: &[String], at: &Location) -> Result<()> {
        let mut kept = self.known(columns, at);
        if columns.is_empty() {
            self.fault(at, FaultKind::Value("name at least one column"));
            return Ok(());
        }
        self.pin_order(|name| !is_hidden(name) && !kept.contains(name))?;
        kept.extend(self.ordering().into_iter().filter(|name| is_hidden(name)));
        self.frame = self.frame.clone().select(kept.iter().map(|name| column(name)))?;
        Ok(())
    }

    pub(super) fn rename(&mut self, names: &BTreeMap<String, String>, at: &Location) -> Result<()> {
        let mut taken: BTreeSet<String> = self.columns().into_iter().filter(|name| !names.contains_key(name)).collect();
        let mut renamed = BTreeMap::new();
        for (old, new) in names {
            let at = at.name(old);
            let is_known = self.knows(old, &at);
            if !self.can_be_named(new, &at) {
                continue;
            }
            if !taken.insert(new.clone()) {
                self.fault(&at, FaultKind::Duplicate { name: new.clone() });
            } else if is_known {
                renamed.insert(old, new);
            } else {
                self.undetermined.insert(new.clone());
            }
        }
        self.pin_order(|name| renamed.contains_key(name))?;
        let fields: Vec<String> = self.frame.schema().fields().iter().map(|field| field.name().clone()).collect();
        let columns = fields.iter().map(|name| match renamed.get(name) {
            Some(new) => column(name).alias(*new),
            None => column(name),
        });
        self.frame = self.frame.clone().select(columns)?;
        Ok(())
    }

    pub(super) fn cast(
        &mut self,
        columns: &BTreeMap<String, ColumnType>,
        invalid: Invalid,
        at: &Location,
    ) -> Result<()> {
        let mut values = BTreeMap::new();
        for (name, target) in columns {
            let at = at.name(name);
            if !self.knows(name, &at) {
                continue;
            }
            let Some(found) = self.data_type(name) else { continue };
            let Some(data_type) = target.data_type() else {
                self.fault(&at, FaultKind::Value("a column cannot be made `other`"));
                continue;
            };
            if !datafusion::arrow::compute::can_cast_types(&found, &data_type) {
                let found = ColumnType::from(&found).phrase();
                let kind =
                    FaultKind::Unsuited { function: "cast", column: name.clone(), found, expected: target.cannot() };
                self.fault(&at, kind);
                continue;
            }
            let value = match invalid {
                Invalid::Fail => cast(column(name), data_type),
                Invalid::Null => try_cast(column(name), data_type),
            };
            values.insert(name.clone(), value);
        }
        self.replace(values)
    }

    pub(super) fn derive(&mut self, name: &str, expression: &str, at: &Location) -> Result<()> {
        let is_named = self.can_be_named(name, &at.key("column"));
        match self.expression(expression, &at.key("expression")) {
            Some((value, _)) if is_named => {
                self.undetermined.remove(name);
                self.replace(BTreeMap::from([(name.to_owned(), value)]))
            }
            _ => {
                self.undetermined.insert(name.into());
                Ok(())
            }
        }
    }

    pub(super) fn fill_null(
        &mut self,
        columns: &[String],
        value: Option<&Scalar>,
        method: Option<FillMethod>,
        at: &Location,
    ) -> Result<()> {
        let all = columns.is_empty();
        let names = if all { self.columns() } else { self.known(columns, &at.key("columns")) };
        let mut totals = Vec::new();
        let mut values = BTreeMap::new();
        for name in names {
            let Some(found) = self.data_type(&name) else { continue };
            let kind = ColumnType::from(&found);
            let filler = match (value, method) {
                (Some(value), None) => literal(value, kind).map(|value| cast(value, found.clone())),
                (None, Some(FillMethod::Zero)) => zero(kind).map(|value| cast(value, found.clone())),
                (None, Some(method)) if suits(method, kind) => {
                    let total = self.hidden();
                    totals.push((total.clone(), of(method, &name)));
                    Some(column(&total))
                }
                (None, Some(_)) => None,
                _ => {
                    self.fault(at, FaultKind::Value("say a `value` or a `method`"));
                    return Ok(());
                }
            };
            match filler {
                Some(filler) => {
                    let is_mean = matches!(method, Some(FillMethod::Mean | FillMethod::Median));
                    let value = if is_mean { cast(column(&name), DataType::Float64) } else { column(&name) };
                    values.insert(name, coalesce(vec![value, filler]));
                }
                None if all => {}
                None => {
                    let index = columns.iter().position(|column| *column == name).unwrap_or_default();
                    let (function, expected) = ("fill_null", "what is to fill it is not of that type");
                    let kind = FaultKind::Unsuited { function, column: name, found: kind.phrase(), expected };
                    self.fault(&at.key("columns").index(index), kind);
                }
            }
        }
        if !totals.is_empty() {
            self.with_totals(totals)?;
        }
        self.replace(values)?;
        self.tidy()
    }
}

fn literal(value: &Scalar, kind: ColumnType) -> Option<Expr> {
    match (value, kind) {
        (Scalar::Boolean(value), ColumnType::Boolean) => Some(lit(*value)),
        (Scalar::Integer(value), ColumnType::Integer | ColumnType::Float) => Some(lit(*value)),
        (Scalar::Float(value), ColumnType::Float) => Some(lit(*value)),
        (Scalar::Text(value), ColumnType::Text) => Some(lit(value.clone())),
        (Scalar::Text(value), kind) => kind.reads(value).then(|| lit(value.clone())),
        _ => None,
    }
}

fn zero(kind: ColumnType) -> Option<Expr> {
    match kind {
        ColumnType::Boolean => Some(lit(false)),
        ColumnType::Integer | ColumnType::Float => Some(lit(0_i64)),
        ColumnType::Text => Some(lit("")),
        _ => None,
    }
}

fn suits(method: FillMethod, kind: ColumnType) -> bool {
    match method {
        FillMethod::Mean | FillMethod::Median => kind.is_numeric(),
        _ => kind != ColumnType::Other,
    }
}

fn of(method: FillMethod, name: &str) -> Expr {
    match method {
        FillMethod::Mean => avg(column(name)),
        FillMethod::Median => median(cast(column(name), DataType::Float64)),
        FillMethod::Min => min(column(name)),
        FillMethod::Max | FillMethod::Zero => max(column(name)),
    }
}
