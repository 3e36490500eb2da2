//! Queries in SQL, over all datasets. They read, and nothing else.

use std::ops::ControlFlow;
use std::sync::Arc;

use datafusion::catalog::MemoryCatalogProviderList;
use datafusion::common::TableReference;
use datafusion::dataframe::DataFrame;
use datafusion::execution::context::{SQLOptions, SessionContext};
use datafusion::execution::session_state::{SessionState, SessionStateBuilder};
use datafusion::logical_expr::Volatility;
use datafusion::sql::parser::Statement;
use datafusion::sql::sqlparser::ast::{self, Visit, Visitor};
use datafusion::sql::sqlparser::dialect::GenericDialect;
use datafusion::sql::sqlparser::keywords::Keyword;
use datafusion::sql::sqlparser::tokenizer::{Token, Tokenizer};

use super::context::Context;
use super::error::{Error, Result};
use super::expression::{planning, syntax};
use super::fault::{Fault, FaultKind, Location};
use super::pipeline::Plan;
use super::schema::closest;
use super::store::Store;

/// The most bytes that a query may have.
const MAX_BYTES: usize = 64 << 10;

/// The most words and signs that a query may have.
const MAX_TOKENS: usize = 10_000;

/// The most expressions and queries that may stand one within the other.
const MAX_DEPTH: usize = 128;

/// Checks a query. Nothing of it runs yet.
pub(super) async fn plan(sql: &str, store: &Store, context: &Arc<Context>) -> Result<Plan> {
    let refuse = |message: String| {
        let kind = FaultKind::Expression { text: excerpt(sql), message };
        Error::Invalid(vec![Fault { at: Location::of("sql"), kind }])
    };
    if sql.len() > MAX_BYTES {
        return Err(refuse(format!("the query has more than {MAX_BYTES} bytes")));
    }
    let base = context.parallel();
    let dialect = base.config_options().sql_parser.dialect;
    // The parser, and whoever drops what it made, recurse as deep as set operations are many.
    let tokens = Tokenizer::new(&GenericDialect, sql).tokenize().map_err(|error| refuse(error.to_string()))?;
    let combines = |token: &&Token| match token {
        Token::Word(word) => {
            matches!(word.keyword, Keyword::UNION | Keyword::EXCEPT | Keyword::INTERSECT | Keyword::MINUS)
        }
        _ => false,
    };
    if tokens.len() > MAX_TOKENS || tokens.iter().filter(combines).count() > MAX_DEPTH {
        return Err(refuse("the query is too long".into()));
    }
    let statement = base.sql_to_statement(sql, &dialect).map_err(|error| refuse(syntax(&error)))?;
    let Statement::Statement(inner) = &statement else {
        return Err(refuse("only queries are allowed: begin with SELECT or WITH".into()));
    };
    let ast::Statement::Query(query) = inner.as_ref() else {
        return Err(refuse("only queries are allowed: begin with SELECT or WITH".into()));
    };
    let mut check = Check { state: base, depth: 0, fault: None };
    let _ = query.visit(&mut check);
    if let Some(message) = check.fault {
        return Err(refuse(message));
    }

    // A catalog of its own: no query sees what another one names.
    let state = SessionStateBuilder::new_from_existing(base.clone())
        .with_catalog_list(Arc::new(MemoryCatalogProviderList::new()))
        .build();
    let state = with_tables(state, &statement, store, context, &refuse).await?;
    let plan = state.statement_to_plan(statement).await.map_err(|error| refuse(planning(&error)))?;
    let reading = SQLOptions::new().with_allow_ddl(false).with_allow_dml(false).with_allow_statements(false);
    reading.verify_plan(&plan).map_err(|error| refuse(planning(&error)))?;
    Ok(Plan { frame: DataFrame::new(state, plan), is_small: false })
}

/// The state, with the datasets that the query names: `flights`, or `"flights@2"` for a version.
async fn with_tables(
    state: SessionState,
    statement: &Statement,
    store: &Store,
    context: &Arc<Context>,
    refuse: &impl Fn(String) -> Error,
) -> Result<SessionState> {
    let references = state.resolve_table_references(statement).map_err(|error| refuse(planning(&error)))?;
    let config = state.config().clone().with_create_default_catalog_and_schema(true);
    let state = SessionStateBuilder::new_from_existing(state).with_config(config).build();
    let session = SessionContext::new_with_state(state);
    for reference in references {
        let TableReference::Bare { table } = &reference else {
            return Err(refuse(format!("there is no dataset `{}`", reference.to_string().escape_debug())));
        };
        let (name, version) = match table.split_once('@') {
            Some((name, version)) => (name, version.parse().ok()),
            None => (table.as_ref(), None),
        };
        if table.contains('@') && version.is_none() {
            return Err(refuse(format!("`{}` names no version: write \"flights@2\"", table.escape_debug())));
        }
        match store.catalog().version(name, version).await {
            Ok(version) => {
                let provider = context.open(&version).await?.provider;
                session.register_table(TableReference::bare(Arc::clone(table)), provider)?;
            }
            Err(error @ Error::NotFound { .. }) => {
                let names = store.catalog().list().await?;
                let hint = closest(name, names.iter().map(|dataset| dataset.name.as_str()));
                let hint = hint.map(|name| format!("; did you mean `{name}`?")).unwrap_or_default();
                return Err(refuse(format!("{error}{hint}")));
            }
            Err(error @ Error::NoVersion { .. }) => return Err(refuse(error.to_string())),
            Err(error) => return Err(error),
        }
    }
    Ok(session.state())
}

/// Looks for what a query may not have.
struct Check<'a> {
    state: &'a SessionState,
    depth: usize,
    fault: Option<String>,
}

impl Check<'_> {
    fn refuse(&mut self, message: impl Into<String>) -> ControlFlow<()> {
        self.fault = Some(message.into());
        ControlFlow::Break(())
    }

    fn enter(&mut self) -> ControlFlow<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH { self.refuse("the query is nested too deeply") } else { ControlFlow::Continue(()) }
    }

    fn leave(&mut self) -> ControlFlow<()> {
        self.depth -= 1;
        ControlFlow::Continue(())
    }

    fn function(&mut self, function: &ast::Function) -> ControlFlow<()> {
        let name = function.name.to_string().to_lowercase();
        if let Some(known) = self.state.scalar_functions().get(&name)
            && known.signature().volatility == Volatility::Volatile
        {
            return self.refuse(format!("`{name}` may not be used: its result differs each time"));
        }
        ControlFlow::Continue(())
    }
}

impl Visitor for Check<'_> {
    type Break = ();

    fn pre_visit_query(&mut self, query: &ast::Query) -> ControlFlow<()> {
        if !query.locks.is_empty() {
            return self.refuse("a query here locks nothing");
        }
        if let ast::SetExpr::Insert(_) | ast::SetExpr::Update(_) | ast::SetExpr::Delete(_) | ast::SetExpr::Merge(_) =
            query.body.as_ref()
        {
            return self.refuse("only queries are allowed: begin with SELECT or WITH");
        }
        self.enter()
    }

    fn post_visit_query(&mut self, _: &ast::Query) -> ControlFlow<()> {
        self.leave()
    }

    fn pre_visit_select(&mut self, select: &ast::Select) -> ControlFlow<()> {
        if select.into.is_some() {
            return self.refuse("`SELECT INTO` writes: only queries that read are allowed");
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_table_factor(&mut self, factor: &ast::TableFactor) -> ControlFlow<()> {
        match factor {
            ast::TableFactor::Table { args: None, .. }
            | ast::TableFactor::Derived { .. }
            | ast::TableFactor::NestedJoin { .. } => self.enter(),
            _ => self.refuse("a query reads from datasets and queries, and from nothing else"),
        }
    }

    fn post_visit_table_factor(&mut self, _: &ast::TableFactor) -> ControlFlow<()> {
        self.leave()
    }

    fn pre_visit_value(&mut self, value: &ast::ValueWithSpan) -> ControlFlow<()> {
        match &value.value {
            ast::Value::Placeholder(name) => self.refuse(format!("there is no value for `{name}`")),
            _ => ControlFlow::Continue(()),
        }
    }

    fn pre_visit_expr(&mut self, expr: &ast::Expr) -> ControlFlow<()> {
        if let ast::Expr::Function(function) = expr {
            self.function(function)?;
        }
        self.enter()
    }

    fn post_visit_expr(&mut self, _: &ast::Expr) -> ControlFlow<()> {
        self.leave()
    }
}

fn excerpt(sql: &str) -> String {
    sql.chars().take(200).collect()
}
