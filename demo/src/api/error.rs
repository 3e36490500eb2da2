//! [`ApiError`]: what the engine refuses, in HTTP's terms.

use versify::{
    BodyError, Failure, HttpError,
    decode::{Issue, Segment},
    openapi::{Components, Describe, Kind, Schema},
    operation::Description,
    poem::{Response, http::StatusCode},
};

use crate::engine::{self, Error, Fault, FaultKind};

/// The result of an operation.
pub(super) type Result<T> = std::result::Result<T, ApiError>;

/// Why an operation did not do what it was asked.
pub(super) struct ApiError(HttpError);

impl ApiError {
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
        let schema = Detail::describe(description.components());
        for (status, words) in [
            (StatusCode::NOT_FOUND, "There is no such dataset"),
            (StatusCode::CONFLICT, "The name is taken"),
            (StatusCode::PAYLOAD_TOO_LARGE, "The body is too large"),
            (StatusCode::SERVICE_UNAVAILABLE, "The query needs more memory than is allowed"),
        ] {
            let content = vec![("application/json".to_owned(), schema.clone())];
            description.failure(status, words, content);
        }
    }
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
        Error::Csv { line, column, .. } => {
            let steps = [Some("body".into()), Some("line".into()), usize::try_from(line).ok().map(Segment::Index)];
            let column = column.map(|column| ["column".into(), Segment::Index(column)]);
            let location = steps.into_iter().flatten().chain(column.into_iter().flatten());
            HttpError::invalid(vec![Issue::new("csv", text).at(location)])
        }
        Error::Invalid(faults) => HttpError::invalid(faults.iter().map(|fault| issue(fault, place)).collect()),
        Error::Evaluation { .. } => HttpError::invalid(vec![Issue::new("evaluation", text).at([place.into()])]),
        Error::ResourcesExhausted(_) => HttpError::new(503, text),
        other => HttpError::from(other),
    }
}

fn issue(fault: &Fault, place: &'static str) -> Issue {
    let steps = fault.at.segments().iter().map(|segment| match segment {
        engine::Segment::Key(key) => Segment::from(*key),
        engine::Segment::Index(index) => Segment::from(*index),
    });
    let (kind, input) = match &fault.kind {
        FaultKind::UnknownColumn(unknown) => ("unknown_column", Some(unknown.name.clone())),
        FaultKind::Expression { text, .. } => ("expression", Some(text.clone())),
        FaultKind::Duplicate { name } => ("duplicate", Some(name.clone())),
        FaultKind::Unsuited { column, .. } => ("unsuited_column", Some(column.clone())),
        _ => ("value_error", None),
    };
    let issue = Issue::new(kind, fault.kind.to_string()).at([Segment::from(place)].into_iter().chain(steps));
    match input {
        Some(input) => issue.with_input(input),
        None => issue,
    }
}
