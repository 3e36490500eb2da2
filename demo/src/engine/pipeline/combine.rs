//! Steps that bring in another dataset.

use std::collections::BTreeMap;
use std::sync::Arc;

use datafusion::arrow::datatypes::DataType;
use datafusion::catalog::TableProvider;
use datafusion::common::Column as ColumnRef;
use datafusion::dataframe::DataFrame;
use datafusion::functions::expr_fn::coalesce;
use datafusion::functions_window::expr_fn::row_number;
use datafusion::logical_expr::{Expr, ExprFunctionExt, JoinType, LogicalPlanBuilder, cast, lit};

use super::{Pipeline, canonical, column, is_hidden, scan};
use crate::engine::error::Result;
use crate::engine::fault::{FaultKind, Location};
use crate::engine::schema::{ColumnType, Unknown};
use crate::engine::steps::{JoinKey, JoinKind};

impl Pipeline {
    pub(super) fn join(
        &mut self,
        table: Option<Arc<dyn TableProvider>>,
        on: &[JoinKey],
        how: JoinKind,
        suffix: &str,
        at: &Location,
    ) -> Result<()> {
        let Some(table) = table else {
            for (index, key) in on.iter().enumerate() {
                let at = at.key("on").index(index);
                self.knows(key.columns().0, &at);
            }
            // Whatever it would have brought in.
            self.undetermined_prefixes.push(String::new());
            return Ok(());
        };
        let places = self.ordered;
        let (other, place) = scan(&self.state, table, places, &mut self.hidden)?;
        let types = types(&other);
        let mut keys = Vec::new();
        for (index, key) in on.iter().enumerate() {
            let at = at.key("on").index(index);
            if self.can_join(key, &types, &at) {
                keys.push(key.columns());
            }
        }
        let (names, clashes) = self.names(&types, &keys, how, suffix);
        for name in clashes {
            self.fault(&at.key("suffix"), FaultKind::Duplicate { name });
        }
        let other_keys: Vec<_> = keys.iter().map(|(_, right)| (*right, self.hidden())).collect();
        let columns = names.iter().map(|(old, new)| column(old).alias(new));
        let columns = columns.chain(other_keys.iter().map(|(old, new)| column(old).alias(new)));
        let other = other.select(columns.chain(place.iter().map(|place| column(place))))?;
        let kind = match how {
            JoinKind::Inner => JoinType::Inner,
            JoinKind::Left => JoinType::Left,
            JoinKind::Right => JoinType::Right,
            JoinKind::Full => JoinType::Full,
            JoinKind::Semi => JoinType::LeftSemi,
            JoinKind::Anti => JoinType::LeftAnti,
        };
        if keys.is_empty() {
            // All were faulty.
            self.undetermined.extend(names.into_values());
            return Ok(());
        }
        let left = keys.iter().map(|(left, _)| ColumnRef::new_unqualified(*left)).collect();
        let right = other_keys.iter().map(|(_, key)| ColumnRef::new_unqualified(key)).collect();
        let plan = LogicalPlanBuilder::from(self.frame.clone().into_unoptimized_plan())
            .join(other.into_unoptimized_plan(), kind, (left, right), None)?
            .build()?;
        self.frame = DataFrame::new(self.state.clone(), plan);
        if let Some(place) = place.filter(|_| !matches!(how, JoinKind::Semi | JoinKind::Anti)) {
            let place = column(&place).sort(true, false);
            let first = if how == JoinKind::Right { 0 } else { self.order.len() };
            self.order.insert(first, place);
        }
        self.shuffled = true;
        if matches!(how, JoinKind::Right | JoinKind::Full) {
            // Rows of the other dataset that match none have their key nevertheless.
            let merged = keys
                .iter()
                .zip(&other_keys)
                .map(|((left, _), (_, right))| ((*left).to_owned(), coalesce(vec![column(left), column(right)])));
            self.replace(merged.collect())?;
        }
        self.tidy()
    }

    fn can_join(&mut self, key: &JoinKey, types: &BTreeMap<String, DataType>, at: &Location) -> bool {
        let (left, right) = key.columns();
        let (at_left, at_right) = match key {
            JoinKey::Both(_) => (at.clone(), at.clone()),
            JoinKey::Each(_) => (at.key("left"), at.key("right")),
        };
        let is_known = self.knows(left, &at_left);
        let Some(found) = types.get(right) else {
            let unknown = Unknown::new(right, types.keys().filter(|name| !is_hidden(name)).cloned().collect());
            self.fault(&at_right, unknown.into());
            return false;
        };
        let Some(wanted) = self.data_type(left).filter(|_| is_known) else { return false };
        if canonical(&wanted) == canonical(found) {
            return true;
        }
        let (function, expected) = ("join", "the other column has another type; cast one of them first");
        let kind =
            FaultKind::Unsuited { function, column: left.into(), found: ColumnType::from(&wanted).phrase(), expected };
        self.fault(&at_left, kind);
        false
    }

    /// What the other dataset's columns are called from now on, and which of these names are taken.
    fn names(
        &self,
        types: &BTreeMap<String, DataType>,
        keys: &[(&str, &str)],
        how: JoinKind,
        suffix: &str,
    ) -> (BTreeMap<String, String>, Vec<String>) {
        if matches!(how, JoinKind::Semi | JoinKind::Anti) {
            return Default::default();
        }
        let mut clashes = Vec::new();
        let mut names = BTreeMap::new();
        let is_key = |name: &String| keys.iter().any(|(_, right)| right == name);
        for name in types.keys().filter(|name| !is_hidden(name) && !is_key(name)) {
            let new = if self.has(name) { format!("{name}{suffix}") } else { name.clone() };
            if self.has(&new) || (new != *name && types.contains_key(&new)) {
                clashes.push(new);
            } else {
                names.insert(name.clone(), new);
            }
        }
        (names, clashes)
    }

    pub(super) fn union(&mut self, table: Option<Arc<dyn TableProvider>>, at: &Location) -> Result<()> {
        let Some(table) = table else { return Ok(()) };
        let (other, place) = scan(&self.state, table, self.ordered, &mut self.hidden)?;
        let types = types(&other);
        let ours: Vec<_> = self.visible_fields().collect();
        let mut is_faulty = false;
        for (name, found) in &ours {
            match types.get(name) {
                Some(other) if canonical(other) == canonical(found) => {}
                Some(_) => {
                    let (function, expected) = ("union", "the other column of that name has another type");
                    let found = ColumnType::from(found).phrase();
                    self.fault(
                        &at.key("dataset"),
                        FaultKind::Unsuited { function, column: name.clone(), found, expected },
                    );
                    is_faulty = true;
                }
                None => {
                    let kind = FaultKind::Lacking { column: name.clone() };
                    self.fault(&at.key("dataset"), kind);
                    is_faulty = true;
                }
            }
        }
        let is_surplus = |name: &&String| !is_hidden(name) && !self.has(name) && !self.is_undetermined(name);
        let surplus: Vec<_> = types.keys().filter(is_surplus).cloned().collect();
        for column in surplus {
            self.fault(&at.key("dataset"), FaultKind::Surplus { column });
            is_faulty = true;
        }
        if is_faulty {
            return Ok(());
        }
        let (side, number) = (self.hidden(), self.hidden());
        let columns = |side_value: i64, place: Option<Expr>| {
            let visible = ours.iter().map(|(name, found)| match canonical(found) {
                Some(target) => cast(column(name), target).alias(name),
                None => column(name),
            });
            let order = place.map(|place| [lit(side_value).alias(&side), place.alias(&number)]);
            visible.chain(order.into_iter().flatten()).collect::<Vec<_>>()
        };
        let ours_place = match &place {
            Some(_) => {
                let name = self.hidden();
                let number = row_number().order_by(self.order.clone()).build()?;
                self.frame = self.frame.clone().with_column(&name, number)?;
                Some(column(&name))
            }
            None => None,
        };
        let first = self.frame.clone().select(columns(0, ours_place))?;
        let second = other.select(columns(1, place.as_deref().map(column)))?;
        self.frame = first.union(second)?;
        if place.is_some() {
            self.order = vec![column(&side).sort(true, false), column(&number).sort(true, false)];
        } else {
            self.order.clear();
        }
        self.shuffled = true;
        Ok(())
    }
}

fn types(frame: &DataFrame) -> BTreeMap<String, DataType> {
    frame.schema().fields().iter().map(|field| (field.name().clone(), field.data_type().clone())).collect()
}
