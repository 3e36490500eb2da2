//! [`Source`]: where the files are that are served.

use std::path::PathBuf;

use super::directory::{Directory, normal};
#[cfg(feature = "embed")]
use super::embedded::Embedded;
use crate::{http_error::HttpError, reply::FileResponse};

#[derive(Debug, Clone)]
pub(super) enum Source {
    Directory(Directory),
    #[cfg(feature = "embed")]
    Embedded(Embedded),
}

/// What is at a path.
pub(super) enum Found {
    File(FileResponse),
    Directory,
}

impl Source {
    pub(super) fn directory(path: impl Into<PathBuf>) -> Self {
        Self::Directory(Directory { path: path.into(), follow_links: false })
    }

    /// What is at `path`, which has slashes between its parts; `None` for nothing, and for whatever is outside.
    ///
    /// # Errors
    /// The answer to a request that must not or cannot have it.
    pub(super) async fn find(&self, path: &str) -> Result<Option<Found>, HttpError> {
        let Some(path) = normal(path) else { return Ok(None) };
        match self {
            Self::Directory(directory) => directory.find(&path).await,
            #[cfg(feature = "embed")]
            Self::Embedded(files) => Ok(files.find(&path)),
        }
    }

    /// The file `name` at the top.
    pub(super) async fn top(&self, name: &str) -> Result<Option<FileResponse>, HttpError> {
        Ok(self.find(name).await?.and_then(Found::into_file))
    }

    /// The file `index.html` below `path`.
    pub(super) async fn index(&self, path: &str) -> Result<Option<FileResponse>, HttpError> {
        self.top(&format!("{path}/index.html")).await
    }

    /// What keeps the app from starting.
    pub(super) fn fault(&self) -> Option<String> {
        match self {
            Self::Directory(directory) if directory.path.is_dir() => None,
            Self::Directory(directory) => {
                let path = &directory.path;
                let shown = std::path::absolute(path).unwrap_or_else(|_| path.clone());
                Some(format!("the directory `{}` does not exist", shown.display()))
            }
            #[cfg(feature = "embed")]
            Self::Embedded(files) => files.is_empty().then(|| "no files are embedded".to_owned()),
        }
    }

    /// Whether there is a file `name` at the top: at the start of the app.
    pub(super) fn has(&self, name: &str) -> bool {
        match self {
            Self::Directory(directory) => directory.path.join(name).is_file(),
            #[cfg(feature = "embed")]
            Self::Embedded(files) => files.find(name).is_some(),
        }
    }

    /// A file at the top, for messages.
    pub(super) fn shown(&self, name: &str) -> String {
        match self {
            Self::Directory(directory) => directory.path.join(name).display().to_string(),
            #[cfg(feature = "embed")]
            Self::Embedded(_) => name.to_owned(),
        }
    }
}

impl Found {
    fn into_file(self) -> Option<FileResponse> {
        match self {
            Self::File(file) => Some(file),
            Self::Directory => None,
        }
    }
}
