//! The guide: a chapter for each part of an application, with programs that run.
//!
//! Read it in order, or look a thing up: each chapter stands alone. Every example is compiled and run as a test. A
//! `client` in them is poem's `TestClient` around the app; `testing` shows versify's own, which needs a feature.
//!
//! 1. [First steps](first_steps): from an empty folder to a documented API; for those who know FastAPI, what is what.
//! 2. [Parameters](parameters): paths, queries, headers, cookies.
//! 3. [Bodies](bodies): JSON, several values in one body, bytes and streams.
//! 4. [Forms](forms): fields and files.
//! 5. [Models](models): types of your own, and those of other crates.
//! 6. [Validation](validation): what is checked, what is converted, what the client is told.
//! 7. [JSON](json): what of it is read, and the versions of the document.
//! 8. [Responses](responses): status, headers, cookies; other forms than JSON; less than was returned.
//! 9. [Errors](errors): how a function fails, and what versify itself answers.
//! 10. [Streams](streams): answers and bodies in pieces, server-sent events.
//! 11. `websockets` (a feature): functions that talk with their clients.
//! 12. [Dependencies](dependencies): what functions share, and when it runs.
//! 13. [Security](security): who is calling.
//! 14. [Bigger applications](bigger_applications): routers, apps within apps, URLs.
//! 15. [Middleware](middleware): what stands around operations.
//! 16. [Lifecycle](lifecycle): start and end of an app, and how it is built anew while it is written.
//! 17. `settings` (a feature): what an app is told from outside.
//! 18. [Files and front ends](static_files); `templates` (a feature): pages.
//! 19. [Documentation](documentation): the document, its pages, callbacks and webhooks, clients made of it.
//! 20. `testing` (the feature `test`): a client in the test's own process, and a guard against breaking changes.
//! 21. [Observability](observability): logs, traces, metrics.
//! 22. [Attributes](attributes): every option of every attribute, to look up.

#[doc = include_str!("first_steps.md")]
pub mod first_steps {}

#[doc = include_str!("parameters.md")]
pub mod parameters {}

#[doc = include_str!("bodies.md")]
pub mod bodies {}

#[doc = include_str!("forms.md")]
pub mod forms {}

#[doc = include_str!("models.md")]
pub mod models {}

#[doc = include_str!("validation.md")]
pub mod validation {}

#[doc = include_str!("json.md")]
pub mod json {}

#[doc = include_str!("responses.md")]
pub mod responses {}

#[doc = include_str!("errors.md")]
pub mod errors {}

#[doc = include_str!("streams.md")]
pub mod streams {}

#[cfg(feature = "websocket")]
#[doc = include_str!("websockets.md")]
pub mod websockets {}

#[doc = include_str!("dependencies.md")]
pub mod dependencies {}

#[doc = include_str!("security.md")]
pub mod security {}

#[doc = include_str!("bigger_applications.md")]
pub mod bigger_applications {}

#[doc = include_str!("middleware.md")]
pub mod middleware {}

#[doc = include_str!("lifecycle.md")]
pub mod lifecycle {}

#[cfg(feature = "settings")]
#[doc = include_str!("settings.md")]
pub mod settings {}

#[doc = include_str!("static_files.md")]
#[cfg_attr(feature = "embed", doc = include_str!("embedded_files.md"))]
pub mod static_files {}

#[cfg(feature = "templates")]
#[doc = include_str!("templates.md")]
pub mod templates {}

#[doc = include_str!("documentation.md")]
pub mod documentation {}

#[cfg(feature = "test")]
#[doc = include_str!("testing.md")]
// It shows a test of the reader's.
#[allow(clippy::test_attr_in_doctest)]
pub mod testing {}

#[doc = include_str!("observability.md")]
pub mod observability {}

#[doc = include_str!("attributes.md")]
pub mod attributes {}
