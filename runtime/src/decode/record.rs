//! [`Record`]: objects with declared fields, and the walk over them.

use std::{borrow::Cow, fmt, marker::PhantomData};

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{
    choices::{Sent, read_chosen},
    collections::refuse_scalars,
    content::{Buffer, Content, Text},
    context::Context,
    issue::{Issue, Segment},
};

/// An object with declared fields. `#[model]` implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no declared fields",
    note = "`flatten` takes a struct with `#[model]`, or a map of undeclared fields with `#[model(extra = \"allow\")]`"
)]
pub trait Record: Sized + 'static {
    /// A [`Slot`](super::Slot) for each field.
    type Slots;

    /// What becomes of fields that are not declared.
    const EXTRA: Extra;

    /// How many positions there are: one for each name of a field.
    const COUNT: usize;

    /// All slots, empty.
    fn slots() -> Self::Slots;

    /// The position of a field among the declared ones, by its name on the wire.
    fn position(key: &str) -> Option<usize>;

    /// Reads the value of the field at `position`; one that is no field's is passed over.
    ///
    /// # Errors
    /// Only when the input itself is broken.
    fn read<'de, A: MapAccess<'de>>(
        slots: &mut Self::Slots,
        position: usize,
        map: &mut A,
        cx: &mut Context,
        start: usize,
    ) -> Result<(), A::Error>;

    /// Reads the value of a field that is not declared, where such are [kept](Extra::Keep).
    ///
    /// # Errors
    /// Only when the input itself is broken.
    fn keep<'de, A: MapAccess<'de>>(
        _slots: &mut Self::Slots,
        _name: String,
        map: &mut A,
        _cx: &mut Context,
        _start: usize,
    ) -> Result<(), A::Error> {
        skip_value(map)
    }

    /// The name that stands at `position`, and whether it was declared for the wire.
    fn name(position: usize) -> Option<(&'static str, bool)>;

    /// Of a field with several names: which field the name at `position` is of, and how many names come before it.
    fn choice(_position: usize) -> Option<(usize, usize)> {
        None
    }

    /// Whether the field at `position` takes several texts of one name.
    fn several(position: usize) -> bool;

    /// How many fields were sent.
    fn sent(slots: &Self::Slots) -> usize;

    /// Makes the value, once all has been read.
    fn finish(slots: Self::Slots, cx: &mut Context) -> Option<Self>;

    /// Checks the value as a whole, once its fields are found right.
    #[inline]
    fn validate(&self, _cx: &mut Context) -> bool {
        true
    }
}

/// What becomes of fields that are not declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extra {
    /// They are passed over.
    Ignore,
    /// Each is a fault.
    Forbid,
    /// They are kept in a map.
    Keep,
}

impl Extra {
    /// What becomes of them in a union: what matters to one of its members.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        match self {
            Self::Ignore => other,
            own => own,
        }
    }
}

/// Passes over a value.
///
/// # Errors
/// Only when the input itself is broken.
#[inline]
pub fn skip_value<'de, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
    map.next_value::<IgnoredAny>().map(|_| ())
}

/// Reads a [`Record`].
///
/// # Errors
/// Only when `source` itself is broken.
#[inline]
pub fn decode_record<'de, T: Record, D: Deserializer<'de>>(source: D, cx: &mut Context) -> Result<Option<T>, D::Error> {
    source.deserialize_any(RecordVisitor { cx, of: PhantomData })
}

/// Reads the fields of a [`Record`] from an object that has been entered.
///
/// # Errors
/// Only when `map` itself is broken.
#[inline]
pub(super) fn decode_fields<'de, T: Record, A: MapAccess<'de>>(
    mut map: A,
    cx: &mut Context,
) -> Result<Option<T>, A::Error> {
    let start = cx.mark();
    let tag = cx.tag.take();
    // What is demanded of the object is not demanded of its fields.
    cx.demands.strict = false;
    let mut slots = T::slots();
    if T::EXTRA == Extra::Ignore && tag.is_none() {
        // Names of undeclared fields are not kept: a position is all that comes back.
        while let Some(position) = map.next_key_seed(PositionSeed::<T>(PhantomData))? {
            T::read(&mut slots, position, &mut map, cx, start)?;
        }
    } else {
        let mut tags = 0;
        let mut sent = Vec::new();
        while let Some(Text(name)) = map.next_key()? {
            let is_tag = tag == Some(&*name);
            tags += usize::from(is_tag);
            match (T::position(&name), T::EXTRA) {
                (Some(position), Extra::Keep | Extra::Forbid) if T::choice(position).is_some() => {
                    let value = map.next_value_seed(Buffer::WALK)?;
                    sent.push(Sent { name, position: Some(position), value });
                }
                (Some(position), _) => T::read(&mut slots, position, &mut map, cx, start)?,
                (None, Extra::Keep) if !is_tag => T::keep(&mut slots, name.into_owned(), &mut map, cx, start)?,
                (None, Extra::Forbid) if !is_tag => {
                    skip_value(&mut map)?;
                    if sent.is_empty() {
                        forbid(name, cx, start);
                    } else {
                        sent.push(Sent { name, position: None, value: Content::Null });
                    }
                }
                (None, _) => skip_value(&mut map)?,
            }
        }
        if !sent.is_empty() {
            read_chosen::<T, A::Error>(sent, &mut slots, cx, start)?;
        }
        // The last tag names the member, and this may not be the member that it names.
        cx.read_again |= tags > 1;
    }
    if cx.counts_fields {
        cx.fields_set = Some(cx.fields_set.unwrap_or_default() + T::sent(&slots));
    }
    let value = T::finish(slots, cx);
    if cx.mark() != start {
        sort_as_declared(cx, start, declared_position::<T>);
        return Ok(None);
    }
    Ok(value.filter(|value| value.validate(cx)))
}

/// The field of this name: its position, and whether it takes several texts.
#[must_use]
pub fn field_of<T: Record>(name: &str) -> Option<(usize, bool)> {
    T::position(name).map(|position| (position, T::several(position)))
}

/// Which field has this name.
fn declared_position<T: Record>(name: &str) -> Option<usize> {
    T::position(name).map(|position| T::choice(position).map_or(position, |(field, _)| field))
}

/// The kind of an undeclared field's fault.
pub(super) const FORBIDDEN: &str = "extra_forbidden";

#[cold]
pub(super) fn forbid(name: Cow<'_, str>, cx: &mut Context, start: usize) {
    cx.forget(start, &name);
    let mark = cx.mark();
    cx.report(Issue::new(FORBIDDEN, "Extra inputs are not permitted"));
    cx.locate(mark, || Segment::Key(Cow::Owned(name.into_owned())));
}

/// Faults are named in the order of declaration, whatever the order of the input; undeclared fields come last.
#[cold]
fn sort_as_declared(cx: &mut Context, start: usize, position: fn(&str) -> Option<usize>) {
    let hyphens = cx.hyphens;
    cx.since(start).sort_by_key(|issue| match issue.location.last() {
        // It may have a name of a field that goes by another one.
        _ if issue.location.len() == 1 && issue.kind() == FORBIDDEN => usize::MAX,
        Some(Segment::Key(key)) if hyphens => {
            position(key).or_else(|| position(&key.replace('-', "_"))).unwrap_or(usize::MAX)
        }
        Some(Segment::Key(key)) => position(key).unwrap_or(usize::MAX),
        _ => usize::MAX,
    });
}

/// Reads a name as a position; `usize::MAX` is no field's, and [`Record::read`] passes its value over.
struct PositionSeed<T>(PhantomData<T>);

impl<'de, T: Record> DeserializeSeed<'de> for PositionSeed<T> {
    type Value = usize;

    #[inline(always)]
    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<usize, D::Error> {
        source.deserialize_identifier(self)
    }
}

impl<T: Record> Visitor<'_> for PositionSeed<T> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name")
    }

    #[inline(always)]
    fn visit_str<E>(self, key: &str) -> Result<usize, E> {
        Ok(T::position(key).unwrap_or(usize::MAX))
    }
}

struct RecordVisitor<'c, T> {
    cx: &'c mut Context,
    of: PhantomData<T>,
}

impl<T> RecordVisitor<'_, T> {
    #[cold]
    fn wrong(self) -> Option<T> {
        refuse_object(self.cx)
    }
}

/// The fault of something that is no object where a model is wanted.
#[cold]
pub(super) fn refuse_object<T>(cx: &mut Context) -> Option<T> {
    cx.refuse(Issue::new(
        "model_attributes_type",
        "Input should be a valid dictionary or object to extract fields from",
    ))
}

impl<'de, T: Record> Visitor<'de> for RecordVisitor<'_, T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    refuse_scalars!(Option<T>);

    #[cold]
    fn visit_str<E>(self, _: &str) -> Result<Option<T>, E> {
        Ok(self.wrong())
    }

    #[cold]
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Option<T>, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(self.wrong())
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Option<T>, A::Error> {
        decode_fields(map, self.cx)
    }
}
