//! [`TestRequest`]: a request of a test, until it is sent.

use std::fmt::Display;

use poem::{
    Body,
    http::{
        HeaderMap, HeaderValue, Method,
        header::{AUTHORIZATION, CONTENT_TYPE, COOKIE},
    },
    test::{TestForm, TestResponse as PoemResponse},
};
use serde::Serialize;

use super::{
    client::{TestClient, header},
    encoding,
    response::TestResponse,
    session::Follow,
};

/// A request; [`TestRequest::send`] sends it.
#[must_use = "a request does nothing until it is sent"]
pub struct TestRequest<'c> {
    client: &'c TestClient,
    method: Method,
    uri: String,
    headers: HeaderMap,
    content: Content,
    follow: Option<bool>,
}

enum Content {
    Body(Body),
    Multipart(TestForm),
}

impl<'c> TestRequest<'c> {
    pub(super) fn new(client: &'c TestClient, method: Method, uri: String) -> Self {
        let headers = client.headers.clone();
        Self { client, method, uri, headers, content: Content::Body(Body::empty()), follow: None }
    }

    /// With a parameter of the query; called twice with one name it sends two values.
    pub fn query(mut self, name: &str, value: impl Display) -> Self {
        self.uri.push(if self.uri.contains('?') { '&' } else { '?' });
        self.uri.push_str(&encoding::pair(name, &value.to_string()));
        self
    }

    /// With a header field.
    ///
    /// # Panics
    /// If it is none.
    #[track_caller]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let (name, value) = header(name, value);
        self.headers.append(name, value);
        self
    }

    /// With `Authorization: Bearer ..`.
    #[track_caller]
    pub fn bearer(self, token: &str) -> Self {
        self.header(AUTHORIZATION.as_str(), &format!("Bearer {token}"))
    }

    /// With a cookie, for this request alone.
    #[track_caller]
    pub fn cookie(mut self, name: &str, value: &str) -> Self {
        let known = self.headers.get(COOKIE).and_then(|known| known.to_str().ok());
        let all = known.map_or_else(|| format!("{name}={value}"), |known| format!("{known}; {name}={value}"));
        let (name, value) = header(COOKIE.as_str(), &all);
        self.headers.insert(name, value);
        self
    }

    fn content_type(mut self, media_type: &'static str) -> Self {
        self.headers.entry(CONTENT_TYPE).or_insert(HeaderValue::from_static(media_type));
        self
    }

    /// With a body of JSON.
    ///
    /// # Panics
    /// If the value cannot be written.
    #[track_caller]
    pub fn json(self, value: &(impl Serialize + ?Sized)) -> Self {
        match serde_json::to_vec(value) {
            Ok(json) => self.content_type("application/json").body(json),
            Err(error) => panic!("the body cannot be written: {error}"),
        }
    }

    /// With the fields of a form: of anything with fields, or a list of pairs. A list is sent as several values, null
    /// not at all.
    ///
    /// # Panics
    /// If it has no fields.
    #[track_caller]
    pub fn form(self, fields: &impl Serialize) -> Self {
        self.content_type("application/x-www-form-urlencoded").body(encoding::form(fields))
    }

    /// With a form that holds files.
    pub fn multipart(mut self, form: TestForm) -> Self {
        self.content = Content::Multipart(form);
        self
    }

    /// With any body; its `Content-Type` is a header field of its own.
    pub fn body(mut self, body: impl Into<Body>) -> Self {
        self.content = Content::Body(body.into());
        self
    }

    /// Whether redirects are followed, whatever the client does.
    pub fn follow_redirects(mut self, follow: bool) -> Self {
        self.follow = Some(follow);
        self
    }

    /// Sends the request, reads the answer, and waits for background tasks.
    pub async fn send(self) -> TestResponse {
        let service = self.client.service();
        let asked = format!("{} {}", self.method, self.uri);
        let response = TestResponse::read(asked, self.send_unread().await.0).await;
        service.background_done().await;
        response
    }

    /// Sends the request and leaves the answer's body unread, for streams without an end: poem's `TestResponse` reads
    /// events one by one.
    pub async fn send_unread(self) -> PoemResponse {
        let client = poem::test::TestClient::new(self.client.session().clone());
        assert!(self.uri.starts_with('/'), "a path begins with `/`: {}", self.uri);
        let request = client.request(self.method, self.uri);
        let request = match self.content {
            Content::Body(body) => request.body(body),
            Content::Multipart(form) => request.multipart(form),
        };
        let request = self.headers.iter().fold(request, |request, (name, value)| request.header(name, value));
        match self.follow {
            Some(follow) => request.data(Follow(follow)).send().await,
            None => request.send().await,
        }
    }

    #[cfg(feature = "websocket")]
    pub(super) fn into_handshake(self) -> (&'c TestClient, String, HeaderMap) {
        (self.client, self.uri, self.headers)
    }
}
