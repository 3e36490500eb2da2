//! [`AppUrl`]: one URL.

use std::fmt;

use percent_encoding::utf8_percent_encode;
use serde::{Serialize, Serializer};

use super::UrlParameters;
use crate::percent::UNRESERVED;

/// The URL of an operation or of a mounted file: [`Urls`](super::Urls) makes it. It is shown, written as JSON and turned
/// into a `String` as the absolute URL.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AppUrl {
    text: String,
    /// Where the path begins.
    path: usize,
}

impl AppUrl {
    pub(super) fn new(origin: &str, path: &str) -> Self {
        Self { text: format!("{origin}{path}"), path: origin.len() }
    }

    /// The absolute URL, as the client of the request sees it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What follows the host: the path with the root path before it, and the query if there is one.
    #[must_use]
    pub fn path(&self) -> &str {
        self.text.get(self.path..).unwrap_or_default()
    }

    /// With these parameters added to its query.
    ///
    /// ```
    /// use versify::prelude::*;
    ///
    /// #[get("/items")]
    /// async fn read_items(urls: versify::Urls, #[query(default = 1)] page: u32) -> Result<String> {
    ///     Ok(urls.of::<read_items>(())?.query([("page", page + 1)]).into())
    /// }
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let urls = App::new("Shop", "1").routes(routes![read_items]).build()?.urls("http://localhost");
    /// let url = urls.of::<read_items>(())?.query((("page", 2), ("q", "a b&c")));
    /// assert_eq!(url.as_str(), "http://localhost/items?page=2&q=a%20b%26c");
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn query(mut self, parameters: impl UrlParameters) -> Self {
        let mut separator = if self.path().contains('?') { '&' } else { '?' };
        for (name, value) in parameters.pairs() {
            self.text.push(separator);
            self.text.extend(utf8_percent_encode(&name, UNRESERVED));
            self.text.push('=');
            self.text.extend(utf8_percent_encode(&value, UNRESERVED));
            separator = '&';
        }
        self
    }
}

impl fmt::Display for AppUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<AppUrl> for String {
    fn from(url: AppUrl) -> Self {
        url.text
    }
}

impl AsRef<str> for AppUrl {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl Serialize for AppUrl {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}
