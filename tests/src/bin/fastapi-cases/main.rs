//! FastAPI's documentation examples, written with versify: one server for all of them.
//!
//! `tests/fastapi` runs FastAPI's own tests against it. Each request names its case by the `Host` header, or by
//! `X-Conformance-Case` where the test wants a host of its own. It listens on `$ADDR`.

// As in the originals, everything is public and nothing is documented; and examples may end with a panic.
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, clippy::indexing_slicing)]

mod additional_responses;
mod applications;
mod bigger_applications;
mod body;
mod body_fields;
mod body_multiple_params;
mod body_nested_models;
mod body_updates;
mod cookie_param_models;
mod cookie_params;
mod custom_response;
mod dataclasses;
mod dependencies;
mod dispatcher;
mod documentation;
mod encoder;
mod extra_data_types;
mod extra_models;
mod first_steps;
mod graphql;
mod handling_errors;
mod header_param_models;
mod header_params;
mod json_base64_bytes;
mod opentelemetry;
mod path_operation_advanced_configuration;
mod path_operation_configuration;
mod path_params;
mod path_params_numeric_validations;
mod query_param_models;
mod query_params;
mod query_params_str_validations;
mod request_body_limits;
mod request_files;
mod request_form_models;
mod request_forms;
mod request_forms_and_files;
mod response;
mod response_model;
mod schema_extra_example;
mod security;
mod separate_openapi_schemas;
mod server_sent_events;
mod settings;
mod sql_databases;
mod static_files;
mod stream_data;
mod strict_content_type;
mod templates;
mod websockets;

use versify::{
    App,
    poem::{Server, listener::TcpListener},
    tokio,
};

use self::dispatcher::Dispatcher;

/// The name of an example, and how its app is made.
type Case = (&'static str, fn() -> App);

/// All cases, of all modules.
fn cases() -> impl Iterator<Item = Case> {
    [
        additional_responses::CASES,
        applications::CASES,
        bigger_applications::CASES,
        body::CASES,
        body_fields::CASES,
        body_multiple_params::CASES,
        body_nested_models::CASES,
        body_updates::CASES,
        cookie_param_models::CASES,
        cookie_params::CASES,
        custom_response::CASES,
        dataclasses::CASES,
        dependencies::CASES,
        documentation::CASES,
        encoder::CASES,
        extra_data_types::CASES,
        extra_models::CASES,
        first_steps::CASES,
        graphql::CASES,
        handling_errors::CASES,
        header_param_models::CASES,
        header_params::CASES,
        json_base64_bytes::CASES,
        opentelemetry::CASES,
        path_operation_advanced_configuration::CASES,
        path_operation_configuration::CASES,
        path_params::CASES,
        path_params_numeric_validations::CASES,
        query_param_models::CASES,
        query_params::CASES,
        query_params_str_validations::CASES,
        request_body_limits::CASES,
        request_files::CASES,
        request_form_models::CASES,
        request_forms::CASES,
        request_forms_and_files::CASES,
        response::CASES,
        response_model::CASES,
        schema_extra_example::CASES,
        security::CASES,
        separate_openapi_schemas::CASES,
        server_sent_events::CASES,
        settings::CASES,
        sql_databases::CASES,
        static_files::CASES,
        stream_data::CASES,
        websockets::CASES,
        strict_content_type::CASES,
        templates::CASES,
    ]
    .into_iter()
    .flatten()
    .copied()
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let address = std::env::var("ADDR").unwrap_or_else(|_| "127.0.0.1:8000".to_owned());
    Server::new(TcpListener::bind(address)).run(Dispatcher::default()).await
}
