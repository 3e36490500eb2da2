//! Pipelines of steps.

use versify::{Json, prelude::*};

use super::{
    error::Result,
    models::{Preview, Step},
};
use crate::engine::{self, Engine, Rows};

/// Runs a pipeline and shows the first rows of its result.
///
/// All steps are checked against the columns that they will meet before anything runs; every fault is named with its
/// place in the request.
#[post("/transforms/preview", tags = ["transforms"])]
pub(super) async fn preview_transform(preview: Preview, engine: State<Engine>) -> Result<Json<Rows>> {
    let Preview { dataset, steps, limit } = preview;
    let steps: Vec<engine::Step> = steps.into_iter().map(Step::into).collect();
    Ok(Json(engine.preview(&dataset, &steps, limit).await?))
}
