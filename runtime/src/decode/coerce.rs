//! STUB
pub(crate) enum Int<'a> { I64(i64), U64(u64), I128(i128), Big { negative: bool, digits: &'a str } }
pub(crate) enum IntFault { Parsing, Size }
pub(crate) fn int(text: &str) -> Result<Int<'_>, IntFault> { text.parse().map(Int::I64).map_err(|_| IntFault::Parsing) }
pub(crate) fn float(text: &str) -> Option<f64> { text.parse().ok() }
pub(crate) fn boolean(text: &str) -> Option<bool> { text.parse().ok() }
