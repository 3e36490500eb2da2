//! [`Record`]: objects with declared fields, and the walk over them.

use std::{borrow::Cow, fmt, marker::PhantomData};

use serde::{
    de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor},
    ser::SerializeStruct,
};

use super::{
    choices::{Sent, read_chosen},
    collections::refuse_scalars,
    content::{Buffer, Content, Text},
    context::Context,
    issue::{Issue, Segment},
};
use crate::{models::Object, operation::Fields};

/// An object with declared fields. `#[model]` implements it.
#[diagnostic::on_unimplemented(
    message = "the fields of `{Self}` cannot stand among those of another model",
    label = "`flatten` takes a struct with `#[model]`",
    note = "undeclared fields are taken by a map: `#[field(flatten)] rest: BTreeMap<String, Value>`"
)]
pub trait Record: Sized + 'static {
    /// A [`Slot`](super::Slot) for each field.
    type Slots;

    /// What becomes of fields that are not declared.
    const EXTRA: Extra = Extra::Ignore;

    /// The names of its own fields: the first of each, and then all others.
    const NAMES: &'static [Name];

    /// How many positions there are: one for each name of a field, flattened ones included.
    const COUNT: usize = Self::NAMES.len();

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

    /// The name that stands at `position`.
    fn name(position: usize) -> Option<Name> {
        Self::NAMES.get(position).copied()
    }

    /// Of a field with several names: which field the name at `position` is of, and how many names come before it.
    fn choice(_position: usize) -> Option<(usize, usize)> {
        None
    }

    /// How many fields are written at most.
    const LEN: usize = Self::COUNT;

    /// Writes the fields. The members of a tagged union are written by the union.
    #[must_use]
    fn write<'o, S: SerializeStruct>(&self, object: Object<'o, S>) -> Object<'o, S> {
        object
    }

    /// Says in the document what the fields are.
    fn describe_fields(fields: &mut Fields<'_>);

    /// Makes the value, once all has been read.
    fn finish(slots: Self::Slots, cx: &mut Context) -> Option<Self>;

    /// Checks the value as a whole, once its fields are found right.
    #[inline]
    fn validate(&self, _cx: &mut Context) -> bool {
        true
    }
}

/// A name of a field on the wire.
#[derive(Debug, Clone, Copy)]
pub struct Name {
    /// As requests write it.
    pub wire: &'static str,
    /// Whether it was declared for the wire.
    pub aliased: bool,
    /// Whether the field takes several texts of one name.
    pub several: bool,
}

/// The fields of a [`Record`], as its [`Decode`](super::Decode) declares them.
#[derive(Debug, Clone, Copy)]
pub struct Declared {
    pub(super) position: fn(&str) -> Option<usize>,
    pub(super) name: fn(usize) -> Option<Name>,
    pub(super) extra: Extra,
}

impl Declared {
    /// Those of `T`.
    #[must_use]
    pub const fn of<T: Record>() -> Self {
        Self { position: T::position, name: T::name, extra: T::EXTRA }
    }

    pub(super) fn field(&self, name: &str) -> Option<(usize, bool)> {
        let position = (self.position)(name)?;
        Some((position, (self.name)(position)?.several))
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
    if cx.counts_fields {
        cx.fields_set.get_or_insert(0);
    }
    let mut slots = T::slots();
    let mut tags = 0;
    // Asked in a constant: the compiler makes code for one of the two only.
    if const { matches!(T::EXTRA, Extra::Ignore) } {
        // Names of undeclared fields are not kept: a position is all that comes back.
        while let Some(position) = map.next_key_seed(PositionSeed::<T> { tag, tags: &mut tags, of: PhantomData })? {
            T::read(&mut slots, position, &mut map, cx, start)?;
        }
    } else {
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
                (None, Extra::Keep) if !is_tag && !is_unread::<T>(&name) => {
                    T::keep(&mut slots, name.into_owned(), &mut map, cx, start)?;
                }
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
    }
    // The last tag names the member, and this may not be the member that it names.
    cx.read_again |= tags > 1;
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
    Declared::of::<T>().field(name)
}

/// Which field has this name.
fn declared_position<T: Record>(name: &str) -> Option<usize> {
    T::position(name).map(|position| T::choice(position).map_or(position, |(field, _)| field))
}

/// Whether the name, which is at no position, is that of a field that no request sets: what is sent for it is not kept.
fn is_unread<T: Record>(name: &str) -> bool {
    (0..T::COUNT).filter_map(T::name).any(|declared| declared.wire == name)
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
struct PositionSeed<'t, T> {
    /// The tag of the union that is being read, and how often it was met.
    tag: Option<&'static str>,
    tags: &'t mut usize,
    of: PhantomData<T>,
}

impl<'de, T: Record> DeserializeSeed<'de> for PositionSeed<'_, T> {
    type Value = usize;

    #[inline(always)]
    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<usize, D::Error> {
        source.deserialize_identifier(self)
    }
}

impl<T: Record> Visitor<'_> for PositionSeed<'_, T> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name")
    }

    #[inline(always)]
    fn visit_str<E>(self, key: &str) -> Result<usize, E> {
        if self.tag == Some(key) {
            *self.tags += 1;
        }
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
