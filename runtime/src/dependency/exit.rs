//! [`ExitStack`]: what is undone when a request is over.

use std::{future::Future, sync::Arc};

use poem::http::StatusCode;

use super::{Scope, after::Later};
use crate::{
    decode::Field,
    operation::{Argument, Call, Description},
};

/// How the request ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was answered, with this status.
    Answered(StatusCode),
    /// The client went away before there was an answer.
    Cancelled,
}

impl Outcome {
    /// Whether it was answered with a status below 400.
    #[must_use]
    pub fn is_success(self) -> bool {
        matches!(self, Self::Answered(status) if status.as_u16() < 400)
    }
}

/// Takes what is to be done when a request is over, for what [`Drop`] cannot do: to wait, or to know how it ended. It is
/// what follows `yield` in a dependency of FastAPI's.
///
/// The functions run last in, first out: after the response has been sent if it is a success (or before, in a
/// `#[dependency(scope = "function")]`), before it is sent if it is an error; and when the client has gone away.
/// A graceful shutdown waits for them.
///
/// ```
/// use versify::{ExitStack, Outcome, prelude::*};
///
/// # #[derive(Clone)] struct Transaction;
/// # impl Transaction { async fn commit(self) {} async fn roll_back(self) {} }
/// #[dependency]
/// async fn transaction(exit: ExitStack) -> Transaction {
///     let transaction = Transaction;
///     let own = transaction.clone();
///     exit.push(async move |outcome: Outcome| match outcome.is_success() {
///         true => own.commit().await,
///         false => own.roll_back().await,
///     });
///     transaction
/// }
/// ```
#[derive(Debug, Clone)]
pub struct ExitStack {
    later: Arc<Later>,
    scope: Scope,
}

impl ExitStack {
    /// Adds a function, which runs before all that were added earlier.
    pub fn push<F, R>(&self, exit: F)
    where
        F: FnOnce(Outcome) -> R + Send + 'static,
        R: Future<Output = ()> + Send + 'static,
    {
        self.later.add_exit(self.scope, Box::new(move |outcome| Box::pin(exit(outcome))));
    }
}

impl Argument for ExitStack {
    fn describe(_: &Field<Self>, _: &mut Description<'_>) {}

    fn prepare(_: &Field<Self>, call: &mut Call) -> Option<Self> {
        call.holds();
        Some(Self { later: call.later(), scope: call.scope() })
    }
}
