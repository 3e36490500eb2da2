//! [`TestResponse`]: an answer, read whole, and what a test expects of it.

use std::fmt::Write as _;

use bytes::Bytes;
use poem::{
    Response,
    http::{HeaderMap, StatusCode},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::session::Trail;
use crate::{faults::Reason, http_error::IntoStatus};

/// An answer. What it is asserted to be and is not ends the test with all that was answered, and with the error that
/// the operation failed with, which no client sees.
#[derive(Debug)]
pub struct TestResponse {
    /// What was asked for, `GET /items`.
    asked: String,
    trail: Vec<String>,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    /// Why it is a 500.
    error: Option<String>,
}

impl TestResponse {
    pub(super) async fn read(asked: String, mut response: Response) -> Self {
        let error = response.extensions_mut().remove::<Reason>().map(|reason| reason.0);
        let trail = response.extensions_mut().remove::<Trail>().map(|trail| trail.0).unwrap_or_default();
        let (status, headers) = (response.status(), response.headers().clone());
        let (body, cut) = match response.take_body().into_bytes().await {
            Ok(body) => (body, None),
            Err(error) => (Bytes::new(), Some(format!("the answer breaks off: {error}"))),
        };
        Self { asked, trail, status, headers, body, error: cut.or(error) }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The header fields.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// A header field; empty if it is not there, or no text.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The path that answered: after redirects another than the one that was asked for.
    #[must_use]
    pub fn path(&self) -> &str {
        self.trail.last().map_or("", String::as_str)
    }

    /// The body.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.body
    }

    /// The body as text.
    ///
    /// # Panics
    /// If it is none.
    #[must_use]
    #[track_caller]
    pub fn text(&self) -> &str {
        match std::str::from_utf8(&self.body) {
            Ok(text) => text,
            Err(error) => self.fail(&format!("the body is no text: {error}")),
        }
    }

    /// The body as a value of JSON.
    ///
    /// # Panics
    /// If it is none.
    #[must_use]
    #[track_caller]
    pub fn json<T: DeserializeOwned>(&self) -> T {
        match serde_json::from_slice(&self.body) {
            Ok(value) => value,
            Err(error) => self.fail(&format!("the body is not what was expected: {error}")),
        }
    }

    /// Expects a status.
    ///
    /// # Panics
    /// If it is another.
    #[track_caller]
    pub fn assert_status(&self, status: impl IntoStatus) -> &Self {
        let expected = status.into_status();
        if self.status != expected {
            self.fail(&format!("the status is not {expected}"));
        }
        self
    }

    /// Expects a body of JSON.
    ///
    /// # Panics
    /// If it is another; the message names the first difference.
    #[track_caller]
    pub fn assert_json(&self, expected: impl Serialize) -> &Self {
        let expected = serde_json::to_value(expected).unwrap_or_default();
        let answered: Value = self.json();
        if let Some(difference) = difference(&expected, &answered, "") {
            let expected = serde_json::to_string_pretty(&expected).unwrap_or_default();
            self.fail(&format!("{difference}\nexpected: {expected}"));
        }
        self
    }

    /// Expects a text.
    ///
    /// # Panics
    /// If the body is another.
    #[track_caller]
    pub fn assert_text(&self, expected: impl AsRef<str>) -> &Self {
        let expected = expected.as_ref();
        if self.text() != expected {
            self.fail(&format!("the body is not {expected:?}"));
        }
        self
    }

    /// Expects a header field.
    ///
    /// # Panics
    /// If it is not there, or another.
    #[track_caller]
    pub fn assert_header(&self, name: &str, expected: &str) -> &Self {
        if self.headers.get(name).is_none_or(|value| value != expected) {
            self.fail(&format!("`{name}` is not {expected:?}"));
        }
        self
    }

    /// Ends the test.
    #[track_caller]
    fn fail(&self, what: &str) -> ! {
        let mut report = format!("{}: {what}\n", self.asked);
        if self.trail.len() > 1 {
            let _ = writeln!(report, "redirected: {}", self.trail.join(" -> "));
        }
        let _ = writeln!(report, "answered: {}", self.status);
        for (name, value) in &self.headers {
            let _ = writeln!(report, "  {name}: {}", String::from_utf8_lossy(value.as_bytes()));
        }
        let shown = match serde_json::from_slice::<Value>(&self.body) {
            Ok(json) => serde_json::to_string_pretty(&json).unwrap_or_default(),
            Err(_) => String::from_utf8_lossy(&self.body).into_owned(),
        };
        let _ = writeln!(report, "{shown}");
        if let Some(error) = &self.error {
            let _ = writeln!(report, "the operation failed, which clients do not see: {error}");
        }
        panic!("{report}")
    }
}

/// The first place where two values differ.
fn difference(expected: &Value, answered: &Value, at: &str) -> Option<String> {
    let place = if at.is_empty() { "the body" } else { at };
    match (expected, answered) {
        (Value::Object(left), Value::Object(right)) => {
            let missing = left.keys().find(|key| !right.contains_key(*key));
            let more = right.keys().find(|key| !left.contains_key(*key));
            if let Some(key) = missing {
                return Some(format!("{at}/{key} is missing"));
            }
            if let Some(key) = more {
                return Some(format!("{at}/{key} is there, which was not expected"));
            }
            left.iter().find_map(|(key, value)| difference(value, right.get(key)?, &format!("{at}/{key}")))
        }
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            let mut pairs = left.iter().zip(right).enumerate();
            pairs.find_map(|(index, (left, right))| difference(left, right, &format!("{at}/{index}")))
        }
        (Value::Array(left), Value::Array(right)) => {
            Some(format!("{place} has {} items, not {}", right.len(), left.len()))
        }
        (left, right) => (left != right).then(|| format!("{place} is {right}, not {left}")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::difference;

    #[test]
    fn the_first_difference_is_named() {
        for (expected, answered, words) in [
            (json!({"a": [1, {"b": 2}]}), json!({"a": [1, {"b": 3}]}), Some("/a/1/b is 3, not 2")),
            (json!({"a": 1}), json!({}), Some("/a is missing")),
            (json!({}), json!({"a": 1}), Some("/a is there, which was not expected")),
            (json!([1]), json!([1, 2]), Some("the body has 2 items, not 1")),
            (json!(null), json!("x"), Some("the body is \"x\", not null")),
            (json!({"a": 1}), json!({"a": 1}), None),
        ] {
            assert_eq!(difference(&expected, &answered, "").as_deref(), words);
        }
    }
}
