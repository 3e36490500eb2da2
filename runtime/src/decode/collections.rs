//! Lists and maps.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    fmt,
    hash::Hash,
    marker::PhantomData,
    mem,
};

use serde::de::{Deserializer, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess, Visitor, value};

use super::{
    Decode, Seed,
    content::Content,
    context::{Context, Demands, Exactness},
    issue::{ContextValue, Input, Issue, Segment},
    rules::{Container, Distinct, Measured, Repeating, Rules},
};
use crate::map_key::MapKey;

/// What a list is read into.
trait Sequence<T>: Default {
    /// What Pydantic calls it: the type of the fault, and the words.
    const WRONG: (&'static str, &'static str);
    /// Whether a list is something else than this.
    const CONVERTED: bool = true;
    fn push(&mut self, item: T);
}

impl<T> Sequence<T> for Vec<T> {
    const WRONG: (&'static str, &'static str) = ("list_type", "Input should be a valid list");
    const CONVERTED: bool = false;
    #[inline]
    fn push(&mut self, item: T) {
        self.push(item);
    }
}

impl<T: Eq + Hash> Sequence<T> for HashSet<T> {
    const WRONG: (&'static str, &'static str) = ("set_type", "Input should be a valid set");
    fn push(&mut self, item: T) {
        self.insert(item);
    }
}

impl<T: Ord> Sequence<T> for BTreeSet<T> {
    const WRONG: (&'static str, &'static str) = ("set_type", "Input should be a valid set");
    fn push(&mut self, item: T) {
        self.insert(item);
    }
}

/// Whether an item or a value satisfies what was declared of those of its container.
#[inline]
fn satisfies<T: Decode>(item: &T, demands: &Demands, cx: &mut Context) -> bool {
    demands.items.is_none_or(|rules| item.check(rules, cx))
}

struct SequenceVisitor<'c, C, T> {
    cx: &'c mut Context,
    of: PhantomData<(C, T)>,
}

impl<C: Sequence<T>, T: Decode> SequenceVisitor<'_, C, T> {
    #[cold]
    fn wrong(self) -> Option<C> {
        self.cx.refuse(Issue::new(C::WRONG.0, C::WRONG.1))
    }

    /// A name that was sent once is a list of one.
    #[cold]
    fn single(self, text: &str) -> Option<C> {
        if !self.cx.is_text() {
            return self.wrong();
        }
        let mark = self.cx.mark();
        let demands = mem::take(&mut self.cx.demands);
        let text: value::StrDeserializer<'_, value::Error> = text.into_deserializer();
        let item = T::decode(text, self.cx).ok().flatten();
        let item = item.filter(|item| satisfies(item, &demands, self.cx));
        self.cx.locate(mark, || Segment::Index(0));
        let mut all = C::default();
        all.push(item?);
        Some(all)
    }
}

macro_rules! refuse_scalars {
    ($value:ty) => {
        #[cold]
        fn visit_bool<E>(self, _: bool) -> Result<$value, E> {
            Ok(self.wrong())
        }
        #[cold]
        fn visit_i64<E>(self, _: i64) -> Result<$value, E> {
            Ok(self.wrong())
        }
        #[cold]
        fn visit_u64<E>(self, _: u64) -> Result<$value, E> {
            Ok(self.wrong())
        }
        #[cold]
        fn visit_i128<E>(self, _: i128) -> Result<$value, E> {
            Ok(self.wrong())
        }
        #[cold]
        fn visit_u128<E>(self, _: u128) -> Result<$value, E> {
            Ok(self.wrong())
        }
        #[cold]
        fn visit_f64<E>(self, _: f64) -> Result<$value, E> {
            Ok(self.wrong())
        }
        #[cold]
        fn visit_unit<E>(self) -> Result<$value, E> {
            Ok(self.wrong())
        }
    };
}
pub(super) use refuse_scalars;

impl<'de, C: Sequence<T>, T: Decode> Visitor<'de> for SequenceVisitor<'_, C, T> {
    type Value = Option<C>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    refuse_scalars!(Option<C>);

    #[cold]
    fn visit_str<E>(self, text: &str) -> Result<Option<C>, E> {
        Ok(self.single(text))
    }

    #[inline]
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Option<C>, A::Error> {
        let demands = mem::take(&mut self.cx.demands);
        if C::CONVERTED && !self.cx.is_text() {
            self.cx.lower(Exactness::Lax);
        }
        let mut all = C::default();
        let mut index = 0;
        let mut sound = true;
        loop {
            let mark = self.cx.mark();
            match seq.next_element_seed(Seed::<T>::new(self.cx))? {
                Some(Some(item)) if satisfies(&item, &demands, self.cx) => all.push(item),
                Some(_) => {
                    sound = false;
                    self.cx.locate(mark, || Segment::Index(index));
                    if demands.fail_fast {
                        while seq.next_element::<IgnoredAny>()?.is_some() {}
                        break;
                    }
                }
                None => break,
            }
            index += 1;
        }
        Ok(sound.then_some(all))
    }

    #[cold]
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Option<C>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(self.wrong())
    }
}

/// Checks the number of items. Sets and maps do not say how many there were beyond the maximum: nor does Pydantic.
#[inline]
fn check_length(len: usize, kind: &'static str, rules: &Rules, cx: &mut Context) -> bool {
    match rules {
        Rules { min_length: Some(min), .. } if len < *min => {
            cx.report(length_issue("too_short", kind, *min, len));
            false
        }
        Rules { max_length: Some(max), .. } if len > *max => {
            cx.report(length_issue("too_long", kind, *max, len));
            false
        }
        _ => true,
    }
}

#[cold]
fn length_issue(fault: &'static str, kind: &'static str, bound: usize, len: usize) -> Issue {
    let s = if bound == 1 { "" } else { "s" };
    let (words, key) = match fault {
        "too_short" => ("at least", "min_length"),
        _ => ("at most", "max_length"),
    };
    let counted = fault == "too_short" || kind == "List";
    let shown = if counted { len.to_string() } else { "more".to_owned() };
    Issue::new(fault, format!("{kind} should have {words} {bound} item{s} after validation, not {shown}"))
        .with("field_type", ContextValue::Text(Cow::Borrowed(kind)))
        .with(key, ContextValue::Integer(bound as i128))
        .with("actual_length", if counted { ContextValue::Integer(len as i128) } else { ContextValue::Null })
}

macro_rules! sequence {
    ($type:ident $kind:literal $(: $bound:ident $(+ $more:ident)*)?) => {
        impl<T: Decode $(+ $bound $(+ $more)*)?> Decode for $type<T> {
            const SEVERAL: bool = true;
            const FILES: bool = T::FILES;

            fn type_name() -> Cow<'static, str> {
                Cow::Owned(format!("{}[{}]", $kind.to_lowercase(), T::type_name()))
            }

            fn label() -> Cow<'static, str> {
                Cow::Owned(format!("{}[{}]", $kind.to_lowercase(), T::label()))
            }

            #[inline]
            fn decode<'de, D: Deserializer<'de>>(source: D, cx: &mut Context) -> Result<Option<Self>, D::Error> {
                source.deserialize_any(SequenceVisitor { cx, of: PhantomData })
            }

            #[inline]
            fn check(&self, rules: &Rules, cx: &mut Context) -> bool {
                check_length(self.len(), $kind, rules, cx)
            }
        }

        impl<T> Measured for $type<T> {}

        impl<T> Container for $type<T> {
            type Item = T;
        }
    };
}
sequence!(Vec "List");
sequence!(HashSet "Set": Eq + Hash);
sequence!(BTreeSet "Set": Ord);

impl<T: Distinct> Repeating for Vec<T> {
    fn repeats(&self) -> bool {
        let mut seen = HashSet::with_capacity(self.len());
        self.iter().any(|item| !seen.insert(item))
    }
}

/// What an object of any keys is read into.
trait Mapping<K, V>: Default {
    fn put(&mut self, key: K, value: V);
}

impl<K: Eq + Hash, V> Mapping<K, V> for HashMap<K, V> {
    fn put(&mut self, key: K, value: V) {
        self.insert(key, value);
    }
}

impl<K: Ord, V> Mapping<K, V> for BTreeMap<K, V> {
    fn put(&mut self, key: K, value: V) {
        self.insert(key, value);
    }
}

struct MappingVisitor<'c, C, K, V> {
    cx: &'c mut Context,
    of: PhantomData<(C, K, V)>,
}

impl<C, K, V> MappingVisitor<'_, C, K, V> {
    #[cold]
    fn wrong(self) -> Option<C> {
        self.cx.refuse(Issue::new("dict_type", "Input should be a valid dictionary"))
    }
}

impl<'de, C: Mapping<K, V>, K: Decode, V: Decode> Visitor<'de> for MappingVisitor<'_, C, K, V> {
    type Value = Option<C>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    refuse_scalars!(Option<C>);

    #[cold]
    fn visit_str<E>(self, _: &str) -> Result<Option<C>, E> {
        Ok(self.wrong())
    }

    #[cold]
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Option<C>, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(self.wrong())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Option<C>, A::Error> {
        let cx = self.cx;
        let demands = mem::take(&mut cx.demands);
        let start = cx.mark();
        let mut all = C::default();
        let mut sound = true;
        while let Some(text) = map.next_key::<Cow<'de, str>>()? {
            if cx.mark() != start {
                // The same key again: what was wrong with the earlier value no longer counts.
                cx.forget(start, &text);
            }
            let mark = cx.mark();
            let key_text: value::StrDeserializer<'_, value::Error> = (*text).into_deserializer();
            let key = K::decode(key_text, cx).ok().flatten();
            for issue in cx.since(mark) {
                issue.input = Input::Known(Content::Str(Cow::Owned(text.clone().into_owned())));
                issue.location.push(Segment::Label(Cow::Borrowed("[key]")));
            }
            let value = map.next_value_seed(Seed::<V>::new(cx))?;
            let value = value.filter(|value| satisfies(value, &demands, cx));
            cx.locate(mark, || Segment::Key(Cow::Owned(text.into_owned())));
            match (key, value) {
                (Some(key), Some(value)) => all.put(key, value),
                _ => sound = false,
            }
        }
        // A faulty entry whose key came again is forgotten, and so is its fault.
        Ok((sound || cx.mark() == start).then_some(all))
    }
}

macro_rules! mapping {
    ($type:ident: $bound:ident $(+ $more:ident)*) => {
        impl<K: MapKey + Decode + $bound $(+ $more)*, V: Decode> Decode for $type<K, V> {
            fn type_name() -> Cow<'static, str> {
                Cow::Owned(format!("dict[{},{}]", K::type_name(), V::type_name()))
            }

            fn label() -> Cow<'static, str> {
                Cow::Owned(format!("dict[{},{}]", K::label(), V::label()))
            }

            fn decode<'de, D: Deserializer<'de>>(source: D, cx: &mut Context) -> Result<Option<Self>, D::Error> {
                source.deserialize_any(MappingVisitor { cx, of: PhantomData::<(_, K, V)> })
            }

            #[inline]
            fn check(&self, rules: &Rules, cx: &mut Context) -> bool {
                check_length(self.len(), "Dictionary", rules, cx)
            }
        }

        impl<K, V> Measured for $type<K, V> {}

        impl<K, V> Container for $type<K, V> {
            type Item = V;
        }
    };
}
mapping!(HashMap: Eq + Hash);
mapping!(BTreeMap: Ord);
