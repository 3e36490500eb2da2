//! The document as it is served behind a proxy.

use std::borrow::Cow;

use bytes::Bytes;

use super::rendered;
use crate::decode::Content;

/// The document, with `root` first among its `servers` unless it is one of them.
pub(crate) fn served_at(document: &Bytes, root: &str) -> Bytes {
    if root.is_empty() {
        return document.clone();
    }
    rendered(document, |document| {
        let Content::Map(entries) = document else { return };
        let server = Content::Map(vec![(Cow::Borrowed("url"), Content::Str(root.to_owned().into()))]);
        let known = entries.iter_mut().find_map(|(name, value)| match value {
            Content::Seq(servers) if name == "servers" => Some(servers),
            _ => None,
        });
        match known {
            Some(servers) if servers.iter().any(|other| is_at(other, root)) => {}
            Some(servers) => servers.insert(0, server),
            None => entries.push((Cow::Borrowed("servers"), Content::Seq(vec![server]))),
        }
    })
}

fn is_at(server: &Content<'_>, root: &str) -> bool {
    matches!(server.get("url"), Some(Content::Str(url)) if url == root)
}
