//! Transforms that run in the background.

use uuid::Uuid;
use versify::prelude::*;

use super::error::Result;
use super::guard::writer;
use crate::engine::{Job, Jobs};

/// A job that was asked for, and where to ask how far it is.
pub(super) fn accepted(job: Job) -> Response<Job> {
    let location = format!("/jobs/{}", job.id);
    Response::new(job).header("location", location)
}

/// Jobs, the newest first.
#[get("/jobs", tags = ["jobs"])]
pub(super) async fn list_jobs(
    #[query(default = 100, ge = 1, le = 1000, description = "How many at most.")] limit: u64,
    jobs: State<Jobs>,
) -> Result<Vec<Job>> {
    Ok(jobs.list(limit).await?)
}

/// How far a job is.
#[get("/jobs/{id}", tags = ["jobs"])]
pub(super) async fn read_job(id: Uuid, jobs: State<Jobs>) -> Result<Job> {
    Ok(jobs.get(id).await?)
}

/// A job each time that it gets further, as server-sent events; the stream ends with the job.
#[get("/jobs/{id}/events", tags = ["jobs"])]
pub(super) async fn follow_job(id: Uuid, jobs: State<Jobs>) -> Result<Events<impl Stream<Item = Job>>> {
    Ok(Events::new(jobs.follow(id).await?))
}

/// Stops a job. It leaves nothing behind.
#[post("/jobs/{id}/cancel", status = 202, tags = ["jobs"], dependencies = [writer])]
pub(super) async fn cancel_job(id: Uuid, jobs: State<Jobs>) -> Result<Response<Job>> {
    Ok(accepted(jobs.cancel(id).await?))
}
