//! The guide: a chapter for each part of an application, with programs that run.
//!
//! Read it in order, or look a thing up: each chapter stands alone. Every example is compiled and run as a test.

#[doc = include_str!("json.md")]
pub mod json {}

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
