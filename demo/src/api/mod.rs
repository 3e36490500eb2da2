//! The HTTP side: each operation says what it takes and gives, and calls the engine.

mod datasets;
mod error;
mod models;
mod rows;
mod transforms;

use versify::{
    openapi::{Info, License, Tag},
    prelude::*,
};

use crate::engine::Engine;

/// The service over `engine`.
pub fn app(engine: Engine) -> App {
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
            tag("rows", "Read the rows of a dataset."),
            tag("transforms", "Make a table of another."),
        ],
        ..Info::new("Dataset service", env!("CARGO_PKG_VERSION"))
    };
    App::new("", "").info(info).state(engine).routes(routes![
        datasets::create_dataset,
        datasets::list_datasets,
        datasets::read_dataset,
        rows::read_rows,
        transforms::preview_transform,
    ])
}
