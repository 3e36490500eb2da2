//! [`Info`]: what the document says of the app itself.

use serde::{Serialize, Serializer, ser::SerializeMap};

/// The head of the document (OpenAPI 3.1, section 4.8.2). Only what is set is written.
///
/// ```
/// use versify::openapi::{Info, License};
///
/// let info = Info {
///     description: Some("Sells things.".into()),
///     license: Some(License { name: "MIT".into(), identifier: Some("MIT".into()), url: None }),
///     ..Info::new("Shop", "1.0.0")
/// };
/// assert_eq!(info.title, "Shop");
/// ```
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Info {
    /// The name of the app.
    pub title: String,
    /// One sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// All that there is to say, in Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// A URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terms_of_service: Option<String>,
    /// Whom to ask.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// Under which licence it is offered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub license: Option<License>,
    /// The version of the app, not of OpenAPI.
    pub version: String,
    /// The groups of operations, in the order of the pages; groups that are not here come after them.
    #[serde(skip)]
    pub tags: Vec<Tag>,
    /// Where the app is served; nothing: where the document is.
    #[serde(skip)]
    pub servers: Vec<Server>,
    /// More to read.
    #[serde(skip)]
    pub external_docs: Option<ExternalDocs>,
}

/// Whom to ask (OpenAPI 3.1, section 4.8.3).
#[derive(Debug, Clone, Default, Serialize)]
pub struct Contact {
    /// A person or a team.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// A page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// A mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// A licence (OpenAPI 3.1, section 4.8.4).
#[derive(Debug, Clone, Default, Serialize)]
pub struct License {
    /// Its name.
    pub name: String,
    /// Its SPDX identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identifier: Option<String>,
    /// Its text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// A group of operations (OpenAPI 3.1, section 4.8.22).
#[derive(Debug, Clone, Default)]
pub struct Tag {
    /// The name that operations give in `tags`.
    pub name: String,
    /// What the group is, in Markdown.
    pub description: Option<String>,
    /// More to read.
    pub external_docs: Option<ExternalDocs>,
}

/// A place where the app is served (OpenAPI 3.1, section 4.8.5).
#[derive(Debug, Clone, Default, Serialize)]
pub struct Server {
    /// Absolute, or relative to the document.
    pub url: String,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// More to read (OpenAPI 3.1, section 4.8.11).
#[derive(Debug, Clone, Default, Serialize)]
pub struct ExternalDocs {
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Where it is.
    pub url: String,
}

impl Info {
    /// A title and a version, and nothing else.
    pub fn new(title: impl Into<String>, version: impl Into<String>) -> Self {
        Self { title: title.into(), version: version.into(), ..Self::default() }
    }
}

impl Serialize for Tag {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", &self.name)?;
        if let Some(description) = &self.description {
            map.serialize_entry("description", description)?;
        }
        if let Some(docs) = &self.external_docs {
            map.serialize_entry("externalDocs", docs)?;
        }
        map.end()
    }
}
