//! [`Pipeline`]: a query in the making, checked against the columns as they are at each step.

mod aggregate;
mod columns;
mod combine;
mod learning;
mod order;
mod quantile;
mod rows;
mod seeded;
mod window;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use datafusion::arrow::datatypes::{DataType, TimeUnit};
use datafusion::catalog::TableProvider;
use datafusion::common::{Column as ColumnRef, DFSchema};
use datafusion::dataframe::DataFrame;
use datafusion::datasource::provider_as_source;
use datafusion::execution::session_state::SessionState;
use datafusion::logical_expr::{Expr, LogicalPlanBuilder, SortExpr, cast};

use self::order::Outline;
use super::error::{Error, Result};
use super::expression;
use super::fault::{Fault, FaultKind, Location};
use super::schema::{ColumnType, Unknown};
use super::steps::Step;

/// The most steps that a transform may have.
const MAX_STEPS: usize = 100;

/// The tables that a pipeline may read, by dataset and the version that is asked for.
pub(super) type Inputs = HashMap<(String, Option<u64>), Arc<dyn TableProvider>>;

/// A query in the making.
///
/// Faults are collected. What a faulty step leaves is guessed, so that later steps are checked as well but are not
/// blamed for it; [`finish`](Self::finish) gives the query only if there was none.
pub(super) struct Pipeline {
    state: SessionState,
    frame: DataFrame,
    /// What order the rows are to have; without keys if none.
    order: Vec<SortExpr>,
    /// Whether the rows may have lost it.
    shuffled: bool,
    /// Whether tables are given the places of their rows.
    ordered: bool,
    /// Columns that should be there, were it not for a fault.
    undetermined: BTreeSet<String>,
    /// What the names of such columns begin with, if a step makes columns of what the data hold.
    undetermined_prefixes: Vec<String>,
    faults: Vec<Fault>,
    aggregated: bool,
    /// How many hidden names were given.
    hidden: usize,
}

/// A query that was checked.
pub(super) struct Plan {
    pub(super) frame: DataFrame,
    /// Whether its rows are few, whatever the table.
    pub(super) is_small: bool,
}

/// How plans are made: see [`Outline`].
pub(super) struct States<'a> {
    pub(super) in_order: &'a SessionState,
    pub(super) parallel: &'a SessionState,
}

impl Pipeline {
    /// Starts with all rows of a table. If `ordered`, they keep their order, or where a step says so, get another.
    pub(super) fn new(state: &SessionState, table: Arc<dyn TableProvider>, ordered: bool) -> Result<Self> {
        let mut hidden = 0;
        let (frame, place) = scan(state, table, ordered, &mut hidden)?;
        Ok(Self {
            state: state.clone(),
            frame,
            order: place.map(|place| column(&place).sort(true, false)).into_iter().collect(),
            shuffled: false,
            ordered,
            undetermined: BTreeSet::new(),
            undetermined_prefixes: Vec::new(),
            faults: Vec::new(),
            aggregated: false,
            hidden,
        })
    }

    /// The query of a transform, or all that is wrong with its steps.
    pub(super) async fn of(
        steps: &[Step],
        table: Arc<dyn TableProvider>,
        inputs: &Inputs,
        states: &States<'_>,
    ) -> Result<Plan> {
        let at = Location::of("steps");
        if steps.len() > MAX_STEPS {
            return Err(Error::Invalid(vec![Fault { at, kind: FaultKind::Value("at most 100 steps") }]));
        }
        let outline = Outline::of(steps);
        let state = if outline.parallel { states.parallel } else { states.in_order };
        let mut pipeline = Self::new(state, table, outline.places)?;
        for (index, step) in steps.iter().enumerate() {
            pipeline.step(step, &at.index(index), inputs).await?;
        }
        pipeline.finish()
    }

    async fn step(&mut self, step: &Step, at: &Location, inputs: &Inputs) -> Result<()> {
        match step {
            Step::Filter { r#where } => self.filter(r#where, &at.key("where")),
            Step::Select { columns } => self.select(columns, &at.key("columns")),
            Step::Rename { columns } => self.rename(columns, &at.key("columns")),
            Step::Cast { columns, invalid } => self.cast(columns, *invalid, &at.key("columns")),
            Step::Derive { column, expression } => self.derive(column, expression, at),
            Step::FillNull { columns, value, method } => self.fill_null(columns, value.as_ref(), *method, at),
            Step::DropNull { columns } => self.drop_null(columns, &at.key("columns")),
            Step::Distinct { columns } => self.distinct(columns, &at.key("columns")),
            Step::Join { dataset, version, on, how, suffix } => {
                let table = self.input(dataset, *version, inputs, at);
                self.join(table, on, *how, suffix, at)
            }
            Step::Union { dataset, version } => {
                let table = self.input(dataset, *version, inputs, at);
                self.union(table, at)
            }
            Step::Aggregate { group_by, aggregates } => self.aggregate(group_by, aggregates, at),
            Step::Window { .. } => self.window(step, at),
            Step::Sort { by } => {
                let at = at.key("by");
                let keys = by.iter().enumerate();
                self.sort(keys.map(|(index, key)| (key, at.index(index).key("column"))), &at)
            }
            Step::Limit { count, offset } => self.limit(*count, *offset),
            Step::Sample { rows, fraction, seed } => self.sample(*rows, *fraction, *seed, at),
            Step::Standardize { columns } => self.standardize(columns, &at.key("columns")),
            Step::Normalize { columns, low, high } => self.normalize(columns, *low, *high, at),
            Step::OneHot { column, categories, prefix } => {
                self.one_hot(column, categories.as_deref(), prefix.as_deref(), at).await
            }
            Step::Bin { column, bins, method, edges, alias } => {
                self.bin(column, *bins, *method, edges.as_deref(), alias.as_deref(), at)
            }
            Step::Split { key, test, seed, column } => self.split(key, *test, *seed, column, at),
        }
    }

    /// The query, or all that is wrong with the request.
    pub(super) fn finish(mut self) -> Result<Plan> {
        if !self.faults.is_empty() {
            return Err(Error::Invalid(self.faults));
        }
        self.settle()?;
        let fields: Vec<_> = self.visible_fields().collect();
        let columns = fields.into_iter().map(|(name, found)| match canonical(&found) {
            Some(target) if target != found => cast(column(&name), target).alias(name),
            _ => column(&name),
        });
        Ok(Plan { frame: self.frame.select(columns)?, is_small: self.aggregated })
    }

    fn input(
        &mut self,
        dataset: &str,
        version: Option<u64>,
        inputs: &Inputs,
        at: &Location,
    ) -> Option<Arc<dyn TableProvider>> {
        let table = inputs.get(&(dataset.to_owned(), version)).cloned();
        if table.is_none() {
            let kind = FaultKind::UnknownDataset { dataset: dataset.into(), version };
            self.fault(&at.key(if version.is_some() { "version" } else { "dataset" }), kind);
        }
        table
    }

    /// Parses an expression over the columns as they are. `None`: it is faulty, or cannot be checked.
    fn expression(&mut self, text: &str, at: &Location) -> Option<(Expr, DataType)> {
        let schema = DFSchema::clone(self.frame.schema());
        let columns = self.columns();
        let undetermined = |name: &str| self.is_undetermined(name);
        match expression::parse(text, &self.state, &schema, &columns, &undetermined) {
            Ok(expression) => expression,
            Err(faults) => {
                self.faults.extend(faults.into_iter().map(|kind| Fault { at: at.clone(), kind }));
                None
            }
        }
    }

    /// Those of the columns that there are, with a fault for each of the others and each that comes again.
    fn known(&mut self, columns: &[String], at: &Location) -> Vec<String> {
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

    /// As [`known`](Self::known), and all of them numbers.
    fn numeric(&mut self, columns: &[String], function: &'static str, at: &Location) -> Vec<String> {
        let known = self.known(columns, at);
        let is_numeric = |pipeline: &mut Self, name: &String| {
            let index = columns.iter().position(|column| column == name).unwrap_or_default();
            pipeline.suits(name, function, "it needs numbers", ColumnType::is_numeric, &at.index(index))
        };
        known.into_iter().filter(|name| is_numeric(self, name)).collect()
    }

    /// Whether a column that there is has a type that suits. If not, it is a fault.
    fn suits(
        &mut self,
        name: &str,
        function: &'static str,
        expected: &'static str,
        suits: impl Fn(ColumnType) -> bool,
        at: &Location,
    ) -> bool {
        let Some(found) = self.data_type(name).map(|found| ColumnType::from(&found)) else { return false };
        if suits(found) {
            return true;
        }
        let kind = FaultKind::Unsuited { function, column: name.into(), found: found.phrase(), expected };
        self.fault(at, kind);
        false
    }

    /// Whether there is such a column. If not, it is a fault, once.
    fn knows(&mut self, name: &str, at: &Location) -> bool {
        let columns = self.columns();
        if columns.iter().any(|column| column == name) {
            return true;
        }
        if !self.is_undetermined(name) {
            self.undetermined.insert(name.into());
            self.fault(at, Unknown::new(name, columns).into());
        }
        false
    }

    fn is_undetermined(&self, name: &str) -> bool {
        self.undetermined.contains(name) || self.undetermined_prefixes.iter().any(|prefix| name.starts_with(prefix))
    }

    /// Whether a column can have this name. If not, it is a fault.
    fn can_be_named(&mut self, name: &str, at: &Location) -> bool {
        let fault = if name.trim().is_empty() {
            "the column needs a name"
        } else if name.trim() != name {
            "a name does not begin or end with a space"
        } else {
            return true;
        };
        self.fault(at, FaultKind::Value(fault));
        false
    }

    /// As [`can_be_named`](Self::can_be_named), and no column is named so already.
    fn is_free(&mut self, name: &str, at: &Location) -> bool {
        if !self.can_be_named(name, at) {
            return false;
        }
        let is_free = !self.has(name);
        if !is_free {
            self.fault(at, FaultKind::Duplicate { name: name.into() });
        }
        is_free
    }

    fn fault(&mut self, at: &Location, kind: FaultKind) {
        self.faults.push(Fault { at: at.clone(), kind });
    }

    /// The columns that a client sees.
    fn columns(&self) -> Vec<String> {
        self.visible_fields().map(|(name, _)| name).collect()
    }

    fn visible_fields(&self) -> impl Iterator<Item = (String, DataType)> {
        let fields = self.frame.schema().fields().iter().filter(|field| !is_hidden(field.name()));
        fields.map(|field| (field.name().clone(), field.data_type().clone()))
    }

    fn data_type(&self, name: &str) -> Option<DataType> {
        let field = self.frame.schema().field_with_unqualified_name(name).ok()?;
        Some(field.data_type().clone())
    }

    fn has(&self, name: &str) -> bool {
        self.frame.schema().has_column_with_unqualified_name(name)
    }

    /// A new name that no client sees or can choose.
    fn hidden(&mut self) -> String {
        hidden(&mut self.hidden)
    }

    /// Gives columns other values, or adds them at the end.
    fn replace(&mut self, mut values: BTreeMap<String, Expr>) -> Result<()> {
        self.pin_order(|name| values.contains_key(name))?;
        let names: Vec<String> = self.frame.schema().fields().iter().map(|field| field.name().clone()).collect();
        let mut columns: Vec<Expr> = names
            .iter()
            .map(|name| match values.remove(name) {
                Some(value) => value.alias(name),
                None => column(name),
            })
            .collect();
        columns.extend(values.into_iter().map(|(name, value)| value.alias(name)));
        self.frame = self.frame.clone().select(columns)?;
        Ok(())
    }

    /// Computes values of the whole table and adds them to each row, each under its (hidden) name.
    fn with_totals(&mut self, totals: Vec<(String, Expr)>) -> Result<()> {
        let totals = totals.into_iter().map(|(name, total)| total.alias(name)).collect();
        let totals = self.frame.clone().aggregate(Vec::new(), totals)?.into_unoptimized_plan();
        let plan = LogicalPlanBuilder::from(self.frame.clone().into_unoptimized_plan()).cross_join(totals)?.build()?;
        self.frame = DataFrame::new(self.state.clone(), plan);
        self.shuffled = true;
        Ok(())
    }

    /// Leaves the hidden columns behind that the order does not need.
    fn tidy(&mut self) -> Result<()> {
        let names: Vec<String> = self.frame.schema().fields().iter().map(|field| field.name().clone()).collect();
        let ordering = self.ordering();
        let kept = names.iter().filter(|name| !is_hidden(name) || ordering.contains(*name));
        self.frame = self.frame.clone().select(kept.map(|name| column(name)))?;
        Ok(())
    }
}

/// A table as a frame, with a hidden column of the places of its rows if `places`.
fn scan(
    state: &SessionState,
    table: Arc<dyn TableProvider>,
    places: bool,
    names: &mut usize,
) -> Result<(DataFrame, Option<String>)> {
    // A name of its own each: a plan may read a table twice.
    let name = hidden(names);
    let plan = LogicalPlanBuilder::scan(name, provider_as_source(table), None)?.build()?;
    let mut frame = DataFrame::new(state.clone(), plan);
    // From here on columns have no table.
    let columns: Vec<_> = frame
        .schema()
        .iter()
        .map(|(table, field)| Expr::Column(ColumnRef::new(table.cloned(), field.name())).alias(field.name()))
        .collect();
    frame = frame.select(columns)?;
    let mut place = None;
    if places {
        let name = hidden(names);
        frame = frame.with_column(&name, datafusion::functions_window::expr_fn::row_number())?;
        place = Some(name);
    }
    Ok((frame, place))
}

fn hidden(names: &mut usize) -> String {
    *names += 1;
    format!(" {names}")
}

/// Names that begin with a space are ours: no column of a dataset is named so, and no client can ask for it.
fn is_hidden(name: &str) -> bool {
    name.starts_with(' ')
}

/// A column by its exact name: the usual way would take a dot for the end of a table's name.
fn column(name: &str) -> Expr {
    Expr::Column(ColumnRef::new_unqualified(name))
}

/// The type that columns of datasets have for what `found` holds; `None` if it stays as it is.
pub(super) fn canonical(found: &DataType) -> Option<DataType> {
    let moment =
        |zone: &Option<Arc<str>>| DataType::Timestamp(TimeUnit::Microsecond, zone.as_ref().map(|_| "UTC".into()));
    Some(match found {
        DataType::Boolean => DataType::Boolean,
        found if found.is_integer() => DataType::Int64,
        found if found.is_floating() || found.is_decimal() => DataType::Float64,
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null => DataType::Utf8,
        DataType::Date32 | DataType::Date64 => DataType::Date32,
        DataType::Timestamp(_, zone) => moment(zone),
        DataType::Dictionary(_, values) => return canonical(values),
        _ => return None,
    })
}
