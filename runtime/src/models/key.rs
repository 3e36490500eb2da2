//! [`Key`]: what generated code asks of the key of a map.

use crate::map_key::MapKey;

/// The key of a map.
///
/// Nobody implements it: any [`MapKey`] is one. Generated code asks for it apart from the map, so that a key that is none
/// is told at the key.
pub trait Key {
    /// The key.
    type Itself;
}

impl<K: MapKey> Key for K {
    type Itself = K;
}
