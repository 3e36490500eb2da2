//! [`OperationTrace`]: spans of what an operation does.

use std::{
    cell::RefCell,
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{self, Poll},
    time::SystemTime,
};

use opentelemetry::{
    Context, ContextGuard, KeyValue,
    context::FutureExt as _,
    trace::{SpanBuilder, Status, TraceContextExt as _, Tracer as _},
};
use poem::{Request, Response};

use super::{Telemetry, request::Operations};
use crate::{faults::Caught, observe::Observation, operation::is_raised};

thread_local! {
    /// What the operation that is polled has entered since.
    static ENTERED: RefCell<Vec<ContextGuard>> = const { RefCell::new(Vec::new()) };
}

/// Spans of what an operation does: `versify.dependencies`, `versify.endpoint`, `versify.serialization`.
pub(crate) struct OperationTrace {
    telemetry: Arc<Telemetry>,
    /// The request's.
    parent: Context,
    function: &'static str,
    dependencies: Context,
    endpoint: Mutex<Phase>,
}

/// How far it has come.
enum Phase {
    /// Arguments are read.
    Reading,
    /// The function runs.
    Running(Context),
    /// It has returned: what it returned is being written.
    Returned(Context, SystemTime),
    Over,
}

impl OperationTrace {
    /// `None`, if nobody wants to know that of this request.
    #[cold]
    pub(crate) fn begin(request: &Request, function: &'static str) -> Option<Arc<Self>> {
        let parent = Observation::of(request)?.context()?.clone();
        let Operations(telemetry) = parent.get::<Operations>()?;
        let telemetry = Arc::clone(telemetry);
        let dependencies = span(&telemetry, "versify.dependencies", Some(function), &parent, None)?;
        Some(Arc::new(Self { telemetry, parent, function, dependencies, endpoint: Mutex::new(Phase::Reading) }))
    }

    /// In which dependencies run.
    pub(crate) fn dependencies(&self) -> Context {
        self.dependencies.clone()
    }

    /// Polls the operation in the context of what it does just then.
    pub(crate) fn run<F: Future + Unpin>(self: Arc<Self>, operation: F) -> Traced<F> {
        Traced { operation, trace: self }
    }

    /// All arguments are there: the function is called.
    #[cold]
    pub(crate) fn called(&self) {
        self.dependencies.span().end();
        let function = Some(self.function);
        let Some(context) = span(&self.telemetry, "versify.endpoint", function, &self.parent, None) else { return };
        *self.phase() = Phase::Running(context.clone());
        ENTERED.with_borrow_mut(|entered| entered.push(context.attach()));
    }

    /// It has returned.
    #[cold]
    pub(crate) fn returned(&self) {
        let mut phase = self.phase();
        if let Phase::Running(context) = &*phase {
            *phase = Phase::Returned(context.clone(), SystemTime::now());
        }
        drop(phase);
        leave();
    }

    /// There is an answer.
    pub(crate) fn finish(&self, response: &Response) {
        let is_fault = is_fault(response);
        match std::mem::replace(&mut *self.phase(), Phase::Over) {
            Phase::Reading => end(&self.dependencies, is_fault, None),
            Phase::Running(context) => end(&context, is_fault, None),
            Phase::Returned(context, at) => {
                end(&context, is_fault, Some(at));
                if !is_raised(response)
                    && let Some(context) =
                        span(&self.telemetry, "versify.serialization", Some(self.function), &self.parent, Some(at))
                {
                    end(&context, false, None);
                }
            }
            Phase::Over => {}
        }
    }

    fn phase(&self) -> std::sync::MutexGuard<'_, Phase> {
        self.endpoint.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn current(&self) -> Context {
        match &*self.phase() {
            Phase::Running(context) => context.clone(),
            _ => self.parent.clone(),
        }
    }
}

impl std::fmt::Debug for OperationTrace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OperationTrace").field("function", &self.function).finish_non_exhaustive()
    }
}

/// Whether an answer stands for an error that nobody foresaw. What is said on purpose is none, whatever its status.
fn is_fault(response: &Response) -> bool {
    let mut is_fault = false;
    Caught::look(response, |_, _| is_fault = true);
    is_fault
}

fn end(context: &Context, is_fault: bool, at: Option<SystemTime>) {
    let span = context.span();
    if is_fault {
        span.set_status(Status::error(""));
    }
    match at {
        Some(at) => span.end_with_timestamp(at),
        None => span.end(),
    }
}

/// A span within `parent`.
fn span(
    telemetry: &Telemetry,
    name: &'static str,
    function: Option<&'static str>,
    parent: &Context,
    from: Option<SystemTime>,
) -> Option<Context> {
    let tracer = telemetry.tracer.as_ref()?;
    let mut builder = SpanBuilder::from_name(name);
    if let Some(function) = function {
        builder = builder.with_attributes([KeyValue::new("code.function.name", function)]);
    }
    if let Some(from) = from {
        builder = builder.with_start_time(from);
    }
    Some(parent.with_span(tracer.build_with_context(builder, parent)))
}

/// Leaves what was entered while an operation was polled, the last first.
fn leave() {
    while let Some(guard) = ENTERED.with_borrow_mut(Vec::pop) {
        drop(guard);
    }
}

/// An operation that is traced.
pub(crate) struct Traced<F> {
    operation: F,
    trace: Arc<OperationTrace>,
}

impl<F: Future + Unpin> Future for Traced<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<F::Output> {
        let _current = self.trace.current().attach();
        // Another one may be polled by this one: it leaves what it has entered itself.
        let _outer = Outer(ENTERED.with_borrow_mut(std::mem::take));
        Pin::new(&mut self.operation).poll(cx)
    }
}

/// Puts back what was entered before, whether the poll returns or panics.
struct Outer(Vec<ContextGuard>);

impl Drop for Outer {
    fn drop(&mut self) {
        leave();
        let outer = std::mem::take(&mut self.0);
        ENTERED.with_borrow_mut(|entered| *entered = outer);
    }
}

/// Runs a background task in a span of its own, if there are spans of what operations do. `function` is whose it is.
pub(crate) async fn background<T>(function: &'static str, task: impl Future<Output = Option<T>>) -> Option<T> {
    let parent = Context::current();
    let context = parent
        .get::<Operations>()
        .and_then(|Operations(telemetry)| span(telemetry, "versify.background_task", Some(function), &parent, None));
    let Some(context) = context else { return task.await };
    let done = task.with_context(context.clone()).await;
    end(&context, done.is_none(), None);
    done
}
