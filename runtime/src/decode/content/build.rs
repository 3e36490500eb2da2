//! [`Content`] from any format of serde.

use std::{borrow::Cow, fmt};

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::{
    super::exact_numbers::{NUMBER, numbers_are_maps},
    Content, Entry,
};

impl<'de> Deserialize<'de> for Content<'de> {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        Buffer { exact: numbers_are_maps() }.deserialize(source)
    }
}

impl<'de> Content<'de> {
    /// Buffers a part of a walk, whose numbers are numbers already.
    pub(crate) fn buffer<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        Buffer::WALK.deserialize(source)
    }
}

/// How a value is buffered.
#[derive(Clone, Copy)]
pub(crate) struct Buffer {
    /// Whether serde_json's maps of numbers are numbers.
    exact: bool,
}

impl Buffer {
    /// Of a part of a walk.
    pub(crate) const WALK: Self = Self { exact: false };
}

impl<'de> DeserializeSeed<'de> for Buffer {
    type Value = Content<'de>;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Content<'de>, D::Error> {
        source.deserialize_any(ContentVisitor(self))
    }
}

struct ContentVisitor(Buffer);

impl<'de> Visitor<'de> for ContentVisitor {
    type Value = Content<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Content<'de>, E> {
        Ok(Content::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Content<'de>, E> {
        Ok(Content::I64(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Content<'de>, E> {
        Ok(i64::try_from(value).map_or(Content::U64(value), Content::I64))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Content<'de>, E> {
        Ok(Content::number(Cow::Owned(value.to_string())))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Content<'de>, E> {
        Ok(Content::number(Cow::Owned(value.to_string())))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Content<'de>, E> {
        Ok(Content::F64(value))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Content<'de>, E> {
        Ok(Content::Str(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Content<'de>, E> {
        Ok(Content::Str(Cow::Owned(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<Content<'de>, E> {
        Ok(Content::Str(Cow::Owned(text)))
    }

    fn visit_unit<E>(self) -> Result<Content<'de>, E> {
        Ok(Content::Null)
    }

    fn visit_none<E>(self) -> Result<Content<'de>, E> {
        Ok(Content::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, source: D) -> Result<Content<'de>, D::Error> {
        self.0.deserialize(source)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, source: D) -> Result<Content<'de>, D::Error> {
        self.0.deserialize(source)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Content<'de>, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = seq.next_element_seed(self.0)? {
            elements.push(element);
        }
        Ok(Content::Seq(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Content<'de>, A::Error> {
        let mut entries: Vec<Entry<'de>> = Vec::new();
        while let Some(Text(key)) = map.next_key()? {
            entries.push((key, map.next_value_seed(self.0)?));
        }
        let number = if self.0.exact { exact_number(&mut entries) } else { None };
        Ok(number.unwrap_or_else(|| Content::object(entries)))
    }
}

/// With serde_json's feature `arbitrary_precision`, which any crate of the user's may switch on, a number arrives as
/// an object of this one key and the number as text.
///
/// An object of the input that looks the same cannot be told from it; that is serde_json's way too.
pub(super) fn exact_number<'de>(entries: &mut [Entry<'de>]) -> Option<Content<'de>> {
    match entries {
        [(key, Content::Str(literal))] if key == NUMBER && is_number(literal) => {
            Some(Content::number(std::mem::take(literal)))
        }
        _ => None,
    }
}

/// Whether `text` is a number by JSON's grammar.
fn is_number(text: &str) -> bool {
    // Of what else `f64` reads, `inf` and `nan` have no digit; a plus and zeros in front do no harm.
    text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'))
        && text.parse::<f64>().is_ok()
}

/// Text of the input, borrowed where it can be; serde's own `Cow` always copies.
pub(crate) struct Text<'de>(pub(crate) Cow<'de, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        source.deserialize_str(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Owned(text.to_owned())))
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Owned(text)))
    }
}
