//! [`Frontend`]: a single-page app that was built to files.

use std::{path::PathBuf, sync::Arc};

use poem::{
    Request, Response,
    http::{Method, StatusCode},
};

#[cfg(feature = "embed")]
use super::embedded::Embedded;
use super::{
    directory::decoded,
    navigation::is_navigation,
    sending::send,
    source::{Found, Source},
};
use crate::{
    app::redirect,
    http_error::HttpError,
    operation::{Answer, Call},
};

/// A front end that was built to files, for [`App::frontend`](crate::App::frontend).
///
/// It answers what no operation does. A path that is no file is a page of the front end's own, which its `index.html`
/// shows: a browser that goes there gets that file, everything else a 404.
///
/// ```no_run
/// use versify::{Fallback, Frontend, prelude::*};
///
/// # fn main() -> Result<(), versify::StartError> {
/// let app = App::new("Shop", "1.0.0")
///     .frontend("/", "dist")
///     .frontend("/admin", Frontend::new("admin/dist").fallback(Fallback::Index));
/// # app.build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Frontend {
    source: Source,
    fallback: Fallback,
    check: bool,
}

/// What a [`Frontend`] answers where it has no file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fallback {
    /// `404.html` if it is there, else as `Index` if `index.html` is.
    #[default]
    Auto,
    /// `index.html` for `GET` and `HEAD` of clients that accept HTML by name; a 404 for all others.
    Index,
    /// `404.html`, with a 404.
    NotFoundPage,
    /// A 404.
    None,
}

impl Frontend {
    /// The files of this directory. If it is not there, the app does not start.
    pub fn new(directory: impl Into<PathBuf>) -> Self {
        Self { source: Source::directory(directory), fallback: Fallback::Auto, check: true }
    }

    /// Files in the binary: see [`StaticFiles::embedded`](super::StaticFiles::embedded). One file is all that is deployed.
    #[cfg(feature = "embed")]
    #[must_use]
    pub fn embedded<E: rust_embed::RustEmbed>() -> Self {
        Self { source: Source::Embedded(Embedded::new::<E>()), fallback: Fallback::Auto, check: true }
    }

    /// What is answered where there is no file.
    #[must_use]
    pub fn fallback(self, fallback: Fallback) -> Self {
        Self { fallback, ..self }
    }

    /// Whether the app starts without the directory: while it is built, say.
    #[must_use]
    pub fn check(self, check: bool) -> Self {
        Self { check, ..self }
    }

    /// What keeps the app from starting.
    pub(crate) fn fault(&self) -> Option<String> {
        if !self.check {
            return None;
        }
        if let Some(fault) = self.source.fault() {
            return Some(fault);
        }
        let file = match self.fallback {
            Fallback::Index => "index.html",
            Fallback::NotFoundPage => "404.html",
            Fallback::Auto | Fallback::None => return None,
        };
        let is_there = self.source.has(file);
        (!is_there).then(|| format!("the file `{}`, its fallback, does not exist", self.source.shown(file)))
    }

    async fn answer(&self, path: &str, request: &Request) -> Result<Response, HttpError> {
        let found = match self.source.find(path).await? {
            Some(Found::File(file)) => Some((file, false)),
            Some(Found::Directory) => self.source.index(path).await?.map(|index| (index, true)),
            None => None,
        };
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            let status = if found.is_some() { StatusCode::METHOD_NOT_ALLOWED } else { StatusCode::NOT_FOUND };
            return Err(HttpError::status_only(status));
        }
        let whole = decoded(request);
        match found {
            Some((_, true)) if !whole.ends_with('/') => return Ok(redirect(request, &format!("{whole}/"))),
            Some((file, _)) => return Ok(send(file, request, StatusCode::OK).await),
            None => {}
        }
        if matches!(self.fallback, Fallback::NotFoundPage | Fallback::Auto) {
            match self.source.top("404.html").await? {
                Some(page) => return Ok(send(page, request, StatusCode::NOT_FOUND).await),
                None if self.fallback == Fallback::NotFoundPage => return Err(self.gone("404.html")),
                None => {}
            }
        }
        if matches!(self.fallback, Fallback::Index | Fallback::Auto) && is_navigation(request) {
            match self.source.top("index.html").await? {
                Some(page) => return Ok(send(page, request, StatusCode::OK).await),
                None if self.fallback == Fallback::Index => return Err(self.gone("index.html")),
                None => {}
            }
        }
        Err(HttpError::status_only(StatusCode::NOT_FOUND))
    }

    fn gone(&self, file: &str) -> HttpError {
        HttpError::internal(format!("the fallback file {} does not exist", self.source.shown(file)))
    }
}

impl<P: Into<PathBuf>> From<P> for Frontend {
    fn from(directory: P) -> Self {
        Self::new(directory)
    }
}

/// A front end and the path in it, on their way through the dependencies to [`serve_frontend`].
#[derive(Clone)]
pub(crate) struct Wanted {
    pub(crate) frontend: Arc<Frontend>,
    pub(crate) path: String,
}

/// The operation of all front ends.
pub(crate) fn serve_frontend(call: &mut Call) -> Answer<'_> {
    Box::pin(async move {
        let Some(Wanted { frontend, path }) = call.request().data::<Wanted>().cloned() else {
            return HttpError::status_only(StatusCode::NOT_FOUND).into_response();
        };
        if call.is_faulty() {
            return call.reject();
        }
        frontend.answer(&path, call.request()).await.unwrap_or_else(HttpError::into_response)
    })
}
