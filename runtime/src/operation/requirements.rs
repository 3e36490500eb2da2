//! [`Requirements`]: what an operation needs of its app.

use std::any::TypeId;

use super::BodyUse;
use crate::{
    decode::Pattern,
    openapi::{Place, SourceLocation},
};

/// What an operation needs of its app; it is checked at the start.
#[derive(Debug, Default)]
pub(crate) struct Requirements {
    pub(crate) states: Vec<(TypeId, &'static str)>,
    pub(crate) patterns: Vec<&'static Pattern>,
    /// Names of fields that the answer does not have, and those that it has.
    pub(crate) unknown_fields: Vec<(&'static str, Vec<String>)>,
    pub(crate) body_use: BodyUse,
    pub(crate) embed: bool,
    pub(crate) checks_syntax: bool,
    /// The dependencies that look at scopes, or depend on one that does.
    pub(crate) scoped: Vec<TypeId>,
    /// Whether what the function returns is written as JSON.
    pub(crate) answers_json: bool,
    /// Dependencies that depend on themselves, each way round once.
    pub(crate) cycles: Vec<Vec<(&'static str, SourceLocation)>>,
    /// Path parameters that are wanted and not there.
    pub(crate) missing_path_parameters: Vec<String>,
    /// Whether it takes a WebSocket.
    pub(crate) socket: bool,
    /// Whether it takes the request's id.
    pub(crate) request_id: bool,
    /// Whether the body is read as a form and as something else.
    pub(crate) two_bodies: bool,
    /// Parameters of types that no text can be, by place and name.
    pub(crate) textless: Vec<(Place, String)>,
}
