//! HTTP's own authentication: [`HttpBasic`], [`HttpBearer`], [`HttpDigest`].

use std::fmt;

use base64::{
    Engine,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use poem::Request;
use serde_json::{Value, json};

use super::{SchemeKind, SecurityScheme, authorization};
use crate::http_error::HttpError;

/// User name and password (RFC 7617). As a type of its own it is the scheme `HTTPBasic` without a realm.
///
/// ```
/// use versify::{prelude::*, security::{Auth, HttpBasic, equal_in_constant_time}};
///
/// #[get("/users/me")]
/// async fn read_me(user: Auth<HttpBasic>) -> Result<String> {
///     let known = equal_in_constant_time(&user.username, "stanley") & equal_in_constant_time(&user.password, "swordfish");
///     match known {
///         true => Ok(user.into_inner().username),
///         false => Err(HttpError::new(401, "Incorrect username or password")),
///     }
/// }
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct HttpBasic {
    realm: Option<&'static str>,
}

/// What a caller with [`HttpBasic`] sends. `Debug` does not show the password.
#[derive(Clone, PartialEq, Eq)]
pub struct BasicCredentials {
    /// Before the first colon.
    pub username: String,
    /// After it.
    pub password: String,
}

impl fmt::Debug for BasicCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BasicCredentials").field("username", &self.username).finish_non_exhaustive()
    }
}

impl HttpBasic {
    /// Without a realm.
    #[must_use]
    pub const fn new() -> Self {
        Self { realm: None }
    }

    /// What the password is for: browsers show it.
    #[must_use]
    pub const fn realm(mut self, realm: &'static str) -> Self {
        self.realm = Some(realm);
        self
    }
}

/// Python's decoder: padding is needed, bits after the last byte are not looked at.
const PYTHON: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireCanonical),
);

impl SchemeKind for HttpBasic {
    type Credentials = BasicCredentials;

    fn read(&self, request: &Request) -> Result<Option<BasicCredentials>, HttpError> {
        let (scheme, credentials) = authorization(request);
        if !scheme.eq_ignore_ascii_case("basic") {
            return Ok(None);
        }
        // Python passes over what is not of the alphabet.
        let known = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
        let credentials: Vec<u8> = credentials.bytes().filter(known).collect();
        let text = PYTHON.decode(credentials).ok().filter(|bytes| bytes.is_ascii());
        let text = text.and_then(|bytes| String::from_utf8(bytes).ok());
        match text.as_deref().and_then(|text| text.split_once(':')) {
            Some((username, password)) => {
                Ok(Some(BasicCredentials { username: username.to_owned(), password: password.to_owned() }))
            }
            None => Err(self.not_authenticated()),
        }
    }

    fn describe(&self) -> Value {
        json!({"type": "http", "scheme": "basic"})
    }

    fn challenge(&self) -> String {
        match self.realm {
            Some(realm) => format!("Basic realm=\"{realm}\""),
            None => "Basic".to_owned(),
        }
    }
}

impl SecurityScheme for HttpBasic {
    type Kind = Self;
    const SCHEME: Self = Self::new();

    fn name() -> &'static str {
        "HTTPBasic"
    }
}

/// A token (RFC 6750). As a type of its own it is the scheme `HTTPBearer`.
#[derive(Debug, Clone, Copy, Default)]
pub struct HttpBearer {
    format: Option<&'static str>,
}

/// What a caller with [`HttpBearer`] or [`HttpDigest`] sends. `Debug` does not show the credentials.
#[derive(Clone, PartialEq, Eq)]
pub struct HttpCredentials {
    /// As it was sent, such as `Bearer`.
    pub scheme: String,
    /// What follows it.
    pub credentials: String,
}

impl fmt::Debug for HttpCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpCredentials").field("scheme", &self.scheme).finish_non_exhaustive()
    }
}

impl HttpBearer {
    /// A token of which no format is said.
    #[must_use]
    pub const fn new() -> Self {
        Self { format: None }
    }

    /// What the token is, such as `JWT`: documentation only.
    #[must_use]
    pub const fn format(mut self, format: &'static str) -> Self {
        self.format = Some(format);
        self
    }
}

impl SchemeKind for HttpBearer {
    type Credentials = HttpCredentials;

    fn read(&self, request: &Request) -> Result<Option<HttpCredentials>, HttpError> {
        Ok(credentials(request, "bearer"))
    }

    fn describe(&self) -> Value {
        match self.format {
            Some(format) => json!({"type": "http", "scheme": "bearer", "bearerFormat": format}),
            None => json!({"type": "http", "scheme": "bearer"}),
        }
    }

    fn challenge(&self) -> String {
        "Bearer".to_owned()
    }
}

impl SecurityScheme for HttpBearer {
    type Kind = Self;
    const SCHEME: Self = Self::new();

    fn name() -> &'static str {
        "HTTPBearer"
    }
}

/// Digest authentication (RFC 7616): the credentials are the header's parameters as text. As a type of its own it is
/// the scheme `HTTPDigest`. Checking them is yours, as in FastAPI.
#[derive(Debug, Clone, Copy, Default)]
pub struct HttpDigest;

impl SchemeKind for HttpDigest {
    type Credentials = HttpCredentials;

    fn read(&self, request: &Request) -> Result<Option<HttpCredentials>, HttpError> {
        Ok(credentials(request, "digest"))
    }

    fn describe(&self) -> Value {
        json!({"type": "http", "scheme": "digest"})
    }

    fn challenge(&self) -> String {
        "Digest".to_owned()
    }
}

impl SecurityScheme for HttpDigest {
    type Kind = Self;
    const SCHEME: Self = Self;

    fn name() -> &'static str {
        "HTTPDigest"
    }
}

fn credentials(request: &Request, wanted: &str) -> Option<HttpCredentials> {
    let (scheme, credentials) = authorization(request);
    let is_wanted = scheme.eq_ignore_ascii_case(wanted) && !credentials.is_empty();
    is_wanted.then(|| HttpCredentials { scheme: scheme.to_owned(), credentials: credentials.to_owned() })
}
