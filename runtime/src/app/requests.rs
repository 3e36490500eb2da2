//! What an app takes of a request: how much, as what, and for how long.

use std::time::Duration;

use super::App;
use crate::form::FormLimits;

impl App {
    /// The largest body in bytes, for operations without a `body_limit` of their own. 2 MiB by default.
    ///
    /// A larger one is answered with 413, before it is read where its length is known.
    pub fn body_limit(mut self, bytes: u64) -> Self {
        self.root = self.root.body_limit(bytes);
        self
    }

    /// How much of a form is read, for operations that do not say otherwise: how many fields and files, and how large a
    /// field may be.
    pub fn form_limits(mut self, limits: FormLimits) -> Self {
        self.root = self.root.form_limits(limits);
        self
    }

    /// Whether a body without a content type is no JSON, as in FastAPI by default. `false` reads it as JSON.
    ///
    /// A browser sends such a body across origins without asking first: an app that trusts its users' network rather
    /// than their credentials should leave this as it is. A body of another content type is never read as JSON.
    pub fn strict_content_type(mut self, strict: bool) -> Self {
        self.root = self.root.strict_content_type(strict);
        self
    }

    /// How long operations may take to answer, unless they, or their router, say otherwise; no limit by default. One
    /// that takes longer is dropped, and the client gets 504 (`{"detail":"Gateway Timeout"}`). What is streamed may take
    /// longer, once it has begun.
    ///
    /// ```
    /// use std::time::Duration;
    /// use versify::prelude::*;
    ///
    /// #[get("/report", timeout = Duration::from_secs(60))]
    /// async fn read_report() {}
    ///
    /// let app = App::new("Shop", "1.0.0").timeout(Duration::from_secs(10)).routes(routes![read_report]);
    /// # app.build().unwrap();
    /// ```
    pub fn timeout(mut self, time: Duration) -> Self {
        self.root = self.root.timeout(time);
        self
    }
}
