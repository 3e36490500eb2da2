//! [`Tagged`]: unions whose member is named by a field of the object.

use std::{borrow::Cow, fmt, marker::PhantomData};

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess, Visitor,
    value::{self, BorrowedStrDeserializer, MapAccessDeserializer},
};

use super::{
    Decode,
    collections::refuse_scalars,
    content::{Buffer, Content, ContentRefDeserializer, Text},
    context::Context,
    form::decode_form_member,
    issue::{ContextValue, Issue, Segment},
    record::{Record, decode_fields, decode_record, field_of, refuse_object},
};

/// A union whose member is named by one field, the discriminator. `#[model(tag = "..")]` implements it.
///
/// Where the tag comes first, as serializers write it, the member is read straight from the input; else the object is
/// buffered until its tag is known.
pub trait Tagged: Sized + 'static {
    /// The field that holds the tag.
    const TAG: &'static str;

    /// The tags, in the order of declaration.
    const NAMES: &'static [&'static str];

    /// Reads the member at `position` of [`NAMES`](Self::NAMES).
    ///
    /// # Errors
    /// Only when the input itself is broken.
    fn read<'de, A: MapAccess<'de>>(position: usize, map: A, cx: &mut Context) -> Result<Option<Self>, A::Error>;
}

/// Reads a [`Tagged`] union.
///
/// # Errors
/// Only when `source` itself is broken.
pub fn decode_tagged<'de, T: Tagged, D: Deserializer<'de>>(source: D, cx: &mut Context) -> Result<Option<T>, D::Error> {
    source.deserialize_any(TaggedVisitor { cx, of: PhantomData })
}

/// Reads a member whose fields are declared in the union.
///
/// # Errors
/// Only when `map` itself is broken.
pub fn decode_variant<'de, T: Record, A: MapAccess<'de>>(map: A, cx: &mut Context) -> Result<Option<T>, A::Error> {
    if cx.form {
        return of_form(map, |name| field_of::<T>(name), cx, |own, cx| decode_record(own, cx).ok().flatten());
    }
    decode_fields(map, cx)
}

/// Reads a member that is a type of its own.
///
/// # Errors
/// Only when `map` itself is broken.
pub fn decode_member<'de, T: Decode, A: MapAccess<'de>>(map: A, cx: &mut Context) -> Result<Option<T>, A::Error> {
    if cx.form {
        return of_form(map, |name| T::field(name), cx, |own, cx| T::decode(own, cx).ok().flatten());
    }
    T::decode(MapAccessDeserializer::new(map), cx)
}

/// Reads a member from a form.
#[cold]
fn of_form<'de, T, A: MapAccess<'de>>(
    map: A,
    field: impl Fn(&str) -> Option<(usize, bool)>,
    cx: &mut Context,
    read: impl FnOnce(ContentRefDeserializer<'_, '_, value::Error>, &mut Context) -> Option<T>,
) -> Result<Option<T>, A::Error> {
    let whole = Content::deserialize(MapAccessDeserializer::new(map))?;
    Ok(decode_form_member(&whole, field, cx, |own, cx| read(own.into_deserializer(), cx)))
}

struct TaggedVisitor<'c, T> {
    cx: &'c mut Context,
    of: PhantomData<T>,
}

impl<T> TaggedVisitor<'_, T> {
    #[cold]
    fn wrong(self) -> Option<T> {
        refuse_object(self.cx)
    }
}

impl<'de, T: Tagged> Visitor<'de> for TaggedVisitor<'_, T> {
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

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Option<T>, A::Error> {
        let mut entries: Vec<(Cow<'de, str>, Content<'de>)> = Vec::new();
        while let Some(Text(key)) = map.next_key()? {
            let value = map.next_value_seed(Buffer::WALK)?;
            if key == T::TAG && entries.is_empty() {
                return match position::<T>(&value, self.cx) {
                    Some((position, name)) => {
                        let rest = Replayed { tag: Some((T::TAG, value)), value: None, map };
                        member(position, name, rest, self.cx)
                    }
                    None => {
                        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                        Ok(None)
                    }
                };
            }
            entries.push((key, value));
        }
        let Some((_, tag)) = entries.iter().rev().find(|(key, _)| key == T::TAG) else {
            return Ok(self.cx.refuse(not_found(T::TAG)));
        };
        match position::<T>(tag, self.cx) {
            Some((position, name)) => Content::Map(entries).into_deserializer().deserialize_any(MemberVisitor::<T> {
                position,
                name,
                cx: self.cx,
                of: PhantomData,
            }),
            None => Ok(None),
        }
    }
}

fn member<'de, T: Tagged, A: MapAccess<'de>>(
    position: usize,
    name: &'static str,
    map: A,
    cx: &mut Context,
) -> Result<Option<T>, A::Error> {
    let mark = cx.mark();
    cx.tag = Some(T::TAG);
    let value = T::read(position, map, cx);
    cx.tag = None;
    cx.locate(mark, || Segment::Label(Cow::Borrowed(name)));
    value
}

/// Where among the members the tag is.
fn position<T: Tagged>(tag: &Content<'_>, cx: &mut Context) -> Option<(usize, &'static str)> {
    let found = match tag {
        Content::Str(text) => T::NAMES.iter().enumerate().find(|(_, name)| *name == text),
        _ => None,
    };
    match found {
        Some((position, name)) => Some((position, *name)),
        None => cx.refuse(unknown(T::TAG, T::NAMES, tag)),
    }
}

#[cold]
fn not_found(tag: &'static str) -> Issue {
    Issue::new("union_tag_not_found", format!("Unable to extract tag using discriminator '{tag}'"))
        .with("discriminator", ContextValue::Text(Cow::Owned(format!("'{tag}'"))))
}

#[cold]
fn unknown(field: &'static str, names: &[&str], tag: &Content<'_>) -> Issue {
    let expected = names.iter().map(|name| format!("'{name}'")).collect::<Vec<_>>().join(", ");
    let tag = match tag {
        Content::Str(text) => text.clone().into_owned(),
        Content::Null => "None".to_owned(),
        other => serde_json::to_string(other).unwrap_or_default(),
    };
    let message =
        format!("Input tag '{tag}' found using '{field}' does not match any of the expected tags: {expected}");
    Issue::new("union_tag_invalid", message)
        .with("discriminator", ContextValue::Text(Cow::Owned(format!("'{field}'"))))
        .with("tag", ContextValue::Text(Cow::Owned(tag)))
        .with("expected_tags", ContextValue::Text(Cow::Owned(expected)))
}

struct MemberVisitor<'c, T> {
    position: usize,
    name: &'static str,
    cx: &'c mut Context,
    of: PhantomData<T>,
}

impl<'de, T: Tagged> Visitor<'de> for MemberVisitor<'_, T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Option<T>, A::Error> {
        member(self.position, self.name, map, self.cx)
    }
}

/// The tag, which has been read already, and then the rest of the object: a member may declare the tag as a field.
struct Replayed<'de, A> {
    tag: Option<(&'static str, Content<'de>)>,
    value: Option<Content<'de>>,
    map: A,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Replayed<'de, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        match self.tag.take() {
            Some((key, value)) => {
                self.value = Some(value);
                seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some)
            }
            None => self.map.next_key_seed(seed),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        match self.value.take() {
            Some(value) => seed.deserialize(value.into_deserializer()),
            None => self.map.next_value_seed(seed),
        }
    }
}
