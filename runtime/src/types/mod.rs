//! Types of other crates, and some of versify's own, as arguments, fields and replies.
//!
//! Each crate's types come with the feature of its name, all of them off by default:
//!
//! | feature | types | on the wire |
//! |---|---|---|
//! | `speedate` | [`Date`], [`Time`], [`DateTime`], [`TimeDelta`], `Iso<std::time::Duration>` | ISO 8601 |
//! | `chrono` | `NaiveDate`, `NaiveTime`, `NaiveDateTime`, `DateTime<Utc>`, `DateTime<FixedOffset>`, `Iso<TimeDelta>` | ISO 8601 |
//! | `jiff` | `Timestamp`, `civil::Date`, `civil::Time`, `civil::DateTime`, `SignedDuration` | ISO 8601 |
//! | `time` | `Iso<..>` of `OffsetDateTime`, `UtcDateTime`, `PrimitiveDateTime`, `Date`, `Time`, `Duration` | ISO 8601 |
//! | `rust_decimal` | `Decimal` | text |
//! | `base64` | [`Base64Bytes`] | Base64 |
//! | `email` | [`EmailStr`] | the address, its domain in lower case |
//! | `url` | `url::Url`, [`HttpUrl`] | a URL, normalised |
//! | `uuid` | `uuid::Uuid`, [`VersionedUuid`] | lower-case, with hyphens |
//!
//! Without a feature: [`TextBytes`], [`Secret`], and the IP addresses of the standard library.
//!
//! Input is read by Pydantic's rules, in its words. A type of your own implements [`Scalar`](crate::decode::Scalar).

#[cfg(feature = "base64")]
mod base64;
mod bytes;
#[cfg(feature = "chrono")]
mod chrono;
#[cfg(feature = "rust_decimal")]
mod decimal;
#[cfg(feature = "email")]
mod email;
mod ip;
#[cfg(feature = "jiff")]
mod jiff;
mod secret;
#[cfg(feature = "speedate")]
mod temporal;
mod text_bytes;
#[cfg(feature = "time")]
mod time;
#[cfg(feature = "url")]
mod url;
#[cfg(feature = "uuid")]
mod uuid;

#[cfg(feature = "base64")]
pub use self::base64::Base64Bytes;
#[cfg(feature = "email")]
pub use self::email::{EmailStr, InvalidEmail};
pub use self::secret::Secret;
#[cfg(feature = "speedate")]
pub use self::temporal::{Date, DateTime, Iso, Misfit, Temporal, Time, TimeDelta};
pub use self::text_bytes::TextBytes;
#[cfg(feature = "url")]
pub use self::url::HttpUrl;
#[cfg(feature = "uuid")]
pub use self::uuid::{Uuid4, Uuid7, VersionedUuid};

/// Makes a `Scalar` that serde writes an argument, a field and a reply.
macro_rules! scalar {
    ($({$($generics:tt)*})? $type:ty => $schema:expr $(, output $output:expr)? $(, check $check:expr)?) => {
        impl $(<$($generics)*>)? $crate::decode::Decode for $type {
            fn decode<'de, D: serde::Deserializer<'de>>(
                source: D,
                cx: &mut $crate::decode::Context,
            ) -> Result<Option<Self>, D::Error> {
                $crate::decode::decode_scalar(source, cx)
            }

            $(fn check(&self, rules: &$crate::decode::Rules, cx: &mut $crate::decode::Context) -> bool {
                $check(self, rules, cx)
            })?
        }

        $crate::types::reply!($({$($generics)*})? $type => $schema $(, output $output)?);
    };
}

/// Makes a type that has `Decode`, and is text on the wire, an argument, a key and a reply.
macro_rules! reply {
    ($({$($generics:tt)*})? $type:ty => $schema:expr $(, output $output:expr)?) => {
        impl $(<$($generics)*>)? $crate::openapi::Describe for $type {
            fn describe(_components: &mut $crate::openapi::Components) -> $crate::openapi::Schema {
                $(if _components.is_output() {
                    return $output;
                })?
                $schema
            }
        }

        impl $(<$($generics)*>)? $crate::operation::Parameter for $type {
            const PLACE: $crate::openapi::Place = $crate::openapi::Place::Query;
        }

        impl $(<$($generics)*>)? $crate::MapKey for $type {}

        impl $(<$($generics)*>)? $crate::operation::Reply for $type {
            fn reply(self, status: poem::http::StatusCode) -> poem::Response {
                $crate::operation::reply_json(&self, status)
            }

            fn describe(description: &mut $crate::operation::Description<'_>, status: poem::http::StatusCode) {
                description.json_response::<Self>(status);
            }
        }
    };
}
use {reply, scalar};
