//! [`Store`]: where datasets are kept.
//!
//! Rows are Parquet files in an object store, the rest is in a database. First the file is there for good, then the
//! database says so, in one transaction: so a crash leaves at worst files that nothing refers to, which the next
//! [`Store::open`] removes.

mod catalog;
mod jobs;
mod staging;
mod tables;

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono::{SubsecRound, Utc};
use tempfile::NamedTempFile;

pub use self::catalog::Idempotency;
pub(super) use self::catalog::{Along, Catalog, Version};
pub(super) use self::jobs::Claim;
pub use self::jobs::{Job, JobState};
pub use self::staging::{Growth, StagingFile};
pub(super) use self::tables::{Part, Tables};
use super::dataset::{Dataset, DatasetName, Origin};
use super::error::{Error, Result};
use super::schema::Column;

/// Datasets and jobs. Cheap to clone.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    catalog: Catalog,
    tables: Tables,
    folder: PathBuf,
    /// Held, not used: another process over the same folder would take our unfinished files for a crash's.
    _lock: File,
}

/// A table that is written, but not yet a dataset. Gone when dropped.
pub(super) struct Table {
    pub(super) file: NamedTempFile,
    pub(super) columns: Vec<Column>,
    pub(super) rows: u64,
}

/// How long the files of a deleted dataset stay, for those who are reading them.
const GRACE: Duration = Duration::from_secs(60);

impl Store {
    /// Opens the folder, made if there is none. No other process can open it as long as a clone of the store lives.
    pub async fn open(folder: impl AsRef<Path>) -> Result<Self> {
        let folder = folder.as_ref();
        for part in ["", TABLES, STAGING, SPILL] {
            fs::create_dir_all(folder.join(part)).map_err(|error| about(folder, &error))?;
        }
        let folder = folder.canonicalize()?;
        let lock = File::create(folder.join("lock"))?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => Error::storage(format!("{} is in use by another process", folder.display())),
            TryLockError::Error(error) => about(&folder, &error),
        })?;
        let catalog = Catalog::open(&folder.join("catalog.sqlite")).await?;
        let tables = Tables::local(folder.join(TABLES))?;
        tables.sweep(&catalog.objects().await?).await?;
        for path in files(&folder.join(STAGING))? {
            fs::remove_file(path)?;
        }
        for path in files(&folder.join(SPILL))? {
            fs::remove_dir_all(&path).or_else(|_| fs::remove_file(&path))?;
        }
        Ok(Self(Arc::new(Inner { catalog, tables, folder, _lock: lock })))
    }

    /// Waits for what is being written, and lets go of the database.
    pub async fn close(&self) {
        self.0.catalog.close().await;
    }

    pub(super) fn is_closed(&self) -> bool {
        self.0.catalog.is_closed()
    }

    pub(super) fn catalog(&self) -> &Catalog {
        &self.0.catalog
    }

    pub(super) fn tables(&self) -> &Tables {
        &self.0.tables
    }

    /// A file for an upload.
    pub fn staging_file(&self) -> Result<StagingFile> {
        Ok(StagingFile::new(self.temporary_file()?.into_temp_path()))
    }

    /// A file to write a table to; on the disk of the tables, if they are on one.
    pub(super) fn temporary_file(&self) -> Result<NamedTempFile> {
        Ok(NamedTempFile::new_in(self.0.folder.join(STAGING))?)
    }

    /// A folder for what does not fit in memory.
    pub(super) fn spill_folder(&self) -> PathBuf {
        self.0.folder.join(SPILL)
    }

    /// Makes a table a dataset.
    pub(super) async fn create(
        &self,
        name: DatasetName,
        table: Table,
        origin: Origin,
        along: Along<'_>,
    ) -> Result<Dataset> {
        self.commit(name, 1, Vec::new(), table, origin, along).await
    }

    /// Makes a table the next version of a dataset.
    pub(super) async fn replace(
        &self,
        previous: &Dataset,
        table: Table,
        origin: Origin,
        along: Along<'_>,
    ) -> Result<Dataset> {
        self.commit(previous.name.clone(), previous.version + 1, Vec::new(), table, origin, along).await
    }

    /// Adds the rows of a table to those of a version, as the next one.
    pub(super) async fn append(
        &self,
        previous: Version,
        table: Table,
        origin: Origin,
        along: Along<'_>,
    ) -> Result<Dataset> {
        let Dataset { name, version, columns, .. } = previous.dataset;
        let columns = columns.into_iter().zip(&table.columns);
        let columns = columns.map(|(old, new)| Column { nullable: old.nullable || new.nullable, ..old }).collect();
        self.commit(name, version + 1, previous.parts, Table { columns, ..table }, origin, along).await
    }

    async fn commit(
        &self,
        name: DatasetName,
        version: u64,
        mut parts: Vec<Part>,
        table: Table,
        origin: Origin,
        along: Along<'_>,
    ) -> Result<Dataset> {
        let Table { file, columns, rows } = table;
        let bytes = file.as_file().metadata()?.len();
        let object = self.0.tables.put(file).await?;
        parts.push(Part { object: object.clone(), rows, bytes });
        let dataset = Dataset {
            name,
            version,
            rows: parts.iter().map(|part| part.rows).sum(),
            bytes: parts.iter().map(|part| part.bytes).sum(),
            columns,
            // As precise as it is written.
            created_at: Utc::now().trunc_subsecs(6),
            origin,
        };
        match self.0.catalog.insert(&dataset, &parts, along).await {
            Ok(()) => Ok(dataset),
            // Refused, for sure. Whether another error came before or after the commit nobody knows: the next start does.
            Err(error) if !matches!(error, Error::Storage(_)) => {
                self.0.tables.delete(&object).await?;
                Err(error)
            }
            Err(error) => Err(error),
        }
    }

    /// Ends a dataset with all of its versions. Their files go a little later.
    pub(super) async fn delete(&self, name: &str) -> Result<()> {
        let objects = self.0.catalog.delete(name).await?;
        let tables = self.0.tables.clone();
        tokio::spawn(async move {
            tokio::time::sleep(GRACE).await;
            for object in objects {
                if let Err(error) = tables.delete(&object).await {
                    tracing::warn!(object, error = error.in_full(), "a deleted table is left to the next start");
                }
            }
        });
        Ok(())
    }
}

const TABLES: &str = "tables";
const STAGING: &str = "staging";
const SPILL: &str = "spill";

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect()
}

fn about(path: &Path, error: &io::Error) -> Error {
    Error::storage(format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests;
