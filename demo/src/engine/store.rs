//! Where datasets are kept: a folder of Parquet files and a JSON file per dataset that tells of it.
//!
//! The JSON file is what makes a dataset exist. It is linked to its name, complete and synced, after the Parquet
//! file; so a crash leaves at worst files that nothing refers to, which the next [`Store::open`] removes.

use std::collections::{BTreeMap, HashSet};
use std::fs::{self, File, TryLockError};
use std::io::{self, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use chrono::Utc;
use datafusion::object_store::ObjectStore;
use datafusion::object_store::local::LocalFileSystem;
use serde::{Deserialize, Serialize};
use tempfile::{NamedTempFile, TempPath};

use super::dataset::{Dataset, DatasetName};
use super::error::{Error, Result};
use super::schema::Column;

/// The datasets in a folder. Cheap to clone.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    folder: PathBuf,
    entries: RwLock<BTreeMap<String, Entry>>,
    /// Held, not used: another process over the same folder would take our unfinished files for a crash's.
    _lock: File,
}

/// A dataset and the file with its rows, as written to disk.
#[derive(Clone, Serialize, Deserialize)]
struct Entry {
    #[serde(flatten)]
    dataset: Dataset,
    file: String,
}

/// A table that is written, but not yet a dataset. Gone when dropped.
pub(super) struct Table {
    pub(super) file: NamedTempFile,
    pub(super) columns: Vec<Column>,
    pub(super) rows: u64,
}

/// A file for an upload, removed when dropped.
#[derive(Debug)]
pub struct StagingFile(TempPath);

impl StagingFile {
    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Store {
    /// Opens the folder, made if there is none. No other process can open it as long as a clone of the store lives.
    pub async fn open(folder: impl Into<PathBuf>) -> Result<Self> {
        let folder = folder.into();
        tokio::task::spawn_blocking(move || Self::open_blocking(&folder)).await?
    }

    fn open_blocking(folder: &Path) -> Result<Self> {
        for part in [DATASETS, TABLES, STAGING, SPILL] {
            fs::create_dir_all(folder.join(part)).map_err(|error| about(folder, &error))?;
        }
        let folder = folder.canonicalize()?;
        let lock = File::create(folder.join("lock"))?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => Error::storage(format!("{} is in use by another process", folder.display())),
            TryLockError::Error(error) => about(&folder, &error),
        })?;

        let mut entries = BTreeMap::new();
        for path in files(&folder.join(DATASETS))? {
            // The rest are unfinished.
            if path.extension().is_some_and(|extension| extension == "json") {
                let entry: Entry = serde_json::from_reader(BufReader::new(File::open(&path)?))
                    .map_err(|error| Error::storage(format!("{}: {error}", path.display())))?;
                entries.insert(entry.dataset.name.clone(), entry);
            } else {
                fs::remove_file(path)?;
            }
        }
        let tables: HashSet<PathBuf> = entries.values().map(|entry| folder.join(TABLES).join(&entry.file)).collect();
        let unfinished = files(&folder.join(TABLES))?.into_iter().filter(|path| !tables.contains(path));
        for path in unfinished.chain(files(&folder.join(STAGING))?) {
            tracing::warn!(path = %path.display(), "removing a file that an interrupted upload left");
            fs::remove_file(path)?;
        }
        Ok(Self(Arc::new(Inner { folder, entries: RwLock::new(entries), _lock: lock })))
    }

    /// A file for an upload.
    pub fn staging_file(&self) -> Result<StagingFile> {
        let file = NamedTempFile::new_in(self.0.folder.join(STAGING))?;
        Ok(StagingFile(file.into_temp_path()))
    }

    /// All datasets, by name.
    pub async fn list(&self) -> Result<Vec<Dataset>> {
        let entries = self.0.entries.read().unwrap_or_else(PoisonError::into_inner);
        Ok(entries.values().map(|entry| entry.dataset.clone()).collect())
    }

    /// One dataset.
    pub async fn get(&self, name: &str) -> Result<Dataset> {
        self.entry(name).map(|entry| entry.dataset)
    }

    /// A file to write a table to.
    pub(super) fn table_file(&self) -> Result<NamedTempFile> {
        let mut builder = tempfile::Builder::new();
        Ok(builder.prefix("").rand_bytes(16).suffix(".parquet").tempfile_in(self.0.folder.join(TABLES))?)
    }

    /// Makes a table a dataset. Blocks.
    pub(super) fn commit(&self, name: DatasetName, table: Table) -> Result<Dataset> {
        let Table { file, columns, rows } = table;
        file.as_file().sync_all()?;
        let bytes = file.as_file().metadata()?.len();
        sync_folder(&self.0.folder.join(TABLES))?;
        let file_name = file.path().file_name().unwrap_or_default().to_string_lossy().into_owned();
        let dataset = Dataset { name: name.clone().into(), rows, bytes, columns, created_at: Utc::now() };
        let entry = Entry { dataset, file: file_name };

        let folder = self.0.folder.join(DATASETS);
        let mut record = NamedTempFile::new_in(&folder)?;
        record.write_all(&serde_json::to_vec_pretty(&entry)?)?;
        record.as_file().sync_all()?;
        let path = folder.join(format!("{}.json", name.as_str()));
        record.persist_noclobber(path).map_err(|error| match error.error.kind() {
            io::ErrorKind::AlreadyExists => Error::AlreadyExists { name: name.into() },
            _ => error.error.into(),
        })?;
        // From here on the dataset exists: nothing may remove its table.
        file.keep().map_err(|error| error.error)?;
        sync_folder(&folder)?;

        let dataset = entry.dataset.clone();
        let mut entries = self.0.entries.write().unwrap_or_else(PoisonError::into_inner);
        entries.insert(dataset.name.clone(), entry);
        Ok(dataset)
    }

    /// The object in [`Self::tables`] with the rows of a dataset.
    pub(super) fn table_object(&self, name: &str) -> Result<String> {
        self.entry(name).map(|entry| entry.file)
    }

    /// The tables as an object store.
    pub(super) fn tables(&self) -> Result<Arc<dyn ObjectStore>> {
        let store = LocalFileSystem::new_with_prefix(self.0.folder.join(TABLES)).map_err(Error::storage)?;
        Ok(Arc::new(store))
    }

    /// A folder for what does not fit in memory.
    pub(super) fn spill_folder(&self) -> PathBuf {
        self.0.folder.join(SPILL)
    }

    fn entry(&self, name: &str) -> Result<Entry> {
        let entries = self.0.entries.read().unwrap_or_else(PoisonError::into_inner);
        entries.get(name).cloned().ok_or_else(|| Error::NotFound { name: name.into() })
    }
}

const DATASETS: &str = "datasets";
const TABLES: &str = "tables";
const STAGING: &str = "staging";
const SPILL: &str = "spill";

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect()
}

/// Makes new names in a folder outlast a crash.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

fn about(path: &Path, error: &io::Error) -> Error {
    Error::storage(format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(store: &Store) -> Table {
        let mut file = store.table_file().unwrap();
        file.write_all(b"rows").unwrap();
        Table { file, columns: Vec::new(), rows: 1 }
    }

    fn count(folder: &Path, part: &str) -> usize {
        files(&folder.join(part)).unwrap().len()
    }

    #[tokio::test]
    async fn datasets_outlast_the_store_and_leftovers_do_not() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).await.unwrap();
        let dataset = store.commit(DatasetName::new("a").unwrap(), table(&store)).unwrap();
        let unfinished = table(&store).file.into_temp_path().keep().unwrap();
        let upload = store.staging_file().unwrap().0.keep().unwrap();
        let record = folder.path().join(DATASETS).join(".tmpXYZ");
        fs::write(&record, "{").unwrap();
        drop(store);

        let store = Store::open(folder.path()).await.unwrap();
        assert_eq!(store.list().await.unwrap(), [dataset]);
        assert!(!unfinished.exists() && !upload.exists() && !record.exists());
        assert_eq!(count(folder.path(), TABLES), 1);
    }

    #[tokio::test]
    async fn a_name_is_given_once() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).await.unwrap();
        let race: Vec<_> = (0..8)
            .map(|_| {
                let store = store.clone();
                std::thread::spawn(move || store.commit(DatasetName::new("a").unwrap(), table(&store)))
            })
            .collect();
        let results: Vec<_> = race.into_iter().map(|thread| thread.join().unwrap()).collect();
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
        for error in results.into_iter().filter_map(Result::err) {
            assert!(matches!(error, Error::AlreadyExists { .. }), "{error:?}");
        }
        assert_eq!((count(folder.path(), TABLES), count(folder.path(), DATASETS)), (1, 1));
    }

    #[tokio::test]
    async fn a_folder_has_one_store() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).await.unwrap();
        assert!(matches!(Store::open(folder.path()).await, Err(Error::Storage(_))));
        drop(store);
        assert!(Store::open(folder.path()).await.is_ok());
    }

    #[tokio::test]
    async fn staged_files_go_when_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).await.unwrap();
        let staged = store.staging_file().unwrap();
        fs::write(staged.path(), "half").unwrap();
        assert_eq!(count(folder.path(), STAGING), 1);
        drop(staged);
        assert_eq!(count(folder.path(), STAGING), 0);
    }
}
