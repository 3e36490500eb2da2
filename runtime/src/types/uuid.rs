//! [`uuid::Uuid`], and UUIDs of one version.

use std::ops::Deref;

use serde::Serialize;
use uuid::Uuid;

use crate::{
    decode::{Context, ContextValue, Inputs, Issue, Scalar},
    openapi::Schema,
};

impl Scalar for Uuid {
    const EXACT: Inputs = Inputs::NONE;
    const STRICT: Inputs = Inputs::TEXT;

    fn wrong() -> Issue {
        Issue::new("uuid_type", "UUID input should be a string, bytes or UUID object")
    }

    fn from_text(text: &str, cx: &mut Context) -> Option<Self> {
        match Self::parse_str(text) {
            Ok(uuid) => Some(uuid),
            Err(error) => cx.refuse(Issue::explained("uuid_parsing", "Input should be a valid UUID", error)),
        }
    }
}

super::scalar!(Uuid => Schema { format: Some("uuid"), ..Schema::string() });

/// A UUID of version `V`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct VersionedUuid<const V: usize>(Uuid);

/// A random UUID.
pub type Uuid4 = VersionedUuid<4>;

/// A UUID that begins with the time.
pub type Uuid7 = VersionedUuid<7>;

impl<const V: usize> VersionedUuid<V> {
    /// `uuid`, if it is of this version.
    #[must_use]
    pub fn new(uuid: Uuid) -> Option<Self> {
        (uuid.get_version_num() == V).then_some(Self(uuid))
    }

    /// The UUID.
    #[must_use]
    pub const fn get(self) -> Uuid {
        self.0
    }
}

impl<const V: usize> Deref for VersionedUuid<V> {
    type Target = Uuid;

    fn deref(&self) -> &Uuid {
        &self.0
    }
}

impl<const V: usize> From<VersionedUuid<V>> for Uuid {
    fn from(uuid: VersionedUuid<V>) -> Self {
        uuid.0
    }
}

impl<const V: usize> Scalar for VersionedUuid<V> {
    const EXACT: Inputs = Inputs::NONE;
    const STRICT: Inputs = Inputs::TEXT;

    fn wrong() -> Issue {
        Uuid::wrong()
    }

    fn from_text(text: &str, cx: &mut Context) -> Option<Self> {
        let uuid = Uuid::from_text(text, cx)?;
        Self::new(uuid).or_else(|| {
            cx.refuse(
                Issue::new("uuid_version", format!("UUID version {V} expected"))
                    .with("expected_version", ContextValue::Integer(V as i128)),
            )
        })
    }
}

super::scalar!({const V: usize} VersionedUuid<V> => Schema { format: Some(format_of(V)), ..Schema::string() });

const fn format_of(version: usize) -> &'static str {
    match version {
        1 => "uuid1",
        3 => "uuid3",
        4 => "uuid4",
        5 => "uuid5",
        6 => "uuid6",
        7 => "uuid7",
        8 => "uuid8",
        _ => "uuid",
    }
}
