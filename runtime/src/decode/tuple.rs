//! Tuples and arrays: lists of a known length.

use std::{borrow::Cow, fmt, marker::PhantomData};

use serde::de::{Deserializer, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess, Visitor, value};

use super::{
    Decode, Seed,
    collections::refuse_scalars,
    context::{Context, Exactness},
    issue::{ContextValue, Issue, Segment},
};

/// Elements that are read one after the other.
trait Elements: Sized {
    type Slots: Default;
    const LEN: usize;
    /// Reads the element at `position`; `None` if there is no more.
    fn read<'de, A: SeqAccess<'de>>(
        slots: &mut Self::Slots,
        position: usize,
        seq: &mut A,
        cx: &mut Context,
    ) -> Result<Option<()>, A::Error>;
    fn finish(slots: Self::Slots) -> Option<Self>;
}

fn decode<'de, T: Elements, D: Deserializer<'de>>(source: D, cx: &mut Context) -> Result<Option<T>, D::Error> {
    source.deserialize_any(ElementsVisitor { cx, of: PhantomData })
}

struct ElementsVisitor<'c, T> {
    cx: &'c mut Context,
    of: PhantomData<T>,
}

impl<T> ElementsVisitor<'_, T> {
    #[cold]
    fn wrong(self) -> Option<T> {
        self.cx.refuse(Issue::new("tuple_type", "Input should be a valid tuple"))
    }
}

impl<'de, T: Elements> Visitor<'de> for ElementsVisitor<'_, T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list of {}", T::LEN)
    }

    refuse_scalars!(Option<T>);

    #[cold]
    fn visit_str<E>(self, text: &str) -> Result<Option<T>, E> {
        if !self.cx.is_text() {
            return Ok(self.wrong());
        }
        // A name that was sent once is a list of one.
        let one: value::SeqDeserializer<_, value::Error> = value::SeqDeserializer::new(std::iter::once(text));
        Ok(one.into_deserializer().deserialize_any(self).ok().flatten())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Option<T>, A::Error> {
        let cx = self.cx;
        cx.demands = super::context::Demands::NONE;
        cx.lower(Exactness::Lax);
        let start = cx.mark();
        let mut slots = T::Slots::default();
        for position in 0..T::LEN {
            let mark = cx.mark();
            if T::read(&mut slots, position, &mut seq, cx)?.is_none() {
                for position in position..T::LEN {
                    let mark = cx.mark();
                    cx.report(Issue::new("missing", "Field required").of_parent());
                    cx.locate(mark, || Segment::Index(position));
                }
                return Ok(None);
            }
            cx.locate(mark, || Segment::Index(position));
        }
        let mut surplus = 0;
        while seq.next_element::<IgnoredAny>()?.is_some() {
            surplus += 1;
        }
        if surplus > 0 {
            // Pydantic counts first, and then looks at no element.
            cx.forget_since(start);
            cx.report(too_long(T::LEN, T::LEN + surplus));
        }
        Ok(if cx.mark() == start { T::finish(slots) } else { None })
    }

    #[cold]
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Option<T>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(self.wrong())
    }
}

#[cold]
fn too_long(max: usize, len: usize) -> Issue {
    let s = if max == 1 { "" } else { "s" };
    Issue::new("too_long", format!("Tuple should have at most {max} item{s} after validation, not {len}"))
        .with("field_type", ContextValue::Text(Cow::Borrowed("Tuple")))
        .with("max_length", ContextValue::Integer(max as i128))
        .with("actual_length", ContextValue::Integer(len as i128))
}

fn read_element<'de, T: Decode, A: SeqAccess<'de>>(
    slot: &mut Option<T>,
    seq: &mut A,
    cx: &mut Context,
) -> Result<Option<()>, A::Error> {
    Ok(seq.next_element_seed(Seed::<T>::new(cx))?.map(|value| *slot = value))
}

macro_rules! tuple {
    ($len:literal: $($name:ident $position:tt),+) => {
        impl<$($name: Decode),+> Elements for ($($name,)+) {
            type Slots = ($(Option<$name>,)+);
            const LEN: usize = $len;

            fn read<'de, Access: SeqAccess<'de>>(
                slots: &mut Self::Slots,
                position: usize,
                seq: &mut Access,
                cx: &mut Context,
            ) -> Result<Option<()>, Access::Error> {
                match position {
                    $($position => read_element(&mut slots.$position, seq, cx),)+
                    _ => Ok(None),
                }
            }

            fn finish(slots: Self::Slots) -> Option<Self> {
                Some(($(slots.$position?,)+))
            }
        }

        impl<$($name: Decode),+> Decode for ($($name,)+) {
            const SEVERAL: bool = true;

            fn decode<'de, Source: Deserializer<'de>>(
                source: Source,
                cx: &mut Context,
            ) -> Result<Option<Self>, Source::Error> {
                decode(source, cx)
            }

            fn type_name() -> Cow<'static, str> {
                Cow::Owned(format!("tuple[{}]", [$($name::type_name()),+].join(", ")))
            }
        }
    };
}
tuple!(1: A 0);
tuple!(2: A 0, B 1);
tuple!(3: A 0, B 1, C 2);
tuple!(4: A 0, B 1, C 2, D 3);
tuple!(5: A 0, B 1, C 2, D 3, E 4);
tuple!(6: A 0, B 1, C 2, D 3, E 4, F 5);
tuple!(7: A 0, B 1, C 2, D 3, E 4, F 5, G 6);
tuple!(8: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);

impl<T: Decode, const N: usize> Elements for [T; N] {
    type Slots = Vec<Option<T>>;
    const LEN: usize = N;

    fn read<'de, A: SeqAccess<'de>>(
        slots: &mut Self::Slots,
        _: usize,
        seq: &mut A,
        cx: &mut Context,
    ) -> Result<Option<()>, A::Error> {
        let mut slot = None;
        let read = read_element(&mut slot, seq, cx)?;
        slots.push(slot);
        Ok(read)
    }

    fn finish(slots: Self::Slots) -> Option<Self> {
        let values: Vec<T> = slots.into_iter().collect::<Option<_>>()?;
        values.try_into().ok()
    }
}

impl<T: Decode, const N: usize> Decode for [T; N] {
    const SEVERAL: bool = true;

    fn decode<'de, D: Deserializer<'de>>(source: D, cx: &mut Context) -> Result<Option<Self>, D::Error> {
        decode(source, cx)
    }

    fn type_name() -> Cow<'static, str> {
        Cow::Owned(format!("tuple[{}]", vec![T::type_name(); N].join(", ")))
    }
}
