//! What is wrong with a request, and where in it.

use std::borrow::Cow;
use std::fmt;

use super::schema::Unknown;

/// One step on the way to a value of the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// A key of an object, or the name of a parameter.
    Key(Cow<'static, str>),
    /// A place in a list, from 0.
    Index(usize),
}

/// Where a value is in the request, from the outermost key: `steps`, 2, `columns`, 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location(Vec<Segment>);

impl Location {
    /// A parameter, or a key of the body.
    pub fn of(key: &'static str) -> Self {
        Self(vec![Segment::Key(Cow::Borrowed(key))])
    }

    /// The way, step by step.
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }

    pub(super) fn key(&self, key: &'static str) -> Self {
        self.join(Segment::Key(Cow::Borrowed(key)))
    }

    /// A key that the client chose.
    pub(super) fn name(&self, name: &str) -> Self {
        self.join(Segment::from(name.to_owned()))
    }

    pub(super) fn index(&self, index: usize) -> Self {
        self.join(Segment::Index(index))
    }

    fn join(&self, segment: Segment) -> Self {
        Self(self.0.iter().cloned().chain([segment]).collect())
    }
}

impl From<String> for Segment {
    fn from(key: String) -> Self {
        Self::Key(Cow::Owned(key))
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Key(key) if place == 0 => f.write_str(key)?,
                Segment::Key(key) => write!(f, ".{key}")?,
                Segment::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// One thing wrong with a request.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{at}: {kind}")]
pub struct Fault {
    /// Where.
    pub at: Location,
    /// What.
    pub kind: FaultKind,
}

/// What can be wrong with a request that was understood.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum FaultKind {
    /// No column has this name (at this step).
    #[error(transparent)]
    UnknownColumn(#[from] Unknown),
    /// An expression cannot be parsed, or does not fit the columns.
    #[error("{message}")]
    Expression {
        /// The expression.
        text: String,
        /// What is wrong with it.
        message: String,
    },
    /// A name occurs twice where all must differ.
    #[error("`{name}` occurs twice")]
    Duplicate {
        /// The name.
        name: String,
    },
    /// A function cannot work on a column of this type.
    #[error("`{function}` does not work on `{column}`, which is {found}: {expected}")]
    Unsuited {
        /// The function.
        function: &'static str,
        /// The column.
        column: String,
        /// The type of the column, as a phrase.
        found: &'static str,
        /// What the function works on.
        expected: &'static str,
    },
    /// No dataset has this name, or not this version.
    #[error("there is no dataset `{}`{}", dataset.escape_debug(), version.map(|v| format!(" with a version {v}")).unwrap_or_default())]
    UnknownDataset {
        /// The name.
        dataset: String,
        /// The version, if one was asked for.
        version: Option<u64>,
    },
    /// The other dataset has no such column.
    #[error("it has no column `{}`", column.escape_debug())]
    Lacking {
        /// The column.
        column: String,
    },
    /// The other dataset has a column that there is not.
    #[error("its column `{}` is none of those so far", column.escape_debug())]
    Surplus {
        /// The column.
        column: String,
    },
    /// A value is absent where one is needed, or the like.
    #[error("{0}")]
    Value(&'static str),
}
