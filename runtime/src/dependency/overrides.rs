//! [`Overrides`]: what stands in for dependencies, in tests mostly.

use std::{
    any::{Any, TypeId},
    fmt,
    sync::Arc,
};

use super::{Dependency, Resolving};
use crate::operation::{Call, Description};

type Resolve<V> = Arc<dyn for<'c> Fn(&'c mut Call) -> Resolving<'c, V> + Send + Sync>;

/// Substitutes by the type of the dependency that they stand in for.
#[derive(Clone, Default)]
pub(crate) struct Overrides(Vec<Override>);

#[derive(Clone)]
struct Override {
    of: TypeId,
    /// A [`Resolve`] of the dependency's value.
    resolve: Arc<dyn Any + Send + Sync>,
    describe: fn(&mut Description<'_>),
}

impl Overrides {
    /// `R` stands in for `D`.
    pub(crate) fn replace<D: Dependency, R: Dependency<Value = D::Value>>(&mut self) {
        self.put::<D>(Arc::new(|call: &mut Call| R::resolve(call)), R::describe);
    }

    /// What `value` gives stands in for what `D` would.
    pub(crate) fn value<D: Dependency>(&mut self, value: impl Fn() -> D::Value + Send + Sync + 'static) {
        let value = Arc::new(value);
        let resolve = for_any_call(move |call| {
            let value = Arc::clone(&value);
            Box::pin(async move {
                call.wait_turn().await;
                Some(value())
            })
        });
        self.put::<D>(Arc::new(resolve), |_| {});
    }

    fn put<D: Dependency>(&mut self, resolve: Resolve<D::Value>, describe: fn(&mut Description<'_>)) {
        let of = TypeId::of::<D>();
        self.0.retain(|known| known.of != of);
        self.0.push(Override { of, resolve: Arc::new(resolve), describe });
    }

    /// What stands in for `D`, if anything does.
    #[inline]
    pub(crate) fn get<D: Dependency>(&self) -> Option<Resolve<D::Value>> {
        let found = self.0.iter().find(|known| known.of == TypeId::of::<D>())?;
        found.resolve.downcast_ref::<Resolve<D::Value>>().map(Arc::clone)
    }

    /// What the substitutes need of the app.
    pub(crate) fn descriptions(&self) -> impl Iterator<Item = fn(&mut Description<'_>)> {
        self.0.iter().map(|known| known.describe)
    }
}

/// Tells the compiler that a closure takes calls of any lifetime.
fn for_any_call<V, F: for<'c> Fn(&'c mut Call) -> Resolving<'c, V>>(resolve: F) -> F {
    resolve
}

impl fmt::Debug for Overrides {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Overrides").field("count", &self.0.len()).finish()
    }
}
