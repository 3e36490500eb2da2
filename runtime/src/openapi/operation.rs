//! [`OperationSpec`]: everything that the document says of one operation.

use poem::http::Method;
use serde_json::Value;

use super::{example::Example, form::FormSpec, naming::title_of, response::ResponseSpec, schema::Schema};

/// One operation, described by its own signature; the document is written from it.
#[derive(Debug, Clone)]
pub struct OperationSpec {
    /// The methods it answers to; the first names it.
    pub methods: Vec<Method>,
    /// The path template as OpenAPI writes it, `/items/{item_id}`.
    pub path: String,
    /// The function's name.
    pub function: &'static str,
    /// Where the function stands, `src/items.rs:12`.
    pub location: SourceLocation,
    /// `operationId`, if the user chose one; else it follows from name, path and method.
    pub operation_id: Option<String>,
    /// `tags`.
    pub tags: Vec<String>,
    /// `summary`; by default the function's name in words.
    pub summary: String,
    /// `description`, in Markdown.
    pub description: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// Whether the document shows it at all.
    pub include_in_schema: bool,
    /// Path, query, header and cookie parameters, in the order of the signature.
    pub parameters: Vec<ParameterSpec>,
    /// What the body holds.
    pub body: BodySpec,
    /// Security schemes by name, each with the scopes that are asked for.
    pub security: Vec<(&'static str, Vec<&'static str>)>,
    /// Answers by status, in the order of their declaration; the first is that of a success.
    pub responses: Vec<ResponseSpec>,
    /// What the client serves, and the app calls; of each the path is an expression.
    pub callbacks: Vec<OperationSpec>,
    /// Merged into what the document says of the operation.
    pub extra: Option<Value>,
}

impl OperationSpec {
    /// This operation and what it calls.
    pub(super) fn with_callbacks(&self) -> Vec<&Self> {
        std::iter::once(self).chain(self.callbacks.iter().flat_map(Self::with_callbacks)).collect()
    }

    /// The parameters that the document shows: each name of a place once. One that is required anywhere is required;
    /// else the last one is shown.
    pub(super) fn shown_parameters(&self) -> Vec<&ParameterSpec> {
        let mut shown: Vec<&ParameterSpec> = Vec::new();
        for parameter in self.parameters.iter().filter(|parameter| parameter.include_in_schema) {
            let same = |other: &&mut &ParameterSpec| other.place == parameter.place && other.name == parameter.name;
            match shown.iter_mut().find(same) {
                Some(other) if parameter.required || !other.required => *other = parameter,
                Some(_) => {}
                None => shown.push(parameter),
            }
        }
        shown
    }
}

/// Where something was written, for messages to its author.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SourceLocation {
    /// As `file!()` gives it.
    pub file: &'static str,
    /// From 1.
    pub line: u32,
}

impl SourceLocation {
    /// Where the function that asks was called.
    #[track_caller]
    pub(crate) const fn caller() -> Self {
        let caller = std::panic::Location::caller();
        Self { file: caller.file(), line: caller.line() }
    }
}

impl std::fmt::Display for SourceLocation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// Where a parameter is read from (OpenAPI's `in`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A part of the path.
    Path,
    /// The query string.
    Query,
    /// A header field.
    Header,
    /// A cookie.
    Cookie,
    /// The body; never the place of a [`ParameterSpec`].
    Body,
}

impl Place {
    /// The word in locations and documents.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::Body => "body",
        }
    }
}

/// One parameter.
#[derive(Debug, Clone)]
pub struct ParameterSpec {
    /// Its name on the wire.
    pub name: String,
    /// Its place; not [`Place::Body`].
    pub place: Place,
    /// Whether a request without it is refused.
    pub required: bool,
    /// With title, default and constraints.
    pub schema: Schema,
    /// `description`, in Markdown.
    pub description: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// `examples` of the schema, shown at the parameter too.
    pub examples: Vec<Value>,
    /// Examples with words of their own, by name.
    pub openapi_examples: Vec<(&'static str, Example)>,
    /// Whether the document shows it.
    pub include_in_schema: bool,
}

/// What an operation reads from the body.
#[derive(Debug, Clone, Default)]
pub enum BodySpec {
    /// Nothing.
    #[default]
    None,
    /// One value that is the whole body.
    Whole(BodyField),
    /// Several values, each under its name in one object.
    Embedded(Vec<BodyField>),
    /// Fields, files and models of a form.
    Form(FormSpec),
    /// The bytes as they come.
    Raw {
        /// The media type; `application/octet-stream` by default.
        media_type: String,
        /// What it is, in Markdown.
        description: Option<String>,
    },
    /// JSON Lines.
    Lines {
        /// What each line is.
        item: Schema,
        /// The media type; `application/jsonl` by default.
        media_type: String,
        /// What it is, in Markdown.
        description: Option<String>,
    },
}

/// One value of the body.
#[derive(Debug, Clone)]
pub struct BodyField {
    /// Its name on the wire, used where values are embedded.
    pub name: String,
    /// With title, default and constraints.
    pub schema: Schema,
    /// Whether a request without it is refused.
    pub required: bool,
    /// The media type, `application/json` by default.
    pub media_type: String,
    /// Examples with words of their own, by name.
    pub openapi_examples: Vec<(&'static str, Example)>,
}

/// A whole body has its argument's name for a title, unless it is a model.
pub(super) fn titled(field: &BodyField) -> Schema {
    let mut schema = field.schema.clone();
    if schema.title.is_none() && schema.reference.is_none() {
        schema.title = Some(title_of(&field.name));
    }
    schema
}

/// A part of a body: an optional model has no title, as everywhere among properties.
pub(super) fn titled_property(field: &BodyField) -> Schema {
    if field.schema.is_optional_reference() { field.schema.clone() } else { titled(field) }
}
