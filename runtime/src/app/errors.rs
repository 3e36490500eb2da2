//! What an app does with errors.

use std::future::Future;

use poem::Request;

use super::App;
use crate::{
    ValidationError,
    http_error::{HttpError, IntoStatus},
    operation::Reply,
};

impl App {
    /// Answers errors of the type `E` in a way of its own: those that operations and dependencies return, and those that
    /// `?` made an [`HttpError`] of.
    ///
    /// `on_error::<HttpError, ..>` sees all that is answered as `{"detail": ..}` and that nothing else handles, the
    /// framework's 404 and 405 included; faults of the program only [`App::on_status`] sees, by 500.
    ///
    /// ```
    /// use versify::{Response, poem::Request, prelude::*};
    ///
    /// #[errors]
    /// #[derive(Debug)]
    /// enum UnicornError {
    ///     #[error(status = 500, "{0}")]
    ///     Sad(String),
    /// }
    ///
    /// #[get("/unicorns/{name}")]
    /// async fn read_unicorn(name: String) -> Result<(), UnicornError> {
    ///     Err(UnicornError::Sad(name))
    /// }
    ///
    /// async fn on_unicorn(_: Request, error: UnicornError) -> Response<Value> {
    ///     Response::new(json!({"message": format!("Oops! {error} did something.")})).status(418)
    /// }
    ///
    /// let app = App::new("Unicorns", "1.0.0").routes(routes![read_unicorn]).on_error(on_unicorn);
    /// # app.build().unwrap();
    /// ```
    ///
    /// The request comes without its body. A status that the handler does not choose is that of the error. A handler that
    /// returns an error answers with it; it is not asked again.
    pub fn on_error<E, F, R>(mut self, handler: impl Fn(Request, E) -> F + Send + Sync + 'static) -> Self
    where
        E: Send + 'static,
        F: Future<Output = R> + Send + 'static,
        R: Reply,
    {
        self.shared.handlers.on_error(handler);
        self
    }

    /// Answers requests whose arguments could not be read in a way of its own, in place of FastAPI's 422.
    pub fn on_validation_error<F, R>(
        self,
        handler: impl Fn(Request, ValidationError) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = R> + Send + 'static,
        R: Reply,
    {
        self.on_error(handler)
    }

    /// Answers faults of this status in a way of its own, whoever made them: operations, or the framework. Of 500 these
    /// are panics and faults of the program, too.
    ///
    /// ```
    /// use versify::{Html, poem::Request, prelude::*};
    ///
    /// async fn not_found(request: Request, _: HttpError) -> Html {
    ///     Html(format!("There is no {}", request.uri().path()))
    /// }
    ///
    /// let app = App::new("Shop", "1.0.0").on_status(404, not_found);
    /// # app.build().unwrap();
    /// ```
    pub fn on_status<F, R>(
        mut self,
        status: impl IntoStatus,
        handler: impl Fn(Request, HttpError) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = R> + Send + 'static,
        R: Reply,
    {
        self.shared.handlers.on_status(status.into_status(), handler);
        self
    }

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
