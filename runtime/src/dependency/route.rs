//! [`RouteDependency`]: a dependency of a whole app or router, or one of which an operation wants nothing but its verdict.

use super::{Dependency, Resolving};
use crate::operation::{Call, Description};

/// A dependency without its types.
#[derive(Debug, Clone, Copy)]
pub struct RouteDependency {
    pub(crate) describe: fn(&mut Description<'_>, &'static [&'static str]),
    pub(crate) resolve: for<'c> fn(&'c mut Call, &'static [&'static str]) -> Resolving<'c, ()>,
    pub(crate) scopes: &'static [&'static str],
}

impl RouteDependency {
    /// `D`, without scopes.
    #[must_use]
    pub const fn of<D: Dependency>() -> Self {
        Self::scoped::<D>(&[])
    }

    /// `D`, with the scopes that are asked for.
    #[must_use]
    pub const fn scoped<D: Dependency>(scopes: &'static [&'static str]) -> Self {
        Self {
            describe: |description, scopes| description.dependency::<D>(scopes),
            resolve: |call, scopes| Box::pin(async move { call.depend::<D>(scopes, true).await.map(|_| ()) }),
            scopes,
        }
    }
}
