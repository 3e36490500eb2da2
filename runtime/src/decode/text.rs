//! [`Texts`]: what a place of text (path, query, header, cookie) holds under one name.

use std::{borrow::Cow, slice};

use serde::{
    de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor, value},
    forward_to_deserialize_any,
};
use smallvec::SmallVec;

use super::{
    Decode, Extra, Field,
    content::Content,
    context::{Context, Mode},
    issue::{Input, Issue, Segment},
    record::FORBIDDEN,
};

/// The texts that were sent under one name; mostly one.
pub(crate) type Texts<'a> = SmallVec<[Cow<'a, str>; 1]>;

/// Reads one parameter from the texts that were sent under `name`, which are not none.
#[inline]
pub(crate) fn decode_texts<T: Decode>(
    field: &Field<T>,
    name: &'static str,
    texts: &Texts<'_>,
    mode: Mode,
    place: &'static str,
    issues: &mut Vec<Issue>,
) -> Option<T> {
    let mut cx = Context::new(mode);
    let value = field.decode(&mut cx, |cx| T::decode(Source(texts.as_slice()), cx)).ok().flatten();
    if cx.mark() != 0 {
        quote(cx, name, texts, T::SEVERAL, mode, place, issues);
    }
    value
}

/// Names and their texts, in the order in which they came.
pub(crate) type Named<'a> = Vec<(Cow<'a, str>, Texts<'a>)>;

/// The header fields of a request by the names that the model `T` declares; fields of other names keep theirs.
///
/// A header field is named in any case. What was not named for the wire has hyphens for underscores there, where
/// `hyphens` is set; a header field of its own name is none of the model's then.
pub(crate) fn as_declared<'a, T: Decode>(sent: Named<'a>, hyphens: bool) -> Named<'a> {
    let names: Vec<(&'static str, String)> = (0..)
        .map_while(T::field_name)
        .filter(|(name, _)| T::field(name).is_some())
        .map(|(name, literal)| (name, if literal || !hyphens { name.to_owned() } else { name.replace('_', "-") }))
        .collect();
    let declared = |(name, texts): (Cow<'a, str>, Texts<'a>)| match names
        .iter()
        .find(|(_, wire)| wire.eq_ignore_ascii_case(&name))
    {
        Some((declared, _)) => Some((Cow::Borrowed(*declared), texts)),
        None if names.iter().any(|(declared, _)| declared.eq_ignore_ascii_case(&name)) => None,
        None => Some((name, texts)),
    };
    sent.into_iter().filter_map(declared).collect()
}

/// Reads parameters that one model declares together.
pub(crate) fn decode_named<T: Decode>(
    field: &Field<T>,
    all: &Named<'_>,
    mut cx: Context,
    place: &'static str,
    issues: &mut Vec<Issue>,
) -> Option<T> {
    // Where undeclared fields matter anything begins the model, else only a field of its own.
    let begun = all.iter().any(|(name, _)| T::EXTRA != Extra::Ignore || T::field(name).is_some());
    if !begun {
        if let Some(value) = field.when_missing() {
            return Some(value);
        }
        if T::when_missing().is_some() {
            // An optional model that was declared `required`: the place as a whole is missing.
            let mut issue = Issue::new("missing", "Field required");
            issue.input = Input::Known(Content::Null);
            issue.location = vec![Segment::from(place)];
            issues.push(issue);
            return None;
        }
    }
    let value = field.decode(&mut cx, |cx| T::decode(NamedSource(all), cx)).ok().flatten();
    if cx.mark() != 0 {
        quote_named(T::field, all, cx, place, issues);
    }
    value
}

#[cold]
fn quote_named(
    field: fn(&str) -> Option<(usize, bool)>,
    all: &Named<'_>,
    mut cx: Context,
    place: &'static str,
    issues: &mut Vec<Issue>,
) {
    let mut received = received(field, all, &cx);
    if !cx.secrets().is_empty() {
        received = received.masked(cx.secrets());
    }
    let mut budget = QUOTED;
    let found = std::mem::take(cx.issues_mut());
    issues.extend(found.into_iter().map(|mut issue| {
        if matches!(issue.input, Input::Parent) {
            let left = received.quoted_len_within(budget);
            budget = budget.saturating_sub(left.unwrap_or_default());
            issue.input = Input::Known(left.map_or(Content::Null, |_| received.to_owned_content()));
        }
        let root = match issue.location.as_slice() {
            // An undeclared parameter, be it one of a field's other names.
            [Segment::Key(name)] if issue.kind == FORBIDDEN => Some(undeclared(name, all).masked(cx.secrets())),
            location => location.last().and_then(|step| named_by(step, &received)),
        };
        issue.finish(&[Segment::from(place)], root.as_ref().unwrap_or(&received), &mut budget);
        issue
    }));
}

/// What was sent under a name, as it was sent.
fn undeclared<'a>(name: &str, all: &Named<'a>) -> Content<'a> {
    let sent = all.iter().find(|(known, _)| known == name);
    let sent = sent.or_else(|| all.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)));
    Content::Map(sent.map(|(_, texts)| (Cow::Owned(name.to_owned()), one_or_all(texts))).into_iter().collect())
}

/// What a fault is of, where that goes by another name in the request than in the model: header fields do.
fn named_by<'a>(step: &Segment, received: &Content<'a>) -> Option<Content<'a>> {
    let (Segment::Key(wire), Content::Map(entries)) = (step, received) else { return None };
    if entries.iter().any(|(name, _)| name == wire) {
        return None;
    }
    let hyphened = entries.iter().find(|(name, _)| name.replace('_', "-") == *wire);
    let found = hyphened.or_else(|| entries.iter().find(|(name, _)| name.eq_ignore_ascii_case(wire)));
    found.map(|(_, value)| Content::Map(vec![(Cow::Owned(wire.clone().into_owned()), value.clone())]))
}

fn one_or_all<'a>(texts: &Texts<'a>) -> Content<'a> {
    match texts.as_slice() {
        [text] => Content::Str(text.clone()),
        texts => Content::Seq(texts.iter().map(|text| Content::Str(text.clone())).collect()),
    }
}

/// What was received, as FastAPI quotes it: declared parameters by their own names and in their order, then the rest.
#[cold]
fn received<'a>(field: fn(&str) -> Option<(usize, bool)>, all: &Named<'a>, cx: &Context) -> Content<'a> {
    let mut declared = Vec::new();
    let mut rest = Vec::new();
    for (name, texts) in all {
        match field(name) {
            Some((position, true)) => {
                let texts = texts.iter().map(|text| Content::Str(text.clone())).collect();
                declared.push((position, (name.clone(), Content::Seq(texts))));
            }
            Some((position, false)) => {
                let chosen = if cx.mode == Mode::FirstText { texts.first() } else { texts.last() };
                declared.push((position, (name.clone(), Content::Str(chosen.cloned().unwrap_or_default()))));
            }
            None => rest.push((name.clone(), one_or_all(texts))),
        }
    }
    declared.sort_by_key(|(position, _)| *position);
    Content::Map(declared.into_iter().map(|(_, entry)| entry).chain(rest).collect())
}

#[cold]
fn quote(
    cx: Context,
    name: &'static str,
    texts: &Texts<'_>,
    several: bool,
    mode: Mode,
    place: &'static str,
    issues: &mut Vec<Issue>,
) {
    let text = |text: &Cow<'_, str>| Content::Str(Cow::Owned(text.clone().into_owned()));
    let root = match several {
        // One text is a list of one where a list is wanted.
        true => Content::Seq(texts.iter().map(text).collect()),
        false => (if mode == Mode::FirstText { texts.first() } else { texts.last() }).map_or(Content::Null, text),
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

/// All parameters of a place as an object.
struct NamedSource<'a, 't>(&'a Named<'t>);

impl<'de> Deserializer<'de> for NamedSource<'de, '_> {
    type Error = value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_map(NamedMap { rest: self.0.iter(), value: None })
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_some(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct enum identifier ignored_any newtype_struct
    }
}

/// The parameters, one by one.
struct NamedMap<'a, 't> {
    rest: slice::Iter<'a, (Cow<'t, str>, Texts<'t>)>,
    value: Option<Source<'a>>,
}

impl<'de> MapAccess<'de> for NamedMap<'de, '_> {
    type Error = value::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Self::Error> {
        let Some((name, texts)) = self.rest.next() else { return Ok(None) };
        self.value = Some(Source(texts.as_slice()));
        seed.deserialize(value::BorrowedStrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Self::Error> {
        seed.deserialize(self.value.take().unwrap_or(Source(&[])))
    }
}

struct Source<'a>(&'a [Cow<'a, str>]);

/// Texts of one name, as a list.
struct TextSeq<'a>(slice::Iter<'a, Cow<'a, str>>);

impl<'de> SeqAccess<'de> for TextSeq<'de> {
    type Error = value::Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Self::Error> {
        let Some(text) = self.0.next() else { return Ok(None) };
        seed.deserialize(value::BorrowedStrDeserializer::new(text)).map(Some)
    }
}

impl<'de> Deserializer<'de> for Source<'de> {
    type Error = value::Error;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        match self.0 {
            [text] => visitor.visit_borrowed_str(text),
            texts => visitor.visit_seq(TextSeq(texts.iter())),
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
