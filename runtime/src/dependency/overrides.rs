//! [`Overrides`]: what stands in for dependencies, in tests mostly.

use std::{
    any::{Any, TypeId},
    fmt,
    sync::Arc,
};

use super::{Dependency, Resolving};
use crate::{
    openapi::SourceLocation,
    operation::{Call, Description},
};

type Resolve<V> = Arc<dyn for<'c> Fn(&'c mut Call) -> Resolving<'c, V> + Send + Sync>;

/// Substitutes by the type of the dependency that they stand in for.
#[derive(Clone, Default)]
pub(crate) struct Overrides(Vec<Override>);

#[derive(Clone)]
struct Override {
    of: TypeId,
    /// A [`Resolve`] of the dependency's value.
    resolve: Arc<dyn Any + Send + Sync>,
    /// `None`: a value.
    substitute: Option<Substitute>,
}

/// What stands in, and what it needs of the app.
#[derive(Clone, Copy)]
pub(crate) struct Substitute {
    pub(crate) function: (&'static str, SourceLocation),
    pub(crate) describe: fn(&mut Description<'_>),
}

impl Overrides {
    /// `R` stands in for `D`.
    pub(crate) fn replace<D: Dependency, R: Dependency<Value = D::Value>>(&mut self) {
        let function = (R::META.function, R::META.location);
        self.put::<D>(
            Arc::new(|call: &mut Call| R::resolve(call)),
            Some(Substitute { function, describe: R::describe }),
        );
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
        self.put::<D>(Arc::new(resolve), None);
    }

    fn put<D: Dependency>(&mut self, resolve: Resolve<D::Value>, substitute: Option<Substitute>) {
        let of = TypeId::of::<D>();
        self.0.retain(|known| known.of != of);
        self.0.push(Override { of, resolve: Arc::new(resolve), substitute });
    }

    /// What stands in for `D`, if anything does.
    #[inline]
    pub(crate) fn get<D: Dependency>(&self) -> Option<Resolve<D::Value>> {
        let found = self.0.iter().find(|known| known.of == TypeId::of::<D>())?;
        found.resolve.downcast_ref::<Resolve<D::Value>>().map(Arc::clone)
    }

    /// The dependencies that stand in for others.
    pub(crate) fn substitutes(&self) -> impl Iterator<Item = Substitute> {
        self.0.iter().filter_map(|known| known.substitute)
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
