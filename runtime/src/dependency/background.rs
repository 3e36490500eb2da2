//! [`BackgroundTasks`]: what is left to do when the response has been sent.

use std::{future::Future, sync::Arc};

use super::after::Later;
use crate::{
    decode::Field,
    operation::{Argument, Call, Description},
};

/// Takes work that is done after the response: an argument of an operation or of a dependency.
///
/// The tasks of one request run one after another, in the order in which they were added, once the response's body has
/// been sent; not at all if the operation fails with an error. A graceful shutdown waits for them. A task that panics
/// is logged, and the next one runs.
///
/// ```
/// use versify::prelude::*;
///
/// #[post("/send-notification/{email}")]
/// async fn send_notification(email: String, tasks: BackgroundTasks) -> &'static str {
///     tasks.add_task(async move { println!("notification for {email}") });
///     "Notification sent in the background"
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let tasks = BackgroundTasks::default();
/// send_notification("a@example.com".to_owned(), tasks.clone()).await;
/// // A test decides when they run.
/// tasks.run().await;
/// # }
/// ```
#[derive(Debug, Clone, Default)]
pub struct BackgroundTasks(Arc<Later>);

impl BackgroundTasks {
    /// Adds a task: a future, which an `async fn` gives when it is called.
    ///
    /// FastAPI's `add_task(write_log, message)` is `add_task(write_log(message))`: nothing of it runs before the response
    /// has been sent.
    ///
    /// ```
    /// use versify::prelude::*;
    ///
    /// async fn write_log(message: String) {
    ///     println!("{message}");
    /// }
    ///
    /// #[post("/notify/{email}")]
    /// async fn notify(email: String, tasks: BackgroundTasks) -> &'static str {
    ///     tasks.add_task(write_log(email));
    ///     "sent"
    /// }
    /// ```
    #[doc(alias = "add")]
    pub fn add_task<F: BackgroundTask + Send + 'static>(&self, task: F) {
        self.0.add_task(function_of::<F>(), Box::pin(task));
    }

    /// Adds a function that blocks; it runs on the threads that may.
    ///
    /// ```
    /// use versify::prelude::*;
    ///
    /// fn write_log(message: &str) {
    ///     println!("{message}");
    /// }
    ///
    /// #[post("/notify/{email}")]
    /// async fn notify(email: String, tasks: BackgroundTasks) -> &'static str {
    ///     tasks.add_blocking_task(move || write_log(&email));
    ///     "sent"
    /// }
    /// ```
    pub fn add_blocking_task<F: BlockingTask + Send + 'static>(&self, task: F) {
        self.0.add_task(function_of::<F>(), Box::pin(crate::operation::blocking(task)));
    }

    /// Runs the tasks that have been added. For tests of a function: an app does so by itself.
    pub async fn run(&self) {
        self.0.run_tasks().await;
    }
}

/// The function that a future or a closure is of.
fn function_of<F>() -> &'static str {
    std::any::type_name::<F>().trim_end_matches("::{{closure}}")
}

impl Argument for BackgroundTasks {
    fn describe(_: &Field<Self>, _: &mut Description<'_>) {}

    fn prepare(_: &Field<Self>, call: &mut Call) -> Option<Self> {
        Some(Self(call.later()))
    }
}

/// What [`BackgroundTasks::add_task`] takes: a future that gives nothing.
///
/// Nobody implements it: any such future is one.
///
/// ```
/// fn is_task(_: impl versify::dependency::BackgroundTask) {}
///
/// async fn write_log(message: String) {
///     println!("{message}");
/// }
///
/// is_task(write_log("done".to_owned()));
/// is_task(async { println!("done") });
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a background task",
    label = "a background task is a future that gives nothing",
    note = "an `async fn` is called with its arguments, and runs later: `tasks.add_task(write_log(message))`",
    note = "a plain `fn` is called in a closure: `tasks.add_blocking_task(move || write_log(message))`",
    note = "nobody waits for what a task gives; it deals with its errors itself: `tasks.add_task(async move {{ if let Err(error) = write_log(message).await {{ .. }} }})`"
)]
pub trait BackgroundTask: Future<Output = ()> {}

#[diagnostic::do_not_recommend]
impl<F: Future<Output = ()>> BackgroundTask for F {}

/// What [`BackgroundTasks::add_blocking_task`] takes: a closure without arguments that gives nothing.
///
/// Nobody implements it: any such closure or function is one.
///
/// ```
/// fn is_task(_: impl versify::dependency::BlockingTask) {}
///
/// is_task(|| println!("done"));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a blocking task",
    label = "a blocking task is a closure that takes nothing and gives nothing",
    note = "a plain `fn` is called in it: `tasks.add_blocking_task(move || write_log(message))`",
    note = "an `async fn` is called with its arguments, and runs later: `tasks.add_task(write_log(message))`"
)]
pub trait BlockingTask: FnOnce() {}

#[diagnostic::do_not_recommend]
impl<F: FnOnce()> BlockingTask for F {}
