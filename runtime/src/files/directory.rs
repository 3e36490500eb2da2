//! [`Directory`]: from a path of a request to a file, and never to one outside.

use std::{
    fs::Metadata,
    io::ErrorKind,
    path::{Component, Path, PathBuf},
};

use percent_encoding::percent_decode_str;
use poem::{Request, http::StatusCode};

use super::source::Found;
use crate::{http_error::HttpError, reply::FileResponse};

#[derive(Debug, Clone)]
pub(super) struct Directory {
    pub(super) path: PathBuf,
    /// Whether links may lead out of it.
    pub(super) follow_links: bool,
}

impl Directory {
    /// What is at a [`normal`] path; `None` for nothing, and for a link that leads out.
    ///
    /// # Errors
    /// The answer to a request that must not or cannot have it.
    pub(super) async fn find(&self, path: &str) -> Result<Option<Found>, HttpError> {
        let joined = self.path.join(path);
        match self.look(&joined).await {
            Ok(found) => Ok(found),
            Err(error) => match error.kind() {
                ErrorKind::NotFound
                | ErrorKind::NotADirectory
                | ErrorKind::InvalidFilename
                | ErrorKind::InvalidInput => Ok(None),
                // As Starlette has it.
                ErrorKind::PermissionDenied => Err(HttpError::status_only(StatusCode::UNAUTHORIZED)),
                _ => Err(HttpError::internal(format!("{} cannot be read: {error}", joined.display()))),
            },
        }
    }

    async fn look(&self, joined: &Path) -> std::io::Result<Option<Found>> {
        let full = match self.follow_links {
            true => joined.to_owned(),
            false => {
                let full = tokio::fs::canonicalize(joined).await?;
                if !full.starts_with(tokio::fs::canonicalize(&self.path).await?) {
                    return Ok(None);
                }
                full
            }
        };
        let metadata: Metadata = tokio::fs::metadata(&full).await?;
        Ok(if metadata.is_file() {
            Some(Found::File(FileResponse::new(full)))
        } else if metadata.is_dir() {
            Some(Found::Directory)
        } else {
            None
        })
    }
}

/// The path without `.`, `..` and empty parts; `None` if it leads out, or if a part of it is no plain name.
pub(super) fn normal(path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => {
                let mut components = Path::new(name).components();
                // Null bytes, and what Windows takes for drives and separators.
                let plain = matches!((components.next(), components.next()), (Some(Component::Normal(_)), None));
                if !plain || name.contains(['\0', '\\']) {
                    return None;
                }
                parts.push(name);
            }
        }
    }
    Some(parts.join("/"))
}

/// The path of a request, decoded.
pub(super) fn decoded(request: &Request) -> String {
    percent_decode_str(request.uri().path()).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::normal;

    #[test]
    fn no_path_leads_out() {
        for (path, found) in [
            ("", Some("")),
            ("/", Some("")),
            ("/a/b.txt", Some("a/b.txt")),
            ("a//./b/", Some("a/b")),
            ("a/../b", Some("b")),
            ("..", None),
            ("/../etc/passwd", None),
            ("a/../../b", None),
            ("a\\..\\b", None),
            ("a\0", None),
        ] {
            assert_eq!(normal(path), found.map(Into::into), "{path:?}");
        }
    }
}
