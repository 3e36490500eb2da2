//! [`OpenIdConnect`]: a provider that says by itself how it is used.

use poem::{Request, http::header::AUTHORIZATION};
use serde_json::{Value, json};

use super::SchemeKind;
use crate::http_error::HttpError;

/// OpenID Connect. The credentials are the whole `Authorization` header, as in FastAPI; checking them is yours.
#[derive(Debug, Clone, Copy)]
pub struct OpenIdConnect {
    url: &'static str,
}

impl OpenIdConnect {
    /// The provider whose configuration is at `url` (`…/.well-known/openid-configuration`).
    #[must_use]
    pub const fn new(url: &'static str) -> Self {
        Self { url }
    }
}

impl SchemeKind for OpenIdConnect {
    type Credentials = String;

    fn read(&self, request: &Request) -> Result<Option<String>, HttpError> {
        let header = request.headers().get(AUTHORIZATION).and_then(|header| header.to_str().ok());
        Ok(header.filter(|header| !header.is_empty()).map(str::to_owned))
    }

    fn describe(&self) -> Value {
        json!({"type": "openIdConnect", "openIdConnectUrl": self.url})
    }

    fn challenge(&self) -> String {
        "Bearer".to_owned()
    }
}
