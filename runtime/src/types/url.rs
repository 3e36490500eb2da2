//! [`url::Url`] and [`HttpUrl`].

use std::{fmt, ops::Deref};

use serde::Serialize;
use url::Url;

use crate::{
    decode::{Context, ContextValue, Inputs, Issue, Scalar},
    openapi::Schema,
};

impl Scalar for Url {
    const EXACT: Inputs = Inputs::NONE;
    const STRICT: Inputs = Inputs::TEXT;

    fn wrong() -> Issue {
        Issue::new("url_type", "URL input should be a string or URL")
    }

    fn from_text(text: &str, cx: &mut Context) -> Option<Self> {
        if text.is_empty() {
            return cx.refuse(not_a_url("input is empty"));
        }
        match Self::parse(text) {
            Ok(url) => Some(url),
            Err(error) => cx.refuse(not_a_url(error)),
        }
    }
}

fn not_a_url(reason: impl fmt::Display) -> Issue {
    Issue::explained("url_parsing", "Input should be a valid URL", reason)
}

super::scalar!(Url => Schema { format: Some("uri"), min_length: Some(1), ..Schema::string() });

/// A URL with the scheme `http` or `https`, of at most 2,083 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct HttpUrl(Url);

/// The longest URL that Internet Explorer took, and Pydantic takes.
const MAX_LENGTH: usize = 2083;

impl HttpUrl {
    /// The URL.
    #[must_use]
    pub fn into_inner(self) -> Url {
        self.0
    }
}

impl Deref for HttpUrl {
    type Target = Url;

    fn deref(&self) -> &Url {
        &self.0
    }
}

impl From<HttpUrl> for Url {
    fn from(url: HttpUrl) -> Self {
        url.0
    }
}

impl fmt::Display for HttpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Scalar for HttpUrl {
    const EXACT: Inputs = Inputs::NONE;
    const STRICT: Inputs = Inputs::TEXT;

    fn wrong() -> Issue {
        Url::wrong()
    }

    fn from_text(text: &str, cx: &mut Context) -> Option<Self> {
        if text.len() > MAX_LENGTH {
            return cx.refuse(
                Issue::new("url_too_long", format!("URL should have at most {MAX_LENGTH} characters"))
                    .with("max_length", ContextValue::Integer(MAX_LENGTH as i128)),
            );
        }
        let url = Url::from_text(text, cx)?;
        if !matches!(url.scheme(), "http" | "https") {
            return cx.refuse(
                Issue::new("url_scheme", "URL scheme should be 'http' or 'https'")
                    .with("expected_schemes", ContextValue::Text("'http' or 'https'".into())),
            );
        }
        Some(Self(url))
    }
}

super::scalar!(HttpUrl => Schema {
    format: Some("uri"),
    min_length: Some(1),
    max_length: Some(MAX_LENGTH),
    ..Schema::string()
});
