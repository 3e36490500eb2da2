//! [`Extras`]: the map of a model's undeclared fields.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    hash::BuildHasher,
};

use serde::de::{IntoDeserializer, MapAccess};

use super::{
    Context, Decode, Seed,
    content::{Buffer, Content},
    context::Mode,
    issue::Segment,
};

/// A map that takes the fields that a model does not declare. `HashMap<String, _>` and `BTreeMap<String, _>` are such.
///
/// What is kept is written back after the declared fields, and the schema says so: `additionalProperties` is `true`
/// for a map of `Value`, else the schema of the map's values, which are then checked like any field.
///
/// ```
/// use std::collections::BTreeMap;
/// use versify::prelude::*;
///
/// /// A search; other parameters are handed on as they came.
/// #[model(extra = "allow")]
/// struct Search {
///     term: String,
///     #[field(flatten)]
///     rest: BTreeMap<String, Value>,
/// }
///
/// #[get("/search")]
/// async fn search(#[query] search: Search) -> Search {
///     search
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot take undeclared fields",
    note = "write `HashMap<String, T>` or `BTreeMap<String, T>`"
)]
pub trait Extras: Default {
    /// What each field holds.
    type Value: Decode;

    /// Adds a field; the last one of a name counts.
    fn put(&mut self, name: String, value: Self::Value);

    /// The fields, as they are written.
    fn entries(&self) -> impl Iterator<Item = (&String, &Self::Value)>;
}

impl<V: Decode, S: BuildHasher + Default> Extras for HashMap<String, V, S> {
    type Value = V;

    fn put(&mut self, name: String, value: V) {
        self.insert(name, value);
    }

    fn entries(&self) -> impl Iterator<Item = (&String, &V)> {
        self.iter()
    }
}

impl<V: Decode> Extras for BTreeMap<String, V> {
    type Value = V;

    fn put(&mut self, name: String, value: V) {
        self.insert(name, value);
    }

    fn entries(&self) -> impl Iterator<Item = (&String, &V)> {
        self.iter()
    }
}

/// Undeclared fields while their record is being read.
#[derive(Debug)]
pub struct ExtrasSlot<M> {
    map: M,
    faulty: bool,
}

impl<M: Extras> ExtrasSlot<M> {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self { map: M::default(), faulty: false }
    }

    /// Reads the value of the field `name`.
    ///
    /// # Errors
    /// Only when the input itself is broken.
    pub fn read<'de, A: MapAccess<'de>>(
        &mut self,
        name: String,
        map: &mut A,
        cx: &mut Context,
        start: usize,
    ) -> Result<(), A::Error> {
        cx.forget(start, &name);
        let mark = cx.mark();
        let value = if cx.is_text() && !M::Value::SEVERAL {
            read_texts(map, cx)?
        } else {
            map.next_value_seed(Seed::<M::Value>::new(cx))?
        };
        match value {
            Some(value) => self.map.put(name, value),
            None => {
                self.faulty = true;
                cx.locate(mark, || Segment::Key(Cow::Owned(name)));
            }
        }
        Ok(())
    }

    /// All of them, unless one is wrong.
    #[must_use]
    pub fn finish(self) -> Option<M> {
        (!self.faulty).then_some(self.map)
    }
}

/// Of an undeclared name no one knows that it is sent once: several texts are a list, of which none is chosen.
fn read_texts<'de, T: Decode, A: MapAccess<'de>>(map: &mut A, cx: &mut Context) -> Result<Option<T>, A::Error> {
    let content = map.next_value_seed(Buffer::WALK)?;
    let mode = cx.mode;
    if matches!(content, Content::Seq(_)) {
        cx.mode = Mode::Json;
    }
    let value = T::decode(IntoDeserializer::<A::Error>::into_deserializer(content), cx);
    cx.mode = mode;
    value
}

impl<M: Extras> Default for ExtrasSlot<M> {
    fn default() -> Self {
        Self::new()
    }
}
