//! STUB
use super::*;
pub(crate) fn document(_i: &Info, _o: &[OperationSpec], _c: &Components) -> Vec<u8> { Vec::new() }
