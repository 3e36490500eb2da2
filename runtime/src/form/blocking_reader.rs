//! [`BlockingReader`]: an uploaded file for functions that are not async.

use std::{
    fs::File,
    io::{self, Cursor, Read, Seek, SeekFrom},
};

use bytes::Bytes;

use super::spool::Spooled;

/// Reads an [`UploadFile`](crate::UploadFile) in a function that is not async.
#[derive(Debug)]
pub struct BlockingReader(Source);

#[derive(Debug)]
enum Source {
    Memory(Cursor<Bytes>),
    Disk(File),
}

impl BlockingReader {
    pub(super) fn new(content: &Spooled) -> io::Result<Self> {
        Ok(Self(match content {
            Spooled::Memory(bytes) => Source::Memory(Cursor::new(bytes.clone())),
            Spooled::Disk { path, .. } => Source::Disk(File::open(path)?),
        }))
    }
}

impl Read for BlockingReader {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        match &mut self.0 {
            Source::Memory(cursor) => cursor.read(buf),
            Source::Disk(file) => file.read(buf),
        }
    }
}

impl Seek for BlockingReader {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        match &mut self.0 {
            Source::Memory(cursor) => cursor.seek(position),
            Source::Disk(file) => file.seek(position),
        }
    }
}
