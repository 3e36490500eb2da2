//! [`Depends`]: a dependency, as an argument.

use std::{fmt, ops::Deref, sync::Arc};

use super::Dependency;
use crate::{
    decode::Field,
    operation::{Argument, Call, Description, Later},
};

/// What the dependency `D` gave: an argument of an operation or of another dependency.
///
/// It is shared by all who depend on `D` in one request: the function runs once, unless an argument says
/// `#[depends(use_cache = false)]`. `#[depends(scopes = ["items"])]` adds OAuth2 scopes, as FastAPI's `Security` does;
/// `#[depends(max_concurrency = 5)]` lets no more than five calls for this argument run at once.
///
/// ```
/// use versify::prelude::*;
///
/// #[model]
/// struct Page {
///     skip: u32,
///     limit: u32,
/// }
///
/// /// What every list takes.
/// #[dependency]
/// async fn page(#[query(default = 0)] skip: u32, #[query(default = 100)] limit: u32) -> Page {
///     Page { skip, limit }
/// }
///
/// #[get("/items")]
/// async fn read_items(page: Depends<page>) -> u32 {
///     page.skip + page.limit
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// // A test calls the function and hands it the value.
/// assert_eq!(read_items(Depends::new(Page { skip: 1, limit: 2 })).await, 3);
/// # }
/// ```
pub struct Depends<D: Dependency>(Arc<D::Value>);

impl<D: Dependency> Depends<D> {
    /// A value of its own, for calling an operation directly.
    pub fn new(value: D::Value) -> Self {
        Self(Arc::new(value))
    }

    /// The shared value.
    #[must_use]
    pub fn into_inner(self) -> Arc<D::Value> {
        self.0
    }
}

impl<D: Dependency> From<Arc<D::Value>> for Depends<D> {
    fn from(value: Arc<D::Value>) -> Self {
        Self(value)
    }
}

impl<D: Dependency> Deref for Depends<D> {
    type Target = D::Value;

    fn deref(&self) -> &D::Value {
        &self.0
    }
}

impl<D: Dependency> Clone for Depends<D> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<D: Dependency<Value: fmt::Debug>> fmt::Debug for Depends<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Depends").field(&*self.0).finish()
    }
}

impl<D: Dependency> Argument for Depends<D> {
    fn describe(field: &Field<Self>, description: &mut Description<'_>) {
        description.dependency::<D>(field.docs.scopes);
    }

    fn prepare(_: &Field<Self>, _: &mut Call) -> Option<Self> {
        None
    }

    const LATER: Later<Self> = Later::Wait(|field, call| {
        let docs = &field.docs;
        Box::pin(
            async move { call.depend_within::<D>(docs.scopes, docs.use_cache, docs.max_concurrency).await.map(Self) },
        )
    });
}
