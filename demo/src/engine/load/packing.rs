//! Files that are packed: gzip and Zstandard.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::mem;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};

use flate2::bufread::MultiGzDecoder;
use tempfile::NamedTempFile;

use super::fault;
use crate::engine::error::{Error, Result};
use crate::engine::store::{StagingFile, Store};

/// The most memory that unpacking Zstandard may take, as a power of two.
const WINDOW: u32 = 27;

/// Bytes that a file is told by.
const START: u64 = 1 << 10;

/// Bytes that are read at a time.
const PIECE: usize = 1 << 18;

/// Pieces that a thread unpacks before they are asked for.
const AHEAD: usize = 16;

/// A file that came, as it is or packed.
pub(super) struct Source<'a> {
    file: &'a StagingFile,
    packing: Option<Packing>,
    limit: u64,
}

#[derive(Debug, Clone, Copy)]
enum Packing {
    Gzip,
    Zstandard,
}

impl<'a> Source<'a> {
    /// A file that may have so many bytes when it is unpacked.
    pub(super) fn new(file: &'a StagingFile, limit: u64) -> Result<Self> {
        let mut start = Vec::new();
        file.open()?.take(4).read_to_end(&mut start)?;
        let packing = match start.as_slice() {
            [0x1f, 0x8b, ..] => Some(Packing::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd] => Some(Packing::Zstandard),
            _ => None,
        };
        Ok(Self { file, packing, limit })
    }

    /// What its first bytes are, as many as tell what a file is.
    pub(super) fn start(&self) -> Result<Vec<u8>> {
        let mut start = Vec::new();
        match self.packing {
            Some(packing) => {
                let read = packing.decoder(self.file)?.take(START).read_to_end(&mut start);
                read.map_err(|_| packing.broken())?
            }
            None => self.file.open()?.take(START).read_to_end(&mut start)?,
        };
        Ok(start)
    }

    /// What is in it, from the beginning. It is unpacked by a thread of its own, ahead of whoever reads.
    pub(super) fn open(&self) -> Result<Box<dyn BufRead>> {
        let Some(packing) = self.packing else {
            return Ok(Box::new(BufReader::with_capacity(PIECE, self.file.open()?)));
        };
        let (decoder, limit) = (packing.decoder(self.file)?, self.limit);
        let (pieces, unpacked) = sync_channel(AHEAD);
        let (spent, to_fill) = channel();
        let unpack = move || send(decoder, packing, limit, &pieces, &to_fill);
        std::thread::Builder::new().name("unpacker".into()).spawn(unpack)?;
        Ok(Box::new(Ahead { unpacked, spent, piece: Vec::new(), at: 0, ended: false }))
    }

    /// A file of what is in it, if it is packed: for those who do not read from the beginning to the end. Blocks.
    pub(super) fn unpack(&self, store: &Store) -> Result<Option<NamedTempFile>> {
        if self.packing.is_none() {
            return Ok(None);
        }
        let mut file = store.temporary_file()?;
        let mut input = self.open()?;
        loop {
            let piece = input.fill_buf()?;
            if piece.is_empty() {
                return Ok(Some(file));
            }
            file.write_all(piece)?;
            let length = piece.len();
            input.consume(length);
        }
    }
}

impl Packing {
    fn decoder(self, file: &StagingFile) -> Result<Box<dyn Read + Send>> {
        let packed = BufReader::with_capacity(PIECE, file.open()?);
        Ok(match self {
            Self::Gzip => Box::new(MultiGzDecoder::new(packed)),
            Self::Zstandard => {
                let mut decoder = zstd::Decoder::with_buffer(packed)?;
                decoder.window_log_max(WINDOW)?;
                Box::new(decoder)
            }
        })
    }

    fn broken(self) -> Error {
        let name = match self {
            Self::Gzip => "gzip",
            Self::Zstandard => "Zstandard",
        };
        fault(1, None, format!("the file is broken where it is packed with {name}"))
    }
}

/// Sends what a decoder gives, and in the end an empty piece. Stops when it turns out to be more than `limit`. Pieces that
/// come back are filled again.
fn send(
    mut packed: impl Read,
    packing: Packing,
    limit: u64,
    pieces: &SyncSender<Result<Vec<u8>>>,
    to_fill: &Receiver<Vec<u8>>,
) {
    let mut total = 0;
    loop {
        let mut piece = to_fill.try_recv().unwrap_or_default();
        piece.resize(PIECE, 0);
        let read = match packed.read(&mut piece) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => Err(packing.broken()),
            Ok(read) => {
                total += read as u64;
                piece.truncate(read);
                let words = || format!("unpacked, the file has more than {limit} bytes");
                if total > limit { Err(Error::TooLarge(words())) } else { Ok(piece) }
            }
        };
        let goes_on = read.as_ref().is_ok_and(|piece| !piece.is_empty());
        // Whoever wanted it may have enough.
        if pieces.send(read).is_err() || !goes_on {
            return;
        }
    }
}

/// Bytes that a thread unpacks.
struct Ahead {
    unpacked: Receiver<Result<Vec<u8>>>,
    spent: Sender<Vec<u8>>,
    piece: Vec<u8>,
    at: usize,
    ended: bool,
}

impl BufRead for Ahead {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.piece.len() && !self.ended {
            // A thread that has no end to tell of has broken down.
            let piece = self.unpacked.recv().unwrap_or_else(|_| Err(Error::unreadable()));
            let spent = mem::replace(&mut self.piece, piece.map_err(io::Error::other)?);
            // Whoever unpacks may have come to the end.
            let _ = self.spent.send(spent);
            self.at = 0;
            self.ended = self.piece.is_empty();
        }
        Ok(self.piece.get(self.at..).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        self.at = (self.at + amount).min(self.piece.len());
    }
}

impl Read for Ahead {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
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
        let unpack = |bytes: &[u8], limit: usize| {
            let staged = store.staging_file()?;
            std::fs::write(staged.path(), bytes).unwrap();
            let file = Source::new(&staged, limit as u64)?.unpack(&store)?;
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
