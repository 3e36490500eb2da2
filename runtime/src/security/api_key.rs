//! [`ApiKey`]: a key under a name of its own.

use poem::{Request, http::header::COOKIE};
use serde_json::{Value, json};

use super::SchemeKind;
use crate::{
    http_error::HttpError,
    operation::{cookie_values, query_values},
};

/// A key in a header, in the query or in a cookie. The credentials are the key, never empty.
///
/// ```
/// use versify::security::{ApiKey, SecurityScheme};
///
/// struct Key;
///
/// impl SecurityScheme for Key {
///     type Kind = ApiKey;
///     const SCHEME: ApiKey = ApiKey::header("X-API-Key");
/// }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct ApiKey {
    place: Place,
    name: &'static str,
}

#[derive(Debug, Clone, Copy)]
enum Place {
    Header,
    Query,
    Cookie,
}

impl ApiKey {
    /// In the header field `name`.
    #[must_use]
    pub const fn header(name: &'static str) -> Self {
        Self { place: Place::Header, name }
    }

    /// In the query parameter `name`. Addresses are logged and remembered: prefer a header.
    #[must_use]
    pub const fn query(name: &'static str) -> Self {
        Self { place: Place::Query, name }
    }

    /// In the cookie `name`.
    #[must_use]
    pub const fn cookie(name: &'static str) -> Self {
        Self { place: Place::Cookie, name }
    }
}

impl SchemeKind for ApiKey {
    type Credentials = String;

    fn read(&self, request: &Request) -> Result<Option<String>, HttpError> {
        let key = match self.place {
            Place::Header => {
                request.headers().get(self.name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
            }
            Place::Query => {
                let query = request.uri().query().unwrap_or_default();
                query_values(query, self.name).pop().map(Into::into)
            }
            Place::Cookie => {
                let headers = request.headers().get_all(COOKIE).iter().filter_map(|header| header.to_str().ok());
                headers.flat_map(|header| cookie_values(header, self.name)).last().map(Into::into)
            }
        };
        Ok(key.filter(|key| !key.is_empty()))
    }

    fn describe(&self) -> Value {
        let place = match self.place {
            Place::Header => "header",
            Place::Query => "query",
            Place::Cookie => "cookie",
        };
        json!({"type": "apiKey", "in": place, "name": self.name})
    }

    fn challenge(&self) -> String {
        "APIKey".to_owned()
    }
}
