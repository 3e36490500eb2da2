//! [`StaticFiles`]: a directory below a path.

use std::path::PathBuf;

use poem::{
    Endpoint, Request, Response,
    http::{HeaderValue, Method, StatusCode, header::ALLOW},
};

#[cfg(feature = "embed")]
use super::embedded::Embedded;
use super::{
    directory::decoded,
    sending::send,
    source::{Found, Source},
};
use crate::{app::redirect, http_error::HttpError};

/// The files of a directory: a poem endpoint, for [`App::mount`](crate::App::mount).
///
/// They have an `ETag` and `Last-Modified`; conditional requests (304) and ranges (206) are answered. What is outside of
/// the directory is not found, links that lead there included.
///
/// ```no_run
/// use versify::{StaticFiles, prelude::*};
///
/// # fn main() -> Result<(), versify::StartError> {
/// let app = App::new("Shop", "1.0.0").mount("/static", StaticFiles::new("static"));
/// # app.build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct StaticFiles {
    source: Source,
    html: bool,
    check: bool,
}

impl StaticFiles {
    /// The files of this directory.
    pub fn new(directory: impl Into<PathBuf>) -> Self {
        Self { source: Source::directory(directory), html: false, check: true }
    }

    /// Files in the binary: those of a struct with rust-embed's derive. In a debug build they are read from their
    /// directory, so that a change shows at once.
    ///
    /// ```
    /// use versify::{StaticFiles, prelude::*, rust_embed::Embed};
    ///
    /// #[derive(Embed)]
    /// #[crate_path = "versify::rust_embed"]
    /// #[folder = "src"]
    /// struct Assets;
    ///
    /// # fn main() -> Result<(), versify::StartError> {
    /// let app = App::new("Shop", "1.0.0").mount("/static", StaticFiles::embedded::<Assets>());
    /// # app.build()?;
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(feature = "embed")]
    #[must_use]
    pub fn embedded<E: rust_embed::RustEmbed>() -> Self {
        Self { source: Source::Embedded(Embedded::new::<E>()), html: false, check: true }
    }

    /// A directory is answered with its `index.html`, and what is not there with `404.html`, if there are such files.
    #[must_use]
    pub fn html(self) -> Self {
        Self { html: true, ..self }
    }

    /// Whether the app starts without the directory; by default it does not.
    #[must_use]
    pub fn check(self, check: bool) -> Self {
        Self { check, ..self }
    }

    /// What keeps the app from starting.
    pub(crate) fn fault(&self) -> Option<String> {
        if self.check { self.source.fault() } else { None }
    }

    /// Links may lead out of the directory.
    #[must_use]
    pub fn follow_links(mut self) -> Self {
        match &mut self.source {
            Source::Directory(directory) => directory.follow_links = true,
            #[cfg(feature = "embed")]
            Source::Embedded(_) => {}
        }
        self
    }

    async fn answer(&self, request: &Request) -> Result<Response, HttpError> {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            let allow = HeaderValue::from_static("GET, HEAD");
            return Err(HttpError::status_only(StatusCode::METHOD_NOT_ALLOWED).header(ALLOW, allow));
        }
        let path = decoded(request);
        match self.source.find(&path).await? {
            Some(Found::File(file)) => return Ok(send(file, request, StatusCode::OK).await),
            Some(Found::Directory) if self.html => {
                if let Some(index) = self.source.index(&path).await? {
                    return Ok(match path.ends_with('/') {
                        true => send(index, request, StatusCode::OK).await,
                        false => redirect(request, &format!("{path}/")),
                    });
                }
            }
            _ => {}
        }
        if self.html
            && let Some(page) = self.source.top("404.html").await?
        {
            return Ok(send(page, request, StatusCode::NOT_FOUND).await);
        }
        Err(HttpError::status_only(StatusCode::NOT_FOUND))
    }
}

impl Endpoint for StaticFiles {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        Ok(self.answer(&request).await.unwrap_or_else(HttpError::into_response))
    }
}
