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
///     tasks.add(async move { println!("notification for {email}") });
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
    /// Adds a task.
    #[doc(alias = "add_task")]
    pub fn add<F: Future<Output = ()> + Send + 'static>(&self, task: F) {
        self.0.add_task(function_of::<F>(), Box::pin(task));
    }

    /// Adds a function that blocks; it runs on the threads that may.
    pub fn add_blocking<F: FnOnce() + Send + 'static>(&self, task: F) {
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
