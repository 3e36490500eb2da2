//! [`TemplateError`]: why there is no page.

use std::{error::Error as _, fmt, path::Path};

/// Why a template gave no page: it is not there, it is faulty, or it failed with what it was given.
#[derive(Debug)]
pub struct TemplateError(minijinja::Error);

impl TemplateError {
    /// As a fault of the app's start: where, and what.
    pub(super) fn within(&self, file: &Path) -> String {
        let line = self.0.line().map(|line| format!(":{line}")).unwrap_or_default();
        let said = self.0.detail().map_or_else(|| self.0.kind().to_string(), str::to_owned);
        let cause = self.0.source().map(|cause| format!(": {cause}")).unwrap_or_default();
        format!("{}{line}: {said}{cause}", file.display())
    }
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for TemplateError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}

impl From<minijinja::Error> for TemplateError {
    fn from(error: minijinja::Error) -> Self {
        Self(error)
    }
}
