//! Dependencies: what operations need before they run, and share.

mod after;
mod background;
mod depends;
mod exit;
mod limit;
mod overrides;
mod route;
mod scopes;

pub(crate) use after::{After, Later};
pub use background::{BackgroundTask, BackgroundTasks, BlockingTask};
pub use depends::Depends;
pub use exit::{ExitStack, Outcome};
pub use limit::Limit;
pub(crate) use limit::{LimitOf, Turn};
pub(crate) use overrides::{Overrides, Substitute};
pub use route::RouteDependency;
pub use scopes::SecurityScopes;

use std::{future::Future, pin::Pin};

use crate::{
    openapi::SourceLocation,
    operation::{Call, Description, Failure},
};

/// A dependency that is being resolved. `None`: it could not be, and the call knows why.
pub type Resolving<'c, V> = Pin<Box<dyn Future<Output = Option<V>> + Send + 'c>>;

/// What operations need before they run: a function of its own, with arguments of any kind.
///
/// `#[dependency]` implements it for a struct with the function's name, which [`Depends`] takes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no dependency",
    note = "annotate the function with `#[dependency]` and name it: `user: Depends<current_user>`"
)]
pub trait Dependency: Send + Sync + 'static {
    /// What it gives.
    type Value: Send + Sync + 'static;

    /// What its attribute says.
    const META: DependencyMeta;

    /// Says what it reads of a request, and how it may fail.
    fn describe(description: &mut Description<'_>);

    /// Reads its arguments, and calls the function if all of them are right.
    fn resolve(call: &mut Call) -> Resolving<'_, Self::Value>;
}

/// What `#[dependency]` says, as a constant.
#[derive(Debug, Clone, Copy)]
pub struct DependencyMeta {
    pub(crate) function: &'static str,
    pub(crate) location: SourceLocation,
    pub(crate) scope: Scope,
    /// Whether its attribute says how long what it gives is held.
    pub(crate) holds: bool,
    pub(crate) max_concurrency: Option<LimitOf>,
}

/// How long what a dependency gives is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Until the response has been sent, its body included.
    Request,
    /// Until the operation has returned.
    Function,
}

impl DependencyMeta {
    /// Of a function at a place in the source.
    #[must_use]
    pub const fn new(function: &'static str, file: &'static str, line: u32) -> Self {
        Self {
            function,
            location: SourceLocation { file, line },
            scope: Scope::Request,
            holds: false,
            max_concurrency: None,
        }
    }

    /// With a scope of its own.
    #[must_use]
    pub const fn scope(mut self, scope: Scope) -> Self {
        self.scope = scope;
        self.holds = true;
        self
    }

    /// How many calls of it run at once.
    #[must_use]
    pub const fn max_concurrency(mut self, limit: fn() -> &'static Limit) -> Self {
        self.max_concurrency = Some(limit);
        self
    }
}

/// What a dependency that can fail returns: a `Result`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a `Result`",
    note = "a dependency that can fail returns `Result<T, E>`, and `E` is an error that an operation may return"
)]
pub trait Fallible {
    /// What it gives.
    type Value;
}

impl<T, E> Fallible for Result<T, E> {
    type Value = T;
}

/// The same, with an error that an operation may return.
///
/// Apart from [`Fallible`]: with another error a dependency is one still, and who depends on it has no fault to report.
pub trait Settle: Fallible {
    /// Says in the document how it fails.
    fn describe_failure(description: &mut Description<'_>);

    /// What it gives; its error ends the request.
    fn settle(self, call: &mut Call) -> Option<Self::Value>;
}

impl<T, E: Failure> Settle for Result<T, E> {
    fn describe_failure(description: &mut Description<'_>) {
        E::describe(description);
    }

    fn settle(self, call: &mut Call) -> Option<T> {
        self.map_err(|error| call.end(error)).ok()
    }
}

/// Tells a `Result` that goes by another name: see `#[dependency(fallible)]`.
#[derive(Debug)]
pub struct ReturnType<T>(std::marker::PhantomData<T>);

impl<T, E> ReturnType<Result<T, E>> {
    /// It is one.
    pub const IS_RESULT: bool = true;
}

/// What [`ReturnType`] says of all other types.
pub trait Infallible {
    /// It is none.
    const IS_RESULT: bool = false;
}

impl<T> Infallible for ReturnType<T> {}
