//! [`ApiError`]: what the engine refuses, in HTTP's terms.

use versify::{
    BodyError, HttpError, Value,
    decode::{Issue, Segment},
    errors,
};

use crate::engine::{self, Error, Fault, FaultKind};

/// The result of an operation.
pub(super) type Result<T> = std::result::Result<T, ApiError>;

/// Why an operation did not do what it was asked.
#[errors]
#[derive(Debug)]
pub(super) enum ApiError {
    /// There is no such thing.
    #[error(status = 404, "{0}")]
    NotFound(String),
    /// It does not fit what there is: a name that is taken, a job that has ended.
    #[error(status = 409, "{0}")]
    Conflict(String),
    /// What was sent is larger than is allowed.
    #[error(status = 413, "{0}")]
    TooLarge(String),
    /// It takes more memory or time than is allowed.
    #[error(status = 503, "{0}")]
    Exhausted(String),
    /// Too much is asked for at a time.
    #[error(status = 503, "{0}", headers("retry-after" = "5"))]
    Busy(String),
    /// Faults of the request, each with its place; and what is no fault of the request.
    #[error(transparent)]
    Other(#[from] HttpError),
    #[error(internal)]
    Io(#[from] std::io::Error),
}

impl ApiError {
    /// A fault of a query parameter that only the operation can see.
    pub(super) fn query(name: &'static str, message: &'static str, input: impl Into<Value>) -> Self {
        invalid(Issue::new("value_error", message).at(["query".into(), name.into()]).with_input(input))
    }

    /// Puts faults of the engine into `place`, where the request has them.
    pub(super) fn within(place: &'static str) -> impl Fn(Error) -> Self {
        move |error| of(error, place)
    }
}

impl From<BodyError> for ApiError {
    fn from(error: BodyError) -> Self {
        Self::Other(error.into())
    }
}

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        of(error, "body")
    }
}

fn invalid(issue: Issue) -> ApiError {
    HttpError::invalid(vec![issue]).into()
}

fn of(error: Error, place: &'static str) -> ApiError {
    let text = error.to_string();
    match error {
        Error::NotFound { .. } | Error::NoVersion { .. } | Error::NoJob { .. } => ApiError::NotFound(text),
        Error::AlreadyExists { .. } | Error::Superseded { .. } | Error::InProgress { .. } | Error::Conflict(_) => {
            ApiError::Conflict(text)
        }
        Error::TooLarge(_) => ApiError::TooLarge(text),
        Error::ResourcesExhausted(_) | Error::TimedOut(_) => ApiError::Exhausted(text),
        Error::Busy => ApiError::Busy(text),
        Error::File { line, column, text: input, .. } => {
            let line =
                line.and_then(|line| usize::try_from(line).ok()).map(|line| ["line".into(), Segment::from(line)]);
            let column = column.map(|column| ["column".into(), segment(&column)]);
            let place =
                ["body".into()].into_iter().chain(line.into_iter().flatten()).chain(column.into_iter().flatten());
            invalid(with_input(Issue::new("file", text).at(place), input))
        }
        Error::Invalid(faults) => {
            // That of an upload's options is not in its body.
            let place = |fault: &Fault| match fault.at.segments() {
                [engine::Segment::Key(key), ..] if key == "types" => "query",
                _ => place,
            };
            HttpError::invalid(faults.iter().map(|fault| issue(fault, place(fault))).collect()).into()
        }
        Error::Evaluation { .. } => invalid(Issue::new("evaluation", text).at([place.into()])),
        Error::KeyReused { key } => {
            let issue = Issue::new("idempotency_key", text).at(["header".into(), "idempotency-key".into()]);
            invalid(issue.with_input(key))
        }
        Error::Cancelled | Error::Storage(_) => ApiError::Other(error.into()),
    }
}

fn issue(fault: &Fault, place: &'static str) -> Issue {
    let (kind, input) = match &fault.kind {
        FaultKind::UnknownColumn(unknown) => ("unknown_column", Some(unknown.name.clone())),
        FaultKind::UnknownDataset { dataset, .. } => ("unknown_dataset", Some(dataset.clone())),
        FaultKind::Expression { text, .. } => ("expression", Some(text.clone())),
        FaultKind::Duplicate { name } => ("duplicate", Some(name.clone())),
        FaultKind::Unsuited { column, .. } => ("unsuited_column", Some(column.clone())),
        FaultKind::Lacking { column } => ("missing_column", Some(column.clone())),
        FaultKind::Surplus { column } => ("surplus_column", Some(column.clone())),
        _ => ("value_error", None),
    };
    let steps = [Segment::from(place)].into_iter().chain(fault.at.segments().iter().map(segment));
    with_input(Issue::new(kind, fault.kind.to_string()).at(steps), input)
}

fn segment(segment: &engine::Segment) -> Segment {
    match segment {
        engine::Segment::Key(key) => Segment::Key(key.clone()),
        engine::Segment::Index(index) => Segment::from(*index),
    }
}

fn with_input(issue: Issue, input: Option<String>) -> Issue {
    match input {
        Some(input) => issue.with_input(input),
        None => issue,
    }
}
