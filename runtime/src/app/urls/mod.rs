//! [`Urls`]: where the operations of an app are, as a client sees them.

mod app_url;
mod error;
mod names;
mod parameters;

use std::{fmt, sync::Arc};

use poem::{
    Request,
    http::{header::HOST, uri::Authority},
};

pub(crate) use self::names::Names;
use self::names::{Place, Wanted};
pub use self::{app_url::AppUrl, error::UrlError, parameters::UrlParameters};
use super::{Forwarded, RootPath};
use crate::{
    decode::Field,
    operation::{Argument, Call, Description, Operation},
};

/// The URLs of an app's operations and mounts, as the client of a request sees them: an argument of an operation or of a
/// dependency, which needs no attribute.
///
/// An operation is named as a type, so the compiler checks the name; or by its function's name as text. What is mounted
/// goes by its path without the slashes around it, and takes the `path` of the file.
///
/// ```
/// use versify::{Redirect, StaticFiles, Urls, json, prelude::*};
///
/// #[get("/items/{item_id}")]
/// async fn read_item(item_id: u64) -> u64 {
///     item_id
/// }
///
/// #[get("/newest")]
/// async fn newest(urls: Urls) -> Result<Redirect> {
///     Ok(Redirect::to(urls.of::<read_item>([("item_id", 42)])?))
/// }
///
/// #[get("/style")]
/// async fn style(urls: Urls) -> Result<Value> {
///     let url = urls.named("static", [("path", "/styles.css")])?;
///     Ok(json!({"absolute": url.as_str(), "path": url.path()}))
/// }
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let app = App::new("Shop", "1.0.0")
///     .routes(routes![read_item, newest, style])
///     .mount("/static", StaticFiles::new("static").check(false));
/// // Outside of requests, and in tests, the service has them, too.
/// let urls = app.build()?.urls("https://shop.example");
/// assert_eq!(urls.of::<read_item>([("item_id", 42)])?.as_str(), "https://shop.example/items/42");
/// assert_eq!(urls.named("static", [("path", "/styles.css")])?.path(), "/static/styles.css");
/// assert!(urls.named("read_item", ()).is_err(), "the path has a parameter");
/// # Ok(())
/// # }
/// ```
///
/// Behind a proxy a URL begins as the proxy's client sees it: see [`App::root_path`](super::App::root_path) and
/// [`App::trusted_proxies`](super::App::trusted_proxies). An app that is mounted knows its own operations and those
/// of the app around it. The URL of a `#[websocket]` begins with `ws` or `wss`.
#[derive(Clone)]
pub struct Urls {
    names: Arc<Names>,
    base: Base,
    /// Of the app around this one.
    outer: Option<Arc<Urls>>,
}

/// What stands before a path.
#[derive(Clone)]
struct Base {
    /// `https://shop.example`; empty if the request does not say.
    origin: Arc<str>,
    root: RootPath,
}

impl Urls {
    /// Of an app that clients find at `base`: scheme, host, and a root path if there is one.
    pub(super) fn new(names: Arc<Names>, base: &str) -> Self {
        let host = base.find("://").map_or(0, |scheme| scheme + 3);
        let path = base.get(host..).and_then(|rest| rest.find('/')).map_or(base.len(), |slash| host + slash);
        let (origin, root) = base.split_at_checked(path).unwrap_or((base, ""));
        Self { names, base: Base { origin: origin.into(), root: RootPath::new(root) }, outer: None }
    }

    /// Of the app that answers a request.
    pub(crate) fn of_request(names: Arc<Names>, request: &Request) -> Self {
        let host = request.header(HOST).or_else(|| request.uri().authority().map(Authority::as_str));
        let host = host.filter(|host| is_host(host));
        let origin = host.map(|host| format!("{}://{host}", Forwarded::of(request).scheme)).unwrap_or_default();
        let outer = request.data::<Outer>().map(|Outer(urls)| Arc::clone(urls));
        Self { names, base: Base { origin: origin.into(), root: RootPath::of(request) }, outer }
    }

    /// Of the request itself.
    #[cfg(feature = "templates")]
    pub(crate) fn current(&self, uri: &poem::http::Uri) -> AppUrl {
        let path = uri.path_and_query().map_or("/", poem::http::uri::PathAndQuery::as_str);
        AppUrl::new(&self.base.origin, &format!("{}{path}", self.base.root.as_str()))
    }

    /// Lets the app that is mounted know these.
    pub(super) fn enclose(self, request: &mut Request) {
        request.set_data(Outer(Arc::new(self)));
    }

    /// Of an operation, with the parameters of its path: `()` for none, `[("item_id", 42)]`, or pairs of several types
    /// `(("user", "ann"), ("item_id", 42))`. An operation that is there several times has the first path that takes
    /// these parameters.
    ///
    /// # Errors
    /// The app has no such operation, or its path has other parameters.
    pub fn of<O: Operation>(&self, parameters: impl UrlParameters) -> Result<AppUrl, UrlError> {
        let meta = O::META;
        self.find(&Wanted::Operation(meta.function, meta.location), parameters.pairs())
    }

    /// Of what goes by this name: a function, a mount (with its `path`), what is in an app that is mounted
    /// (`"admin:read_user"`, or its own name alone), or a documentation page (`openapi`, `swagger_ui_html`,
    /// `redoc_html`). The first that takes these parameters.
    ///
    /// # Errors
    /// The app has nothing of this name, or its path has other parameters.
    pub fn named(&self, name: &str, parameters: impl UrlParameters) -> Result<AppUrl, UrlError> {
        self.find(&Wanted::Name(name), parameters.pairs())
    }

    fn find(&self, wanted: &Wanted<'_>, parameters: Vec<(String, String)>) -> Result<AppUrl, UrlError> {
        match self.names.find(wanted, &parameters) {
            Ok(place) => Ok(self.base.url(&place)),
            Err(error) => match &self.outer {
                Some(outer) => outer.find(wanted, parameters).map_err(|outer| error.nearer(outer)),
                None => Err(error),
            },
        }
    }
}

impl Base {
    fn url(&self, place: &Place) -> AppUrl {
        let origin = match self.origin.strip_prefix("http") {
            // `ws` for `http`, `wss` for `https`.
            Some(rest) if place.socket => format!("ws{rest}"),
            _ => self.origin.to_string(),
        };
        AppUrl::new(&origin, &format!("{}{}", self.root.as_str(), place.path))
    }
}

/// What a `Host` header may be made of: it stands in pages and mails.
fn is_host(host: &str) -> bool {
    host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~:[]%".contains(&byte))
}

/// On its way with a request into an app that is mounted.
#[derive(Clone)]
struct Outer(Arc<Urls>);

impl fmt::Debug for Urls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Urls")
            .field("origin", &self.base.origin)
            .field("root_path", &self.base.root.as_str())
            .finish_non_exhaustive()
    }
}

impl Argument for Urls {
    fn describe(_: &Field<Self>, _: &mut Description<'_>) {}

    fn prepare(_: &Field<Self>, call: &mut Call) -> Option<Self> {
        Some(Self::of_request(call.names(), call.request()))
    }
}
