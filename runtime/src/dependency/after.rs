//! [`After`]: what outlives the operation: values of dependencies, background tasks, exits.

use std::{
    any::{Any, TypeId},
    fmt,
    future::Future,
    panic::AssertUnwindSafe,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
};

use bytes::Bytes;
use futures_util::FutureExt;
use http_body_util::combinators::BoxBody;
use hyper::body::{Body, Frame, SizeHint};
use poem::Response;
use smallvec::SmallVec;
use tokio::sync::SemaphorePermit;
use tokio_util::task::TaskTracker;
use tracing::Instrument;

use super::{Scope, exit::Outcome};

type Task = Pin<Box<dyn Future<Output = ()> + Send>>;
type Exit = Box<dyn FnOnce(Outcome) -> Task + Send>;

/// Tasks and exits, which functions add through handles.
#[derive(Default)]
pub(crate) struct Later(Mutex<Work>);

#[derive(Default)]
struct Work {
    /// Each with the name of its function.
    tasks: Vec<(&'static str, Task)>,
    exits: Vec<(Scope, Exit)>,
    /// Of dependencies of which only so many are there at once.
    permits: Vec<(Scope, SemaphorePermit<'static>)>,
}

impl Later {
    pub(super) fn add_task(&self, function: &'static str, task: Task) {
        self.with(|work| work.tasks.push((function, task)));
    }

    pub(super) fn add_exit(&self, scope: Scope, exit: Exit) {
        self.with(|work| work.exits.push((scope, exit)));
    }

    /// Keeps permits until the exits of their scope are done.
    pub(crate) fn keep(&self, scope: Scope, permits: Vec<SemaphorePermit<'static>>) {
        self.with(|work| work.permits.extend(permits.into_iter().map(|permit| (scope, permit))));
    }

    /// Gives permits back: those of one scope, or all.
    fn give_back(&self, scope: Option<Scope>) {
        self.with(|work| work.permits.retain(|(own, _)| scope.is_some_and(|scope| scope != *own)));
    }

    fn with<T>(&self, change: impl FnOnce(&mut Work) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn is_empty(&self) -> bool {
        self.with(|work| work.tasks.is_empty() && work.exits.is_empty() && work.permits.is_empty())
    }

    pub(super) async fn run_tasks(&self) {
        // One at a time, since a task may add others.
        while let Some((function, task)) = self.with(|work| (!work.tasks.is_empty()).then(|| work.tasks.remove(0))) {
            let task = guarded(task, "a background task panicked", function);
            #[cfg(feature = "opentelemetry")]
            let task = crate::observe::otel::background(function, task);
            task.await;
        }
    }

    fn drop_tasks(&self) {
        drop(self.with(|work| std::mem::take(&mut work.tasks)));
    }

    async fn run_exits(&self, outcome: Outcome, scope: Option<Scope>) {
        while let Some(exit) = self.with(|work| {
            let last = work.exits.iter().rposition(|(own, _)| scope.is_none_or(|scope| scope == *own))?;
            Some(work.exits.remove(last).1)
        }) {
            guarded(exit(outcome), "what follows a request panicked", "").await;
        }
    }
}

/// `None`, if it panicked.
async fn guarded(task: Task, words: &'static str, function: &'static str) -> Option<()> {
    match AssertUnwindSafe(task).catch_unwind().await {
        Ok(()) => Some(()),
        Err(panic) => {
            let message = crate::app::panic_message(&*panic);
            tracing::error!(target: "versify", message, function, "{words}");
            None
        }
    }
}

impl fmt::Debug for Later {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Later")
    }
}

/// A value that a dependency gave.
pub(crate) struct Held {
    dependency: TypeId,
    /// The scopes that were asked for, where that matters.
    scopes: Box<[&'static str]>,
    scope: Scope,
    value: Arc<dyn Any + Send + Sync>,
    /// Whether anybody can see when it is dropped: nobody can see that of a number.
    is_released: bool,
}

/// What outlives the operation.
///
/// When it is dropped, the tasks and exits that are left run on their own, and the values are released, last in, first
/// out.
#[derive(Default)]
pub(crate) struct After {
    /// Mostly few: inline, they cost no allocation.
    held: SmallVec<[Held; 2]>,
    later: Option<Arc<Later>>,
    outcome: Option<Outcome>,
    tracker: Option<TaskTracker>,
}

impl After {
    /// The value that the dependency gave before.
    #[inline]
    pub(crate) fn find<V: Send + Sync + 'static>(&self, dependency: TypeId, scopes: &[&'static str]) -> Option<Arc<V>> {
        let same = |held: &&Held| held.dependency == dependency && *held.scopes == *scopes;
        let held = self.held.iter().find(same)?;
        Arc::clone(&held.value).downcast().ok()
    }

    #[inline]
    pub(crate) fn hold<V: Send + Sync + 'static>(
        &mut self,
        dependency: TypeId,
        scopes: Box<[&'static str]>,
        scope: Scope,
        value: Arc<V>,
    ) {
        let is_released = std::mem::needs_drop::<V>();
        self.held.push(Held { dependency, scopes, scope, value, is_released });
    }

    pub(crate) fn later(&mut self, tracker: &TaskTracker) -> Arc<Later> {
        self.tracker.get_or_insert_with(|| tracker.clone());
        Arc::clone(self.later.get_or_insert_default())
    }

    /// Whether there is anything: mostly not.
    #[inline]
    pub(crate) fn is_needed(&self) -> bool {
        self.later.is_some() || self.held.iter().any(|held| held.is_released)
    }

    /// Does what comes before the response is sent, and leaves the rest to its body.
    pub(crate) async fn finish(mut self, response: Response, failed: bool) -> Response {
        let outcome = Outcome::Answered(response.status());
        self.outcome = Some(outcome);
        if let Some(later) = &self.later {
            if failed {
                later.drop_tasks();
            }
            let scope = if outcome.is_success() { Some(Scope::Function) } else { None };
            later.run_exits(outcome, scope).await;
        }
        while let Some(last) = self.held.iter().rposition(|held| held.scope == Scope::Function) {
            drop(self.held.remove(last));
        }
        if let Some(later) = &self.later {
            later.give_back(Some(Scope::Function));
        }
        if self.held.is_empty() && self.later.as_ref().is_none_or(|later| later.is_empty()) {
            return response;
        }
        // By its parts: to take the body alone would box an empty one.
        let (parts, body) = response.into_parts();
        let trailing = Trailing { body: body.into(), _after: self };
        Response::from_parts(parts, poem::Body::from(BoxBody::new(trailing)))
    }
}

impl fmt::Debug for After {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("After").field("held", &self.held.len()).finish_non_exhaustive()
    }
}

impl Drop for After {
    fn drop(&mut self) {
        if self.later.is_none() {
            while self.held.pop().is_some() {}
            return;
        }
        let mut held = std::mem::take(&mut self.held);
        let later = self.later.take().filter(|later| !later.is_empty());
        if let Some(later) = later
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            let outcome = self.outcome.unwrap_or(Outcome::Cancelled);
            let work = async move {
                match outcome {
                    Outcome::Cancelled => later.drop_tasks(),
                    Outcome::Answered(_) => later.run_tasks().await,
                }
                later.run_exits(outcome, None).await;
                while held.pop().is_some() {}
                later.give_back(None);
            };
            let work = work.in_current_span();
            #[cfg(feature = "opentelemetry")]
            let work = opentelemetry::context::FutureExt::with_current_context(work);
            match &self.tracker {
                Some(tracker) => drop(tracker.spawn_on(work, &runtime)),
                None => drop(runtime.spawn(work)),
            }
            return;
        }
        while held.pop().is_some() {}
    }
}

/// A response's body, and what waits for its end.
struct Trailing {
    body: BoxBody<Bytes, std::io::Error>,
    _after: After,
}

impl Body for Trailing {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
