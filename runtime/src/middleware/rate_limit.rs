//! [`RateLimit`]: only so many requests in a time.

use std::{
    fmt,
    net::IpAddr,
    num::NonZeroU32,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use governor::{
    DefaultKeyedRateLimiter, Quota,
    clock::{Clock, DefaultClock},
};
use poem::{
    Endpoint, Request, Response,
    http::{HeaderName, StatusCode},
};

use super::{around::around, limited::limited};
use crate::app::Forwarded;

/// After so many requests callers that have been quiet are forgotten: the table of callers stays small.
const FORGET_AFTER: u32 = 1024;

/// What is kept of a caller's name; more would let callers fill the memory.
const LONGEST_NAME: usize = 256;

type Name = Arc<dyn Fn(&Request) -> Option<String> + Send + Sync>;

/// Lets only so many requests of a caller in; further ones are answered with 429, and with `Retry-After`: when the next
/// one will be let in.
///
/// A caller is known by its address ([`Forwarded`], so behind trusted proxies that of the client; of IPv6 the network,
/// `/64`), by a header, or by whatever a function says. The limit is a GCRA: 60 in a minute may come at once, and then
/// one a second.
///
/// One limit is for all that it is around: for an app, a router, or an operation (`layers = [..]`). Each process counts
/// for itself.
///
/// ```
/// use versify::{middleware::RateLimit, prelude::*};
///
/// /// No more than five attempts in a minute.
/// #[post("/login", layers = [RateLimit::per_minute(5)])]
/// async fn login() {}
///
/// let app = App::new("Shop", "1.0.0").layer(RateLimit::per_second(50).by_header("x-api-key")).routes(routes![login]);
/// # app.build().unwrap();
/// ```
#[derive(Clone)]
#[must_use = "it does nothing until `App::layer` gets it"]
pub struct RateLimit {
    limiter: Arc<DefaultKeyedRateLimiter<String>>,
    requests: NonZeroU32,
    period: Duration,
    name: Name,
    seen: Arc<AtomicU32>,
}

impl RateLimit {
    /// So many requests in a time, at least one; by the caller's address.
    pub fn new(requests: u32, period: Duration) -> Self {
        let requests = NonZeroU32::new(requests).unwrap_or(NonZeroU32::MIN);
        let name: Name = Arc::new(|request| Forwarded::of(request).client.map(network));
        Self { limiter: Arc::new(limiter(requests, requests, period)), requests, period, name, seen: Arc::default() }
    }

    /// So many requests in a second.
    pub fn per_second(requests: u32) -> Self {
        Self::new(requests, Duration::from_secs(1))
    }

    /// So many requests in a minute.
    pub fn per_minute(requests: u32) -> Self {
        Self::new(requests, Duration::from_secs(60))
    }

    /// So many requests in an hour.
    pub fn per_hour(requests: u32) -> Self {
        Self::new(requests, Duration::from_secs(60 * 60))
    }

    /// How many of them may come at once; all of them by default.
    pub fn burst(mut self, requests: u32) -> Self {
        let burst = NonZeroU32::new(requests).unwrap_or(NonZeroU32::MIN);
        self.limiter = Arc::new(limiter(self.requests, burst, self.period));
        self
    }

    /// Callers are known by this header; one that sends none by its address. Only a name that was checked before says
    /// who somebody is: whoever may choose it has as many limits as names.
    pub fn by_header(self, header: &'static str) -> Self {
        let header = HeaderName::from_bytes(header.as_bytes()).ok();
        let by_address = Arc::clone(&self.name);
        self.by(move |request| {
            let sent = header.as_ref().and_then(|header| request.headers().get(header));
            match sent {
                Some(sent) => Some(String::from_utf8_lossy(sent.as_bytes()).into_owned()),
                None => by_address(request),
            }
        })
    }

    /// Callers are known by what a function says; one of whom it says `None` has no limit.
    pub fn by(mut self, name: impl Fn(&Request) -> Option<String> + Send + Sync + 'static) -> Self {
        self.name = Arc::new(name);
        self
    }

    async fn handle<E: Endpoint>(&self, request: Request, next: &E) -> Response {
        match self.check(&request) {
            Ok(()) => next.get_response(request).await,
            Err(wait) => {
                // Whole seconds, and never too early.
                let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
                limited(StatusCode::TOO_MANY_REQUESTS, Some(seconds.max(1)))
            }
        }
    }

    fn check(&self, request: &Request) -> Result<(), Duration> {
        let Some(mut name) = (self.name)(request) else { return Ok(()) };
        if name.len() > LONGEST_NAME {
            name = shortened(&name);
        }
        if self.seen.fetch_add(1, Ordering::Relaxed) % FORGET_AFTER == FORGET_AFTER - 1 {
            self.limiter.retain_recent();
        }
        self.limiter.check_key(&name).map_err(|refused| refused.wait_time_from(DefaultClock::default().now()))
    }
}

fn limiter(requests: NonZeroU32, burst: NonZeroU32, period: Duration) -> DefaultKeyedRateLimiter<String> {
    let each = (period / requests.get()).max(Duration::from_nanos(1));
    let quota = Quota::with_period(each).unwrap_or(Quota::per_second(requests));
    DefaultKeyedRateLimiter::keyed(quota.allow_burst(burst))
}

/// The beginning of a long name, and a hash of all of it.
fn shortened(name: &str) -> String {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    let start: String = name.chars().take(LONGEST_NAME / 4).collect();
    format!("{start}…{:x}", hasher.finish())
}

/// The address; of IPv6 the network, since whoever has one address there has as many as they like.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

around!(RateLimit, RateLimitEndpoint);

impl fmt::Debug for RateLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RateLimit")
            .field("requests", &self.requests)
            .field("period", &self.period)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_who() {
        for (address, name) in
            [("10.0.0.1", "10.0.0.1"), ("::ffff:10.0.0.1", "10.0.0.1"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
        {
            assert_eq!(network(address.parse().unwrap()), name);
        }
        let (long, other) = ("a".repeat(1000), format!("{}b", "a".repeat(1000)));
        assert_ne!(shortened(&long), shortened(&other));
        assert!(shortened(&"ä".repeat(1000)).len() < LONGEST_NAME);
    }

    #[test]
    fn who_is_quiet_is_forgotten() {
        let limit = RateLimit::new(1, Duration::from_nanos(1)).by(|request| request.header("x").map(str::to_owned));
        for number in 0..3 * FORGET_AFTER {
            let request = Request::builder().header("x", number.to_string()).finish();
            assert!(limit.check(&request).is_ok());
        }
        assert!(limit.limiter.len() <= FORGET_AFTER as usize, "{}", limit.limiter.len());
    }
}
