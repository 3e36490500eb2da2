//! Parts of a file as a body, read while they are sent.

use std::{
    collections::VecDeque,
    io::{self, SeekFrom},
    ops::Range,
};

use bytes::{Bytes, BytesMut};
use futures_util::stream;
use poem::{Body, http::HeaderValue};
use tokio::{
    fs::File,
    io::{AsyncReadExt, AsyncSeekExt},
};

pub(super) enum Part {
    Text(String),
    Slice(Range<u64>),
}

/// What the parts are of.
pub(super) enum Content {
    File(File),
    Memory(Bytes),
}

/// As much as is read at once.
const PIECE: u64 = 64 << 10;

pub(super) fn body(content: Content, parts: Vec<Part>) -> Body {
    let reader = Reader { content, parts: parts.into(), position: 0 };
    Body::from_bytes_stream(stream::try_unfold(reader, |mut reader| async move {
        Ok::<_, io::Error>(reader.piece().await?.map(|piece| (piece, reader)))
    }))
}

struct Reader {
    content: Content,
    parts: VecDeque<Part>,
    position: u64,
}

impl Reader {
    async fn piece(&mut self) -> io::Result<Option<Bytes>> {
        loop {
            let slice = match self.parts.front_mut() {
                None => return Ok(None),
                Some(Part::Text(text)) => {
                    let piece = std::mem::take(text).into();
                    self.parts.pop_front();
                    return Ok(Some(piece));
                }
                Some(Part::Slice(slice)) => slice,
            };
            if slice.is_empty() {
                self.parts.pop_front();
                continue;
            }
            let file = match &mut self.content {
                Content::File(file) => file,
                Content::Memory(bytes) => {
                    let at = |offset: u64| usize::try_from(offset).unwrap_or(usize::MAX).min(bytes.len());
                    let piece = bytes.slice(at(slice.start)..at(slice.end));
                    self.parts.pop_front();
                    return Ok(Some(piece));
                }
            };
            if self.position != slice.start {
                self.position = file.seek(SeekFrom::Start(slice.start)).await?;
            }
            let length = (slice.end - slice.start).min(PIECE);
            let mut piece = BytesMut::with_capacity(usize::try_from(length).unwrap_or_default());
            let read = file.take(length).read_buf(&mut piece).await?;
            if read == 0 {
                // It was cut after its length was told.
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let read = read as u64;
            slice.start += read;
            self.position += read;
            return Ok(Some(piece.freeze()));
        }
    }
}

/// Several parts as `multipart/byteranges` (RFC 9110, 14.6): the length, the boundary, and what is sent.
pub(super) fn multipart(
    slices: Vec<Range<u64>>,
    content_type: &HeaderValue,
    etag: &str,
    size: u64,
) -> (u64, String, Vec<Part>) {
    // Anything that the file is not likely to hold: its own version, and the first range.
    let first = slices.first().map_or(0, |slice| slice.end);
    let boundary = format!("{}-{first:x}", etag.trim_matches('"'));
    let content_type = content_type.to_str().unwrap_or_default();
    let mut length = 0;
    let mut parts = Vec::with_capacity(slices.len() * 3 + 1);
    for slice in slices {
        let head = format!(
            "--{boundary}\r\nContent-Type: {content_type}\r\nContent-Range: bytes {}-{}/{size}\r\n\r\n",
            slice.start,
            slice.end - 1
        );
        length += head.len() as u64 + (slice.end - slice.start) + 2;
        parts.extend([Part::Text(head), Part::Slice(slice), Part::Text("\r\n".to_owned())]);
    }
    let end = format!("--{boundary}--");
    length += end.len() as u64;
    parts.push(Part::Text(end));
    (length, boundary, parts)
}
