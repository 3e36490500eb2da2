//! [`Limit`]: how many calls of a dependency run at once.

use tokio::sync::{Semaphore, SemaphorePermit};

/// How many calls of a dependency run at once. It is a `static` beside the declaration that it belongs to: all apps,
/// routes and sockets that use the declaration share it.
#[derive(Debug)]
pub struct Limit(Semaphore);

/// A limit, as a constant may name it.
pub(crate) type LimitOf = fn() -> &'static Limit;

impl Limit {
    /// At most `calls` at once.
    ///
    /// # Panics
    /// At compile time, if that is less than one.
    #[must_use]
    pub const fn new(calls: usize) -> Self {
        assert!(calls >= 1, "`max_concurrency` is at least 1");
        Self(Semaphore::const_new(calls))
    }
}

/// A dependency that is to be called, and what it must wait for before.
#[derive(Debug, Default)]
pub(crate) struct Turn {
    limits: [Option<LimitOf>; 2],
    /// Whether it counts until what it holds is released, and not only while its function runs.
    pub(crate) holds: bool,
    permits: Vec<SemaphorePermit<'static>>,
}

impl Turn {
    /// `None`: it waits for nothing. The dependency's own limit comes before the argument's.
    #[inline]
    pub(crate) fn new(limits: [Option<LimitOf>; 2], holds: bool) -> Option<Box<Self>> {
        if limits.iter().all(Option::is_none) {
            return None;
        }
        Some(Box::new(Self { limits, holds, permits: Vec::new() }))
    }

    /// Waits, on no thread. Who goes away while it waits takes nothing.
    pub(crate) async fn wait(&mut self) {
        for limit in std::mem::take(&mut self.limits).into_iter().flatten() {
            // Nobody closes it.
            self.permits.extend(limit().0.acquire().await);
        }
    }

    /// What it has got, to be held elsewhere.
    pub(crate) fn permits(&mut self) -> Vec<SemaphorePermit<'static>> {
        std::mem::take(&mut self.permits)
    }
}
