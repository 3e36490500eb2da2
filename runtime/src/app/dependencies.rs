//! What an app's operations share: states and dependencies.

use std::sync::Arc;

use super::App;
use crate::dependency::Dependency;

impl App {
    /// Gives the operations a shared value, which they take as [`State<T>`](crate::State). One value per type.
    pub fn state<T: Send + Sync + 'static>(mut self, value: T) -> Self {
        self.shared.states.insert(Arc::new(value));
        self
    }

    /// Adds a dependency to all operations: see [`Router::dependency`].
    pub fn dependency<D: Dependency>(mut self) -> Self {
        self.root = self.root.dependency::<D>();
        self
    }

    /// As [`App::dependency`], and asks for OAuth2 scopes.
    pub fn security<D: Dependency>(mut self, scopes: &'static [&'static str]) -> Self {
        self.root = self.root.security::<D>(scopes);
        self
    }

    /// Lets `value` stand in for what the dependency `D` gives, for tests: see [`App::replace_dependency`].
    pub fn override_dependency<D: Dependency>(mut self, value: impl Fn() -> D::Value + Send + Sync + 'static) -> Self {
        self.shared.overrides.value::<D>(value);
        self
    }

    /// Lets the dependency `R` stand in for `D`, for tests. It reads arguments of its own; the document stays as it is.
    ///
    /// ```
    /// use versify::prelude::*;
    ///
    /// #[dependency]
    /// async fn user() -> Result<String> {
    ///     Err(HttpError::new(401, "Who are you?"))
    /// }
    ///
    /// #[get("/me")]
    /// async fn me(user: Depends<user>) -> String {
    ///     user.to_string()
    /// }
    ///
    /// #[dependency]
    /// async fn test_user(#[header] x_user: String) -> String {
    ///     x_user
    /// }
    ///
    /// let app = App::new("Shop", "1.0.0").routes(routes![me]);
    /// let under_test = app.replace_dependency::<user, test_user>();
    /// # under_test.build().unwrap();
    /// ```
    pub fn replace_dependency<D: Dependency, R: Dependency<Value = D::Value>>(mut self) -> Self {
        self.shared.overrides.replace::<D, R>();
        self
    }
}
