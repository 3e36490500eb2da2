//! [`StaticFiles`]: a directory below a path.

use std::path::PathBuf;

use poem::{
    Endpoint, Request, Response,
    http::{HeaderValue, Method, StatusCode, header::ALLOW},
};

use super::{
    directory::{Directory, Found, decoded},
    sending::send,
};
use crate::{app::redirect, http_error::HttpError};

/// The files of a directory: a poem endpoint, for [`App::mount`](crate::App::mount).
///
/// They have an `ETag` and `Last-Modified`; conditional requests (304) and ranges (206) are answered. What is outside of
/// the directory is not found, links that lead there included.
///
/// ```
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
    directory: Directory,
    html: bool,
}

impl StaticFiles {
    /// The files of this directory.
    pub fn new(directory: impl Into<PathBuf>) -> Self {
        Self { directory: Directory { path: directory.into(), follow_links: false }, html: false }
    }

    /// A directory is answered with its `index.html`, and what is not there with `404.html`, if there are such files.
    #[must_use]
    pub fn html(self) -> Self {
        Self { html: true, ..self }
    }

    /// Links may lead out of the directory.
    #[must_use]
    pub fn follow_links(mut self) -> Self {
        self.directory.follow_links = true;
        self
    }

    async fn answer(&self, request: &Request) -> Result<Response, HttpError> {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            let allow = HeaderValue::from_static("GET, HEAD");
            return Err(HttpError::status_only(StatusCode::METHOD_NOT_ALLOWED).header(ALLOW, allow));
        }
        let path = decoded(request);
        match self.directory.find(&path).await? {
            Some(Found::File(file)) => return Ok(send(&file, request, StatusCode::OK).await),
            Some(Found::Directory) if self.html => {
                if let Some(index) = self.directory.index(&path).await? {
                    return Ok(match path.ends_with('/') {
                        true => send(&index, request, StatusCode::OK).await,
                        false => redirect(request, &format!("{path}/")),
                    });
                }
            }
            _ => {}
        }
        if self.html
            && let Some(page) = self.directory.top("404.html").await?
        {
            return Ok(send(&page, request, StatusCode::NOT_FOUND).await);
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
