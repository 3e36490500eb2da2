//! The guide: a chapter for each part of an application, with programs that run.
//!
//! Read it in order, or look a thing up: each chapter stands alone. Every example is compiled and run as a test.

#[doc = include_str!("json.md")]
pub mod json {}
