//! [`ApiError`]: what the engine refuses, in HTTP's terms.

use versify::{
    BodyError, Failure, HttpError, Value,
    decode::{Issue, Segment},
    openapi::{Components, Describe, Kind, Schema},
    operation::Description,
    poem::{
        Response,
        http::{HeaderValue, StatusCode, header},
    },
};

use crate::engine::{self, Error, Fault, FaultKind};

/// The result of an operation.
pub(super) type Result<T> = std::result::Result<T, ApiError>;

/// Why an operation did not do what it was asked.
pub(super) struct ApiError(HttpError);

impl ApiError {
    pub(super) fn of(status: u16, detail: impl Into<Value>) -> Self {
        Self(HttpError::new(status, detail))
    }

    /// A fault of a query parameter that only the operation can see.
    pub(super) fn query(name: &'static str, message: &'static str, input: impl Into<Value>) -> Self {
        let issue = Issue::new("value_error", message).at(["query".into(), name.into()]).with_input(input);
        Self(HttpError::invalid(vec![issue]))
    }

    /// Puts faults of the engine into `place`, where the request has them.
    pub(super) fn within(place: &'static str) -> impl Fn(Error) -> Self {
        move |error| Self(http_error(error, place))
    }
}

impl Failure for ApiError {
    fn fail(self) -> Response {
        self.0.into_response()
    }

    fn describe(description: &mut Description<'_>) {
        for (status, words) in [
            (StatusCode::UNAUTHORIZED, "An API key is needed"),
            (StatusCode::FORBIDDEN, "Only the machine itself may write"),
            (StatusCode::NOT_FOUND, "There is no such thing"),
            (StatusCode::CONFLICT, "It does not fit what there is: a name that is taken, a job that has ended"),
            (StatusCode::PAYLOAD_TOO_LARGE, "What was sent is larger than is allowed"),
            (StatusCode::SERVICE_UNAVAILABLE, "It takes more memory or time than is allowed"),
        ] {
            self::describe(description, status, words);
        }
    }
}

/// Documents an answer that is a fault.
pub(super) fn describe(description: &mut Description<'_>, status: StatusCode, words: &str) {
    let schema = Detail::describe(description.components());
    description.failure(status, words, vec![("application/json".to_owned(), schema)]);
}

/// `{"detail": "…"}`.
struct Detail;

impl Describe for Detail {
    fn describe(_: &mut Components) -> Schema {
        Schema {
            properties: vec![("detail".into(), Schema::string())],
            required: vec!["detail".into()],
            title: Some("Detail".into()),
            ..Schema::of(Kind::Object)
        }
    }
}

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        Self(http_error(error, "body"))
    }
}

impl From<BodyError> for ApiError {
    fn from(error: BodyError) -> Self {
        Self(error.into())
    }
}

impl From<std::io::Error> for ApiError {
    fn from(error: std::io::Error) -> Self {
        Self(error.into())
    }
}

fn http_error(error: Error, place: &'static str) -> HttpError {
    let text = error.to_string();
    match error {
        Error::NotFound { .. } => HttpError::new(404, text),
        Error::AlreadyExists { .. } => HttpError::new(409, text),
        Error::InvalidName { name } => {
            let issue = Issue::new("dataset_name", text).at(["query".into(), "name".into()]).with_input(name);
            HttpError::invalid(vec![issue])
        }
        Error::File { line, column, text: input, .. } => {
            let line =
                line.and_then(|line| usize::try_from(line).ok()).map(|line| ["line".into(), Segment::from(line)]);
            let column = column.map(|column| ["column".into(), segment(&column)]);
            let place =
                ["body".into()].into_iter().chain(line.into_iter().flatten()).chain(column.into_iter().flatten());
            HttpError::invalid(vec![with_input(Issue::new("file", text).at(place), input)])
        }
        Error::Invalid(faults) => {
            // That of an upload's options is not in its body.
            let place = |fault: &Fault| match fault.at.segments() {
                [engine::Segment::Key(key), ..] if key == "types" => "query",
                _ => place,
            };
            HttpError::invalid(faults.iter().map(|fault| issue(fault, place(fault))).collect())
        }
        Error::Evaluation { .. } => HttpError::invalid(vec![Issue::new("evaluation", text).at([place.into()])]),
        Error::KeyReused { key } => {
            let issue = Issue::new("idempotency_key", text).at(["header".into(), "idempotency-key".into()]);
            HttpError::invalid(vec![issue.with_input(key)])
        }
        Error::NoVersion { .. } | Error::NoJob { .. } => HttpError::new(404, text),
        Error::Superseded { .. } | Error::InProgress { .. } | Error::Conflict(_) => HttpError::new(409, text),
        Error::TooLarge(_) => HttpError::new(413, text),
        Error::ResourcesExhausted(_) | Error::TimedOut(_) => HttpError::new(503, text),
        Error::Busy => HttpError::new(503, text).header(header::RETRY_AFTER, HeaderValue::from_static("5")),
        other => HttpError::from(other),
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
