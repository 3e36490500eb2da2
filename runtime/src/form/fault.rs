//! [`FormFault`]: why a form could not be read.

use std::io;

use poem::Response;

use crate::{http_error::HttpError, operation::BodyError};

/// Why a form could not be read. Each ends the request.
#[derive(Debug)]
pub(crate) enum FormFault {
    /// The body as such is too large or broken.
    Body(BodyError),
    /// The media type names no boundary.
    NoBoundary,
    /// The parts cannot be told apart.
    Malformed,
    /// A part has no name.
    Unnamed,
    /// There are more fields than this.
    Fields(usize),
    /// There are more files than this.
    Files(usize),
    /// An URL-encoded field has more bytes than this.
    FieldSize(usize),
    /// A part that is no file has more bytes than this.
    PartSize(usize),
    /// A file could not be put on disk.
    Disk(io::Error),
}

impl FormFault {
    /// The answer, in FastAPI's words.
    #[cold]
    pub(crate) fn into_response(self) -> Response {
        let detail = match self {
            Self::Body(error) => return HttpError::from(error).into_response(),
            Self::Disk(error) => return HttpError::from(error).into_response(),
            Self::NoBoundary => "Missing boundary in multipart.".to_owned(),
            Self::Malformed => "Invalid multipart data.".to_owned(),
            Self::Unnamed => r#"The Content-Disposition header field "name" must be provided."#.to_owned(),
            Self::Fields(count) => format!("Too many fields. Maximum number of fields is {count}."),
            Self::Files(count) => format!("Too many files. Maximum number of files is {count}."),
            Self::FieldSize(bytes) => format!("Field exceeded maximum size of {}KB.", bytes / 1024),
            Self::PartSize(bytes) => format!("Part exceeded maximum size of {}KB.", bytes / 1024),
        };
        HttpError::new(400, detail).into_response()
    }
}

impl From<BodyError> for FormFault {
    fn from(error: BodyError) -> Self {
        Self::Body(error)
    }
}
