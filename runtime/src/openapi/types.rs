//! Schemas of the types that everybody has, and where such an argument is looked for.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    hash::Hash,
    sync::Arc,
};

use serde::de::DeserializeOwned;
use serde_json::{Number, Value};

use super::{Components, Describe, Place, Schema};
use crate::{
    decode::{Decode, F32_MAX, Patch, Serde},
    map_key::MapKey,
    operation::{Fields, Parameter},
};

macro_rules! scalars {
    ($($type:ty => $schema:expr;)*) => {$(
        impl Describe for $type {
            fn describe(_: &mut Components) -> Schema {
                $schema
            }
        }

        impl Parameter for $type {
            const PLACE: Place = Place::Query;
        }
    )*};
}

/// An integer whose type has bounds that a client can meet by chance.
fn bounded(minimum: Option<i64>, maximum: Option<i64>) -> Schema {
    Schema { minimum: minimum.map(Number::from), maximum: maximum.map(Number::from), ..Schema::integer() }
}

scalars! {
    bool => Schema::boolean();
    String => Schema::string();
    char => Schema { min_length: Some(1), max_length: Some(1), ..Schema::string() };
    f32 => Schema {
        minimum: Number::from_f64(-F32_MAX),
        maximum: Number::from_f64(F32_MAX),
        ..Schema::number()
    };
    f64 => Schema::number();
    i8 => bounded(Some(i8::MIN.into()), Some(i8::MAX.into()));
    i16 => bounded(Some(i16::MIN.into()), Some(i16::MAX.into()));
    i32 => bounded(Some(i32::MIN.into()), Some(i32::MAX.into()));
    i64 => Schema::integer();
    i128 => Schema::integer();
    isize => Schema::integer();
    u8 => bounded(Some(0), Some(u8::MAX.into()));
    u16 => bounded(Some(0), Some(u16::MAX.into()));
    u32 => bounded(Some(0), Some(u32::MAX.into()));
    u64 => bounded(Some(0), None);
    u128 => bounded(Some(0), None);
    usize => bounded(Some(0), None);
}

impl Describe for &'static str {
    fn describe(_: &mut Components) -> Schema {
        Schema::string()
    }
}

impl Describe for Cow<'static, str> {
    fn describe(_: &mut Components) -> Schema {
        Schema::string()
    }
}

impl Describe for () {
    fn describe(_: &mut Components) -> Schema {
        Schema::of(super::Kind::Null)
    }
}

impl Parameter for () {
    const PLACE: Place = Place::Body;
}

impl Describe for Value {
    fn describe(_: &mut Components) -> Schema {
        Schema::any()
    }

    const UNTYPED: bool = true;
}

impl Parameter for Value {
    const PLACE: Place = Place::Body;
}

impl<T: Describe> Describe for Option<T> {
    fn describe(components: &mut Components) -> Schema {
        T::describe(components).or_null()
    }

    fn describe_fields(fields: &mut Fields<'_>) {
        T::describe_fields(fields);
    }
}

impl<T: Describe> Describe for Patch<T> {
    fn describe(components: &mut Components) -> Schema {
        T::describe(components)
    }

    const CAN_BE_UNSET: bool = true;

    fn is_unset(&self) -> bool {
        !self.is_set()
    }
}

impl<T: Parameter> Parameter for Patch<T> {
    const PLACE: Place = T::PLACE;
}

impl<T> Describe for Serde<T> {
    fn describe(_: &mut Components) -> Schema {
        Schema::any()
    }
}

impl<T: DeserializeOwned + Send + 'static> Parameter for Serde<T> {
    const PLACE: Place = Place::Body;
}

impl Parameter for Cow<'static, str> {
    const PLACE: Place = Place::Query;
}

macro_rules! tuples {
    ($($($name:ident)+;)*) => {$(
        impl<$($name: Describe),+> Describe for ($($name,)+) {
            fn describe(components: &mut Components) -> Schema {
                elements(vec![$($name::describe(components)),+])
            }
        }

        impl<$($name: Decode + Describe + Send + 'static),+> Parameter for ($($name,)+) {
            const PLACE: Place = Place::Body;
        }
    )*};
}
tuples! {
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
}

/// A list of a known length.
fn elements(prefix_items: Vec<Schema>) -> Schema {
    let len = Some(prefix_items.len());
    Schema { prefix_items, min_items: len, max_items: len, ..Schema::of(super::Kind::Array) }
}

impl<T: Describe, const N: usize> Describe for [T; N] {
    fn describe(components: &mut Components) -> Schema {
        let items = Some(Box::new(T::describe(components)));
        Schema { items, min_items: Some(N), max_items: Some(N), ..Schema::of(super::Kind::Array) }
    }
}

impl<T: Decode + Describe + Send + 'static, const N: usize> Parameter for [T; N] {
    const PLACE: Place = Place::Body;
}

impl<T: Parameter> Parameter for Option<T> {
    const PLACE: Place = T::PLACE;
}

macro_rules! transparent {
    ($($type:ident)*) => {$(
        impl<T: Describe> Describe for $type<T> {
            fn describe(components: &mut Components) -> Schema {
                T::describe(components)
            }

            fn describe_fields(fields: &mut Fields<'_>) {
                T::describe_fields(fields);
            }
        }
    )*};
}
transparent!(Box Arc);

impl<T: Parameter> Parameter for Box<T> {
    const PLACE: Place = T::PLACE;
}

impl<T: Parameter + Sync> Parameter for Arc<T> {
    const PLACE: Place = T::PLACE;
}

impl<T: Describe> Describe for Vec<T> {
    fn describe(components: &mut Components) -> Schema {
        Schema::array(T::describe(components))
    }
}

impl<T: Decode + Describe + Send + 'static> Parameter for Vec<T> {
    const PLACE: Place = Place::Body;
}

macro_rules! sets {
    ($($type:ident: $bound:ident $(+ $more:ident)*;)*) => {$(
        impl<T: Describe> Describe for $type<T> {
            fn describe(components: &mut Components) -> Schema {
                Schema { unique_items: true, ..Schema::array(T::describe(components)) }
            }
        }

        impl<T: Decode + Describe + Send + 'static + $bound $(+ $more)*> Parameter for $type<T> {
            const PLACE: Place = Place::Body;
        }
    )*};
}
sets! {
    HashSet: Eq + Hash;
    BTreeSet: Ord;
}

macro_rules! maps {
    ($($type:ident: $bound:ident $(+ $more:ident)*;)*) => {$(
        impl<K: MapKey + Describe, V: Describe> Describe for $type<K, V> {
            fn describe(components: &mut Components) -> Schema {
                Schema::map(V::describe(components))
            }
        }

        impl<K, V> Parameter for $type<K, V>
        where
            K: MapKey + Decode + Describe + Send + 'static + $bound $(+ $more)*,
            V: Decode + Describe + Send + 'static,
        {
            const PLACE: Place = Place::Body;
        }
    )*};
}
maps! {
    HashMap: Eq + Hash;
    BTreeMap: Ord;
}
