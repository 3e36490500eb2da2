//! [`Spool`]: a file while it arrives, in memory as long as it is small.

use std::io::{self, Write};

use bytes::{Bytes, BytesMut};
use tempfile::{NamedTempFile, TempPath};
use tokio::{fs::File, io::AsyncWriteExt};

/// Above this, a file is on disk.
const MEMORY: usize = 1 << 20;

/// A file while it arrives.
pub(super) enum Spool {
    Memory(BytesMut),
    Disk { file: File, path: TempPath, size: u64 },
}

/// What has arrived.
#[derive(Debug)]
pub(super) enum Spooled {
    Memory(Bytes),
    /// It is removed with the last that reads it.
    Disk {
        path: TempPath,
        size: u64,
    },
}

impl Spool {
    pub(super) fn new() -> Self {
        Self::Memory(BytesMut::new())
    }

    pub(super) async fn write(&mut self, piece: &[u8]) -> io::Result<()> {
        match self {
            Self::Memory(held) => {
                held.extend_from_slice(piece);
                if held.len() > MEMORY {
                    *self = Self::on_disk(std::mem::take(held).freeze()).await?;
                }
                Ok(())
            }
            Self::Disk { file, size, .. } => {
                *size += piece.len() as u64;
                file.write_all(piece).await
            }
        }
    }

    async fn on_disk(held: Bytes) -> io::Result<Self> {
        let size = held.len() as u64;
        let (file, path) = blocking(move || {
            let mut file = NamedTempFile::new()?;
            file.write_all(&held)?;
            Ok(file.into_parts())
        })
        .await?;
        Ok(Self::Disk { file: File::from_std(file), path, size })
    }

    pub(super) async fn finish(self) -> io::Result<Spooled> {
        match self {
            Self::Memory(held) => Ok(Spooled::Memory(held.freeze())),
            Self::Disk { mut file, path, size } => {
                file.flush().await?;
                Ok(Spooled::Disk { path, size })
            }
        }
    }
}

/// Runs what waits for the disk on a thread that may.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}
