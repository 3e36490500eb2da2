//! What the dependencies of an operation give.

use std::{any::TypeId, sync::Arc};

use super::{Call, in_order};
use crate::{
    decode::Issue,
    dependency::{Dependency, Later, LimitOf, Scope, Turn},
    operation::{Failure, raised::raised},
};

impl Call {
    pub(super) async fn resolve_dependencies(&mut self) {
        let settings = Arc::clone(&self.settings);
        for dependency in &settings.dependencies {
            if self.refusal.is_some() {
                return;
            }
            (dependency.resolve)(self, dependency.scopes).await;
        }
    }

    /// What the dependency `D` gives: once per request, unless `use_cache` is false.
    pub async fn depend<D: Dependency>(
        &mut self,
        scopes: &'static [&'static str],
        use_cache: bool,
    ) -> Option<Arc<D::Value>> {
        self.depend_within::<D>(scopes, use_cache, None).await
    }

    /// As [`Call::depend`], within a limit of the argument's own.
    pub(crate) async fn depend_within<D: Dependency>(
        &mut self,
        scopes: &'static [&'static str],
        use_cache: bool,
        limit: Option<LimitOf>,
    ) -> Option<Arc<D::Value>> {
        if self.refusal.is_some() {
            return None;
        }
        let outer = self.scopes.len();
        self.scopes.extend_from_slice(scopes);
        let id = TypeId::of::<D>();
        let value = match use_cache.then(|| self.after.find(id, self.key(id))).flatten() {
            Some(value) => Some(value),
            None => self.resolve::<D>(id, limit).await,
        };
        self.scopes.truncate(outer);
        value
    }

    async fn resolve<D: Dependency>(&mut self, id: TypeId, limit: Option<LimitOf>) -> Option<Arc<D::Value>> {
        let scope = std::mem::replace(&mut self.scope, D::META.scope);
        let turn = Turn::new([D::META.max_concurrency, limit], D::META.holds);
        let turn = std::mem::replace(&mut self.turn, turn);
        #[cfg(feature = "opentelemetry")]
        let context = self.trace.as_ref().map(|trace| trace.dependencies());
        let resolving = match self.settings.shared.overrides.get::<D>() {
            None => D::resolve(self),
            Some(resolve) => resolve(self),
        };
        #[cfg(feature = "opentelemetry")]
        let value = match context {
            Some(context) => opentelemetry::context::FutureExt::with_context(resolving, context).await,
            None => resolving.await,
        };
        #[cfg(not(feature = "opentelemetry"))]
        let value = resolving.await;
        self.scope = scope;
        self.turn = turn;
        let value = Arc::new(value?);
        let key: Box<[&'static str]> = self.key(id).into();
        self.after.hold(id, key, D::META.scope, Arc::clone(&value));
        Some(value)
    }

    /// Under which scopes a value is shared.
    #[inline]
    fn key(&self, id: TypeId) -> &[&'static str] {
        if self.scopes.is_empty() || !self.settings.scoped.contains(&id) { &[] } else { &self.scopes }
    }

    /// The scopes that are asked for here, those of the operation first.
    #[must_use]
    pub fn scopes(&self) -> &[&'static str] {
        &self.scopes
    }

    pub(crate) fn scope(&self) -> Scope {
        self.scope
    }

    pub(crate) fn later(&mut self) -> Arc<Later> {
        self.after.later(&self.settings.shared.tracker)
    }

    /// Whether the dependency whose arguments have been read must wait before it is called.
    #[inline]
    #[must_use]
    pub fn is_limited(&self) -> bool {
        self.turn.is_some()
    }

    /// Waits until the dependency may be called: see `max_concurrency`.
    pub async fn wait_turn(&mut self) {
        let Some(turn) = &mut self.turn else { return };
        turn.wait().await;
        if turn.holds {
            let permits = turn.permits();
            self.later().keep(self.scope, permits);
        }
    }

    /// The dependency that is being resolved holds something until its scope ends.
    pub(crate) fn holds(&mut self) {
        if let Some(turn) = &mut self.turn {
            turn.holds = true;
        }
    }

    /// Begins the arguments of a dependency: the faults so far are put aside.
    #[must_use]
    #[inline]
    pub fn enter(&mut self) -> Vec<Issue> {
        std::mem::take(&mut self.issues)
    }

    /// Ends the arguments of a dependency: its faults come before those of whoever depends on it.
    #[inline]
    pub fn leave(&mut self, outer: Vec<Issue>) {
        let own = std::mem::replace(&mut self.issues, outer);
        if !own.is_empty() {
            self.earlier.extend(in_order(own));
        }
    }

    /// The error of a dependency ends the request.
    pub(crate) fn end(&mut self, error: impl Failure) {
        self.refusal.get_or_insert_with(|| raised(error.fail()).into());
    }
}
