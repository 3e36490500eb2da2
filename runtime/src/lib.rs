//! **versify** turns plain functions into a served, validated, documented API, on poem and poem-openapi.
//!
//! Write the function; its signature is the request, its return type is the response, its doc comment is the
//! documentation.
//!
//! ```no_run
//! use versify::prelude::*;
//!
//! /// An item on sale.
//! #[model]
//! struct Item {
//!     #[field(min_length = 1, max_length = 50)]
//!     name: String,
//!     #[field(gt = 0)]
//!     price: f64,
//!     description: Option<String>,
//! }
//!
//! /// Puts an item on sale.
//! #[post("/items", status = 201)]
//! async fn create_item(item: Item) -> Item {
//!     item
//! }
//!
//! #[tokio::main]
//! async fn main() -> Result<(), versify::StartError> {
//!     App::new("Shop", "1.0.0").routes(routes![create_item]).serve().await
//! }
//! ```

mod accept;
mod app;
mod conditional;
pub mod decode;
pub mod dependency;
mod docs;
mod faults;
mod files;
mod form;
pub mod guide;
mod http_error;
mod map_key;
pub mod middleware;
pub mod models;
mod observe;
pub mod openapi;
pub mod operation;
mod percent;
mod reply;
pub mod security;
mod serialize;
pub mod server;
#[cfg(feature = "settings")]
mod settings;
mod state;
mod streaming;
#[cfg(feature = "templates")]
mod templates;
#[cfg(feature = "test")]
pub mod testing;
pub mod types;
#[cfg(feature = "websocket")]
pub mod websocket;

pub use accept::Accept;
pub use app::{
    App, AppUrl, BoxError, Forwarded, Lifespan, RootPath, Router, ServeOptions, Service, StartError, StartFault,
    Started, TrustedProxies, UrlError, UrlParameters, Urls,
};
pub use conditional::{ETag, IfMatch};
pub use decode::{Patch, Serde};
pub use dependency::{BackgroundTasks, Dependency, Depends, ExitStack, Outcome, SecurityScopes};
pub use docs::{ReDoc, SwaggerUi};
pub use faults::ValidationError;
pub use files::{Fallback, Frontend, StaticFiles};
pub use form::{BlockingReader, FormLimits, UploadFile};
pub use http_error::{HttpError, IntoStatus, Result};
pub use map_key::MapKey;
#[cfg(feature = "prometheus")]
pub use observe::Metrics;
#[cfg(feature = "opentelemetry")]
pub use observe::OpenTelemetry;
pub use observe::RequestId;
pub use operation::{BodyError, BodyStream, Failure, Json, Reply};
pub use reply::{
    Cookie, Either, FileResponse, Html, IfNoneMatch, NoContent, Redirect, Response, ResponseClass, ResponseHead,
    SameSite, Tagged, Text, Xml,
};
#[cfg(feature = "settings")]
pub use settings::Environment;
pub use state::State;
pub use streaming::{
    Blocking, ByteStream, Event, EventFault, EventItem, Events, JsonLines, JsonLinesBody, LastEventId, LineError,
    MediaType, Piece, StreamItem, TextStream, Untyped,
};
#[cfg(feature = "templates")]
pub use templates::{TemplateError, Templates};
#[cfg(feature = "websocket")]
pub use versify_macros::websocket;
pub use versify_macros::{
    delete, dependency, errors, get, head, model, options, patch, post, put, route, routes, trace,
};

/// Makes a stream of a block that `yield`s its items; `try_stream!` of one that uses `?`, too.
pub use async_stream::{stream, try_stream};
#[cfg(feature = "websocket")]
pub use websocket::{Close, SocketError, WebSocket};

pub use bytes::Bytes;
pub use futures_util::Stream;
#[cfg(feature = "templates")]
pub use minijinja;
pub use poem;
pub use poem_openapi;
#[cfg(feature = "prometheus")]
pub use prometheus_client;
#[cfg(feature = "embed")]
pub use rust_embed;
pub use serde;
pub use serde_json::{self, Value, json};
pub use tokio;

/// What almost every file of an app wants: `use versify::prelude::*;`.
///
/// `#[head]`, `#[options]` and `#[trace]` stay out: they would hide other crates' macros of these names. Write
/// `#[versify::head("/")]`.
pub mod prelude {
    pub use crate::{
        App, BackgroundTasks, Depends, Event, Events, HttpError, JsonLines, Patch, Response, ResponseHead, Result,
        Router, Serde, State, Stream, UploadFile, Value, delete, dependency, errors, get, json, model, patch, post,
        put, route, routes, security::Auth, stream,
    };
    #[cfg(feature = "websocket")]
    pub use crate::{Close, WebSocket, websocket};
    // So that `#[tokio::main]` and poem-openapi's derives work without further dependencies.
    pub use crate::{poem, poem_openapi, tokio};
}

/// The README's examples are tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

/// For generated code only: anything here may change in any release.
#[doc(hidden)]
pub mod __private;
