//! [`Session`]: an app as a browser sees it, with cookies and redirects.

use std::sync::{Arc, Mutex, PoisonError};

use poem::{
    Body, Endpoint, Request, Response,
    http::{
        HeaderMap, HeaderValue, Method, Uri,
        header::{CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HOST, LOCATION, TRANSFER_ENCODING},
    },
};

use super::cookies::Cookies;
use crate::Service;

/// As many as FastAPI's test client follows.
const MAX_REDIRECTS: usize = 20;

/// An endpoint around a service: poem's `TestClient` drives it.
#[derive(Debug, Clone)]
pub(super) struct Session {
    service: Service,
    cookies: Arc<Mutex<Cookies>>,
    pub(super) follow: bool,
    pub(super) host: String,
}

/// Stands in a request: whether redirects are followed, whatever the session does.
#[derive(Debug, Clone, Copy)]
pub(super) struct Follow(pub(super) bool);

/// Stands in an answer: the paths that were asked for, the last of which answered.
#[derive(Debug, Clone)]
pub(super) struct Trail(pub(super) Vec<String>);

impl Session {
    pub(super) fn new(service: Service) -> Self {
        Self { service, cookies: Arc::default(), follow: true, host: "testserver".to_owned() }
    }

    pub(super) fn with_cookies<R>(&self, read: impl FnOnce(&mut Cookies) -> R) -> R {
        read(&mut self.cookies.lock().unwrap_or_else(PoisonError::into_inner))
    }

    #[cfg(feature = "websocket")]
    pub(super) fn service(&self) -> &Service {
        &self.service
    }

    /// Gives a request what the client knows; what the request says itself stays.
    pub(super) fn complete(&self, path: &str, headers: &mut HeaderMap) {
        let cookies = self.with_cookies(|cookies| cookies.header(path));
        let own = headers.get(COOKIE).and_then(|own| own.to_str().ok()).map(str::to_owned);
        let all: Vec<String> = own.into_iter().chain(cookies).collect();
        if let Ok(all) = HeaderValue::from_str(&all.join("; "))
            && !all.is_empty()
        {
            headers.insert(COOKIE, all);
        }
        if let (None, Ok(host)) = (headers.get(HOST), HeaderValue::from_str(&self.host)) {
            headers.insert(HOST, host);
        }
    }

    async fn ask(&self, mut request: Request) -> Response {
        let path = request.uri().path().to_owned();
        self.complete(&path, request.headers_mut());
        let response = self.service.answer(request).await;
        self.with_cookies(|cookies| cookies.learn(&path, response.headers()));
        response
    }

    /// Where an answer sends the client, if it is to this host.
    fn target(&self, from: &Uri, response: &Response) -> Option<Uri> {
        if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
            return None;
        }
        let location = response.headers().get(LOCATION)?.to_str().ok()?;
        let location = match location.split_once("://") {
            Some((_, rest)) => rest.strip_prefix(self.host.as_str()).filter(|rest| rest.starts_with(['/', '?']))?,
            None => location,
        };
        let path = from.path();
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        match location.chars().next() {
            Some('/') if !location.starts_with("//") => location.parse(),
            Some('?') => format!("{path}{location}").parse(),
            Some(char) if char != '/' => format!("{folder}/{location}").parse(),
            _ => return None,
        }
        .ok()
    }
}

impl Endpoint for Session {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        let follow = request.data::<Follow>().map_or(self.follow, |follow| follow.0);
        let mut trail = vec![request.uri().to_string()];
        if !follow {
            let mut response = self.ask(request).await;
            response.extensions_mut().insert(Trail(trail));
            return Ok(response);
        }
        let mut method = request.method().clone();
        let mut uri = request.uri().clone();
        let own = request.headers().clone();
        // It may be sent several times.
        let mut body = request.take_body().into_bytes().await.unwrap_or_default();
        request.set_body(Body::from_bytes(body.clone()));
        let mut headers = own;
        let mut response = self.ask(request).await;
        while let Some(target) = self.target(&uri, &response) {
            assert!(trail.len() <= MAX_REDIRECTS, "too many redirects: {}", trail.join(" -> "));
            let status = response.status().as_u16();
            let as_get = method != Method::HEAD && (status == 303 || (method == Method::POST && status < 303));
            if as_get {
                method = Method::GET;
                body.clear();
                for name in [CONTENT_TYPE, CONTENT_LENGTH, TRANSFER_ENCODING] {
                    headers.remove(name);
                }
            }
            trail.push(target.to_string());
            uri = target;
            let mut request = Request::builder().method(method.clone()).uri(uri.clone()).finish();
            request.headers_mut().extend(headers.clone());
            request.set_body(Body::from_bytes(body.clone()));
            response = self.ask(request).await;
        }
        response.extensions_mut().insert(Trail(trail));
        Ok(response)
    }
}
