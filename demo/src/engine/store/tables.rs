//! [`Tables`]: the Parquet files, in an object store.

use std::collections::HashSet;
use std::fs::File;
use std::io;
use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;

use datafusion::object_store::buffered::BufWriter;
use datafusion::object_store::local::LocalFileSystem;
use datafusion::object_store::path::Path;
use datafusion::object_store::{ObjectStore, ObjectStoreExt};
use futures_util::TryStreamExt;
use tempfile::NamedTempFile;
use tokio::io::AsyncWriteExt;
use uuid::Uuid;

use crate::engine::error::{Error, Result};

/// A Parquet file that holds rows of a version.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::engine) struct Part {
    pub(in crate::engine) object: String,
    pub(in crate::engine) rows: u64,
    pub(in crate::engine) bytes: u64,
}

/// Where Parquet files are kept. Cheap to clone.
#[derive(Clone)]
pub(in crate::engine) struct Tables {
    objects: Arc<dyn ObjectStore>,
    /// If they are in a folder here: a file gets there by its rename, and is synced.
    folder: Option<Arc<PathBuf>>,
}

impl Tables {
    /// Tables in a folder.
    pub(super) fn local(folder: PathBuf) -> Result<Self> {
        let objects = Arc::new(LocalFileSystem::new_with_prefix(&folder).map_err(Error::storage)?);
        Ok(Self { objects, folder: Some(Arc::new(folder)) })
    }

    pub(in crate::engine) fn objects(&self) -> Arc<dyn ObjectStore> {
        Arc::clone(&self.objects)
    }

    /// Keeps a file under a new name, for good: it outlasts a crash when this returns.
    pub(super) async fn put(&self, file: NamedTempFile) -> Result<String> {
        // By time, so that the parts of a version are in order by name as well.
        let object = format!("{}.parquet", Uuid::now_v7().simple());
        match self.folder.clone() {
            Some(folder) => {
                let path = folder.join(&object);
                tokio::task::spawn_blocking(move || -> Result<()> {
                    // In this order a disk with a journal has one entry to wait for. Of half a file nobody knows the name.
                    let file = file.persist_noclobber(path).map_err(|error| error.error)?;
                    file.sync_all()?;
                    Ok(sync_folder(&folder)?)
                })
                .await??;
            }
            None => {
                let mut source = tokio::fs::File::from_std(file.reopen()?);
                let mut target = BufWriter::new(self.objects(), Path::from(object.as_str()));
                tokio::io::copy(&mut source, &mut target).await?;
                target.shutdown().await?;
            }
        }
        Ok(object)
    }

    pub(super) async fn delete(&self, object: &str) -> Result<()> {
        match self.objects.delete(&Path::from(object)).await {
            Ok(()) | Err(datafusion::object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(Error::storage(error)),
        }
    }

    /// Removes what is not among the objects that are known.
    pub(super) async fn sweep(&self, known: &HashSet<String>) -> Result<()> {
        let found: Vec<_> = self.objects.list(None).try_collect().await.map_err(Error::storage)?;
        for object in found.iter().map(|found| found.location.as_ref()).filter(|object| !known.contains(*object)) {
            tracing::warn!(object, "removing a table that no dataset has");
            self.delete(object).await?;
        }
        Ok(())
    }
}

/// Makes new names in a folder outlast a crash.
fn sync_folder(folder: &FilePath) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
