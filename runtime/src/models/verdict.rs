//! [`Verdict`]: what generated code asks of a validator.

use std::fmt::Display;

/// What a validator returns: its error is any that can be shown.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not what a validator returns",
    label = "a validator returns `Result<(), E>`, where `E` is a text or an error",
    note = "it checks, and changes nothing: `fn check(value: &T) -> Result<(), String>`"
)]
pub trait Verdict {
    /// The fault as text.
    ///
    /// # Errors
    /// What the validator found.
    fn into_result(self) -> Result<(), String>;
}

impl<E: Display> Verdict for Result<(), E> {
    fn into_result(self) -> Result<(), String> {
        self.map_err(|error| error.to_string())
    }
}

/// What a validator said, as text.
///
/// # Errors
/// What it found.
pub fn said(verdict: impl Verdict) -> Result<(), String> {
    verdict.into_result()
}
