use std::io;
use std::time::Duration;

use datafusion::arrow::error::ArrowError;
use datafusion::common::DataFusionError;
use datafusion::parquet::errors::ParquetError;
use uuid::Uuid;

use super::fault::{Fault, Segment};

/// The result of what the engine does.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why the engine could not do what it was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
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
    /// The dataset has no such version.
    #[error("the dataset `{name}` has no version {version}")]
    NoVersion {
        /// The dataset.
        name: String,
        /// The version asked for.
        version: u64,
    },
    /// Someone else made a version of the dataset meanwhile.
    #[error("the dataset `{name}` has got another version meanwhile: try again")]
    Superseded {
        /// The dataset.
        name: String,
    },
    /// No job has this identity.
    #[error("there is no job `{id}`")]
    NoJob {
        /// The identity asked for.
        id: Uuid,
    },
    /// There is nothing to do: the request makes no sense as things stand.
    #[error("{0}")]
    Conflict(String),
    /// A key of an earlier upload came with another request.
    #[error("the idempotency key `{}` was used for another request", key.escape_debug())]
    KeyReused {
        /// The key.
        key: String,
    },
    /// A request with the same key is being answered.
    #[error("a request with the idempotency key `{}` is being answered: try again", key.escape_debug())]
    InProgress {
        /// The key.
        key: String,
    },
    /// A file is broken, or does not hold what it should.
    #[error("{}{message}", place(*line, column.as_ref()))]
    File {
        /// The line where the faulty row begins, from 1, the header counted.
        line: Option<u64>,
        /// The column, where one is at fault: its number from 1, or its name.
        column: Option<Segment>,
        /// The text that is at fault.
        text: Option<String>,
        /// What is wrong.
        message: String,
    },
    /// What was sent is larger than is allowed.
    #[error("{0}")]
    TooLarge(String),
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
    /// The query took longer than is allowed.
    #[error("the query took longer than {} s", .0.as_secs())]
    TimedOut(Duration),
    /// More queries run than are allowed at a time.
    #[error("too many queries are running: try again")]
    Busy,
    /// The job was cancelled.
    #[error("the job was cancelled")]
    Cancelled,
    /// The store or the engine itself failed; no fault of the request.
    #[error("the store failed")]
    Storage(#[source] Box<dyn std::error::Error + Send + Sync>),
}

fn place(line: Option<u64>, column: Option<&Segment>) -> String {
    let line = line.map(|line| format!("line {line}"));
    let column = column.map(|column| match column {
        Segment::Index(number) => format!("column {number}"),
        Segment::Key(name) => format!("column `{}`", name.escape_debug()),
    });
    let place = line.into_iter().chain(column).collect::<Vec<_>>().join(", ");
    if place.is_empty() { place } else { place + ": " }
}

impl Error {
    /// What it says, and what all of its causes say: for the log, not for clients.
    pub fn in_full(&self) -> String {
        let mut text = self.to_string();
        let mut source = std::error::Error::source(self);
        while let Some(cause) = source {
            text = format!("{text}: {cause}");
            source = cause.source();
        }
        text
    }

    pub(super) fn unreadable() -> Self {
        Self::File { line: None, column: None, text: None, message: "the file cannot be read".into() }
    }

    pub(crate) fn storage(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
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
    /// One of ours, on its way through a reader, is itself.
    fn from(error: io::Error) -> Self {
        error.downcast().unwrap_or_else(Self::storage)
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
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
