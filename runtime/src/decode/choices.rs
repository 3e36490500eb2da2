//! [`Choices`]: a field that has several names.

use std::{borrow::Cow, marker::PhantomData};

use serde::de::{DeserializeSeed, Error, IntoDeserializer, MapAccess};

use super::{
    Decode, Seed,
    content::Content,
    context::{Context, Mode},
    field::Field,
    issue::Segment,
    record::{Extra, Record, forbid, skip_value},
    slot::Slot,
};

/// The value of a field that has several names, while its record is being read: the first of the names counts, in the
/// order of their declaration, wherever it stands in the input.
#[derive(Debug)]
pub struct Choices<T> {
    slot: Slot<T>,
    /// Which of the names was met; the field's own is 0.
    rank: usize,
}

impl<T: Decode> Choices<T> {
    /// Not met yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { slot: Slot::Absent, rank: usize::MAX }
    }

    /// Reads the value that `map` offers under one of the names; 0 is the field's own.
    ///
    /// # Errors
    /// Only when the input itself is broken.
    pub fn read<'de, A: MapAccess<'de>>(
        &mut self,
        rank: usize,
        field: &Field<T>,
        map: &mut A,
        cx: &mut Context,
        start: usize,
    ) -> Result<(), A::Error> {
        if self.rank < rank {
            return skip_value(map);
        }
        if self.slot.is_sent() {
            let name = self.rank.checked_sub(1).and_then(|alias| field.alias_on_the_wire(alias, cx));
            cx.forget(start, &name.unwrap_or(Cow::Borrowed(field.name)));
        } else {
            cx.count_field();
        }
        field.keep_secret(cx);
        let mark = cx.mark();
        let value = field.decode(cx, |cx| map.next_value_seed(Seed::<T>::new(cx)))?;
        *self = Self { slot: value.map_or(Slot::Faulty, Slot::Value), rank };
        if cx.mark() != mark {
            match rank.checked_sub(1).and_then(|alias| field.alias_on_the_wire(alias, cx)) {
                Some(alias) => cx.locate(mark, || Segment::Key(alias)),
                None => field.locate(cx, mark),
            }
        }
        Ok(())
    }

    /// As [`Slot::finish`].
    pub fn finish(self, field: &Field<T>, cx: &mut Context) -> Option<T> {
        self.slot.finish(field, cx)
    }
}

impl<T: Decode> Default for Choices<T> {
    fn default() -> Self {
        Self::new()
    }
}

/// What was sent under one of the names of a field that has several, where it matters what becomes of the others.
pub(super) struct Sent<'de> {
    pub(super) name: Cow<'de, str>,
    /// `None`: it is no field's.
    pub(super) position: Option<usize>,
    pub(super) value: Content<'de>,
}

/// Reads the first name of each field, now that all are known; the others are undeclared fields, in their order.
#[cold]
pub(super) fn read_chosen<'de, T: Record, E: Error>(
    sent: Vec<Sent<'de>>,
    slots: &mut T::Slots,
    cx: &mut Context,
    start: usize,
) -> Result<(), E> {
    let mut named: Vec<Sent<'de>> = Vec::with_capacity(sent.len());
    for one in sent {
        // The last value of a name counts.
        match named.iter_mut().find(|known| known.name == one.name) {
            Some(known) => *known = one,
            None => named.push(one),
        }
    }
    let choices: Vec<_> = named.iter().map(|one| T::choice(one.position?)).collect();
    let is_first = |choice: Option<(usize, usize)>| {
        let earlier = |(field, rank)| choices.iter().flatten().any(|(of, other)| *of == field && *other < rank);
        !choice.is_some_and(earlier)
    };
    for (Sent { name, position, value }, choice) in named.into_iter().zip(&choices) {
        let mut map = Offered { value: Some(value), error: PhantomData::<E> };
        if let Some(position) = position.filter(|_| is_first(*choice)) {
            T::read(slots, position, &mut map, cx, start)?;
            continue;
        }
        // Of header fields the declared names are known, not those that were sent: these are in lower case.
        let name = if cx.mode == Mode::FirstText { Cow::Owned(name.to_ascii_lowercase()) } else { name };
        match T::EXTRA {
            Extra::Keep => T::keep(slots, name.into_owned(), &mut map, cx, start)?,
            Extra::Forbid => forbid(name, cx, start),
            Extra::Ignore => {}
        }
    }
    Ok(())
}

/// A map that has come to a value.
struct Offered<'de, E> {
    value: Option<Content<'de>>,
    error: PhantomData<E>,
}

impl<'de, E: Error> MapAccess<'de> for Offered<'de, E> {
    type Error = E;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, _: K) -> Result<Option<K::Value>, E> {
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, E> {
        let value = self.value.take().unwrap_or(Content::Null);
        seed.deserialize(IntoDeserializer::<E>::into_deserializer(value))
    }
}
