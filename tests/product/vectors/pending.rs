//! What versify does not answer as FastAPI does, and why.

/// Declarations that versify cannot make: the reason, then each type with its number of vectors.
pub const UNDECLARED: &[(&str, &[(&str, usize)])] = &[];

/// Vectors that are answered differently: the reason, then their names.
pub const DIFFERENT: &[(&str, &[&str])] = &[
    ("`rust_decimal` has no exponent: 1E+2 is 100", &["query-decimal-004"]),
    ("Rust's validators return errors: there is no `AssertionError`", &["json-Checked-003", "json-Checked-008"]),
];
