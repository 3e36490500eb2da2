//! [`Embedded`]: files in the binary.

use std::borrow::Cow;

use bytes::Bytes;
use rust_embed::{EmbeddedFile, RustEmbed};

use super::source::Found;
use crate::{conditional::ETag, reply::FileResponse};

/// What rust-embed put into the binary; in a debug build it is read from its directory, as it is then.
#[derive(Debug, Clone)]
pub(super) struct Embedded {
    get: fn(&str) -> Option<EmbeddedFile>,
    names: fn() -> Vec<Cow<'static, str>>,
}

impl Embedded {
    pub(super) fn new<E: RustEmbed>() -> Self {
        Self { get: E::get, names: || E::iter().collect() }
    }

    pub(super) fn is_empty(&self) -> bool {
        (self.names)().is_empty()
    }

    pub(super) fn find(&self, path: &str) -> Option<Found> {
        match (self.get)(path) {
            Some(file) => Some(Found::File(response(path, file))),
            None => {
                let below = |name: &Cow<'_, str>| {
                    path.is_empty() || name.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'))
                };
                (self.names)().iter().any(below).then_some(Found::Directory)
            }
        }
    }
}

fn response(path: &str, file: EmbeddedFile) -> FileResponse {
    let etag = ETag::of_hash(&file.metadata.sha256_hash());
    let bytes = match file.data {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => bytes.into(),
    };
    FileResponse::known(path, bytes, &etag, file.metadata.last_modified())
}
