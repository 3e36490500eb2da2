//! What a connection is doing, told in plain stores, and read from outside to time it out.
//!
//! A timer per connection costs each request a reset, and hyper's own (`header_read_timeout`) an allocation besides.
//! Here requests only store a coarse time; one task looks at all connections at intervals and wakes those that are
//! due.

use std::{
    convert::Infallible,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, Weak,
        atomic::{AtomicBool, AtomicU8, AtomicU32, Ordering::Relaxed},
    },
    task::Waker,
    time::Duration,
};

use futures_util::task::AtomicWaker;
use tokio::time::{Instant, MissedTickBehavior, interval};

use super::Options;

/// All connections of a server.
pub(super) struct Connections {
    clock: Arc<Clock>,
    /// Weak: a connection that ends need not sign off; the next round drops its entry.
    watches: Mutex<Vec<Weak<Watch>>>,
    round: Duration,
}

/// What all connections of a server read.
struct Clock {
    start: Instant,
    /// Milliseconds since `start`, as of the last round. It wraps: use differences only.
    now: AtomicU32,
    stage: AtomicU8,
    header_read_timeout: u32,
    keep_alive: u32,
}

const SERVING: u8 = 0;
const DRAINING: u8 = 1;
const ENDED: u8 = 2;

/// One connection, as seen by its transport, its requests and [`Connections`].
pub(super) struct Watch {
    clock: Arc<Clock>,
    phase: AtomicU8,
    running: AtomicU32,
    /// When the phase began, or bytes were last written between requests.
    since: AtomicU32,
    /// Whether the last request announced a body.
    body: AtomicBool,
    waker: AtomicWaker,
}

/// Reads the head of an HTTP/1 request, or its first bytes.
const HEAD: u8 = 0;
/// Between HTTP/1 requests, or in one: see `running`.
const IDLE: u8 = 1;
/// HTTP/2: there, bytes (a ping) do not announce a request.
const STREAMS: u8 = 2;
/// Over, or upgraded to another protocol.
const DONE: u8 = 3;

/// What is to become of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It goes on.
    Keep,
    /// It finishes what runs, then closes.
    Close,
    /// It ends now.
    Cut,
}

impl Connections {
    pub(super) fn new(options: &Options) -> Self {
        let limits = [options.header_read_timeout, options.keep_alive];
        let shortest = limits.into_iter().flatten().min().unwrap_or(Duration::MAX);
        Self {
            clock: Arc::new(Clock {
                start: Instant::now(),
                now: AtomicU32::new(0),
                stage: AtomicU8::new(SERVING),
                header_read_timeout: milliseconds(options.header_read_timeout),
                keep_alive: milliseconds(options.keep_alive),
            }),
            watches: Mutex::default(),
            round: (shortest / 8).clamp(Duration::from_millis(5), Duration::from_secs(1)),
        }
    }

    /// Watches a new connection.
    pub(super) fn add(&self) -> Arc<Watch> {
        self.clock.tick();
        let watch = Arc::new(Watch {
            clock: Arc::clone(&self.clock),
            phase: AtomicU8::new(HEAD),
            running: AtomicU32::new(0),
            since: AtomicU32::new(self.clock.now.load(Relaxed)),
            body: AtomicBool::new(false),
            waker: AtomicWaker::new(),
        });
        self.watches().push(Arc::downgrade(&watch));
        watch
    }

    /// Wakes connections that are due, round after round.
    pub(super) async fn keep_watch(&self) -> Infallible {
        let mut rounds = interval(self.round);
        rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            rounds.tick().await;
            self.clock.tick();
            self.wake(|watch| watch.verdict() != Verdict::Keep);
        }
    }

    /// Tells all connections to finish what runs, then close.
    pub(super) fn close(&self) {
        self.clock.stage.store(DRAINING, Relaxed);
        self.wake(|_| true);
    }

    /// Ends all connections now.
    pub(super) fn cut(&self) {
        self.clock.stage.store(ENDED, Relaxed);
        self.wake(|_| true);
    }

    /// How many connections are open, and how many requests they run.
    pub(super) fn count(&self) -> (usize, u32) {
        let (mut connections, mut requests) = (0, 0);
        self.each(|watch| {
            connections += 1;
            requests += watch.running.load(Relaxed);
        });
        (connections, requests)
    }

    fn wake(&self, mut when: impl FnMut(&Watch) -> bool) {
        self.each(|watch| {
            if when(watch) {
                watch.waker.wake();
            }
        });
    }

    fn each(&self, mut f: impl FnMut(&Watch)) {
        self.watches().retain(|watch| match watch.upgrade() {
            Some(watch) if watch.phase.load(Relaxed) != DONE => {
                f(&watch);
                true
            }
            _ => false,
        });
    }

    fn watches(&self) -> MutexGuard<'_, Vec<Weak<Watch>>> {
        self.watches.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock {
    fn tick(&self) {
        // The cast wraps, as it may.
        self.now.store(self.start.elapsed().as_millis() as u32, Relaxed);
    }
}

impl Watch {
    /// To be called whenever the connection is polled. A connection that does not go on is woken with this waker.
    pub(super) fn poll(&self, waker: &Waker) -> Verdict {
        self.waker.register(waker);
        self.verdict()
    }

    /// The connection speaks HTTP/2.
    pub(super) fn http2(&self) {
        self.phase.store(STREAMS, Relaxed);
        self.now();
    }

    /// Bytes came in.
    pub(super) fn read(&self) {
        if self.phase.load(Relaxed) == IDLE && self.running.load(Relaxed) == 0 {
            self.phase.store(HEAD, Relaxed);
            self.now();
        }
    }

    /// Bytes went out.
    pub(super) fn wrote(&self) {
        if self.phase.load(Relaxed) == IDLE {
            self.now();
        }
    }

    /// A request begins.
    pub(super) fn begin(&self, body: bool) {
        self.running.fetch_add(1, Relaxed);
        self.body.store(body, Relaxed);
        if self.phase.load(Relaxed) == HEAD {
            self.phase.store(IDLE, Relaxed);
        }
    }

    /// A request has been answered.
    pub(super) fn end(&self) {
        // First the time: with `running` at 0, an old one would make the connection look overdue.
        self.now();
        self.running.fetch_sub(1, Relaxed);
    }

    /// Whether the last request announced a body.
    pub(super) fn body(&self) -> bool {
        self.body.load(Relaxed)
    }

    /// The connection is over, or upgraded.
    pub(super) fn done(&self) {
        self.phase.store(DONE, Relaxed);
    }

    fn now(&self) {
        self.since.store(self.clock.now.load(Relaxed), Relaxed);
    }

    fn verdict(&self) -> Verdict {
        let clock = &*self.clock;
        let stage = clock.stage.load(Relaxed);
        if stage == ENDED {
            return Verdict::Cut;
        }
        if self.running.load(Relaxed) == 0 {
            let silence = clock.now.load(Relaxed).wrapping_sub(self.since.load(Relaxed));
            match self.phase.load(Relaxed) {
                HEAD if silence > clock.header_read_timeout => return Verdict::Cut,
                IDLE | STREAMS if silence > clock.keep_alive.saturating_mul(2) => return Verdict::Cut,
                IDLE | STREAMS if silence > clock.keep_alive => return Verdict::Close,
                _ => {}
            }
        }
        if stage == DRAINING { Verdict::Close } else { Verdict::Keep }
    }
}

/// `u32::MAX` (49 days) never passes.
fn milliseconds(limit: Option<Duration>) -> u32 {
    limit.and_then(|limit| u32::try_from(limit.as_millis()).ok()).unwrap_or(u32::MAX)
}
