//! Tests of an app, without a network: feature `test`.
//!
//! [`App::test`](crate::App::test) starts an app and gives a [`TestClient`] of it. [`assert_no_breaking_changes`] keeps
//! an app from breaking its clients unnoticed.
//!
//! ```
//! use versify::prelude::*;
//!
//! #[get("/items/{item_id}")]
//! async fn read_item(item_id: u64) -> Result<Value> {
//!     match item_id {
//!         1 => Ok(json!({"name": "Foo"})),
//!         _ => Err(HttpError::new(404, "Item not found")),
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! let client = App::new("Shop", "1.0.0").routes(routes![read_item]).test().await;
//! client.get("/items/1").send().await.assert_status(200).assert_json(json!({"name": "Foo"}));
//! client.get("/items/2").send().await.assert_status(404).assert_json(json!({"detail": "Item not found"}));
//! client.stop().await;
//! # }
//! ```

// What is wrong in a test ends it.
#![allow(clippy::panic)]

mod changes;
mod client;
mod cookies;
mod encoding;
mod request;
mod response;
mod session;
mod snapshot;
#[cfg(feature = "websocket")]
mod socket;

pub use changes::{Change, breaking_changes};
pub use client::TestClient;
pub use request::TestRequest;
pub use response::TestResponse;
pub use snapshot::assert_no_breaking_changes;
#[cfg(feature = "websocket")]
pub use socket::TestSocket;

pub use poem::test::{TestForm, TestFormField};
