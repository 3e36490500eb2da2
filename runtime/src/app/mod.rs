//! [`App`]: operations, served together.

mod builder;
mod matcher;
mod serve;
mod service;
mod start_error;

pub use builder::App;
pub use serve::ServeOptions;
pub use service::Service;
pub use start_error::{StartError, StartFault};
