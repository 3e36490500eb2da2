//! What FastAPI's own tests outside of its tutorial are about, as tables: each row is a request and what FastAPI 0.165
//! answered to it. `record.py` asked; the apps in the Python files and in the Rust files here are twins.

mod aliases;
mod answers;
mod bodies;
mod dependencies;
mod forms;
mod parameters;
mod paths;
mod routing;
mod schemas;
mod texts;

use serde_json::Value;
use versify::App;

use crate::client::send;

/// Method, URI, headers, body, status, answer.
type Row = (String, String, Vec<(String, String)>, String, u16, Value);

/// Sends every request of a table, and lists what is answered otherwise than FastAPI did.
async fn replay(app: App, table: &str) {
    let service = app.build().unwrap();
    let rows: Vec<Row> = serde_json::from_str(table).unwrap();
    let mut differences = Vec::new();
    for (method, uri, headers, body, status, expected) in &rows {
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let answer = send(&service, method, uri, &headers, body.clone()).await;
        let found = if answer.body.is_empty() { Value::Null } else { answer.json() };
        if answer.status != *status || !same(expected, &found) {
            let (status, found, expected) = (answer.status, difference(expected, &found), difference(&found, expected));
            differences
                .push(format!("{method} {uri} {headers:?} {body}\n   {status} {found}\n   instead of {expected}"));
        }
    }
    let count = differences.len();
    assert!(differences.is_empty(), "{count} of {} differ:\n{}", rows.len(), differences.join("\n"));
}

/// Whether two values are one to Python, which wrote the tables: `5` is `5.0`.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

/// Where `other` is not `value`: of a document only what matters.
fn difference(value: &Value, other: &Value) -> Value {
    match (value, other) {
        (Value::Object(value), Value::Object(other)) => other
            .iter()
            .filter(|(key, inner)| !value.get(*key).is_some_and(|value| same(value, inner)))
            .map(|(key, inner)| (key.clone(), difference(value.get(key).unwrap_or(&Value::Null), inner)))
            .collect(),
        _ => other.clone(),
    }
}
