//! serde_json's feature `arbitrary_precision`, which any crate of the user's may switch on for all.

use std::{fmt, sync::LazyLock};

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

/// The key of such a map.
pub(super) const NUMBER: &str = "$serde_json::private::Number";

static NUMBERS_ARE_MAPS: LazyLock<bool> = LazyLock::new(|| {
    let mut source = serde_json::Deserializer::from_str("1.5");
    IsMap::deserialize(&mut source).is_ok_and(|found| found.0)
});

/// Whether serde_json hands on numbers as maps of one entry, their digits as they stand: all but short integers.
///
/// Nothing tells such a map from an object of the input that looks like it. Hence what comes from serde_json is buffered
/// first, and a body with such an object is read by the scanner that is else for broken ones.
#[inline]
pub(super) fn numbers_are_maps() -> bool {
    *NUMBERS_ARE_MAPS
}

struct IsMap(bool);

impl<'de> Deserialize<'de> for IsMap {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        source.deserialize_any(Probe)
    }
}

struct Probe;

impl<'de> Visitor<'de> for Probe {
    type Value = IsMap;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_f64<E>(self, _: f64) -> Result<IsMap, E> {
        Ok(IsMap(false))
    }

    fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<IsMap, A::Error> {
        Ok(IsMap(true))
    }
}
