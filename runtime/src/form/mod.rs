//! Forms: fields and files, read while they arrive.
//!
//! The parser of `multipart/form-data` is our own: `multer`, which poem uses, holds in memory whatever is ready to be
//! read, and does not tell a body that ends early (which FastAPI takes) from one that is none (400).

mod blocking_reader;
mod fault;
mod file;
mod limits;
mod multipart;
mod options;
mod spool;
mod upload_file;
mod urlencoded;

use bytes::Bytes;
use poem::http::{HeaderMap, header::CONTENT_TYPE};

pub(crate) use self::fault::FormFault;
use self::options::HeaderOptions;
pub use self::{blocking_reader::BlockingReader, file::File, limits::FormLimits, upload_file::UploadFile};
use crate::operation::BodyStream;

/// A form that has been read: its values in the order in which they came.
#[derive(Debug, Default)]
pub(crate) struct Form {
    pub(crate) values: Vec<(String, FormValue)>,
}

/// One value of a form.
#[derive(Debug, Clone)]
pub(crate) enum FormValue {
    Text(String),
    File(FormFile),
}

/// A file, and its bytes if an argument wants them.
#[derive(Debug, Clone)]
pub(crate) struct FormFile {
    pub(crate) file: UploadFile,
    pub(crate) bytes: Option<Bytes>,
}

impl FormFile {
    /// What a browser sends where no file was chosen.
    pub(crate) fn is_unselected(&self) -> bool {
        self.file.file_name().is_empty() && self.file.size() == 0
    }
}

impl Form {
    /// Reads a body as its media type says; one of another media type is an empty form.
    pub(crate) async fn read(headers: &HeaderMap, mut body: BodyStream, limits: FormLimits) -> Result<Self, FormFault> {
        let content_type = headers.get(CONTENT_TYPE).map(|value| HeaderOptions::parse(value.as_bytes()));
        let values = match &content_type {
            Some(options) if options.value == b"multipart/form-data" => {
                multipart::read(&mut body, options, limits).await?
            }
            Some(options) if options.value == b"application/x-www-form-urlencoded" => {
                let pairs = urlencoded::read(&mut body, limits).await?;
                pairs.into_iter().map(|(name, text)| (name, FormValue::Text(text))).collect()
            }
            _ => Vec::new(),
        };
        Ok(Self { values })
    }

    /// Reads the files of one of these names into memory.
    pub(crate) async fn load(&mut self, name: &str, others: &[&str]) -> std::io::Result<()> {
        for (known, value) in &mut self.values {
            if let FormValue::File(form_file) = value
                && (known == name || others.contains(&known.as_str()))
                && form_file.bytes.is_none()
            {
                form_file.bytes = Some(form_file.file.clone().read_all().await?);
            }
        }
        Ok(())
    }
}
