//! [`UrlError`]: why there is no such URL.

use std::fmt;

/// Why an app has no such URL: a fault of the program. `?` makes a logged 500 of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum UrlError {
    /// Nothing has this name.
    UnknownName {
        /// The name.
        name: String,
        /// All names that there are.
        known: Vec<String>,
    },
    /// The operation is not among the app's.
    UnknownOperation {
        /// The function.
        function: &'static str,
    },
    /// The path has other parameters.
    Parameters {
        /// Of whom.
        name: String,
        /// The path's template; of a mount `/static/{path:path}`.
        path: String,
        /// Parameters of the path that were not given.
        missing: Vec<String>,
        /// What was given, and is no parameter of the path.
        unknown: Vec<String>,
    },
    /// A value that cannot stand in the path.
    Value {
        /// The path's template.
        path: String,
        /// The parameter.
        parameter: String,
        /// What is wrong with it.
        reason: &'static str,
    },
}

impl UrlError {
    /// Which of two searches came closer: who found the name knows more.
    pub(super) fn nearer(self, other: Self) -> Self {
        match (&self, other) {
            (Self::UnknownName { .. } | Self::UnknownOperation { .. }, other) => other,
            _ => self,
        }
    }
}

impl fmt::Display for UrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownName { name, known } if known.is_empty() => {
                write!(f, "nothing goes by the name `{name}`: the app has no named routes")
            }
            Self::UnknownName { name, known } => {
                write!(f, "nothing goes by the name `{name}`; there are `{}`", known.join("`, `"))
            }
            Self::UnknownOperation { function } => {
                write!(f, "`{function}` is not among the app's operations: add it with `.routes(routes![{function}])`")
            }
            Self::Parameters { name, path, missing, unknown } => {
                write!(f, "the path of `{name}` is `{path}`")?;
                if !missing.is_empty() {
                    write!(f, ": give a value for `{}`", missing.join("`, `"))?;
                }
                if !unknown.is_empty() {
                    write!(f, "; it has no parameter `{}`", unknown.join("`, `"))?;
                }
                Ok(())
            }
            Self::Value { path, parameter, reason } => {
                write!(f, "the value of `{parameter}` cannot stand in the path `{path}`: {reason}")
            }
        }
    }
}

impl std::error::Error for UrlError {}
