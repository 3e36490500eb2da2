//! versify as its users meet it: annotated functions on one side, HTTP on the other.

#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod answer_fields;
mod callbacks;
mod client;
mod conditional_requests;
mod cross_origin;
mod dependencies;
mod dependency_concurrency;
mod documentation;
mod errors;
mod events;
mod faults;
mod files;
mod forms;
mod framework_answers;
mod hygiene;
mod inference;
mod json_dialect;
mod kinds;
mod limits;
mod map_keys;
mod middleware;
mod mistakes;
mod models;
mod mounted_apis;
mod observability;
mod openapi_versions;
mod parameter_models;
mod poem_openapi_service;
mod properties;
mod proxies;
mod replies;
mod response_classes;
mod response_fields;
mod responses_document;
mod routing;
mod security;
mod settings;
mod start;
mod static_files;
mod std_types;
mod streams;
mod telemetry;
mod templates;
mod test_client;
mod throttling;
mod types;
mod unset;
mod upstream;
mod urls;
mod vectors;
mod websockets;
