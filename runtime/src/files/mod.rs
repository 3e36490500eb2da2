//! Files for browsers: directories below a path, and front ends that were built to files.

mod directory;
#[cfg(feature = "embed")]
mod embedded;
mod frontend;
mod navigation;
mod sending;
mod source;
mod static_files;

pub use frontend::{Fallback, Frontend};
pub(crate) use frontend::{Wanted, serve_frontend};
pub use static_files::StaticFiles;
