use std::io;

use datafusion::arrow::error::ArrowError;
use datafusion::common::DataFusionError;
use datafusion::parquet::errors::ParquetError;

use super::fault::Fault;

/// The result of what the engine does.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why the engine could not do what it was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A new dataset cannot have this name.
    #[error(
        "`{}` cannot name a dataset: use 1 to 64 of a-z, 0-9, `_` and `-`, beginning with a letter or digit",
        name.escape_debug()
    )]
    InvalidName {
        /// The name asked for.
        name: String,
    },
    /// No dataset has this name.
    #[error("there is no dataset `{}`", name.escape_debug())]
    NotFound {
        /// The name asked for.
        name: String,
    },
    /// The name is taken.
    #[error("there is a dataset `{name}` already")]
    AlreadyExists {
        /// The name asked for.
        name: String,
    },
    /// A CSV file is broken.
    #[error("line {line}{}: {message}", column.map(|column| format!(", column {column}")).unwrap_or_default())]
    Csv {
        /// The line where the faulty row begins, from 1, the header counted.
        line: u64,
        /// The column, from 1, where one is at fault.
        column: Option<usize>,
        /// What is wrong.
        message: String,
    },
    /// The request does not fit the dataset: all its faults, in its order. Never empty.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Invalid(Vec<Fault>),
    /// An expression failed on the data of some row, such as a division by zero.
    #[error("{message}")]
    Evaluation {
        /// What failed.
        message: String,
    },
    /// The query needs more memory than the engine may use.
    #[error("the query needs more memory than is allowed")]
    ResourcesExhausted(#[source] Box<DataFusionError>),
    /// The store or the engine itself failed; no fault of the request.
    #[error("the store failed")]
    Storage(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    pub(super) fn storage(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Storage(source.into())
    }
}

impl From<DataFusionError> for Error {
    fn from(error: DataFusionError) -> Self {
        match error.find_root() {
            DataFusionError::ResourcesExhausted(_) => Self::ResourcesExhausted(Box::new(error)),
            DataFusionError::ArrowError(arrow, _) => match arrow.as_ref() {
                ArrowError::DivideByZero => Self::Evaluation { message: "division by zero".into() },
                ArrowError::ArithmeticOverflow(message)
                | ArrowError::CastError(message)
                | ArrowError::ComputeError(message)
                | ArrowError::InvalidArgumentError(message)
                | ArrowError::ParseError(message) => Self::Evaluation { message: message.clone() },
                _ => Self::storage(error),
            },
            DataFusionError::Execution(message) => Self::Evaluation { message: message.clone() },
            _ => Self::storage(error),
        }
    }
}

impl From<ArrowError> for Error {
    fn from(error: ArrowError) -> Self {
        Self::storage(error)
    }
}

impl From<ParquetError> for Error {
    fn from(error: ParquetError) -> Self {
        Self::storage(error)
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::storage(error)
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::storage(error)
    }
}

impl From<tokio::task::JoinError> for Error {
    fn from(error: tokio::task::JoinError) -> Self {
        Self::storage(error)
    }
}
