//! [`ConcurrencyLimit`]: only so many requests at once.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use poem::{Endpoint, Request, Response, http::StatusCode};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{around::around, held::hold, limited::limited};

/// Lets only so many requests in at once, until their answers have been sent. Further ones are answered with 503 and
/// `Retry-After: 1`, at once, or once so many wait ([`ConcurrencyLimit::queue`]).
///
/// One limit is for all that it is around: for an app, a router, or an operation (`layers = [..]`).
///
/// ```
/// use versify::{middleware::ConcurrencyLimit, prelude::*};
///
/// /// Heavy: two at a time, and ten more may wait.
/// #[get("/report", layers = [ConcurrencyLimit::new(2).queue(10)])]
/// async fn read_report() {}
///
/// let app = App::new("Shop", "1.0.0").layer(ConcurrencyLimit::new(1000)).routes(routes![read_report]);
/// # app.build().unwrap();
/// ```
#[derive(Debug, Clone)]
#[must_use = "it does nothing until `App::layer` gets it"]
pub struct ConcurrencyLimit {
    places: Arc<Semaphore>,
    queue: usize,
    waiting: Arc<AtomicUsize>,
}

impl ConcurrencyLimit {
    /// So many requests at once; with 0 none is let in.
    pub fn new(requests: usize) -> Self {
        let places = Arc::new(Semaphore::new(requests.min(Semaphore::MAX_PERMITS)));
        Self { places, queue: 0, waiting: Arc::default() }
    }

    /// How many more may wait for their turn; none by default.
    pub fn queue(mut self, requests: usize) -> Self {
        self.queue = requests;
        self
    }

    async fn handle<E: Endpoint>(&self, request: Request, next: &E) -> Response {
        let Some(place) = self.enter().await else {
            return limited(StatusCode::SERVICE_UNAVAILABLE, Some(1));
        };
        hold(next.get_response(request).await, place)
    }

    /// Takes a place, after those who came before. `None`: too many wait.
    async fn enter(&self) -> Option<OwnedSemaphorePermit> {
        if let Ok(place) = Arc::clone(&self.places).try_acquire_owned() {
            return Some(place);
        }
        let waits = Waiting(&self.waiting);
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= self.queue {
            return None;
        }
        let place = Arc::clone(&self.places).acquire_owned().await.ok();
        drop(waits);
        place
    }
}

around!(ConcurrencyLimit, ConcurrencyLimitEndpoint);

/// One who waits, or has gone away meanwhile.
struct Waiting<'w>(&'w AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
