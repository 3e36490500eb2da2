//! [`Union`]: unions whose member is found by trying.

use std::borrow::Cow;

use serde::de::{Deserializer, IntoDeserializer, value};

use super::{
    Decode, Field,
    content::Content,
    context::{Context, Exactness},
    form::decode_form_member,
    issue::Segment,
};

/// A union without a discriminator. `#[model(untagged)]` implements it.
///
/// As in Pydantic's smart mode all members are tried, and the one that is nearest to the input is taken: a model of
/// which more fields were sent, a type that nothing had to be converted for, and of equals the first.
pub trait Union: Sized + 'static {
    /// How many members there are.
    const MEMBERS: usize;

    /// Whether the first member that fits is taken, however far from the input (`left_to_right`).
    const LEFT_TO_RIGHT: bool;

    /// Reads the input as the member at `position`.
    fn read(position: usize, input: Input<'_, '_>, cx: &mut Context) -> Option<Self>;

    /// What Python calls the type of the member at `position`.
    fn label(position: usize) -> Cow<'static, str>;
}

/// The input of a union, which several members read.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a, 'de>(&'a Content<'de>);

impl Input<'_, '_> {
    /// Reads the input as a `T`.
    pub fn decode<T: Decode>(self, field: &Field<T>, cx: &mut Context) -> Option<T> {
        if cx.form && T::FIELDS {
            let read = |own: &Content<'_>, cx: &mut Context| Input(own).decode(field, cx);
            return decode_form_member(self.0, |name| T::field(name), cx, read);
        }
        let source = IntoDeserializer::<value::Error>::into_deserializer(self.0);
        field.decode(cx, |cx| T::decode(source, cx)).ok().flatten()
    }
}

/// Reads a [`Union`]: its part of the input is buffered.
///
/// # Errors
/// Only when `source` itself is broken.
pub fn decode_untagged<'de, T: Union, D: Deserializer<'de>>(
    source: D,
    cx: &mut Context,
) -> Result<Option<T>, D::Error> {
    let content = Content::buffer(source)?;
    Ok(choose(Input(&content), cx))
}

/// What Python calls the type of a member.
#[must_use]
pub fn member_label<T: Decode>(field: &Field<T>) -> Cow<'static, str> {
    let name = T::label();
    if field.rules.bounds_numbers() { Cow::Owned(format!("constrained-{name}")) } else { name }
}

fn choose<T: Union>(input: Input<'_, '_>, cx: &mut Context) -> Option<T> {
    let start = cx.mark();
    let (exactness, fields_set, counts) = (cx.exactness, cx.fields_set, cx.counts_fields);
    let demands = cx.demands;
    let mut best: Option<(T, Exactness, Option<usize>)> = None;
    for position in 0..T::MEMBERS {
        let mark = cx.mark();
        (cx.exactness, cx.fields_set, cx.counts_fields, cx.demands) = (Exactness::Exact, None, true, demands);
        match T::read(position, input, cx) {
            Some(value) => {
                let found = (value, cx.exactness, cx.fields_set);
                if T::LEFT_TO_RIGHT || (found.1 == Exactness::Exact && found.2.is_none()) {
                    best = Some(found);
                    break;
                }
                if best.as_ref().is_none_or(|best| is_nearer(&found, best)) {
                    best = Some(found);
                }
            }
            None => cx.locate(mark, || Segment::Label(T::label(position))),
        }
    }
    (cx.exactness, cx.fields_set, cx.counts_fields) = (exactness, fields_set, counts);
    let (value, lowest, fields) = best?;
    cx.forget_since(start);
    cx.lower(lowest);
    if let Some(fields) = fields.filter(|_| counts) {
        cx.fields_set = Some(cx.fields_set.unwrap_or_default() + fields);
    }
    Some(value)
}

fn is_nearer<T>((_, exactness, fields): &(T, Exactness, Option<usize>), best: &(T, Exactness, Option<usize>)) -> bool {
    match (fields, best.2) {
        (Some(fields), Some(known)) if *fields != known => *fields > known,
        _ => *exactness > best.1,
    }
}
