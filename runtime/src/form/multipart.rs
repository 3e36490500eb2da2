//! `multipart/form-data`: parts between boundaries, read piece by piece.
//!
//! It takes and refuses what python-multipart takes and refuses.

use bytes::{Buf, Bytes, BytesMut};
use memchr::memmem::Finder;
use poem::http::{HeaderMap, HeaderName, HeaderValue, header::CONTENT_DISPOSITION};

use super::{FormFault, FormFile, FormLimits, FormValue, HeaderOptions, UploadFile, spool::Spool};
use crate::operation::BodyStream;

/// The longest boundary.
const MAX_BOUNDARY: usize = 256;
/// The most header fields of a part.
const MAX_HEADERS: usize = 8;
/// The longest header field, without its line end.
const MAX_HEADER: usize = 4096 + 128;

/// Reads the values of a body.
pub(super) async fn read(
    body: &mut BodyStream,
    content_type: &HeaderOptions,
    limits: FormLimits,
) -> Result<Vec<(String, FormValue)>, FormFault> {
    let boundary = content_type.get(b"boundary").ok_or(FormFault::NoBoundary)?;
    if boundary.len() > MAX_BOUNDARY {
        return Err(FormFault::Malformed);
    }
    let utf8 = content_type
        .get(b"charset")
        .is_none_or(|charset| [b"utf-8".as_slice(), b"utf8"].iter().any(|known| charset.eq_ignore_ascii_case(known)));
    let delimiter = [b"\r\n--", boundary].concat();
    let delimiter = Finder::new(&delimiter);
    let mut parts = Parts { body, buffer: BytesMut::new(), delimiter, limits, utf8, values: Vec::new() };
    match parts.read().await {
        // A body that ends early is none the worse for it: its last part is absent.
        Ok(()) | Err(End::Early) => Ok(parts.values),
        Err(End::Fault(fault)) => Err(fault),
    }
}

/// Why no more is read.
enum End {
    /// The body ended within a part.
    Early,
    Fault(FormFault),
}

impl From<FormFault> for End {
    fn from(fault: FormFault) -> Self {
        Self::Fault(fault)
    }
}

struct Parts<'a> {
    body: &'a mut BodyStream,
    /// What has arrived and is not yet understood: never much more than one piece.
    buffer: BytesMut,
    /// What ends a part: line end, hyphens, boundary.
    delimiter: Finder<'a>,
    limits: FormLimits,
    /// Whether text is UTF-8; where it is not after all, it is read as Latin-1.
    utf8: bool,
    values: Vec<(String, FormValue)>,
}

impl Parts<'_> {
    async fn read(&mut self) -> Result<(), End> {
        self.preamble().await?;
        let (mut fields, mut files) = (0, 0);
        loop {
            let headers = self.headers().await?;
            let disposition = headers.get(CONTENT_DISPOSITION).map(HeaderValue::as_bytes).unwrap_or_default();
            let disposition = HeaderOptions::parse(disposition);
            let name = self.text(disposition.get(b"name").ok_or(FormFault::Unnamed)?);
            let (value, is_last) = if let Some(file_name) = disposition.get(b"filename") {
                files += 1;
                if files > self.limits.files() {
                    return Err(FormFault::Files(self.limits.files()).into());
                }
                let file_name = self.text(file_name);
                self.file(file_name, headers).await?
            } else {
                fields += 1;
                if fields > self.limits.fields() {
                    return Err(FormFault::Fields(self.limits.fields()).into());
                }
                self.field().await?
            };
            self.values.push((name, value));
            if is_last {
                return Ok(());
            }
        }
    }

    /// More of the body.
    async fn more(&mut self) -> Result<(), End> {
        let piece = self.body.next().await.map_err(FormFault::from)?.ok_or(End::Early)?;
        if self.buffer.is_empty() {
            // Mostly: a piece that nobody else holds is taken over, not copied.
            self.buffer = BytesMut::from(piece);
        } else {
            self.buffer.extend_from_slice(&piece);
        }
        Ok(())
    }

    async fn at_least(&mut self, count: usize) -> Result<(), End> {
        while self.buffer.len() < count {
            self.more().await?;
        }
        Ok(())
    }

    /// Up to the first part: empty lines, and the first boundary.
    async fn preamble(&mut self) -> Result<(), End> {
        self.at_least(1).await?;
        if matches!(self.buffer.first(), Some(b'\r' | b'\n')) {
            loop {
                match memchr::memchr(b'-', &self.buffer) {
                    Some(start) => break self.buffer.advance(start),
                    None => self.buffer.clear(),
                }
                self.more().await?;
            }
        }
        let dashed = self.delimiter.needle().get(2..).unwrap_or_default().to_vec();
        loop {
            let seen = self.buffer.len().min(dashed.len());
            if self.buffer.get(..seen) != dashed.get(..seen) {
                return Err(FormFault::Malformed.into());
            }
            if seen == dashed.len() {
                break;
            }
            self.more().await?;
        }
        self.buffer.advance(dashed.len());
        self.at_least(1).await?;
        match self.two().await? {
            b"\r\n" => Ok(()),
            // No parts at all.
            b"--" => Err(End::Early),
            _ => Err(FormFault::Malformed.into()),
        }
    }

    /// Takes two bytes, the first of which may already tell that the second does not matter.
    async fn two(&mut self) -> Result<&'static [u8], End> {
        if !matches!(self.buffer.first(), Some(b'\r' | b'-')) {
            return Ok(b"");
        }
        self.at_least(2).await?;
        let found: &[u8] = match self.buffer.get(..2) {
            Some(b"\r\n") => b"\r\n",
            Some(b"--") => b"--",
            _ => b"",
        };
        if !found.is_empty() {
            self.buffer.advance(2);
        }
        Ok(found)
    }

    /// The header fields of a part, and the empty line after them.
    async fn headers(&mut self) -> Result<HeaderMap, End> {
        let mut headers = HeaderMap::new();
        let mut count = 0;
        loop {
            self.at_least(1).await?;
            if self.buffer.first() == Some(&b'\r') {
                return match self.two().await? {
                    b"\r\n" => Ok(headers),
                    _ => Err(FormFault::Malformed.into()),
                };
            }
            count += 1;
            if count > MAX_HEADERS {
                return Err(FormFault::Malformed.into());
            }
            let line = self.header_line().await?;
            let colon = memchr::memchr(b':', &line).unwrap_or(line.len());
            let (name, value) = line.split_at(colon);
            let value = value.get(1..).unwrap_or_default();
            let blanks = value.iter().take_while(|byte| **byte == b' ').count();
            let name = HeaderName::from_bytes(name).map_err(|_| FormFault::Malformed)?;
            // A value that no header may have is not kept: nobody asks for it.
            if let Ok(value) = HeaderValue::from_bytes(value.get(blanks..).unwrap_or_default()) {
                if name == CONTENT_DISPOSITION {
                    headers.insert(name, value);
                } else {
                    headers.append(name, value);
                }
            }
        }
    }

    /// One header field, without its line end, which is taken.
    async fn header_line(&mut self) -> Result<Bytes, End> {
        let mut looked_at = 0;
        loop {
            let end = memchr::memchr(b'\r', self.buffer.get(looked_at..).unwrap_or_default());
            let len = end.map_or(self.buffer.len(), |end| looked_at + end);
            let name = self.buffer.get(..len).unwrap_or_default();
            let colon = memchr::memchr(b':', name);
            let name = name.get(..colon.unwrap_or(len)).unwrap_or_default();
            let ends_early = end.is_some() && colon.is_none();
            if len > MAX_HEADER || ends_early || !name.iter().copied().all(is_token) {
                return Err(FormFault::Malformed.into());
            }
            if end.is_some() {
                self.at_least(len + 2).await?;
                let line = self.buffer.split_to(len).freeze();
                return match self.two().await? {
                    b"\r\n" => Ok(line),
                    _ => Err(FormFault::Malformed.into()),
                };
            }
            looked_at = len;
            self.more().await?;
        }
    }

    async fn field(&mut self) -> Result<(FormValue, bool), End> {
        let limit = self.limits.part_size();
        let mut all = BytesMut::new();
        loop {
            let (piece, end) = self.data().await?;
            if all.len() + piece.len() > limit {
                return Err(FormFault::PartSize(limit).into());
            }
            all.extend_from_slice(&piece);
            if let Some(is_last) = end {
                return Ok((FormValue::Text(self.text(&all)), is_last));
            }
        }
    }

    async fn file(&mut self, file_name: String, headers: HeaderMap) -> Result<(FormValue, bool), End> {
        let mut spool = Spool::new();
        loop {
            let (piece, end) = self.data().await?;
            spool.write(&piece).await.map_err(FormFault::Disk)?;
            if let Some(is_last) = end {
                let content = spool.finish().await.map_err(FormFault::Disk)?;
                let file = UploadFile::new(file_name, headers, content);
                return Ok((FormValue::File(FormFile { file, bytes: None }), is_last));
            }
        }
    }

    /// More of a part's data; at its end, also whether it was the last part.
    async fn data(&mut self) -> Result<(Bytes, Option<bool>), End> {
        loop {
            let len = self.delimiter.needle().len();
            match self.delimiter.find(&self.buffer) {
                Some(0) => {
                    self.at_least(len + 1).await?;
                    if let Some(is_last) = self.boundary().await? {
                        return Ok((Bytes::new(), Some(is_last)));
                    }
                    // It only looked like one.
                    return Ok((self.buffer.split_to(len).freeze(), None));
                }
                Some(start) => return Ok((self.buffer.split_to(start).freeze(), None)),
                None => {
                    let safe = self.buffer.len() - partial(&self.buffer, self.delimiter.needle());
                    if safe > 0 {
                        return Ok((self.buffer.split_to(safe).freeze(), None));
                    }
                    self.more().await?;
                }
            }
        }
    }

    /// Takes a delimiter that stands in front, if it is one: whether it was the last.
    async fn boundary(&mut self) -> Result<Option<bool>, End> {
        let len = self.delimiter.needle().len();
        match self.buffer.get(len) {
            Some(b'\r' | b'-') => {
                self.at_least(len + 2).await?;
                let is_last = match self.buffer.get(len..len + 2) {
                    Some(b"\r\n") => false,
                    Some(b"--") => true,
                    _ => return Ok(None),
                };
                self.buffer.advance(len + 2);
                Ok(Some(is_last))
            }
            Some(b' ' | b'\t') => {
                self.buffer.advance(len);
                loop {
                    self.at_least(1).await?;
                    if matches!(self.buffer.first(), Some(b' ' | b'\t')) {
                        self.buffer.advance(1);
                    } else if self.two().await? == b"\r\n" {
                        return Ok(Some(false));
                    } else {
                        return Err(FormFault::Malformed.into());
                    }
                }
            }
            _ => Ok(None),
        }
    }

    fn text(&self, bytes: &[u8]) -> String {
        match std::str::from_utf8(bytes) {
            Ok(text) if self.utf8 => text.to_owned(),
            _ => bytes.iter().map(|byte| char::from(*byte)).collect(),
        }
    }
}

/// How many bytes at the end may be the beginning of a delimiter.
fn partial(buffer: &[u8], delimiter: &[u8]) -> usize {
    let window = buffer.len().min(delimiter.len() - 1);
    let tail = buffer.get(buffer.len() - window..).unwrap_or_default();
    // A carriage return stands nowhere else in a delimiter: the last one is where it may begin.
    let start = memchr::memrchr(b'\r', tail);
    start.and_then(|start| tail.get(start..)).filter(|tail| delimiter.starts_with(tail)).map_or(0, <[u8]>::len)
}

/// RFC 9110, 5.6.2: what the name of a header field is made of.
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests;
