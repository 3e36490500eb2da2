//! The HTTP side: each operation says what it takes and gives, and calls the engine.

mod datasets;
mod error;
mod form;
mod front_end;
mod guard;
mod health;
mod jobs;
mod models;
mod rows;
mod transforms;
mod upload;

use versify::{
    OpenTelemetry,
    openapi::{Info, License, Tag},
    prelude::*,
};

pub use self::guard::{ApiKeys, InvalidKey};

/// The service, which is served with the state of an [`Engine`](crate::engine::Engine), its
/// [`Jobs`](crate::engine::Jobs) and [`ApiKeys`].
pub fn app() -> App {
    let tag = |name: &str, description: &str| Tag {
        name: name.into(),
        description: Some(description.into()),
        external_docs: None,
    };
    let info = Info {
        description: Some(include_str!("description.md").into()),
        license: Some(License { name: "MIT OR Apache-2.0".into(), ..License::default() }),
        tags: vec![
            tag("datasets", "Load tables, and see which there are."),
            tag("rows", "Read the rows of a dataset, or of several in SQL."),
            tag("transforms", "Make a dataset of others."),
            tag("jobs", "Follow the transforms that run in the background."),
            tag("health", "See whether the service is well."),
        ],
        ..Info::new("Dataset service", env!("CARGO_PKG_VERSION"))
    };
    let app = App::new("", "").info(info).document_framework_answers(true);
    let app = app.request_ids().log_requests().metrics("/metrics").opentelemetry(OpenTelemetry::new());
    app.include(front_end::front_end()).routes(routes![
        datasets::create_dataset,
        datasets::upload_dataset,
        datasets::list_datasets,
        datasets::read_dataset,
        datasets::delete_dataset,
        datasets::list_versions,
        datasets::append_rows,
        datasets::read_profile,
        datasets::refresh_dataset,
        rows::read_rows,
        transforms::preview_transform,
        transforms::run_transform,
        transforms::run_query,
        jobs::list_jobs,
        jobs::read_job,
        jobs::follow_job,
        jobs::cancel_job,
        health::live,
        health::ready,
    ])
}
