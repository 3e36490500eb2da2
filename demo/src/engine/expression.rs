//! Expressions over the columns of a row, as SQL writes them.

use std::ops::ControlFlow;

use datafusion::arrow::datatypes::DataType;
use datafusion::common::{DFSchema, DataFusionError};
use datafusion::execution::session_state::SessionState;
use datafusion::logical_expr::{Expr, Volatility};
use datafusion::sql::sqlparser::ast::{self, ExprWithAlias, FunctionArguments, Value, Visit, Visitor};

use super::fault::FaultKind;
use super::schema::{Unknown, closest};

/// The most bytes that an expression may have.
const MAX_BYTES: usize = 8 << 10;

/// The most operators, functions and brackets that may stand one within the other. `a OR b OR c` counts as two:
/// planner and executor recurse that deep, and an overflow of the stack ends the process.
const MAX_DEPTH: usize = 128;

/// Parses an expression over the columns of the schema, of which it may use the visible ones. Gives its type, too.
///
/// `undetermined` are columns that an earlier fault left without a type: an expression that uses one is not checked
/// further, and gives `Ok(None)`.
pub(super) fn parse(
    text: &str,
    state: &SessionState,
    schema: &DFSchema,
    visible: &[String],
    undetermined: &dyn Fn(&str) -> bool,
) -> Result<Option<(Expr, DataType)>, Vec<FaultKind>> {
    let refuse = |message: String| vec![FaultKind::Expression { text: text.into(), message }];
    if text.len() > MAX_BYTES {
        return Err(refuse(format!("the expression has more than {MAX_BYTES} bytes")));
    }
    let dialect = state.config_options().sql_parser.dialect;
    let parsed = state.sql_to_expr_with_alias(text, &dialect).map_err(|error| refuse(syntax(&error)))?;
    if let Some(alias) = &parsed.alias {
        return Err(refuse(format!("expected an operator or the end, found `{alias}`")));
    }

    let mut check = Check { state, visible, undetermined, text, faults: Vec::new(), is_determined: true, depth: 0 };
    let _ = parsed.expr.visit(&mut check);
    if !check.faults.is_empty() {
        return Err(check.faults);
    }
    if !check.is_determined {
        return Ok(None);
    }

    let expr = plan(parsed, state, schema).map_err(|error| refuse(planning(&error)))?;
    let physical = state.create_physical_expr(expr.clone(), schema).map_err(|error| refuse(planning(&error)))?;
    let data_type = physical.data_type(schema.as_arrow()).map_err(|error| refuse(planning(&error)))?;
    Ok(Some((expr, data_type)))
}

fn plan(parsed: ExprWithAlias, state: &SessionState, schema: &DFSchema) -> Result<Expr, DataFusionError> {
    state.create_logical_expr_from_sql_expr(parsed, schema)
}

pub(super) fn syntax(error: &DataFusionError) -> String {
    match error.find_root() {
        DataFusionError::SQL(error, _) => {
            use datafusion::sql::sqlparser::parser::ParserError;
            match error.as_ref() {
                ParserError::TokenizerError(message) | ParserError::ParserError(message) => message.clone(),
                ParserError::RecursionLimitExceeded => "the expression is nested too deeply".into(),
            }
        }
        other => planning(other),
    }
}

pub(super) fn planning(error: &DataFusionError) -> String {
    // What follows the first line asks to report a bug, and shows a backtrace.
    let message = error.find_root().message();
    message.lines().next().unwrap_or("the expression does not fit the columns").into()
}

/// Looks through a parsed expression for what it may not use, and for names that there are not.
struct Check<'a> {
    state: &'a SessionState,
    visible: &'a [String],
    undetermined: &'a dyn Fn(&str) -> bool,
    text: &'a str,
    faults: Vec<FaultKind>,
    is_determined: bool,
    depth: usize,
}

impl Check<'_> {
    fn refuse(&mut self, message: String) -> ControlFlow<()> {
        self.faults.push(FaultKind::Expression { text: self.text.into(), message });
        ControlFlow::Continue(())
    }

    fn column(&mut self, name: &str, quoted: bool) -> ControlFlow<()> {
        let is_visible = self.visible.iter().any(|column| column == name);
        if !is_visible && (self.undetermined)(name) {
            self.is_determined = false;
        } else if !is_visible {
            let unknown = Unknown { quoted, ..Unknown::new(name, self.visible.to_vec()) };
            let fault = FaultKind::UnknownColumn(unknown);
            if !self.faults.contains(&fault) {
                self.faults.push(fault);
            }
        }
        ControlFlow::Continue(())
    }

    fn function(&mut self, function: &ast::Function) -> ControlFlow<()> {
        let name = function.name.to_string().to_lowercase();
        if let FunctionArguments::List(list) = &function.args
            && list.args.iter().any(is_wildcard)
            && self.state.scalar_functions().contains_key(&name)
        {
            return self.refuse(format!("`{name}` takes values, not `*`"));
        }
        let special = function.over.is_some()
            || function.filter.is_some()
            || function.null_treatment.is_some()
            || !function.within_group.is_empty()
            || !matches!(function.parameters, FunctionArguments::None);
        if self.state.aggregate_functions().contains_key(&name) || self.state.window_functions().contains_key(&name) {
            return self.refuse(format!("`{name}` works on many rows, but an expression sees one row at a time"));
        }
        let functions = self.state.scalar_functions();
        match functions.get(&name) {
            Some(known) if known.signature().volatility == Volatility::Volatile => {
                self.refuse(format!("`{name}` may not be used: its result differs each time"))
            }
            Some(_) if special => self.refuse(format!("`{name}` takes arguments in parentheses and nothing more")),
            Some(_) => ControlFlow::Continue(()),
            None => {
                let hint = match closest(&name, functions.keys().map(String::as_str)) {
                    Some(other) => format!("; did you mean `{other}`?"),
                    None => String::new(),
                };
                self.refuse(format!("there is no function `{}`{hint}", name.escape_debug()))
            }
        }
    }
}

fn is_wildcard(argument: &ast::FunctionArg) -> bool {
    use ast::{FunctionArg as Argument, FunctionArgExpr as Value};
    let (Argument::Unnamed(value) | Argument::Named { arg: value, .. } | Argument::ExprNamed { arg: value, .. }) =
        argument;
    !matches!(value, Value::Expr(_))
}

impl Visitor for Check<'_> {
    type Break = ();

    fn pre_visit_query(&mut self, _: &ast::Query) -> ControlFlow<()> {
        let _ = self.refuse("an expression cannot have a query in it".into());
        ControlFlow::Break(())
    }

    fn pre_visit_value(&mut self, value: &ast::ValueWithSpan) -> ControlFlow<()> {
        match &value.value {
            Value::Placeholder(name) => self.refuse(format!("there is no value for `{name}`")),
            _ => ControlFlow::Continue(()),
        }
    }

    /// Whatever is not listed is refused: the language has more than an expression needs, and grows.
    fn pre_visit_expr(&mut self, expr: &ast::Expr) -> ControlFlow<()> {
        use ast::Expr as E;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            let message = "the expression is nested too deeply; many comparisons of a column fit in `IN (...)`";
            let _ = self.refuse(message.into());
            return ControlFlow::Break(());
        }
        match expr {
            E::Identifier(name) => self.column(&name.value, name.quote_style.is_some()),
            E::CompoundIdentifier(names) => {
                let names: Vec<_> = names.iter().map(|name| name.value.as_str()).collect();
                let name = names.join(".");
                if self.visible.contains(&name) {
                    return self.refuse(format!("write \"{name}\" in double quotes: its name has a dot in it"));
                }
                self.column(&name, false)
            }
            E::Function(function) => self.function(function),
            E::InSubquery { .. } | E::Exists { .. } | E::Subquery(_) => ControlFlow::Continue(()),
            E::IsFalse(_)
            | E::IsNotFalse(_)
            | E::IsTrue(_)
            | E::IsNotTrue(_)
            | E::IsNull(_)
            | E::IsNotNull(_)
            | E::IsUnknown(_)
            | E::IsNotUnknown(_)
            | E::IsDistinctFrom(..)
            | E::IsNotDistinctFrom(..)
            | E::InList { .. }
            | E::Between { .. }
            | E::BinaryOp { .. }
            | E::Like { .. }
            | E::ILike { .. }
            | E::SimilarTo { .. }
            | E::UnaryOp { .. }
            | E::Cast { .. }
            | E::AtTimeZone { .. }
            | E::Extract { .. }
            | E::Ceil { .. }
            | E::Floor { .. }
            | E::Position { .. }
            | E::Substring { .. }
            | E::Trim { .. }
            | E::Overlay { .. }
            | E::Nested(_)
            | E::Value(_)
            | E::TypedString(_)
            | E::Case { .. }
            | E::Interval(_) => ControlFlow::Continue(()),
            _ => {
                let _ = self.refuse(format!("`{expr}` cannot stand in an expression"));
                ControlFlow::Break(())
            }
        }
    }

    fn post_visit_expr(&mut self, _: &ast::Expr) -> ControlFlow<()> {
        self.depth -= 1;
        ControlFlow::Continue(())
    }
}
