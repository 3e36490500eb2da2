//! [`App`]: operations, served together.

mod api;
mod builder;
mod cli;
mod errors;
mod forwarded;
mod framework_answers;
mod lifespan;
mod matcher;
mod mount;
mod observing;
mod router;
mod serve;
mod service;
mod start_error;
mod urls;

pub use builder::App;
pub use forwarded::{Forwarded, TrustedProxies};
pub use lifespan::{BoxError, Lifespan, Started};
pub use mount::RootPath;
pub use router::Router;
pub use serve::ServeOptions;
pub use service::Service;
pub(crate) use service::{caught, panic_message, redirect};
pub use start_error::{StartError, StartFault};
pub(crate) use urls::Names;
pub use urls::{AppUrl, UrlError, UrlParameters, Urls};
