//! [`Captures`]: what a request's path holds.

use std::ops::Range;

use smallvec::SmallVec;

/// The path's parameters, in the order of the template.
#[derive(Debug, Clone)]
pub(crate) enum Captures {
    /// Parts of the request's own path.
    Ranges(SmallVec<[Range<u32>; 4]>),
    /// Parts of a path that had to be decoded.
    Owned(Vec<String>),
}

impl Captures {
    /// Independent of the request's path, which a middleware may change.
    pub(crate) fn into_owned(self, path: &str) -> Self {
        match self {
            Self::Owned(texts) => Self::Owned(texts),
            Self::Ranges(ranges) => {
                let text = |range: Range<u32>| path.get(range.start as usize..range.end as usize).unwrap_or_default();
                Self::Owned(ranges.into_iter().map(|range| text(range).to_owned()).collect())
            }
        }
    }
}
