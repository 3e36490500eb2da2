//! [`ResponseSpec`]: one documented answer.

use std::fmt;

use poem::http::StatusCode;
use serde_json::Value;

use super::{Example, Link, Schema};
use crate::http_error::IntoStatus;

/// Which answers a description is of: those of one status, of a range of them, or all that are not described otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ResponseStatus {
    /// `404`.
    One(StatusCode),
    /// `4XX`, by its first digit.
    Range(u8),
    /// `default`.
    Default,
}

impl ResponseStatus {
    /// What such an answer means when nobody says it: FastAPI's words.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::One(status) => status.canonical_reason().unwrap_or("Additional Response"),
            Self::Range(1) => "Information",
            Self::Range(2) => "Success",
            Self::Range(3) => "Redirection",
            Self::Range(4) => "Client Error",
            Self::Range(5) => "Server Error",
            Self::Range(_) => "Additional Response",
            Self::Default => "Default Response",
        }
    }

    /// Whether a description of this leaves nothing to say of the generated 422.
    pub(super) fn covers_validation(self) -> bool {
        self == StatusCode::UNPROCESSABLE_ENTITY || matches!(self, Self::Range(4) | Self::Default)
    }

    /// Whether such an answer has no content.
    pub(crate) fn without_content(self) -> bool {
        matches!(self, Self::One(status) if crate::http_error::without_content(status))
    }
}

impl<S: IntoStatus> From<S> for ResponseStatus {
    fn from(status: S) -> Self {
        Self::One(status.into_status())
    }
}

impl PartialEq<StatusCode> for ResponseStatus {
    fn eq(&self, status: &StatusCode) -> bool {
        *self == Self::One(*status)
    }
}

impl fmt::Display for ResponseStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(status) => f.write_str(status.as_str()),
            Self::Range(digit) => write!(f, "{digit}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// One documented answer.
#[derive(Debug, Clone)]
pub struct ResponseSpec {
    /// The status.
    pub status: ResponseStatus,
    /// What it means; `Successful Response` for the first answer by default.
    pub description: String,
    /// The forms that the answer takes; none: no content.
    pub content: Vec<MediaSpec>,
    /// Header fields that clients may count on.
    pub headers: Vec<(String, HeaderSpec)>,
    /// What a client may do next, by name.
    pub links: Vec<(String, Link)>,
    /// The answer as a stream.
    pub stream: Option<StreamSpec>,
    /// Whether it was declared beside what the signature says.
    pub additional: bool,
}

impl ResponseSpec {
    /// An answer without content.
    #[must_use]
    pub fn new(status: impl Into<ResponseStatus>, description: impl Into<String>) -> Self {
        Self {
            status: status.into(),
            description: description.into(),
            content: Vec::new(),
            headers: Vec::new(),
            links: Vec::new(),
            stream: None,
            additional: false,
        }
    }

    /// With the forms that the answer takes.
    #[must_use]
    pub fn content(self, content: Vec<MediaSpec>) -> Self {
        Self { content, ..self }
    }

    /// The form of this media type, which is added if it is not there.
    pub(crate) fn media_mut(&mut self, media_type: &str) -> Option<&mut MediaSpec> {
        let position = self.content.iter().position(|media| media.media_type == media_type);
        let position = position.unwrap_or_else(|| {
            self.content.push(MediaSpec { media_type: media_type.to_owned(), ..MediaSpec::default() });
            self.content.len() - 1
        });
        self.content.get_mut(position)
    }

    /// Joins another description of the same answer: both may come.
    pub(crate) fn or(&mut self, other: Self) {
        if !self.description.split("; ").any(|known| known == other.description) {
            self.description = format!("{}; {}", self.description, other.description);
        }
        for media in other.content {
            match self.content.iter_mut().find(|known| known.media_type == media.media_type) {
                None => self.content.push(media),
                Some(known) => known.or(media),
            }
        }
        for (name, header) in other.headers {
            if !self.headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(&name)) {
                self.headers.push((name, header));
            }
        }
        self.links.extend(other.links);
        self.stream = self.stream.take().or(other.stream);
    }
}

/// One form of an answer.
#[derive(Debug, Clone, Default)]
pub struct MediaSpec {
    /// Such as `application/json`.
    pub media_type: String,
    /// What it looks like.
    pub schema: Option<Schema>,
    /// An example.
    pub example: Option<Value>,
    /// Examples with words of their own, by name.
    pub examples: Vec<(String, Example)>,
}

impl MediaSpec {
    /// A form and its schema.
    #[must_use]
    pub fn new(media_type: impl Into<String>, schema: Schema) -> Self {
        Self { media_type: media_type.into(), schema: Some(schema), ..Self::default() }
    }

    fn or(&mut self, other: Self) {
        let Some(schema) = other.schema else { return };
        match &mut self.schema {
            None => self.schema = Some(schema),
            Some(own) if *own == schema || *own == Schema::any() => {}
            Some(own) if !own.any_of.is_empty() && own.title.is_none() => {
                if !own.any_of.contains(&schema) {
                    own.any_of.push(schema);
                }
            }
            Some(own) => {
                let any_of = vec![std::mem::take(own), schema];
                *own = Schema { any_of, ..Schema::any() };
            }
        }
    }
}

/// A header field of an answer.
#[derive(Debug, Clone, Default)]
pub struct HeaderSpec {
    /// What it says, in Markdown.
    pub description: Option<String>,
    /// What it looks like.
    pub schema: Schema,
}

/// An answer of items, one after another.
#[derive(Debug, Clone)]
pub struct StreamSpec {
    /// How the items are written.
    pub form: StreamForm,
    /// What each item is, if something is known of it.
    pub item: Option<Schema>,
}

/// How the items of a stream are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StreamForm {
    /// JSON Lines: `application/jsonl`.
    Lines,
    /// Server-sent events: `text/event-stream`.
    Events,
}

impl StreamForm {
    /// The media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Lines => "application/jsonl",
            Self::Events => "text/event-stream",
        }
    }
}
