//! [`Options`]: how long connections may wait.

use std::time::Duration;

use hyper_util::{
    rt::{TokioExecutor, TokioTimer},
    server::conn::auto::Builder,
};

use super::head_timer::HeadTimer;

/// Limits of connections, and of the shutdown.
///
/// ```
/// use std::time::Duration;
/// use versify::server::Options;
///
/// let options = Options { grace: Duration::from_secs(5), ..Options::default() };
/// ```
#[derive(Debug, Clone)]
pub struct Options {
    /// How long a client may take to send the head of a request, from the first moment that the connection is free
    /// for one: an idle connection is closed after the same time. The server looks twice in that time, so that half
    /// as much again may pass. 30 seconds by default.
    pub header_read_timeout: Duration,
    /// How long running requests may take once the server was told to stop. 30 seconds by default.
    pub grace: Duration,
    /// How many requests one HTTP/2 connection may have open. 200 by default.
    pub http2_max_concurrent_streams: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            header_read_timeout: Duration::from_secs(30),
            grace: Duration::from_secs(30),
            http2_max_concurrent_streams: 200,
        }
    }
}

impl Options {
    pub(super) fn builder(&self, timer: HeadTimer) -> Builder<TokioExecutor> {
        let mut builder = Builder::new(TokioExecutor::new());
        builder.http1().timer(timer).header_read_timeout(self.header_read_timeout);
        builder
            .http2()
            .timer(TokioTimer::new())
            .max_concurrent_streams(self.http2_max_concurrent_streams)
            // A peer that is gone without a word is found out.
            .keep_alive_interval(self.header_read_timeout)
            .keep_alive_timeout(self.header_read_timeout);
        builder
    }
}
