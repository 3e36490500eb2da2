//! [`State`]: what all requests of an app share.

use std::{
    any::{Any, TypeId},
    fmt,
    ops::Deref,
    sync::Arc,
};

/// A value that all requests share, given to the app with [`App::state`](crate::App::state).
///
/// As an argument of an operation it needs no attribute. An app that lacks a state which an operation wants does not
/// start. In poem's own `OpenApiService` it comes from `.data(State::new(..))`.
///
/// ```
/// use versify::prelude::*;
/// use std::sync::atomic::{AtomicU64, Ordering};
///
/// #[derive(Default)]
/// struct Visits(AtomicU64);
///
/// #[get("/visits")]
/// async fn count_visits(visits: State<Visits>) -> u64 {
///     visits.0.fetch_add(1, Ordering::Relaxed) + 1
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// // A test calls the function and hands it the state.
/// assert_eq!(count_visits(State::new(Visits::default())).await, 1);
/// # }
/// ```
pub struct State<T: ?Sized>(Arc<T>);

impl<T> State<T> {
    /// A state of its own, for calling an operation directly.
    pub fn new(value: T) -> Self {
        Self(Arc::new(value))
    }
}

impl<T: ?Sized> State<T> {
    /// The shared value.
    #[must_use]
    pub fn into_inner(self) -> Arc<T> {
        self.0
    }
}

impl<T> From<Arc<T>> for State<T> {
    fn from(value: Arc<T>) -> Self {
        Self(value)
    }
}

impl<T: ?Sized> Deref for State<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: ?Sized> Clone for State<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for State<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("State").field(&&*self.0).finish()
    }
}

impl fmt::Debug for States {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("States").field("count", &self.0.len()).finish()
    }
}

/// The states of an app, by type. There are few: a list is searched faster than a map.
#[derive(Default, Clone)]
pub(crate) struct States(Vec<(TypeId, Arc<dyn Any + Send + Sync>)>);

impl States {
    pub(crate) fn insert<T: Send + Sync + 'static>(&mut self, value: Arc<T>) {
        let id = TypeId::of::<T>();
        self.0.retain(|(known, _)| *known != id);
        self.0.push((id, value));
    }

    /// With all of `others`, which win.
    pub(crate) fn extend(&mut self, others: Self) {
        for (id, value) in others.0 {
            self.0.retain(|(known, _)| *known != id);
            self.0.push((id, value));
        }
    }

    pub(crate) fn has(&self, id: TypeId) -> bool {
        self.0.iter().any(|(known, _)| *known == id)
    }

    pub(crate) fn get<T: Send + Sync + 'static>(&self) -> Option<State<T>> {
        let id = TypeId::of::<T>();
        let (_, value) = self.0.iter().find(|(known, _)| *known == id)?;
        Arc::clone(value).downcast().ok().map(State)
    }
}
