//! [`OAuth2`]: tokens, and where clients get them.

use poem::Request;
use serde_json::{Map, Value, json};

use super::{SchemeKind, authorization};
use crate::http_error::HttpError;

/// A bearer token of OAuth2 (RFC 6749, RFC 6750). The credentials are the token; checking it is yours.
///
/// ```
/// use versify::security::{OAuth2, SecurityScheme};
///
/// struct Tokens;
///
/// impl SecurityScheme for Tokens {
///     type Kind = OAuth2;
///     const SCHEME: OAuth2 = OAuth2::authorization_code("https://id.example.com/authorize", "https://id.example.com/token")
///         .scopes(&[("me", "Read information about the current user."), ("items", "Read items.")]);
/// }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct OAuth2 {
    flow: Flow,
    authorization_url: Option<&'static str>,
    token_url: Option<&'static str>,
    refresh_url: Option<&'static str>,
    scopes: &'static [(&'static str, &'static str)],
}

#[derive(Debug, Clone, Copy)]
enum Flow {
    Password,
    AuthorizationCode,
    ClientCredentials,
    Implicit,
}

impl OAuth2 {
    const fn new(flow: Flow, authorization_url: Option<&'static str>, token_url: Option<&'static str>) -> Self {
        Self { flow, authorization_url, token_url, refresh_url: None, scopes: &[] }
    }

    /// The client sends name and password to `token_url`, and gets a token: for apps that are client and server.
    #[must_use]
    pub const fn password(token_url: &'static str) -> Self {
        Self::new(Flow::Password, None, Some(token_url))
    }

    /// The user agrees at `authorization_url`; the client gets a code, and with it the token at `token_url`.
    #[must_use]
    pub const fn authorization_code(authorization_url: &'static str, token_url: &'static str) -> Self {
        Self::new(Flow::AuthorizationCode, Some(authorization_url), Some(token_url))
    }

    /// The client is the user: it gets a token at `token_url` with a secret of its own.
    #[must_use]
    pub const fn client_credentials(token_url: &'static str) -> Self {
        Self::new(Flow::ClientCredentials, None, Some(token_url))
    }

    /// The user agrees at `authorization_url`, which gives the token. RFC 9700 advises against it.
    #[must_use]
    pub const fn implicit(authorization_url: &'static str) -> Self {
        Self::new(Flow::Implicit, Some(authorization_url), None)
    }

    /// Where a client gets a new token for an old one.
    #[must_use]
    pub const fn refresh_url(mut self, url: &'static str) -> Self {
        self.refresh_url = Some(url);
        self
    }

    /// What a token may allow: names, and what they mean.
    #[must_use]
    pub const fn scopes(mut self, scopes: &'static [(&'static str, &'static str)]) -> Self {
        self.scopes = scopes;
        self
    }
}

impl SchemeKind for OAuth2 {
    type Credentials = String;

    fn read(&self, request: &Request) -> Result<Option<String>, HttpError> {
        let (scheme, token) = authorization(request);
        Ok(scheme.eq_ignore_ascii_case("bearer").then(|| token.to_owned()))
    }

    fn describe(&self) -> Value {
        let mut flow = Map::new();
        let scopes: Map<String, Value> =
            self.scopes.iter().map(|(name, text)| ((*name).to_owned(), (*text).into())).collect();
        flow.insert("scopes".to_owned(), scopes.into());
        let urls = [
            ("authorizationUrl", self.authorization_url),
            ("tokenUrl", self.token_url),
            ("refreshUrl", self.refresh_url),
        ];
        for (name, url) in urls {
            if let Some(url) = url {
                flow.insert(name.to_owned(), url.into());
            }
        }
        let name = match self.flow {
            Flow::Password => "password",
            Flow::AuthorizationCode => "authorizationCode",
            Flow::ClientCredentials => "clientCredentials",
            Flow::Implicit => "implicit",
        };
        json!({"type": "oauth2", "flows": {name: flow}})
    }

    fn challenge(&self) -> String {
        "Bearer".to_owned()
    }
}
