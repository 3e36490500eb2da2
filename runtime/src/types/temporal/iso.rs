//! [`Temporal`]: types of other crates by way of the wire's; [`Iso`]: such a value, written as Pydantic writes it.

use std::{fmt, ops::Deref};

use serde::{Deserializer, Serialize, Serializer, ser::Error as _};

use crate::{
    decode::{Context, Decode, Issue, Ordered, Rules, Scalar},
    map_key::MapKey,
    openapi::{Components, Describe, Place, Schema},
    operation::{Description, Parameter, Reply, reply_json},
};

/// A date, time or duration that stands as a [`Date`](super::Date), [`Time`](super::Time),
/// [`DateTime`](super::DateTime) or [`TimeDelta`](super::TimeDelta) on the wire.
pub trait Temporal: Sized {
    /// Its form on the wire.
    type Wire: Scalar + Decode + Describe + Serialize;

    /// Takes it from the wire.
    ///
    /// # Errors
    /// This type cannot hold it.
    fn from_wire(wire: Self::Wire) -> Result<Self, Misfit>;

    /// Brings it to the wire.
    ///
    /// # Errors
    /// The wire cannot hold it, such as the year 12345.
    fn to_wire(&self) -> Result<Self::Wire, Misfit>;
}

/// Why a date, time or duration does not fit a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misfit {
    /// It has an offset from UTC, which the type cannot hold.
    Offset,
    /// It has no offset from UTC, which the type needs.
    NoOffset,
    /// It is too small or too large.
    Range,
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Offset => "Input should not have timezone info",
            Self::NoOffset => "Input should have timezone info",
            Self::Range => "Input is out of range",
        })
    }
}

impl std::error::Error for Misfit {}

impl From<Misfit> for Issue {
    fn from(misfit: Misfit) -> Self {
        let kind = match misfit {
            Misfit::Offset => "timezone_naive",
            Misfit::NoOffset => "timezone_aware",
            Misfit::Range => "out_of_range",
        };
        Self::new(kind, misfit.to_string())
    }
}

/// A [`Temporal`] value, written as Pydantic writes it whatever serde form its crate has.
///
/// `Iso<std::time::Duration>` is `PT1H30M` on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Iso<T>(pub T);

impl<T> Deref for Iso<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> From<T> for Iso<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T: Temporal> Serialize for Iso<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.to_wire().map_err(S::Error::custom)?.serialize(serializer)
    }
}

impl<T: Temporal> Decode for Iso<T> {
    fn decode<'de, D: Deserializer<'de>>(source: D, cx: &mut Context) -> Result<Option<Self>, D::Error> {
        Ok(decode(source, cx)?.map(Self))
    }

    fn check(&self, rules: &Rules, cx: &mut Context) -> bool {
        check(&self.0, rules, cx)
    }
}

impl<T: Temporal<Wire: Ordered>> Ordered for Iso<T> {
    const BY_TEXT: bool = true;
}

impl<T: Temporal> Describe for Iso<T> {
    fn describe(components: &mut Components) -> Schema {
        T::Wire::describe(components)
    }
}

impl<T: Temporal + Send + 'static> Parameter for Iso<T> {
    const PLACE: Place = Place::Query;
}

impl<T: Temporal> MapKey for Iso<T> {}

impl<T: Temporal> Reply for Iso<T> {
    fn reply(self, status: poem::http::StatusCode) -> poem::Response {
        reply_json(&self, status)
    }

    fn describe(description: &mut Description<'_>, status: poem::http::StatusCode) {
        description.json_response::<Self>(status);
    }
}

/// Reads a value by way of the wire's type.
pub(in crate::types) fn decode<'de, T: Temporal, D: Deserializer<'de>>(
    source: D,
    cx: &mut Context,
) -> Result<Option<T>, D::Error> {
    let wire = T::Wire::decode(source, cx)?;
    Ok(wire.and_then(|wire| T::from_wire(wire).map_err(|misfit| cx.report(misfit.into())).ok()))
}

/// Checks a value by way of the wire's type.
pub(in crate::types) fn check<T: Temporal>(value: &T, rules: &Rules, cx: &mut Context) -> bool {
    match value.to_wire() {
        Ok(wire) => wire.check(rules, cx),
        Err(misfit) => {
            cx.report(misfit.into());
            false
        }
    }
}

/// Makes [`Temporal`] types whose own serde form is ISO 8601 arguments, fields and replies as they are.
#[cfg(any(feature = "chrono", feature = "jiff"))]
macro_rules! direct {
    ($($type:ty)*) => {$(
        impl $crate::decode::Decode for $type {
            fn decode<'de, D: serde::Deserializer<'de>>(
                source: D,
                cx: &mut $crate::decode::Context,
            ) -> Result<Option<Self>, D::Error> {
                $crate::types::temporal::decode(source, cx)
            }

            fn check(&self, rules: &$crate::decode::Rules, cx: &mut $crate::decode::Context) -> bool {
                $crate::types::temporal::check(self, rules, cx)
            }
        }

        impl $crate::decode::Ordered for $type {
            const BY_TEXT: bool = true;
        }

        $crate::types::reply!($type => {
            let mut components = $crate::openapi::Components::default();
            <<$type as $crate::types::Temporal>::Wire as $crate::openapi::Describe>::describe(&mut components)
        });
    )*};
}
#[cfg(any(feature = "chrono", feature = "jiff"))]
pub(in crate::types) use direct;
