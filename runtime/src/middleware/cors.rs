//! [`Cors`]: which pages of other origins may read the answers.

use std::time::Duration;

use poem::{
    Endpoint, Request, Response,
    http::{
        HeaderMap, HeaderName, HeaderValue, Method, StatusCode,
        header::{
            ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
            ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE,
            ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, CONTENT_TYPE, ORIGIN, VARY,
        },
    },
};
use regex::Regex;

use super::around::around;

const ALL_METHODS: [&str; 8] = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY"];
/// What any page may send without asking (Fetch, "CORS-safelisted request-header").
const SAFELISTED: [&str; 4] = ["Accept", "Accept-Language", "Content-Language", "Content-Type"];
const REQUEST_PRIVATE_NETWORK: HeaderName = HeaderName::from_static("access-control-request-private-network");
const ALLOW_PRIVATE_NETWORK: HeaderName = HeaderName::from_static("access-control-allow-private-network");
const PREFLIGHT_VARY: &str = "Origin, Access-Control-Request-Method, Access-Control-Request-Headers, \
                              Access-Control-Request-Private-Network";

/// Cross-origin resource sharing, as FastAPI's `CORSMiddleware` does it: `App::layer(Cors::new()..)`.
///
/// By default no origin is allowed, and of methods `GET`. `"*"` stands for all.
///
/// ```
/// use versify::{App, middleware::Cors};
///
/// let app = App::new("Shop", "1.0.0").layer(
///     Cors::new().allow_origins(["https://shop.example.com"]).allow_credentials(true).allow_methods(["*"]).allow_headers(["*"]),
/// );
/// ```
#[derive(Debug, Clone)]
#[must_use = "it does nothing until `App::layer` gets it"]
pub struct Cors {
    origins: Vec<String>,
    origin_regex: Option<Regex>,
    methods: Vec<String>,
    headers: Vec<String>,
    expose_headers: Vec<String>,
    credentials: bool,
    private_network: bool,
    max_age: Duration,
}

impl Default for Cors {
    fn default() -> Self {
        Self {
            origins: Vec::new(),
            origin_regex: None,
            methods: vec!["GET".to_owned()],
            headers: Vec::new(),
            expose_headers: Vec::new(),
            credentials: false,
            private_network: false,
            max_age: Duration::from_secs(600),
        }
    }
}

impl Cors {
    /// Nothing is allowed yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Origins such as `https://example.com`, without a slash at the end.
    pub fn allow_origins<T: Into<String>>(mut self, origins: impl IntoIterator<Item = T>) -> Self {
        self.origins = origins.into_iter().map(Into::into).collect();
        self
    }

    /// Origins that match a regular expression as a whole.
    ///
    /// # Errors
    /// That of a pattern that is no regular expression.
    pub fn allow_origin_regex(mut self, pattern: &str) -> Result<Self, regex::Error> {
        self.origin_regex = Some(Regex::new(&format!("^(?:{pattern})$"))?);
        Ok(self)
    }

    /// Methods.
    pub fn allow_methods<T: Into<String>>(mut self, methods: impl IntoIterator<Item = T>) -> Self {
        self.methods = methods.into_iter().map(Into::into).collect();
        if self.methods.iter().any(|method| method == "*") {
            self.methods = ALL_METHODS.map(str::to_owned).to_vec();
        }
        self
    }

    /// Header fields of requests, beside those that are always allowed (`Accept`, `Accept-Language`,
    /// `Content-Language`, `Content-Type`).
    pub fn allow_headers<T: Into<String>>(mut self, headers: impl IntoIterator<Item = T>) -> Self {
        self.headers = headers.into_iter().map(Into::into).collect();
        self
    }

    /// Whether cookies and `Authorization` are allowed. With it, an origin is named and never `*`.
    pub fn allow_credentials(mut self, allowed: bool) -> Self {
        self.credentials = allowed;
        self
    }

    /// Whether pages of public networks may reach this one in a private network.
    pub fn allow_private_network(mut self, allowed: bool) -> Self {
        self.private_network = allowed;
        self
    }

    /// Header fields of answers that a page may read.
    pub fn expose_headers<T: Into<String>>(mut self, headers: impl IntoIterator<Item = T>) -> Self {
        self.expose_headers = headers.into_iter().map(Into::into).collect();
        self
    }

    /// How long a browser may remember what is allowed; ten minutes by default.
    pub fn max_age(mut self, age: Duration) -> Self {
        self.max_age = age;
        self
    }

    fn allows_all_origins(&self) -> bool {
        self.origins.iter().any(|origin| origin == "*")
    }

    fn allows_all_headers(&self) -> bool {
        self.headers.iter().any(|header| header == "*")
    }

    fn allows(&self, origin: &str) -> bool {
        self.allows_all_origins()
            || self.origin_regex.as_ref().is_some_and(|regex| regex.is_match(origin))
            || self.origins.iter().any(|known| known == origin)
    }

    async fn handle<E: Endpoint>(&self, request: Request, next: &E) -> Response {
        let origin = request.headers().get(ORIGIN).cloned();
        if let Some(origin) = &origin
            && request.method() == Method::OPTIONS
            && let Some(method) = request.headers().get(ACCESS_CONTROL_REQUEST_METHOD)
        {
            return self.preflight(origin, method, request.headers());
        }
        let mut response = next.get_response(request).await;
        self.simple(origin, response.headers_mut());
        response
    }

    fn preflight(&self, origin: &HeaderValue, method: &HeaderValue, asked: &HeaderMap) -> Response {
        let mut headers = HeaderMap::new();
        headers.insert(VARY, HeaderValue::from_static(PREFLIGHT_VARY));
        put(&mut headers, ACCESS_CONTROL_ALLOW_METHODS, &self.methods.join(", "));
        put(&mut headers, ACCESS_CONTROL_MAX_AGE, &self.max_age.as_secs().to_string());
        let mut safe: Vec<&str> = SAFELISTED.into_iter().chain(self.headers.iter().map(String::as_str)).collect();
        safe.sort_unstable();
        safe.dedup();
        let named = asked.get(ACCESS_CONTROL_REQUEST_HEADERS);
        match named {
            Some(named) if self.allows_all_headers() => {
                headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, named.clone());
            }
            _ if self.allows_all_headers() => {}
            _ => put(&mut headers, ACCESS_CONTROL_ALLOW_HEADERS, &safe.join(", ")),
        }
        if self.credentials {
            headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
        }
        let mut failures = Vec::new();
        match (self.allows(text(origin)), self.allows_all_origins() && !self.credentials) {
            (true, true) => drop(headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"))),
            (true, false) => drop(headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone())),
            (false, _) => failures.push("origin"),
        }
        if !self.methods.iter().any(|known| known == text(method)) {
            failures.push("method");
        }
        if let Some(named) = named
            && !self.allows_all_headers()
            && !text(named).split(',').all(|name| safe.iter().any(|known| known.eq_ignore_ascii_case(name.trim())))
        {
            failures.push("headers");
        }
        match (asked.contains_key(&REQUEST_PRIVATE_NETWORK), self.private_network) {
            (true, true) => drop(headers.insert(ALLOW_PRIVATE_NETWORK, HeaderValue::from_static("true"))),
            (true, false) => failures.push("private-network"),
            (false, _) => {}
        }
        let (status, body) = match failures.as_slice() {
            [] => (StatusCode::OK, "OK".to_owned()),
            failures => (StatusCode::BAD_REQUEST, format!("Disallowed CORS {}", failures.join(", "))),
        };
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
        let mut response = Response::builder().status(status).body(body);
        response.headers_mut().extend(headers);
        response
    }

    fn simple(&self, origin: Option<HeaderValue>, headers: &mut HeaderMap) {
        let vary: Vec<&str> = headers.get_all(VARY).iter().map(text).chain(["Origin"]).collect();
        let vary = vary.join(", ");
        put(headers, VARY, &vary);
        let Some(origin) = origin else { return };
        if self.credentials {
            headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
        }
        if !self.expose_headers.is_empty() {
            put(headers, ACCESS_CONTROL_EXPOSE_HEADERS, &self.expose_headers.join(", "));
        }
        if self.allows_all_origins() && !self.credentials {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        } else if self.allows(text(&origin)) {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        }
    }
}

around!(Cors, CorsEndpoint);

/// A text that is no header value is left out: a setting, never a panic.
fn put(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

fn text(value: &HeaderValue) -> &str {
    value.to_str().unwrap_or_default()
}
