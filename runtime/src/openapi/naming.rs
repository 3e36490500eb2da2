//! STUB
use super::*;
pub(crate) fn operation_id(s: &OperationSpec) -> String { format!("{}{}", s.function, s.path) }
pub(crate) fn summary_of(s: &str) -> String { s.to_owned() }
pub(crate) fn title_of(s: &str) -> String { s.to_owned() }
