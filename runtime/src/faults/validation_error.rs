//! [`ValidationError`]: a request whose arguments could not be read.

use serde_json::Value;

use crate::{decode::Issue, http_error::HttpError};

/// A request whose arguments could not be read: what [`App::on_validation_error`](crate::App) is given.
#[derive(Debug)]
pub struct ValidationError {
    issues: Vec<Issue>,
    body: Option<Value>,
}

impl ValidationError {
    pub(crate) fn new(issues: Vec<Issue>, body: Option<Value>) -> Self {
        Self { issues, body }
    }

    /// All that was wrong.
    #[must_use]
    pub fn issues(&self) -> &[Issue] {
        &self.issues
    }

    /// The same as JSON: the list that stands under `detail`.
    #[must_use]
    pub fn errors(&self) -> Value {
        serde_json::to_value(&self.issues).unwrap_or_default()
    }

    /// The body as it was sent: JSON, or its text.
    #[must_use]
    pub fn body(&self) -> Option<&Value> {
        self.body.as_ref()
    }
}

/// The answer that it has by default, for a handler that only looks at it: `Err::<(), _>(HttpError::from(error))`.
impl From<ValidationError> for HttpError {
    fn from(error: ValidationError) -> Self {
        Self::invalid(error.issues)
    }
}
