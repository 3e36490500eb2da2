//! What an app does with errors.

use super::App;

impl App {
    /// Writes all faults as problem details (RFC 9457), `application/problem+json`, in place of `{"detail": ..}`: those
    /// of operations, and the framework's own. The document says so.
    ///
    /// A text is the problem's `detail`; what was wrong with a request is a list under `errors`; a detail with members of
    /// its own (`#[detail]`) gives them to the problem.
    ///
    /// ```
    /// use versify::prelude::*;
    ///
    /// let app = App::new("Shop", "1.0.0").problem_details();
    /// # app.build().unwrap();
    /// ```
    pub fn problem_details(mut self) -> Self {
        self.shared.handlers.problem_details = true;
        self
    }
}
