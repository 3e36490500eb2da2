//! [`Answering`]: functions whose answer has a type without a name.

use std::future::Future;

use poem::http::StatusCode;

use super::{Description, Reply};

/// A function that answers with a type that only it names, such as `Events<impl Stream<..>>`: generated code describes
/// the answer by the function.
///
/// A trait, since what is wrong with the answer is told of it, and not of a function of ours.
pub trait Answering: Sized {
    /// Describes the answer; the function is not called.
    fn describe_answer(self, description: &mut Description<'_>, status: StatusCode);
}

impl<F: FnOnce() -> R, R: Reply> Answering for F {
    fn describe_answer(self, description: &mut Description<'_>, status: StatusCode) {
        R::describe(description, status);
    }
}

/// The same of an `async fn`.
pub trait AnsweringLater: Sized {
    /// Describes the answer; the function is not called.
    fn describe_answer(self, description: &mut Description<'_>, status: StatusCode);
}

impl<F: FnOnce() -> R, R: Future<Output: Reply>> AnsweringLater for F {
    fn describe_answer(self, description: &mut Description<'_>, status: StatusCode) {
        R::Output::describe(description, status);
    }
}
