//! What an app serves, and where.

use poem::Endpoint;

use super::{App, RootPath, Router, TrustedProxies};
use crate::{files::Frontend, operation::Route};

impl App {
    /// Adds operations: `.routes(routes![read_item, create_item])`.
    pub fn routes(mut self, routes: impl IntoIterator<Item = Route>) -> Self {
        self.root = self.root.routes(routes);
        self
    }

    /// Adds the operations of a router.
    pub fn include(mut self, router: Router) -> Self {
        self.root = self.root.include(router);
        self
    }

    /// Hands all requests below a path to a poem endpoint: see [`Router::mount`].
    #[track_caller]
    pub fn mount(mut self, path: &str, endpoint: impl Endpoint<Output: 'static> + 'static) -> Self {
        self.root = self.root.mount(path, endpoint);
        self
    }

    /// As [`App::mount`], with a name of its own: see [`Router::mount_named`].
    #[track_caller]
    pub fn mount_named(mut self, name: &str, path: &str, endpoint: impl Endpoint<Output: 'static> + 'static) -> Self {
        self.root = self.root.mount_named(name, path, endpoint);
        self
    }

    /// Serves a front end that was built to files: see [`Router::frontend`].
    #[track_caller]
    pub fn frontend(mut self, path: &str, frontend: impl Into<Frontend>) -> Self {
        self.root = self.root.frontend(path, frontend);
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
