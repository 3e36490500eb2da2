//! [`Auth`]: credentials, as an argument.

use std::{fmt, ops::Deref};

use super::{SchemeKind, SecurityScheme};
use crate::{
    decode::Field,
    operation::{Argument, Call, Description, Later},
};

/// The credentials of the scheme `S`. A request without them is answered with 401; `Option<Auth<S>>` lets it pass.
///
/// They are read with the dependencies: before a 422, and after the body's JSON has been found to be JSON. `Debug` does
/// not show them.
pub struct Auth<S: SecurityScheme>(<S::Kind as SchemeKind>::Credentials);

impl<S: SecurityScheme> Auth<S> {
    /// Credentials of your own, for calling a function directly.
    pub fn new(credentials: <S::Kind as SchemeKind>::Credentials) -> Self {
        Self(credentials)
    }

    /// What was sent.
    #[must_use]
    pub fn into_inner(self) -> <S::Kind as SchemeKind>::Credentials {
        self.0
    }
}

impl<S: SecurityScheme> Deref for Auth<S> {
    type Target = <S::Kind as SchemeKind>::Credentials;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<S: SecurityScheme> fmt::Debug for Auth<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Auth").finish_non_exhaustive()
    }
}

impl<S: SecurityScheme> Argument for Auth<S> {
    fn describe(_: &Field<Self>, description: &mut Description<'_>) {
        describe::<S>(description);
    }

    fn prepare(_: &Field<Self>, _: &mut Call) -> Option<Self> {
        None
    }

    const LATER: Later<Self> = Later::Now(|_, call| {
        let read = read::<S>(call)?;
        if read.is_none() {
            call.refuse(S::SCHEME.not_authenticated());
        }
        read.map(Self)
    });
}

impl<S: SecurityScheme> Argument for Option<Auth<S>> {
    fn describe(_: &Field<Self>, description: &mut Description<'_>) {
        describe::<S>(description);
    }

    fn prepare(_: &Field<Self>, _: &mut Call) -> Option<Self> {
        None
    }

    const LATER: Later<Self> = Later::Now(|_, call| read::<S>(call).map(|read| read.map(Auth)));
}

fn describe<S: SecurityScheme>(description: &mut Description<'_>) {
    let mut scheme = S::SCHEME.describe();
    if let (Some(text), Some(object)) = (S::DESCRIPTION, scheme.as_object_mut()) {
        object.insert("description".to_owned(), text.into());
    }
    description.security(S::name(), scheme);
}

fn read<S: SecurityScheme>(call: &mut Call) -> Option<Option<<S::Kind as SchemeKind>::Credentials>> {
    if call.is_refused() {
        return None;
    }
    match S::SCHEME.read(call.request()) {
        Ok(read) => Some(read),
        Err(error) => {
            call.refuse(error);
            None
        }
    }
}
