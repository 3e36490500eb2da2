//! What becomes of faults: an app's own handlers, and problem details.

mod caught;
mod handlers;
mod problem;
mod validation_error;

pub(crate) use caught::Caught;
#[cfg(feature = "test")]
pub(crate) use caught::Reason;
pub(crate) use handlers::Handlers;
pub use validation_error::ValidationError;
