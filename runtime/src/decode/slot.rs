//! [`Slot`]: a field's value while its record is being read.

use serde::de::MapAccess;

use super::{Decode, Field, Seed, context::Context};

/// A field's value while its record is being read.
#[derive(Debug, Default)]
pub enum Slot<T> {
    /// Not met yet.
    #[default]
    Absent,
    /// Met, and wrong.
    Faulty,
    /// Read.
    Value(T),
}

impl<T: Decode> Slot<T> {
    /// Reads the value that `map` offers. `start` is the mark at which the record began.
    ///
    /// It is made for each field anew: what is not declared of a field costs nothing.
    ///
    /// # Errors
    /// Only when the input itself is broken.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn read<'de, A: MapAccess<'de>>(
        &mut self,
        field: &Field<T>,
        map: &mut A,
        cx: &mut Context,
        start: usize,
    ) -> Result<(), A::Error> {
        if matches!(self, Self::Absent) {
            cx.count_field();
        } else {
            self.forget(field, cx, start);
        }
        field.keep_secret(cx);
        let mark = cx.mark();
        let value = field.decode(cx, |cx| map.next_value_seed(Seed::<T>::new(cx)))?;
        // It is empty: there is nothing to drop.
        std::mem::forget(std::mem::replace(self, value.map_or(Self::Faulty, Self::Value)));
        if cx.mark() != mark {
            field.locate(cx, mark);
        }
        Ok(())
    }

    /// The same key again: the last one counts, as in Python.
    #[cold]
    fn forget(&mut self, field: &Field<T>, cx: &mut Context, start: usize) {
        cx.forget(start, field.name);
        *self = Self::Absent;
    }

    /// The value, its default, or the fault that it is missing.
    #[inline]
    pub fn finish(self, field: &Field<T>, cx: &mut Context) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Faulty => None,
            Self::Absent => field.missing(cx),
        }
    }

    /// Whether the value was sent.
    #[inline]
    pub(super) const fn is_sent(&self) -> bool {
        !matches!(self, Self::Absent)
    }
}
