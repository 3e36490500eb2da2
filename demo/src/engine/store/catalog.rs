//! [`Catalog`]: what is known of datasets, uploads and jobs, in SQLite.
//!
//! A dataset exists when, and only when, its row here does. Every change is one transaction, on disk before it is
//! acknowledged.

use std::borrow::Cow;
use std::collections::HashSet;
use std::path::Path;
use std::time::Duration;

use chrono::Utc;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{SqlSafeStr, Sqlite, SqlitePool, Transaction};
use uuid::Uuid;

use super::tables::Part;
use crate::engine::dataset::Dataset;
use crate::engine::error::{Error, Result};

/// The database. Cheap to clone.
#[derive(Clone)]
pub(in crate::engine) struct Catalog(pub(super) SqlitePool);

/// A version of a dataset, with where its rows are.
#[derive(Debug, Clone)]
pub(in crate::engine) struct Version {
    /// Never given to another version, though names and numbers may be.
    pub(in crate::engine) id: String,
    pub(in crate::engine) dataset: Dataset,
    pub(in crate::engine) parts: Vec<Part>,
}

/// What a client calls an upload, so that it may repeat it.
#[derive(Debug, Clone)]
pub struct Idempotency {
    /// The key, of the client's choice.
    pub key: String,
    /// Of what is asked for.
    pub fingerprint: String,
}

/// What else becomes true with a new version.
pub(in crate::engine) enum Along<'a> {
    Nothing,
    Upload(&'a Idempotency),
    Job(Uuid),
}

impl Catalog {
    pub(super) async fn open(path: &Path) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            // Or a power cut could undo what was acknowledged.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(10));
        let pool = SqlitePoolOptions::new().max_connections(8).connect_with(options).await?;
        let catalog = include_str!("../../../migrations/0001_catalog.sql").into_sql_str();
        let migrations = vec![Migration::new(1, Cow::Borrowed("catalog"), MigrationType::Simple, catalog, false)];
        Migrator::with_migrations(migrations).run(&pool).await.map_err(Error::storage)?;
        Ok(Self(pool))
    }

    pub(super) async fn close(&self) {
        self.0.close().await;
    }

    pub(super) fn is_closed(&self) -> bool {
        self.0.is_closed()
    }

    /// A transaction that writes: it has its turn from the start, and cannot lose it half-way.
    pub(super) async fn begin(&self) -> Result<Transaction<'static, Sqlite>> {
        Ok(self.0.begin_with("BEGIN IMMEDIATE".into_sql_str()).await?)
    }

    /// Whether the database answers.
    pub(in crate::engine) async fn ping(&self) -> Result<()> {
        sqlx::query("SELECT 1").execute(&self.0).await?;
        Ok(())
    }

    /// The newest version of each dataset, by name.
    pub(in crate::engine) async fn list(&self) -> Result<Vec<Dataset>> {
        let sql = "SELECT record FROM versions v WHERE number = (SELECT max(number) FROM versions WHERE dataset = \
                   v.dataset) ORDER BY dataset";
        records(sqlx::query_as(sql).fetch_all(&self.0).await?)
    }

    /// All versions of a dataset, the newest first.
    pub(in crate::engine) async fn versions(&self, name: &str) -> Result<Vec<Dataset>> {
        let sql = "SELECT record FROM versions WHERE dataset = $1 ORDER BY number DESC";
        let versions = records(sqlx::query_as(sql).bind(name).fetch_all(&self.0).await?)?;
        if versions.is_empty() { Err(Error::NotFound { name: name.into() }) } else { Ok(versions) }
    }

    /// A version by its number, or the newest.
    pub(in crate::engine) async fn version(&self, name: &str, number: Option<u64>) -> Result<Version> {
        let sql = "SELECT id, record FROM versions WHERE dataset = $1 AND ($2 IS NULL OR number = $2) ORDER BY number \
                   DESC LIMIT 1";
        let found: Option<(String, String)> =
            sqlx::query_as(sql).bind(name).bind(number.map(u64::cast_signed)).fetch_optional(&self.0).await?;
        let Some((id, record)) = found else {
            return Err(match number {
                Some(version) if self.exists(name).await? => Error::NoVersion { name: name.into(), version },
                _ => Error::NotFound { name: name.into() },
            });
        };
        let sql = "SELECT object, rows, bytes FROM parts WHERE version = $1 ORDER BY position";
        let parts: Vec<(String, i64, i64)> = sqlx::query_as(sql).bind(&id).fetch_all(&self.0).await?;
        let parts = parts.into_iter().map(|(object, rows, bytes)| Part {
            object,
            rows: rows.cast_unsigned(),
            bytes: bytes.cast_unsigned(),
        });
        Ok(Version { id, dataset: serde_json::from_str(&record)?, parts: parts.collect() })
    }

    pub(in crate::engine) async fn exists(&self, name: &str) -> Result<bool> {
        let found = sqlx::query("SELECT 1 FROM datasets WHERE name = $1").bind(name).fetch_optional(&self.0).await?;
        Ok(found.is_some())
    }

    /// Makes a version exist; of a new dataset if its number is 1.
    pub(super) async fn insert(&self, dataset: &Dataset, parts: &[Part], along: Along<'_>) -> Result<()> {
        let taken = || Error::AlreadyExists { name: dataset.name.to_string() };
        let mut transaction = self.begin().await?;
        let record = serde_json::to_string(dataset)?;
        let now = Utc::now().to_rfc3339();
        if dataset.version == 1 {
            sqlx::query("INSERT INTO datasets (name, created_at) VALUES ($1, $2)")
                .bind(dataset.name.as_str())
                .bind(&now)
                .execute(&mut *transaction)
                .await
                .map_err(|error| if is_duplicate(&error) { taken() } else { error.into() })?;
        } else {
            // The version that this one follows must be the newest still.
            let newest: (Option<i64>,) = sqlx::query_as("SELECT max(number) FROM versions WHERE dataset = $1")
                .bind(dataset.name.as_str())
                .fetch_one(&mut *transaction)
                .await?;
            match newest.0.map(i64::cast_unsigned) {
                None => return Err(Error::NotFound { name: dataset.name.to_string() }),
                Some(newest) if newest + 1 != dataset.version => {
                    return Err(Error::Superseded { name: dataset.name.to_string() });
                }
                Some(_) => {}
            }
        }
        let id = Uuid::now_v7().to_string();
        sqlx::query("INSERT INTO versions (id, dataset, number, record) VALUES ($1, $2, $3, $4)")
            .bind(&id)
            .bind(dataset.name.as_str())
            .bind(dataset.version.cast_signed())
            .bind(&record)
            .execute(&mut *transaction)
            .await?;
        for (part, position) in parts.iter().zip(0_i64..) {
            sqlx::query("INSERT INTO parts (version, position, object, rows, bytes) VALUES ($1, $2, $3, $4, $5)")
                .bind(&id)
                .bind(position)
                .bind(&part.object)
                .bind(part.rows.cast_signed())
                .bind(part.bytes.cast_signed())
                .execute(&mut *transaction)
                .await?;
        }
        match along {
            Along::Nothing => {}
            Along::Upload(Idempotency { key, fingerprint }) => {
                let sql = "INSERT INTO uploads (idempotency_key, fingerprint, record, created_at) VALUES ($1, $2, \
                           $3, $4)";
                sqlx::query(sql)
                    .bind(key)
                    .bind(fingerprint)
                    .bind(&record)
                    .bind(&now)
                    .execute(&mut *transaction)
                    .await
                    .map_err(|error| {
                        if is_duplicate(&error) { Error::InProgress { key: key.clone() } } else { error.into() }
                    })?;
            }
            Along::Job(job) => super::jobs::finish(&mut transaction, job, dataset).await?,
        }
        transaction.commit().await?;
        Ok(())
    }

    /// What was answered to an earlier upload with this key.
    pub(in crate::engine) async fn answered(&self, upload: &Idempotency) -> Result<Option<Dataset>> {
        let sql = "SELECT fingerprint, record FROM uploads WHERE idempotency_key = $1";
        let found: Option<(String, String)> = sqlx::query_as(sql).bind(&upload.key).fetch_optional(&self.0).await?;
        match found {
            None => Ok(None),
            Some((fingerprint, record)) if fingerprint == upload.fingerprint => {
                Ok(Some(serde_json::from_str(&record)?))
            }
            Some(_) => Err(Error::KeyReused { key: upload.key.clone() }),
        }
    }

    /// Ends a dataset with all of its versions. Gives the objects that nothing refers to any longer.
    pub(super) async fn delete(&self, name: &str) -> Result<Vec<String>> {
        let mut transaction = self.begin().await?;
        let sql = "SELECT DISTINCT object FROM parts JOIN versions ON id = version WHERE dataset = $1";
        let objects: Vec<(String,)> = sqlx::query_as(sql).bind(name).fetch_all(&mut *transaction).await?;
        let deleted = sqlx::query("DELETE FROM datasets WHERE name = $1").bind(name).execute(&mut *transaction).await?;
        if deleted.rows_affected() == 0 {
            return Err(Error::NotFound { name: name.into() });
        }
        transaction.commit().await?;
        Ok(objects.into_iter().map(|(object,)| object).collect())
    }

    /// All objects that some version refers to.
    pub(super) async fn objects(&self) -> Result<HashSet<String>> {
        let objects: Vec<(String,)> = sqlx::query_as("SELECT DISTINCT object FROM parts").fetch_all(&self.0).await?;
        Ok(objects.into_iter().map(|(object,)| object).collect())
    }

    /// The profile of a version, if it was computed.
    pub(in crate::engine) async fn profile(&self, version: &str) -> Result<Option<String>> {
        let sql = "SELECT profile FROM profiles WHERE version = $1";
        let found: Option<(String,)> = sqlx::query_as(sql).bind(version).fetch_optional(&self.0).await?;
        Ok(found.map(|(profile,)| profile))
    }

    /// Keeps a profile, unless the version is gone.
    pub(in crate::engine) async fn keep_profile(&self, version: &str, profile: &str) -> Result<()> {
        let sql = "INSERT INTO profiles (version, profile) SELECT id, $2 FROM versions WHERE id = $1 ON CONFLICT DO \
                   NOTHING";
        sqlx::query(sql).bind(version).bind(profile).execute(&self.0).await?;
        Ok(())
    }
}

fn records(rows: Vec<(String,)>) -> Result<Vec<Dataset>> {
    rows.iter().map(|(record,)| Ok(serde_json::from_str(record)?)).collect()
}

fn is_duplicate(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation)
}
