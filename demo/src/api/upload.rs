//! Files on their way in.

use sha2::{Digest, Sha256};
use tokio::io::{AsyncWriteExt, BufWriter};
use versify::BodyStream;

use super::error::Result;
use crate::engine::{Engine, Idempotency, StagingFile};

/// The largest upload: 4 GiB.
pub(super) const LARGEST_UPLOAD: u64 = 4 << 30;

/// A file that has arrived.
pub(super) struct Staged {
    pub(super) file: StagingFile,
    digest: Sha256,
}

/// Writes a body to a file, as it comes.
pub(super) async fn stage(engine: &Engine, mut body: BodyStream) -> Result<Staged> {
    let upload = engine.staging_file()?;
    let mut file = BufWriter::with_capacity(1 << 18, tokio::fs::File::create(upload.path()).await?);
    let mut digest = Sha256::new();
    while let Some(bytes) = body.next().await? {
        digest.update(&bytes);
        file.write_all(&bytes).await?;
    }
    file.flush().await?;
    Ok(Staged { file: upload, digest })
}

impl Staged {
    /// The identity of an upload: its key, and what it asks for.
    pub(super) fn idempotency(&self, key: String, request: &str) -> Idempotency {
        let digest = self.digest.clone().chain_update(request).finalize();
        Idempotency { key, fingerprint: digest.iter().map(|byte| format!("{byte:02x}")).collect() }
    }
}
