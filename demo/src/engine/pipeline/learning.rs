//! Steps that make numbers for machine learning.

use std::collections::BTreeMap;

use datafusion::arrow::compute::cast as cast_array;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::cast::as_string_array;
use datafusion::functions_aggregate::expr_fn::{avg, max, min, stddev_pop};
use datafusion::logical_expr::{Expr, case, cast, lit, when};

use super::quantile::quantile;
use super::seeded::chance;
use super::{Pipeline, column};
use crate::engine::error::Result;
use crate::engine::fault::{FaultKind, Location};
use crate::engine::schema::ColumnType;
use crate::engine::steps::BinMethod;

/// The most columns that one column becomes when nobody says which.
const MAX_CATEGORIES: usize = 100;

impl Pipeline {
    pub(super) fn standardize(&mut self, columns: &[String], at: &Location) -> Result<()> {
        let names = self.numeric(columns, "standardize", at);
        let mut totals = Vec::new();
        let mut values = BTreeMap::new();
        for name in names {
            let (mean, deviation) = (self.hidden(), self.hidden());
            totals.push((mean.clone(), avg(float(&name))));
            totals.push((deviation.clone(), stddev_pop(float(&name))));
            let shifted = float(&name) - column(&mean);
            values.insert(name, ratio(shifted, column(&deviation))?);
        }
        self.scale(totals, values)
    }

    pub(super) fn normalize(&mut self, columns: &[String], low: f64, high: f64, at: &Location) -> Result<()> {
        let names = self.numeric(columns, "normalize", &at.key("columns"));
        if low >= high || !(high - low).is_finite() {
            self.fault(&at.key("high"), FaultKind::Value("`high` must be more than `low`"));
        }
        let mut totals = Vec::new();
        let mut values = BTreeMap::new();
        for name in names {
            let (least, greatest) = (self.hidden(), self.hidden());
            totals.push((least.clone(), min(float(&name))));
            totals.push((greatest.clone(), max(float(&name))));
            let part = ratio(float(&name) - column(&least), column(&greatest) - column(&least))?;
            values.insert(name, part * lit(high - low) + lit(low));
        }
        self.scale(totals, values)
    }

    fn scale(&mut self, totals: Vec<(String, Expr)>, values: BTreeMap<String, Expr>) -> Result<()> {
        if totals.is_empty() {
            return Ok(());
        }
        self.pin_order(|name| values.contains_key(name))?;
        self.with_totals(totals)?;
        self.replace(values)?;
        self.tidy()
    }

    pub(super) async fn one_hot(
        &mut self,
        name: &str,
        categories: Option<&[String]>,
        prefix: Option<&str>,
        at: &Location,
    ) -> Result<()> {
        let prefix = prefix.map_or_else(|| format!("{name}_"), ToOwned::to_owned);
        let is_known = self.knows(name, &at.key("column"));
        let suits = |kind| matches!(kind, ColumnType::Text | ColumnType::Integer | ColumnType::Boolean);
        let expected = "it needs text, whole numbers, or true and false";
        if !is_known || !self.suits(name, "one_hot", expected, suits, &at.key("column")) {
            self.undetermined_prefixes.push(prefix);
            return Ok(());
        }
        let found;
        let is_said = categories.is_some();
        let categories = match categories {
            Some(categories) => categories,
            // What the data hold is found out only if all is well so far.
            None if self.faults.is_empty() => {
                found = self.values_of(name).await?;
                if found.len() > MAX_CATEGORIES {
                    let words = "the column has more than 100 values: say which ones in `categories`";
                    self.fault(&at.key("column"), FaultKind::Value(words));
                    self.undetermined_prefixes.push(prefix);
                    return Ok(());
                }
                &found
            }
            None => {
                self.undetermined_prefixes.push(prefix);
                return Ok(());
            }
        };
        let mut values = Vec::new();
        for (index, category) in categories.iter().enumerate() {
            let at = if is_said { at.key("categories").index(index) } else { at.key("column") };
            let new = format!("{prefix}{category}");
            if categories.iter().take(index).any(|earlier| earlier == category) {
                self.fault(&at, FaultKind::Duplicate { name: category.clone() });
            } else if self.is_free(&new, &at) {
                let is_it = cast(column(name), DataType::Utf8).eq(lit(category.clone()));
                let value = when(is_it, lit(1_i64)).otherwise(lit(0_i64))?;
                values.push((new, value));
            }
        }
        self.pin_order(|column| column == name)?;
        let kept: Vec<String> = self.frame.schema().fields().iter().map(|field| field.name().clone()).collect();
        let kept = kept.iter().filter(|column| *column != name).map(|name| column(name));
        let columns: Vec<_> = kept.chain(values.into_iter().map(|(name, value)| value.alias(name))).collect();
        self.frame = self.frame.clone().select(columns)?;
        Ok(())
    }

    /// The values that a column has, as text, in order; at most one more than can be used.
    async fn values_of(&self, name: &str) -> Result<Vec<String>> {
        let frame = self.frame.clone().select(vec![column(name)])?.filter(column(name).is_not_null())?;
        let frame = frame.distinct()?.sort(vec![column(name).sort(true, false)])?.limit(0, Some(MAX_CATEGORIES + 1))?;
        let mut values = Vec::new();
        for batch in frame.collect().await? {
            let texts = cast_array(batch.column(0), &DataType::Utf8)?;
            values.extend(as_string_array(&texts)?.iter().flatten().map(ToOwned::to_owned));
        }
        Ok(values)
    }

    pub(super) fn bin(
        &mut self,
        name: &str,
        bins: Option<u64>,
        method: BinMethod,
        edges: Option<&[f64]>,
        alias: Option<&str>,
        at: &Location,
    ) -> Result<()> {
        let new = alias.map_or_else(|| format!("{name}_bin"), ToOwned::to_owned);
        let is_known = self.knows(name, &at.key("column"));
        let is_suited =
            is_known && self.suits(name, "bin", "it needs numbers", ColumnType::is_numeric, &at.key("column"));
        let is_free = self.is_free(&new, &at.key("alias"));
        let mut totals = Vec::new();
        let ends: Vec<Expr> = match (bins, edges) {
            (None, Some(edges)) => {
                let rises = edges.windows(2).all(|pair| matches!(pair, [low, high] if low < high));
                if !rises {
                    self.fault(&at.key("edges"), FaultKind::Value("the edges must rise"));
                }
                edges.iter().map(|edge| lit(*edge)).collect()
            }
            (Some(bins), None) => match method {
                BinMethod::Width => {
                    let (least, greatest) = (self.hidden(), self.hidden());
                    totals.push((least.clone(), min(float(name))));
                    totals.push((greatest.clone(), max(float(name))));
                    let width = || column(&greatest) - column(&least);
                    let inner = |index: u64| column(&least) + width() * lit(index as f64) / lit(bins as f64);
                    let ends = (1..bins).map(inner);
                    std::iter::once(column(&least)).chain(ends).chain([column(&greatest)]).collect()
                }
                BinMethod::Quantile => (0..=bins)
                    .map(|index| {
                        let end = self.hidden();
                        totals.push((end.clone(), quantile(float(name), index as f64 / bins as f64)));
                        column(&end)
                    })
                    .collect(),
            },
            _ => {
                self.fault(at, FaultKind::Value("say how many `bins`, or their `edges`"));
                Vec::new()
            }
        };
        let [first, rest @ ..] = ends.as_slice() else { return Ok(()) };
        if !is_suited || !is_free {
            self.undetermined.insert(new);
            return Ok(());
        }
        let beyond = float(name).lt(first.clone()).or(column(name).is_null());
        let mut number = when(beyond, lit(datafusion::common::ScalarValue::Int64(None)));
        for (end, index) in rest.iter().zip(0_i64..) {
            number = number.when(float(name).lt_eq(end.clone()), lit(index));
        }
        let number = number.end()?;
        if !totals.is_empty() {
            self.with_totals(totals)?;
        }
        self.replace(BTreeMap::from([(new, number)]))?;
        self.tidy()
    }

    pub(super) fn split(&mut self, key: &[String], test: f64, seed: u32, name: &str, at: &Location) -> Result<()> {
        let known = self.known(key, &at.key("key"));
        if !self.is_free(name, &at.key("column")) {
            self.undetermined.insert(name.into());
            return Ok(());
        }
        let is_test = chance(seed, known.iter().map(|name| column(name))).lt(lit(test));
        let side = case(is_test).when(lit(true), lit("test")).otherwise(lit("train"))?;
        self.replace(BTreeMap::from([(name.to_owned(), side)]))
    }
}

fn float(name: &str) -> Expr {
    cast(column(name), DataType::Float64)
}

/// A ratio that is 0 where the divisor is: a column of one value only.
fn ratio(dividend: Expr, divisor: Expr) -> Result<Expr> {
    let constant = divisor.clone().eq(lit(0.0)).and(dividend.clone().is_not_null());
    Ok(when(constant, lit(0.0)).otherwise(dividend / divisor)?)
}
