//! [`Source`]: an argument, and how it is taken out of a call.

use super::{Call, Description};
use crate::{decode::Field, dependency::Resolving};

/// What is declared of an argument, and how it is described and read. Generated code holds one for each.
#[derive(Debug)]
pub struct Source<T: 'static> {
    /// What was declared.
    pub field: Field<T>,
    /// How it is described and read.
    pub way: Way<T>,
}

/// How an argument of type `T` is described and read from one place.
///
/// These are pointers to functions in a constant of the type's trait: so generated code names the type once, and the
/// compiler looks for the trait once. As the constant is known, it makes direct calls of them.
#[derive(Debug)]
pub struct Way<T: 'static> {
    /// Says in the document what is read.
    pub describe: fn(&Field<T>, &mut Description<'_>),
    /// Takes the argument out of the call. `None`: it was wrong, and the call knows why (or it comes later).
    pub read: fn(&Field<T>, &mut Call) -> Option<T>,
    /// What comes once all that can be read at once has been.
    pub later: Later<T>,
}

/// How an argument is completed after the others have been read.
#[derive(Debug)]
pub enum Later<T: 'static> {
    /// It is complete.
    Never,
    /// At once.
    Now(fn(&Field<T>, &mut Call) -> Option<T>),
    /// It waits for something.
    Wait(for<'c> fn(&'static Field<T>, &'c mut Call) -> Resolving<'c, T>),
}

impl<T> Source<T> {
    /// Says in the document what is read.
    pub fn describe(&self, description: &mut Description<'_>) {
        (self.way.describe)(&self.field, description);
    }

    /// Takes it out of the call, as far as that can be done at once.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn read(&self, call: &mut Call) -> Option<T> {
        (self.way.read)(&self.field, call)
    }

    /// Completes it.
    #[inline]
    pub async fn later(&'static self, read: Option<T>, call: &mut Call) -> Option<T> {
        match self.way.later {
            Later::Never => read,
            Later::Now(complete) => complete(&self.field, call),
            Later::Wait(complete) => complete(&self.field, call).await,
        }
    }
}
