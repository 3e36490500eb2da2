//! [`OpenApiVersion`]: the forms that the document comes in.

mod object;
mod rewrite;
mod served;
mod three_zero;

pub(crate) use rewrite::Rewrite;
pub(crate) use served::served_at;

use std::{fmt, str::FromStr, sync::OnceLock};

use bytes::Bytes;

use self::object::put;
use crate::decode::Content;

/// A version of OpenAPI in which the document can be had.
///
/// The document is written once, in the words of 3.1, as FastAPI writes it. The other forms are made from it when they
/// are asked for: over HTTP by `/openapi.json?version=3.0.3`, in the program by
/// [`Service::openapi_version`](crate::Service::openapi_version).
///
/// ```
/// use versify::{openapi::OpenApiVersion, prelude::*};
///
/// #[get("/")]
/// async fn root(q: Option<String>) {}
///
/// # fn main() -> Result<(), versify::StartError> {
/// let service = App::new("Shop", "1.0.0").routes(routes![root]).build()?;
/// let document = std::str::from_utf8(service.openapi_version(OpenApiVersion::V3_0)).unwrap();
/// assert!(document.starts_with(r#"{"openapi":"3.0.3""#));
/// assert!(document.contains(r#"{"type":"string","title":"Q","nullable":true}"#));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum OpenApiVersion {
    /// 3.0.3, for tools that know no newer one. What it has no words for is widened or left out.
    V3_0,
    /// 3.1.0, FastAPI's.
    #[default]
    V3_1,
    /// 3.2.0.
    V3_2,
}

impl OpenApiVersion {
    /// All of them, the oldest first.
    pub const ALL: [Self; 3] = [Self::V3_0, Self::V3_1, Self::V3_2];

    /// The number that the document begins with, `3.1.0`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::V3_0 => "3.0.3",
            Self::V3_1 => "3.1.0",
            Self::V3_2 => "3.2.0",
        }
    }
}

impl fmt::Display for OpenApiVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for OpenApiVersion {
    type Err = UnknownVersion;

    fn from_str(text: &str) -> Result<Self, UnknownVersion> {
        Self::ALL.into_iter().find(|version| version.as_str() == text).ok_or(UnknownVersion)
    }
}

/// A text that is no [`OpenApiVersion`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownVersion;

impl UnknownVersion {
    /// `'3.0.3', '3.1.0' or '3.2.0'`
    pub(crate) const KNOWN: &'static str = "'3.0.3', '3.1.0' or '3.2.0'";
}

impl fmt::Display for UnknownVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the document comes as {}", Self::KNOWN)
    }
}

impl std::error::Error for UnknownVersion {}

/// The document in all its forms; those that nobody asks for are never made.
#[derive(Debug)]
pub(crate) struct Documents {
    /// The form that is served where no version is named.
    default: OpenApiVersion,
    three_zero: OnceLock<Bytes>,
    three_one: Bytes,
    three_two: OnceLock<Bytes>,
}

impl Documents {
    /// From the document as 3.1 has it.
    pub(crate) fn new(three_one: Bytes, default: OpenApiVersion) -> Self {
        Self { default, three_zero: OnceLock::new(), three_one, three_two: OnceLock::new() }
    }

    pub(crate) const fn default_version(&self) -> OpenApiVersion {
        self.default
    }

    /// The default form, in lines.
    pub(crate) fn pretty(&self) -> String {
        let content: Content<'_> = serde_json::from_slice(self.get(self.default)).unwrap_or(Content::Null);
        serde_json::to_string_pretty(&content).unwrap_or_default()
    }

    pub(crate) fn get(&self, version: OpenApiVersion) -> &Bytes {
        match version {
            OpenApiVersion::V3_0 => self.three_zero.get_or_init(|| rendered(&self.three_one, three_zero::render)),
            OpenApiVersion::V3_1 => &self.three_one,
            // 3.2 takes all that 3.1 says, and `itemSchema` is a word of its own.
            OpenApiVersion::V3_2 => self.three_two.get_or_init(|| {
                rendered(&self.three_one, |document| put(document, "openapi", OpenApiVersion::V3_2.as_str()))
            }),
        }
    }
}

#[cold]
fn rendered(document: &[u8], render: impl FnOnce(&mut Content<'_>)) -> Bytes {
    let mut content: Content<'_> = serde_json::from_slice(document).unwrap_or(Content::Null);
    render(&mut content);
    serde_json::to_vec(&content).unwrap_or_default().into()
}
