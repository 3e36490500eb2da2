//! `Option`, boxes, and values of any kind.

use std::{borrow::Cow, fmt, marker::PhantomData, sync::Arc};

use serde::de::{Deserializer, Visitor};

use super::{
    Decode, Extra,
    context::Context,
    rules::{Container, Decimals, Floating, Measured, Multiple, Ordered, Repeating, Rules, Textual},
    string::check_text,
};

impl<T: Decode> Decode for Option<T> {
    const FIELDS: bool = T::FIELDS;
    const EXTRA: Extra = T::EXTRA;
    const FORM: bool = T::FORM;
    const FILES: bool = T::FILES;
    const SECRET: bool = T::SECRET;
    const SEVERAL: bool = T::SEVERAL;

    fn field(name: &str) -> Option<(usize, bool)> {
        T::field(name)
    }

    fn field_name(position: usize) -> Option<(&'static str, bool)> {
        T::field_name(position)
    }

    fn type_name() -> Cow<'static, str> {
        Cow::Owned(format!("nullable[{}]", T::type_name()))
    }

    fn label() -> Cow<'static, str> {
        Cow::Owned(format!("nullable[{}]", T::label()))
    }

    #[inline]
    fn decode<'de, D: Deserializer<'de>>(source: D, cx: &mut Context) -> Result<Option<Self>, D::Error> {
        source.deserialize_option(OptionVisitor { cx, of: PhantomData })
    }

    #[inline]
    fn when_missing() -> Option<Self> {
        Some(None)
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn check(&self, rules: &Rules, cx: &mut Context) -> bool {
        self.as_ref().is_none_or(|value| value.check(rules, cx))
    }
}

struct OptionVisitor<'c, T> {
    cx: &'c mut Context,
    of: PhantomData<T>,
}

impl<'de, T: Decode> Visitor<'de> for OptionVisitor<'_, T> {
    type Value = Option<Option<T>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    #[inline]
    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(Some(None))
    }

    #[inline]
    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Some(None))
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, source: D) -> Result<Self::Value, D::Error> {
        Ok(T::decode(source, self.cx)?.map(Some))
    }
}

macro_rules! transparent {
    ($($type:ident)*) => {$(
        impl<T: Decode> Decode for $type<T> {
            const FIELDS: bool = T::FIELDS;
            const EXTRA: Extra = T::EXTRA;
            const FORM: bool = T::FORM;
            const FILES: bool = T::FILES;
            const SECRET: bool = T::SECRET;
            const SEVERAL: bool = T::SEVERAL;

            fn field(name: &str) -> Option<(usize, bool)> {
                T::field(name)
            }

            fn field_name(position: usize) -> Option<(&'static str, bool)> {
                T::field_name(position)
            }

            fn type_name() -> Cow<'static, str> {
                T::type_name()
            }

            fn label() -> Cow<'static, str> {
                T::label()
            }

            #[inline]
            fn decode<'de, D: Deserializer<'de>>(source: D, cx: &mut Context) -> Result<Option<Self>, D::Error> {
                Ok(T::decode(source, cx)?.map($type::new))
            }

            #[inline]
            fn when_missing() -> Option<Self> {
                T::when_missing().map($type::new)
            }

            #[cfg_attr(not(debug_assertions), inline(always))]
            fn check(&self, rules: &Rules, cx: &mut Context) -> bool {
                T::check(self, rules, cx)
            }
        }
        forward!($type);
    )*};
}

macro_rules! forward {
    ($type:ident) => {
        impl<T: Ordered> Ordered for $type<T> {
            const BY_TEXT: bool = T::BY_TEXT;
        }
        impl<T: Multiple> Multiple for $type<T> {}
        impl<T: Measured> Measured for $type<T> {}
        impl<T: Textual> Textual for $type<T> {}
        impl<T: Floating> Floating for $type<T> {}
        impl<T: Decimals> Decimals for $type<T> {}
    };
}
transparent!(Box Arc);
forward!(Option);

impl<T: Container> Container for Option<T> {
    type Item = T::Item;
}

impl<T: Repeating> Repeating for Option<T> {
    fn repeats(&self) -> bool {
        self.as_ref().is_some_and(Repeating::repeats)
    }
}

impl Decode for Cow<'static, str> {
    fn decode<'de, D: Deserializer<'de>>(source: D, cx: &mut Context) -> Result<Option<Self>, D::Error> {
        Ok(String::decode(source, cx)?.map(Cow::Owned))
    }

    fn check(&self, rules: &Rules, cx: &mut Context) -> bool {
        check_text(self, rules, cx)
    }

    fn type_name() -> Cow<'static, str> {
        String::type_name()
    }
}

impl Measured for Cow<'static, str> {}
impl Textual for Cow<'static, str> {}
