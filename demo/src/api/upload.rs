//! Files on their way in.

use futures_util::future::join;
use sha2::{Digest, Sha256};
use tokio::fs::File;
use tokio::io::{AsyncWriteExt, BufWriter};
use versify::{BodyStream, UploadFile};

use super::error::Result;
use crate::engine::{self, Engine, Growth, Idempotency, StagingFile};

/// The largest upload: 4 GiB.
pub(super) const LARGEST_UPLOAD: u64 = 4 << 30;

/// A file that has arrived.
pub(super) struct Staged {
    pub(super) file: StagingFile,
    identity: Option<Identity>,
}

/// Writes a body to a file, as it comes.
pub(super) async fn stage(engine: &Engine, body: BodyStream, key: Option<String>) -> Result<Staged> {
    Staging::begin(engine, key).await?.receive(body).await
}

/// Loads a body; while it comes, if the engine has the means.
pub(super) async fn load<T>(
    engine: &Engine,
    body: BodyStream,
    load: impl AsyncFnOnce(StagingFile) -> engine::Result<T>,
) -> Result<T> {
    let mut staging = Staging::begin(engine, None).await?;
    let file = staging.upload.clone();
    let Some(_permit) = engine.early() else {
        staging.receive(body).await?;
        return Ok(load(file).await?);
    };
    staging.growth = Some(file.grow());
    // A client listens when it has sent all, not before.
    let (received, loaded) = join(staging.receive(body), load(file)).await;
    received?;
    Ok(loaded?)
}

/// Writes the file of a form to a file of ours, which stands on the disk of the tables.
pub(super) async fn stage_file(engine: &Engine, mut file: UploadFile, key: Option<String>) -> Result<Staged> {
    let mut staging = Staging::begin(engine, key).await?;
    loop {
        let bytes = file.read(PIECE).await?;
        if bytes.is_empty() {
            return staging.end().await;
        }
        staging.write(&bytes).await?;
    }
}

/// Bytes that are read or written at a time.
const PIECE: usize = 256 << 10;

/// A file that is being written.
struct Staging {
    upload: StagingFile,
    file: BufWriter<File>,
    identity: Option<Identity>,
    /// Whom it is told, if the file is read meanwhile.
    growth: Option<Growth>,
}

/// What tells an upload with a key from another one with the same.
struct Identity {
    key: String,
    digest: Sha256,
}

impl Staging {
    async fn begin(engine: &Engine, key: Option<String>) -> Result<Self> {
        let upload = engine.staging_file()?;
        let file = BufWriter::with_capacity(PIECE, File::create(upload.path()).await?);
        let identity = key.map(|key| Identity { key, digest: Sha256::new() });
        Ok(Self { upload, file, identity, growth: None })
    }

    async fn receive(mut self, mut body: BodyStream) -> Result<Staged> {
        while let Some(bytes) = body.next().await? {
            self.write(&bytes).await?;
        }
        self.end().await
    }

    async fn write(&mut self, bytes: &[u8]) -> Result<()> {
        if let Some(identity) = &mut self.identity {
            identity.digest.update(bytes);
        }
        self.file.write_all(bytes).await?;
        if let Some(growth) = &self.growth {
            growth.grown();
        }
        Ok(())
    }

    async fn end(mut self) -> Result<Staged> {
        self.file.flush().await?;
        if let Some(growth) = self.growth {
            growth.complete();
        }
        Ok(Staged { file: self.upload, identity: self.identity })
    }
}

impl Staged {
    /// The identity of an upload that has a key: the key, the file, and what it asks for.
    pub(super) fn idempotency(&self, request: &str) -> Option<Idempotency> {
        self.identity.as_ref().map(|Identity { key, digest }| {
            let digest = digest.clone().chain_update(request).finalize();
            Idempotency { key: key.clone(), fingerprint: digest.iter().map(|byte| format!("{byte:02x}")).collect() }
        })
    }
}
