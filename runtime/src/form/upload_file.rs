//! [`UploadFile`]: a file that was sent in a form.

use std::{
    fmt,
    io::{self, SeekFrom},
    path::Path,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use poem::http::{HeaderMap, header::CONTENT_TYPE};
use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};
use tokio::{
    fs::File,
    io::{AsyncRead, AsyncReadExt, AsyncSeek, AsyncSeekExt, ReadBuf},
};

use super::{
    BlockingReader,
    spool::{Spooled, blocking},
};

/// A file that was sent in a form (`multipart/form-data`).
///
/// Up to 1 MiB it is in memory, above that on disk, in the system's folder for temporary files; it is removed with the
/// last `UploadFile` that refers to it. It is read in pieces or as a whole, and is tokio's `AsyncRead` and `AsyncSeek`.
///
/// ```
/// use versify::prelude::*;
/// use versify::UploadFile;
///
/// /// Counts the lines of a text.
/// #[post("/lines")]
/// async fn count_lines(mut file: UploadFile) -> Result<usize> {
///     let mut lines = 0;
///     loop {
///         let piece = file.read(64 * 1024).await?;
///         if piece.is_empty() {
///             return Ok(lines);
///         }
///         lines += piece.iter().filter(|byte| **byte == b'\n').count();
///     }
/// }
/// ```
///
/// A clone reads from the beginning.
pub struct UploadFile {
    sent: Arc<Sent>,
    /// Where the next byte is read, if it is in memory.
    position: u64,
    /// The open file, if it is on disk and was read.
    file: Option<File>,
}

struct Sent {
    file_name: String,
    headers: HeaderMap,
    content: Spooled,
}

impl UploadFile {
    pub(super) fn new(file_name: String, headers: HeaderMap, content: Spooled) -> Self {
        Self { sent: Arc::new(Sent { file_name, headers, content }), position: 0, file: None }
    }

    /// The name that the client gives the file. It is the client's word: never use it as a path.
    #[must_use]
    pub fn file_name(&self) -> &str {
        &self.sent.file_name
    }

    /// The media type that the client gives the file, if it does.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.sent.headers.get(CONTENT_TYPE)?.to_str().ok()
    }

    /// How many bytes it has.
    #[must_use]
    pub fn size(&self) -> u64 {
        match &self.sent.content {
            Spooled::Memory(bytes) => bytes.len() as u64,
            Spooled::Disk { size, .. } => *size,
        }
    }

    /// The header fields of its part of the form.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.sent.headers
    }

    /// Where it is on disk, if it is.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match &self.sent.content {
            Spooled::Memory(_) => None,
            Spooled::Disk { path, .. } => Some(path),
        }
    }

    /// The next piece of at most `max` bytes; an empty one at the end.
    ///
    /// # Errors
    /// The disk cannot be read.
    pub async fn read(&mut self, max: usize) -> io::Result<Bytes> {
        if let Some(rest) = self.rest_in_memory() {
            let piece = rest.slice(..rest.len().min(max));
            self.position += piece.len() as u64;
            return Ok(piece);
        }
        let mut piece = Vec::with_capacity(max.min(1 << 20));
        self.take(max as u64).read_to_end(&mut piece).await?;
        Ok(piece.into())
    }

    /// All from here to the end, in memory.
    ///
    /// # Errors
    /// The disk cannot be read.
    pub async fn read_all(&mut self) -> io::Result<Bytes> {
        if let Some(rest) = self.rest_in_memory() {
            self.position += rest.len() as u64;
            return Ok(rest);
        }
        let mut all = Vec::new();
        self.read_to_end(&mut all).await?;
        Ok(all.into())
    }

    /// Goes to a position, counted from the beginning.
    ///
    /// # Errors
    /// The disk cannot be read.
    pub async fn seek(&mut self, position: u64) -> io::Result<()> {
        AsyncSeekExt::seek(self, SeekFrom::Start(position)).await.map(|_| ())
    }

    /// Keeps the file at `path`, replacing what is there. One that is on disk is moved there if that is possible, else
    /// copied.
    ///
    /// # Errors
    /// It cannot be written there.
    pub async fn persist(self, path: impl AsRef<Path>) -> io::Result<()> {
        let path = path.as_ref().to_owned();
        let sent = self.sent;
        blocking(move || match Arc::try_unwrap(sent) {
            Ok(Sent { content: Spooled::Disk { path: from, .. }, .. }) => match from.persist(&path) {
                Ok(()) => Ok(()),
                // Another disk.
                Err(error) => std::fs::copy(&error.path, &path).map(|_| ()),
            },
            Ok(Sent { content: Spooled::Memory(bytes), .. }) => std::fs::write(&path, &bytes),
            Err(shared) => match &shared.content {
                Spooled::Disk { path: from, .. } => std::fs::copy(from, &path).map(|_| ()),
                Spooled::Memory(bytes) => std::fs::write(&path, bytes),
            },
        })
        .await
    }

    /// A reader for functions that are not async: it reads from the beginning.
    ///
    /// # Errors
    /// The disk cannot be read.
    pub fn blocking_reader(&self) -> io::Result<BlockingReader> {
        BlockingReader::new(&self.sent.content)
    }

    fn rest_in_memory(&self) -> Option<Bytes> {
        match &self.sent.content {
            Spooled::Memory(bytes) => {
                let start = usize::try_from(self.position).unwrap_or(usize::MAX).min(bytes.len());
                Some(bytes.slice(start..))
            }
            Spooled::Disk { .. } => None,
        }
    }

    /// The file on disk, opened when it is first wanted: most are read once, some never.
    fn on_disk(&mut self) -> io::Result<Option<&mut File>> {
        let Spooled::Disk { path, .. } = &self.sent.content else { return Ok(None) };
        if self.file.is_none() {
            self.file = Some(File::from_std(std::fs::File::open(path)?));
        }
        Ok(self.file.as_mut())
    }
}

impl Clone for UploadFile {
    fn clone(&self) -> Self {
        Self { sent: Arc::clone(&self.sent), position: 0, file: None }
    }
}

impl fmt::Debug for UploadFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UploadFile")
            .field("file_name", &self.file_name())
            .field("content_type", &self.content_type())
            .field("size", &self.size())
            .finish_non_exhaustive()
    }
}

impl AsyncRead for UploadFile {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if let Some(rest) = self.rest_in_memory() {
            let piece = rest.slice(..rest.len().min(buf.remaining()));
            buf.put_slice(&piece);
            self.position += piece.len() as u64;
            return Poll::Ready(Ok(()));
        }
        match self.on_disk()? {
            Some(file) => Pin::new(file).poll_read(cx, buf),
            None => Poll::Ready(Ok(())),
        }
    }
}

impl AsyncSeek for UploadFile {
    fn start_seek(mut self: Pin<&mut Self>, position: SeekFrom) -> io::Result<()> {
        if let Some(file) = self.on_disk()? {
            return Pin::new(file).start_seek(position);
        }
        let (from, offset) = match position {
            SeekFrom::Start(position) => (0, i64::try_from(position).map_err(io::Error::other)?),
            SeekFrom::Current(offset) => (self.position, offset),
            SeekFrom::End(offset) => (self.size(), offset),
        };
        self.position = from.checked_add_signed(offset).ok_or(io::ErrorKind::InvalidInput)?;
        Ok(())
    }

    fn poll_complete(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<u64>> {
        if let Some(file) = self.on_disk()? {
            return Poll::Ready(ready!(Pin::new(file).poll_complete(cx)));
        }
        Poll::Ready(Ok(self.position))
    }
}

/// What an answer shows of a file: its name, size and header fields.
impl Serialize for UploadFile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct Headers<'a>(&'a HeaderMap);
        impl Serialize for Headers<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut map = serializer.serialize_map(None)?;
                for (name, value) in self.0 {
                    map.serialize_entry(name.as_str(), &String::from_utf8_lossy(value.as_bytes()))?;
                }
                map.end()
            }
        }
        let mut shown = serializer.serialize_struct("UploadFile", 3)?;
        shown.serialize_field("filename", self.file_name())?;
        shown.serialize_field("size", &self.size())?;
        shown.serialize_field("headers", &Headers(self.headers()))?;
        shown.end()
    }
}
