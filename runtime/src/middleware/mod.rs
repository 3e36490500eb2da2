//! Middleware: code around requests, on apps, routers and single operations.
//!
//! A function takes the request and the rest of its way ([`Next`]), and returns the response: `App::middleware`,
//! `Router::middleware`, `#[get("/", middleware = [function])]`. What stands in this module goes to `App::layer` and
//! `Router::layer`, as do poem's own middlewares; tower's go to `App::tower_layer` and `Router::tower_layer`.

mod around;
mod concurrency_limit;
mod cors;
mod gzip;
mod held;
mod https_redirect;
mod layer;
mod limited;
mod next;
#[cfg(feature = "rate-limit")]
mod rate_limit;
mod timeout;
#[cfg(feature = "tower")]
mod tower;
mod trusted_host;

pub use concurrency_limit::{ConcurrencyLimit, ConcurrencyLimitEndpoint};
pub use cors::{Cors, CorsEndpoint};
pub(crate) use gzip::accepts_gzip;
pub use gzip::{Gzip, GzipEndpoint};
pub use https_redirect::{HttpsRedirect, HttpsRedirectEndpoint};
pub use layer::Layer;
pub(crate) use limited::Limited;
pub use next::Next;
#[cfg(feature = "rate-limit")]
pub use rate_limit::{RateLimit, RateLimitEndpoint};
pub(crate) use timeout::Timeout;
#[cfg(feature = "tower")]
pub use tower::{TowerBody, TowerInner};
pub use trusted_host::{TrustedHost, TrustedHostEndpoint};
