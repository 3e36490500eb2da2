//! Middleware: code around requests, on apps, routers and single operations.
//!
//! A function takes the request and the rest of its way ([`Next`]), and returns the response: `App::middleware`,
//! `Router::middleware`, `#[get("/", middleware = [function])]`. What stands in this module goes to `App::layer` and
//! `Router::layer`, as do poem's own middlewares, and tower's through poem's `TowerLayerCompatExt`.

mod around;
mod cors;
mod gzip;
mod https_redirect;
mod layer;
mod next;
mod trusted_host;

pub use cors::{Cors, CorsEndpoint};
pub use gzip::{Gzip, GzipEndpoint};
pub use https_redirect::{HttpsRedirect, HttpsRedirectEndpoint};
pub use layer::Layer;
pub use next::Next;
pub use trusted_host::{TrustedHost, TrustedHostEndpoint};
