//! Files that are packed: gzip and Zstandard.

use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;
use tempfile::NamedTempFile;

use super::fault;
use crate::engine::error::{Error, Result};
use crate::engine::store::Store;

/// The most memory that unpacking Zstandard may take, as a power of two.
const WINDOW: u32 = 27;

/// Unpacks a file that is packed. Stops when it turns out to be larger than `limit`. Blocks.
pub(super) fn unpack(path: &Path, store: &Store, limit: u64) -> Result<Option<NamedTempFile>> {
    let mut start = Vec::new();
    File::open(path)?.take(4).read_to_end(&mut start)?;
    let packed = BufReader::with_capacity(1 << 18, File::open(path)?);
    match start.as_slice() {
        [0x1f, 0x8b, ..] => copy(MultiGzDecoder::new(packed), "gzip", store, limit).map(Some),
        [0x28, 0xb5, 0x2f, 0xfd] => {
            let mut decoder = zstd::Decoder::with_buffer(packed)?;
            decoder.window_log_max(WINDOW)?;
            copy(decoder, "Zstandard", store, limit).map(Some)
        }
        _ => Ok(None),
    }
}

fn copy(mut packed: impl Read, name: &str, store: &Store, limit: u64) -> Result<NamedTempFile> {
    let mut file = store.temporary_file()?;
    let mut piece = vec![0; 1 << 18];
    let mut total = 0;
    loop {
        let read = match packed.read(&mut piece) {
            Ok(0) => return Ok(file),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => return Err(fault(1, None, format!("the file is broken where it is packed with {name}"))),
        };
        total += read as u64;
        if total > limit {
            return Err(Error::TooLarge(format!("unpacked, the file has more than {limit} bytes")));
        }
        file.write_all(piece.get(..read).unwrap_or_default())?;
    }
}

#[cfg(test)]
mod tests {
    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    #[tokio::test]
    async fn files_are_unpacked_up_to_a_limit() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).await.unwrap();
        let text = "a,b\n1,2\n".repeat(100_000).into_bytes();
        let path = folder.path().join("file");
        let unpack = |bytes: &[u8], limit: usize| {
            std::fs::write(&path, bytes).unwrap();
            let file = unpack(&path, &store, limit as u64)?;
            Ok::<_, Error>(file.map(|file| std::fs::read(file.path()).unwrap()))
        };
        assert!(unpack(&text, 1).unwrap().is_none());
        for packed in [gzip(&text), zstd::encode_all(text.as_slice(), 3).unwrap()] {
            assert_eq!(unpack(&packed, text.len()).unwrap(), Some(text.clone()));
            assert!(matches!(unpack(&packed, text.len() - 1), Err(Error::TooLarge(_))));
            let torn = &packed[..packed.len() / 2];
            assert!(matches!(unpack(torn, text.len()), Err(Error::File { line: Some(1), .. })));
        }
        // A window of 2 GiB, in a frame of a few bytes.
        let huge = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa8, 0x01, 0x00, 0x00];
        assert!(matches!(unpack(&huge, text.len()), Err(Error::File { .. })));
    }
}
