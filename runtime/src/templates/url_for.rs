//! [`UrlFor`]: `url_for('read_item', item_id=1)` in a template.

use std::{fmt, sync::Arc};

use minijinja::{
    Error, ErrorKind, State, Value,
    value::{Enumerator, Kwargs, Object, ObjectRepr, from_args},
};

use crate::app::{AppUrl, Urls};

/// The function.
#[derive(Debug)]
pub(super) struct UrlFor(pub(super) Urls);

impl Object for UrlFor {
    fn call(self: &Arc<Self>, _: &mut State<'_, '_>, args: &[Value]) -> Result<Value, Error> {
        let (name, parameters): (&str, Kwargs) = from_args(args)?;
        let url = self.0.named(name, pairs(&parameters)?);
        let url = url.map_err(|error| Error::new(ErrorKind::InvalidOperation, error.to_string()))?;
        Ok(Value::from_object(Link(url)))
    }
}

/// What it gives: shown as the absolute URL; `.path` has the path alone, `.query(page=2)` adds a query.
#[derive(Debug)]
pub(super) struct Link(pub(super) AppUrl);

impl Object for Link {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        (key.as_str() == Some("path")).then(|| Value::from(self.0.path()))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::NonEnumerable
    }

    fn call_method(self: &Arc<Self>, _: &mut State<'_, '_>, method: &str, args: &[Value]) -> Result<Value, Error> {
        if method != "query" {
            return Err(Error::new(ErrorKind::UnknownMethod, format!("a URL has no method `{method}`")));
        }
        let (parameters,): (Kwargs,) = from_args(args)?;
        Ok(Value::from_object(Self(self.0.clone().query(pairs(&parameters)?))))
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str())
    }
}

fn pairs(parameters: &Kwargs) -> Result<Vec<(String, String)>, Error> {
    let value = |name: &str| Ok((name.to_owned(), parameters.get::<Value>(name)?.to_string()));
    parameters.args().map(value).collect()
}
