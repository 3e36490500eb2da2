//! [`HeadTimer`]: the clock by which hyper ends connections that send no request.
//!
//! hyper makes a timer for every request and drops it as soon as the head has come. Entered into tokio's timer wheel
//! and taken out again, that is a twentieth of what a small request costs. This clock is the server's instead: it
//! beats for all connections at once, and a timer only counts beats. Its price is precision: a time that has passed
//! is seen at the next beat.

use std::{
    future::Future,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering::Relaxed},
    },
    task::{Context, Poll},
    time::{Duration, Instant},
};

use hyper::rt::{Sleep, Timer};

/// How many beats one timeout is long. Since the first may come at once, one more is waited for.
const BEATS: u32 = 2;

/// Every so often the clock beats.
pub(super) fn period(timeout: Duration) -> Duration {
    (timeout / BEATS).max(Duration::from_millis(1))
}

/// One connection's clock. What sleeps by it is looked at when the connection is: after each beat.
#[derive(Debug, Clone)]
pub(super) struct HeadTimer(Arc<Clock>);

#[derive(Debug)]
struct Clock {
    beats: AtomicU32,
    /// Whether hyper has asked for the time, which it does when it begins to read a request.
    asked: AtomicBool,
    /// hyper reckons with instants; beats are all that counts.
    made: Instant,
}

impl HeadTimer {
    pub(super) fn new() -> Self {
        Self(Arc::new(Clock { beats: AtomicU32::new(0), asked: AtomicBool::new(false), made: Instant::now() }))
    }

    pub(super) fn beat(&self) {
        self.0.beats.fetch_add(1, Relaxed);
    }

    /// Whether the time has passed without a first request, not even its beginning.
    pub(super) fn waits_in_vain(&self) -> bool {
        !self.0.asked.load(Relaxed) && self.0.beats.load(Relaxed) > BEATS
    }
}

impl Timer for HeadTimer {
    fn sleep(&self, _: Duration) -> Pin<Box<dyn Sleep>> {
        let end = self.0.beats.load(Relaxed).wrapping_add(BEATS);
        Box::pin(Beats { clock: Arc::clone(&self.0), end })
    }

    fn sleep_until(&self, _: Instant) -> Pin<Box<dyn Sleep>> {
        self.sleep(Duration::ZERO)
    }

    fn now(&self) -> Instant {
        self.0.asked.store(true, Relaxed);
        self.0.made
    }
}

/// Completes when the clock is past `end`.
struct Beats {
    clock: Arc<Clock>,
    end: u32,
}

impl Sleep for Beats {}

impl Future for Beats {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        let left = self.end.wrapping_sub(self.clock.beats.load(Relaxed)).cast_signed();
        if left < 0 { Poll::Ready(()) } else { Poll::Pending }
    }
}
