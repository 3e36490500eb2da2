//! [`Rewrite`]: an author's own hand on the document.

use std::{borrow::Cow, fmt, sync::Arc};

use bytes::Bytes;
use serde_json::Value;

use crate::decode::Content;

/// A function that changes the document.
#[derive(Clone)]
pub(crate) struct Rewrite(Arc<dyn Fn(&mut Value) + Send + Sync>);

impl Rewrite {
    pub(crate) fn new(rewrite: impl Fn(&mut Value) + Send + Sync + 'static) -> Self {
        Self(Arc::new(rewrite))
    }

    /// The changed document. What was there stays in its order, what is new comes behind it.
    pub(crate) fn apply(&self, document: &Bytes) -> Bytes {
        let (Ok(before), Ok(mut after)) =
            (serde_json::from_slice::<Content<'_>>(document), serde_json::from_slice::<Value>(document))
        else {
            return document.clone();
        };
        (self.0)(&mut after);
        serde_json::to_vec(&in_order(Some(&before), after)).unwrap_or_default().into()
    }
}

/// `value` with its keys in the order of `before`.
fn in_order(before: Option<&Content<'_>>, value: Value) -> Content<'static> {
    match value {
        Value::Object(mut entries) => {
            let mut all: Vec<(Cow<'static, str>, Content<'static>)> = Vec::with_capacity(entries.len());
            if let Some(Content::Map(known)) = before {
                for (name, old) in known {
                    if let Some(value) = entries.remove(&**name) {
                        all.push((name.to_string().into(), in_order(Some(old), value)));
                    }
                }
            }
            all.extend(entries.into_iter().map(|(name, value)| (name.into(), in_order(None, value))));
            Content::Map(all)
        }
        Value::Array(items) => {
            let old = |index: usize| match before {
                Some(Content::Seq(known)) => known.get(index),
                _ => None,
            };
            Content::Seq(items.into_iter().enumerate().map(|(index, item)| in_order(old(index), item)).collect())
        }
        other => {
            let text = other.to_string();
            serde_json::from_str::<Content<'_>>(&text).map_or(Content::Null, |content| content.to_owned_content())
        }
    }
}

impl fmt::Debug for Rewrite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Rewrite")
    }
}
