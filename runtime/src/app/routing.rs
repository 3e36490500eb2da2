//! What an app serves, and where.

use super::{App, RootPath, Router, TrustedProxies};

impl App {
    /// Adds the operations of a router.
    #[doc(alias = "include_router")]
    #[doc(alias = "nest")]
    pub fn include(mut self, router: Router) -> Self {
        self.root = self.root.include(router);
        self
    }

    /// Hands all requests below a path to another app, with its own document and documentation pages.
    ///
    /// Its faults keep this app from starting. The states are its own; limits of bodies and forms are this app's, unless
    /// it has some.
    #[track_caller]
    pub fn mount_app(mut self, path: &str, app: App) -> Self {
        self.root = self.root.mount_app(path, app);
        self
    }

    /// What stands before all paths as clients see them, because a proxy takes it away: `/api/v1`.
    ///
    /// It is in the document's `servers` and in redirects. A request whose path begins with it is served, too.
    pub fn root_path(mut self, path: &str) -> Self {
        self.root_path = RootPath::new(path);
        self
    }

    /// Whether the served document lists the root path among its `servers`; `true` by default.
    pub fn root_path_in_servers(mut self, listed: bool) -> Self {
        self.root_path_in_servers = listed;
        self
    }

    /// The proxies whose `X-Forwarded-Proto` and `X-Forwarded-For` are believed; by default those on this machine.
    pub fn trusted_proxies(mut self, proxies: TrustedProxies) -> Self {
        self.trusted_proxies = proxies;
        self
    }

    /// Lets the first of several operations on one method and path serve; else they are a fault at the start.
    pub fn allow_shadowed_routes(mut self, allow: bool) -> Self {
        self.allow_shadowed_routes = allow;
        self
    }
}
