//! Security: who is calling, read off an argument's type.
//!
//! A scheme is a type; [`Auth`] of it is an argument. The document, the 401 with its `WWW-Authenticate`, and the lock on
//! the documentation page follow from it.
//!
//! ```
//! use versify::{prelude::*, security::{Auth, OAuth2, SecurityScheme}};
//!
//! /// Where users get their tokens.
//! struct OAuth2PasswordBearer;
//!
//! impl SecurityScheme for OAuth2PasswordBearer {
//!     type Kind = OAuth2;
//!     const SCHEME: OAuth2 = OAuth2::password("token");
//! }
//!
//! #[dependency]
//! async fn current_user(token: Auth<OAuth2PasswordBearer>) -> Result<String> {
//!     match token.as_str() {
//!         "johndoe" => Ok("John Doe".to_owned()),
//!         _ => Err(HttpError::new(401, "Invalid authentication credentials")),
//!     }
//! }
//!
//! #[get("/users/me")]
//! async fn read_me(user: Depends<current_user>) -> String {
//!     user.to_string()
//! }
//! # App::new("Users", "1.0.0").routes(routes![read_me]).build().unwrap();
//! ```
//!
//! `Option<Auth<S>>` makes it optional: several optional ones are alternatives.

mod api_key;
mod auth;
mod compare;
mod http;
mod oauth2;
mod open_id_connect;
mod password_form;

pub use api_key::ApiKey;
pub use auth::Auth;
pub use compare::equal_in_constant_time;
pub use http::{BasicCredentials, HttpBasic, HttpBearer, HttpCredentials, HttpDigest};
pub use oauth2::OAuth2;
pub use open_id_connect::OpenIdConnect;
pub use password_form::{OAuth2PasswordRequestForm, OAuth2PasswordRequestFormStrict};

use poem::{
    Request,
    http::{
        HeaderValue, StatusCode,
        header::{AUTHORIZATION, WWW_AUTHENTICATE},
    },
};
use serde_json::Value;

use crate::http_error::HttpError;

/// A security scheme: a type that says of which kind it is, and with which settings.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no security scheme",
    note = "implement `versify::security::SecurityScheme` for it: `type Kind = OAuth2; const SCHEME: OAuth2 = OAuth2::password(\"token\");`"
)]
pub trait SecurityScheme: Send + Sync + 'static {
    /// What it is: [`HttpBasic`], [`HttpBearer`], [`HttpDigest`], [`ApiKey`], [`OAuth2`], [`OpenIdConnect`], or a kind of
    /// your own.
    type Kind: SchemeKind;

    /// Its settings.
    const SCHEME: Self::Kind;

    /// What it is, in Markdown.
    const DESCRIPTION: Option<&'static str> = None;

    /// Its name in the document; by default the type's.
    #[must_use]
    fn name() -> &'static str {
        let path = std::any::type_name::<Self>();
        let path = path.split('<').next().unwrap_or(path);
        path.rsplit("::").next().unwrap_or(path)
    }
}

/// A kind of security scheme: how credentials are read, and what the document says.
pub trait SchemeKind: Send + Sync + 'static {
    /// What is read.
    type Credentials: Send + 'static;

    /// Reads the credentials; `None` if there are none of this kind.
    ///
    /// # Errors
    /// The answer to credentials that are none, even where they are optional.
    fn read(&self, request: &Request) -> Result<Option<Self::Credentials>, HttpError>;

    /// The Security Scheme Object of OpenAPI, without a description.
    fn describe(&self) -> Value;

    /// What `WWW-Authenticate` says (RFC 9110, section 11.6.1).
    fn challenge(&self) -> String;

    /// The answer to a request without credentials: 401 `Not authenticated`.
    fn not_authenticated(&self) -> HttpError {
        let error = HttpError::new(StatusCode::UNAUTHORIZED, "Not authenticated");
        match HeaderValue::from_str(&self.challenge()) {
            Ok(challenge) => error.header(WWW_AUTHENTICATE, challenge),
            Err(_) => error,
        }
    }
}

/// The scheme and the rest of an `Authorization` header; empty where there is none.
fn authorization(request: &Request) -> (&str, &str) {
    let header = request.headers().get(AUTHORIZATION).and_then(|header| header.to_str().ok()).unwrap_or_default();
    let (scheme, rest) = header.split_once(' ').unwrap_or((header, ""));
    (scheme, rest.trim())
}
