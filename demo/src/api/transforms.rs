//! Pipelines of steps, and queries.

use versify::prelude::*;

use super::error::Result;
use super::guard::writer;
use super::jobs::accepted;
use super::models::{Preview, Run, Sql};
use crate::engine::{Answer, Engine, Job, Jobs, Rows};

/// Runs a pipeline and shows the first rows of its result. Nothing is stored.
///
/// All steps are checked against the columns that they will meet before anything runs; every fault is named with its
/// place in the request.
#[post("/transforms/preview", tags = ["transforms"])]
pub(super) async fn preview_transform(preview: Preview, engine: State<Engine>) -> Result<Rows> {
    Ok(engine.preview(&preview.transform, preview.limit).await?)
}

/// Runs a pipeline in the background; its result is a new dataset, which remembers how it was made.
///
/// The steps are checked first, as for a preview. `Location` names the job: ask for it until it has come to its end, or
/// follow its events.
#[post("/transforms", status = 202, tags = ["transforms"], dependencies = [writer])]
pub(super) async fn run_transform(run: Run, jobs: State<Jobs>) -> Result<Response<Job>> {
    Ok(accepted(jobs.submit(run.transform, run.target).await?))
}

/// Runs a query in SQL over all datasets. It reads, and writes nothing.
#[post("/query", tags = ["rows"])]
pub(super) async fn run_query(query: Sql, engine: State<Engine>) -> Result<Answer> {
    Ok(engine.sql(&query.sql, query.limit).await?)
}
