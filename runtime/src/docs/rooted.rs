//! [`Rooted`]: an asset that names paths of the app, as its clients see them.

use std::sync::{Arc, Mutex, PoisonError};

use poem::{Request, Response};

use super::asset::Asset;
use crate::app::RootPath;

/// Makes the asset for a root path.
type Make = Box<dyn Fn(&str) -> Asset + Send + Sync>;

pub(super) struct Rooted {
    /// Without a root path.
    plain: Asset,
    make: Make,
    /// The one for the root path that was asked for last: there is one proxy, mostly.
    last: Mutex<Option<(RootPath, Arc<Asset>)>>,
}

impl Rooted {
    pub(super) fn new(make: impl Fn(&str) -> Asset + Send + Sync + 'static) -> Self {
        Self { plain: make(""), make: Box::new(make), last: Mutex::default() }
    }

    pub(super) fn answer(&self, request: &Request) -> Response {
        let root = RootPath::of(request);
        if root.as_str().is_empty() {
            return self.plain.answer(request);
        }
        self.at(root).answer(request)
    }

    fn at(&self, root: RootPath) -> Arc<Asset> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Some((known, asset)) if *known == root => Arc::clone(asset),
            _ => {
                let asset = Arc::new((self.make)(root.as_str()));
                *last = Some((root, Arc::clone(&asset)));
                asset
            }
        }
    }
}
