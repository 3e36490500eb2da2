//! [`SecurityScopes`]: what those who depend on a dependency want the caller to be allowed.

use crate::{
    decode::Field,
    operation::{Argument, Call, Description},
};

/// The OAuth2 scopes that the operation, and the dependencies between it and this one, ask for with
/// `#[depends(scopes = [..])]`, those of the operation first.
///
/// ```
/// use versify::{SecurityScopes, prelude::*};
///
/// #[dependency]
/// async fn permission(scopes: SecurityScopes) -> Result<()> {
///     match scopes.iter().any(|scope| scope == "admin") {
///         true => Err(HttpError::new(403, "Not enough permissions")),
///         false => Ok(()),
///     }
/// }
///
/// #[get("/items", dependencies = [permission])]
/// async fn read_items() {}
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SecurityScopes(Vec<&'static str>);

impl SecurityScopes {
    /// Scopes of its own, for calling a dependency directly.
    pub fn new(scopes: impl IntoIterator<Item = &'static str>) -> Self {
        Self(scopes.into_iter().collect())
    }

    /// The scopes, each once.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().copied()
    }

    /// Whether none is asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The scopes with blanks between, as `WWW-Authenticate` says them (RFC 6750, section 3).
    #[must_use]
    pub fn scope_str(&self) -> String {
        self.0.join(" ")
    }
}

impl Argument for SecurityScopes {
    fn describe(_: &Field<Self>, description: &mut Description<'_>) {
        description.uses_scopes();
    }

    fn prepare(_: &Field<Self>, call: &mut Call) -> Option<Self> {
        let mut scopes: Vec<&'static str> = Vec::new();
        for scope in call.scopes() {
            if !scopes.contains(scope) {
                scopes.push(scope);
            }
        }
        Some(Self(scopes))
    }
}
