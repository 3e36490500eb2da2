//! [`Texts`]: what a place of text (path, query, header, cookie) holds under one name.

use std::borrow::Cow;

use serde::{
    de::{Deserializer, Visitor, value},
    forward_to_deserialize_any,
};
use smallvec::SmallVec;

use super::{
    Decode, Field,
    content::Content,
    context::{Context, Mode},
    issue::{Issue, Segment},
};

/// The texts that were sent under one name; mostly one.
pub(crate) type Texts<'a> = SmallVec<[Cow<'a, str>; 1]>;

/// Reads one parameter from its texts, which are not empty.
#[inline]
pub(crate) fn decode_texts<T: Decode>(
    field: &Field<T>,
    texts: &Texts<'_>,
    mode: Mode,
    place: &'static str,
    issues: &mut Vec<Issue>,
) -> Option<T> {
    let mut cx = Context::new(mode);
    let value = T::decode(Source(texts.as_slice()), &mut cx).ok().flatten();
    let value = value.and_then(|value| field.check(value, &mut cx));
    if cx.mark() != 0 {
        quote(cx, field.name, texts, place, issues);
    }
    value
}

#[cold]
fn quote(cx: Context, name: &'static str, texts: &Texts<'_>, place: &'static str, issues: &mut Vec<Issue>) {
    let mut all = texts.iter().map(|text| Content::Str(Cow::Borrowed(text.as_ref())));
    let root = match all.len() {
        1 => all.next().unwrap_or(Content::Null),
        _ => Content::Seq(all.collect()),
    };
    let prefix = [Segment::from(place), Segment::from(name)];
    let mut budget = QUOTED;
    issues.extend(cx.into_issues().into_iter().map(|mut issue| {
        issue.finish(&prefix, &root, &mut budget);
        issue
    }));
}

/// How much of the input one answer quotes, in bytes of JSON.
pub(crate) const QUOTED: usize = 1 << 20;

struct Source<'a>(&'a [Cow<'a, str>]);

impl<'de> Deserializer<'de> for Source<'de> {
    type Error = value::Error;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        match self.0 {
            [text] => visitor.visit_borrowed_str(text),
            texts => {
                let texts = texts.iter().map(|text| value::BorrowedStrDeserializer::new(text));
                value::SeqDeserializer::new(texts).deserialize_any(visitor)
            }
        }
    }

    // Text is never null: `?q=null` is the text "null".
    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_some(self)
    }

    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct enum identifier ignored_any
    }
}
