//! [`Job`]s in the database.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use sqlx::{FromRow, Row, Sqlite, Transaction, sqlite::SqliteRow};
use uuid::Uuid;
use versify::model;

use super::catalog::Catalog;
use crate::engine::dataset::{Dataset, DatasetName};
use crate::engine::error::{Error, Result};
use crate::engine::task::Task;

/// How often a job is begun again after the process ended under it. More, and it is the job that ends the process.
const MAX_ATTEMPTS: i64 = 3;

/// A transform that runs in the background. It outlasts the process: one that is interrupted begins again.
#[model]
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// Its identity.
    pub id: Uuid,
    /// How far it is.
    pub state: JobState,
    /// The dataset that it makes, or makes a new version of.
    #[field(examples = ["delays"])]
    pub target: DatasetName,
    /// The version that it made.
    pub version: Option<u64>,
    /// How many rows it has written so far.
    pub rows: u64,
    /// How much of its sources it has read, from 0 to 1.
    #[field(ge = 0, le = 1)]
    pub progress: f64,
    /// Why it failed.
    pub error: Option<String>,
    /// What it does.
    pub task: Task,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When it began.
    pub started_at: Option<DateTime<Utc>>,
    /// When it came to its end.
    pub finished_at: Option<DateTime<Utc>>,
}

/// How far a job is.
#[model(rename_all = "snake_case")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobState {
    /// It waits for its turn.
    Queued,
    /// It runs.
    Running,
    /// Its result is there.
    Succeeded,
    /// It did not work out; `error` says why.
    Failed,
    /// Someone stopped it.
    Cancelled,
}

impl JobState {
    /// Whether it has come to its end.
    pub fn is_final(self) -> bool {
        !matches!(self, Self::Queued | Self::Running)
    }
}

impl FromRow<'_, SqliteRow> for Job {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        let time = |column: &str| -> Result<Option<DateTime<Utc>>, sqlx::Error> {
            let text: Option<String> = row.try_get(column)?;
            text.map(|text| text.parse()).transpose().map_err(|error| sqlx::Error::Decode(Box::new(error)))
        };
        let decode = |error| sqlx::Error::Decode(error);
        let state = JobState::deserialize(row.try_get::<&str, _>("state")?.into_deserializer());
        let state = state.map_err(|error: serde::de::value::Error| decode(Box::new(error)))?;
        Ok(Self {
            id: row.try_get::<&str, _>("id")?.parse().map_err(|error| decode(Box::new(error)))?,
            state,
            target: row.try_get::<&str, _>("target")?.parse().map_err(|error| decode(Box::new(error)))?,
            version: row.try_get::<Option<i64>, _>("version")?.map(i64::cast_unsigned),
            rows: row.try_get::<i64, _>("rows")?.cast_unsigned(),
            progress: if state == JobState::Succeeded { 1.0 } else { 0.0 },
            error: row.try_get("error")?,
            task: serde_json::from_str(row.try_get("task")?).map_err(|error| decode(Box::new(error)))?,
            created_at: time("created_at")?.unwrap_or_default(),
            started_at: time("started_at")?,
            finished_at: time("finished_at")?,
        })
    }
}

/// A job that this process is to run.
pub(in crate::engine) struct Claim {
    pub(in crate::engine) job: Job,
}

impl Catalog {
    /// Adds a job to the queue.
    pub(in crate::engine) async fn add_job(&self, target: &DatasetName, task: &Task) -> Result<Job> {
        let id = Uuid::now_v7();
        let sql = "INSERT INTO jobs (id, state, task, target, created_at) VALUES ($1, 'queued', $2, $3, $4)";
        sqlx::query(sql)
            .bind(id.to_string())
            .bind(serde_json::to_string(task)?)
            .bind(target.as_str())
            .bind(now())
            .execute(&self.0)
            .await?;
        self.job(id).await
    }

    pub(in crate::engine) async fn job(&self, id: Uuid) -> Result<Job> {
        let found = sqlx::query_as("SELECT * FROM jobs WHERE id = $1").bind(id.to_string()).fetch_optional(&self.0);
        found.await?.ok_or(Error::NoJob { id })
    }

    /// Jobs, the newest first.
    pub(in crate::engine) async fn jobs(&self, limit: u64) -> Result<Vec<Job>> {
        let sql = "SELECT * FROM jobs ORDER BY id DESC LIMIT $1";
        Ok(sqlx::query_as(sql).bind(limit.cast_signed()).fetch_all(&self.0).await?)
    }

    /// Takes the job that has waited longest.
    pub(in crate::engine) async fn claim_job(&self) -> Result<Option<Claim>> {
        let sql = "UPDATE jobs SET state = 'running', started_at = $1, attempts = attempts + 1 WHERE id = (SELECT id \
                   FROM jobs WHERE state = 'queued' ORDER BY id LIMIT 1) AND state = 'queued' RETURNING *";
        let found: Option<Job> = sqlx::query_as(sql).bind(now()).fetch_optional(&self.0).await?;
        Ok(found.map(|job| Claim { job }))
    }

    /// Puts the jobs that an earlier process left running back into the queue, unless they were so too often.
    pub(in crate::engine) async fn recover_jobs(&self) -> Result<u64> {
        let sql = "UPDATE jobs SET state = 'failed', finished_at = $1, error = 'the service ended under it, several \
                   times' WHERE state = 'running' AND attempts >= $2";
        sqlx::query(sql).bind(now()).bind(MAX_ATTEMPTS).execute(&self.0).await?;
        let sql = "UPDATE jobs SET state = 'queued', started_at = NULL WHERE state = 'running'";
        Ok(sqlx::query(sql).execute(&self.0).await?.rows_affected())
    }

    /// Notes that a running job failed.
    pub(in crate::engine) async fn fail_job(&self, id: Uuid, error: &str) -> Result<()> {
        let sql = "UPDATE jobs SET state = 'failed', error = $2, finished_at = $3 WHERE id = $1 AND state = 'running'";
        sqlx::query(sql).bind(id.to_string()).bind(error).bind(now()).execute(&self.0).await?;
        Ok(())
    }

    /// Ends a job that has not come to its end. Whether it was so.
    pub(in crate::engine) async fn cancel_job(&self, id: Uuid) -> Result<bool> {
        let sql = "UPDATE jobs SET state = 'cancelled', finished_at = $2 WHERE id = $1 AND state IN ('queued', \
                   'running')";
        let changed = sqlx::query(sql).bind(id.to_string()).bind(now()).execute(&self.0).await?;
        Ok(changed.rows_affected() > 0)
    }
}

/// Marks a job as done, in the transaction that makes its result exist: unless it was cancelled meanwhile.
pub(super) async fn finish(transaction: &mut Transaction<'_, Sqlite>, id: Uuid, result: &Dataset) -> Result<()> {
    let sql = "UPDATE jobs SET state = 'succeeded', version = $2, rows = $3, finished_at = $4 WHERE id = $1 AND state \
               = 'running'";
    let changed = sqlx::query(sql)
        .bind(id.to_string())
        .bind(result.version.cast_signed())
        .bind(result.rows.cast_signed())
        .bind(now())
        .execute(&mut **transaction)
        .await?;
    if changed.rows_affected() == 0 { Err(Error::Cancelled) } else { Ok(()) }
}

fn now() -> String {
    Utc::now().to_rfc3339()
}
