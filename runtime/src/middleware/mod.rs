//! Middleware: code around requests, on apps, routers and single operations.

mod layer;
mod next;

pub use layer::Layer;
pub use next::Next;
