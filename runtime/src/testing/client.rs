//! [`TestClient`]: an app and whoever talks to it, in one process.

use poem::http::{HeaderMap, HeaderName, HeaderValue, Method};

use super::{request::TestRequest, session::Session};
use crate::{App, Service, Started};

/// A client of an app that has started: it keeps cookies and follows redirects.
///
/// [`App::test`] makes it. Requests go through the whole app, middleware included, and through no network; poem's
/// `TestClient` carries them. An answer is there when its background tasks are done, as in FastAPI's tests.
///
/// ```
/// use versify::{Cookie, Redirect, Response, prelude::*};
///
/// #[post("/login")]
/// async fn login() -> Response<Redirect> {
///     Response::new(Redirect::see_other("/me")).cookie(Cookie::new("user", "rick"))
/// }
///
/// #[get("/me")]
/// async fn me(#[cookie] user: String) -> String {
///     user
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let client = App::new("Shop", "1.0.0").routes(routes![login, me]).test().await;
/// client.post("/login").send().await.assert_status(200).assert_json("rick");
/// assert_eq!(client.cookie("user").as_deref(), Some("rick"));
/// # }
/// ```
#[derive(Debug)]
pub struct TestClient {
    session: Session,
    started: Started,
    pub(super) headers: HeaderMap,
}

impl App {
    /// Starts the app for a test, its lifespans included, and gives a client of it. Feature `test`.
    ///
    /// # Panics
    /// If the app cannot start; the message is the report that [`App::start`] gives.
    pub async fn test(self) -> TestClient {
        match self.start().await {
            Ok(started) => TestClient::new(started),
            Err(error) => panic!("{error}"),
        }
    }
}

impl TestClient {
    fn new(started: Started) -> Self {
        Self { session: Session::new(started.service().clone()), started, headers: HeaderMap::new() }
    }

    /// With a header field that all requests have.
    ///
    /// # Panics
    /// If it is none.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let (name, value) = header(name, value);
        self.headers.insert(name, value);
        self
    }

    /// Whether redirects are followed; they are by default.
    #[must_use]
    pub fn follow_redirects(mut self, follow: bool) -> Self {
        self.session.follow = follow;
        self
    }

    /// The host that requests are sent to; `testserver` by default, as in FastAPI's tests.
    #[must_use]
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.session.host = host.into();
        self
    }

    /// Sets a cookie, as if an answer had.
    pub fn set_cookie(&self, name: &str, value: &str) {
        self.session.with_cookies(|cookies| cookies.set(name, value));
    }

    /// The cookie of this name, if there is one.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.session.with_cookies(|cookies| cookies.get(name).map(str::to_owned))
    }

    /// Forgets all cookies.
    pub fn clear_cookies(&self) {
        self.session.with_cookies(|cookies| *cookies = super::cookies::Cookies::default());
    }

    /// A `GET` request for a path, such as `/items?limit=3`.
    pub fn get(&self, path: impl Into<String>) -> TestRequest<'_> {
        self.request(Method::GET, path)
    }

    /// A `POST` request.
    pub fn post(&self, path: impl Into<String>) -> TestRequest<'_> {
        self.request(Method::POST, path)
    }

    /// A `PUT` request.
    pub fn put(&self, path: impl Into<String>) -> TestRequest<'_> {
        self.request(Method::PUT, path)
    }

    /// A `PATCH` request.
    pub fn patch(&self, path: impl Into<String>) -> TestRequest<'_> {
        self.request(Method::PATCH, path)
    }

    /// A `DELETE` request.
    pub fn delete(&self, path: impl Into<String>) -> TestRequest<'_> {
        self.request(Method::DELETE, path)
    }

    /// A `HEAD` request.
    pub fn head(&self, path: impl Into<String>) -> TestRequest<'_> {
        self.request(Method::HEAD, path)
    }

    /// An `OPTIONS` request.
    pub fn options(&self, path: impl Into<String>) -> TestRequest<'_> {
        self.request(Method::OPTIONS, path)
    }

    /// A request of any method.
    pub fn request(&self, method: Method, path: impl Into<String>) -> TestRequest<'_> {
        TestRequest::new(self, method, path.into())
    }

    /// A request for a WebSocket: [`TestRequest::connect`] sends it.
    #[cfg(feature = "websocket")]
    pub fn websocket(&self, path: impl Into<String>) -> TestRequest<'_> {
        self.request(Method::GET, path)
    }

    /// What answers the requests.
    #[must_use]
    pub fn service(&self) -> &Service {
        self.started.service()
    }

    /// Ends the app: background tasks finish, and the lifespans do what was to be done at the end.
    pub async fn stop(self) {
        self.started.stop().await;
    }

    pub(super) fn session(&self) -> &Session {
        &self.session
    }
}

/// # Panics
/// If it is no header field.
#[track_caller]
pub(super) fn header(name: &str, value: &str) -> (HeaderName, HeaderValue) {
    match (name.parse(), value.parse()) {
        (Ok(name), Ok(value)) => (name, value),
        _ => panic!("`{name}: {value}` is no header field"),
    }
}
