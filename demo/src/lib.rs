//! A dataset service: loads tables, transforms them, serves them.

pub mod api;
pub mod engine;
pub mod sample;
pub mod settings;
