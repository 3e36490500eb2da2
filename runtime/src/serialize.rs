//! Models, written by serde: their fields one by one, and members of tagged unions with their tag in front.

use crate::{decode::Record, openapi::Describe};
use serde::ser::{Error, Impossible, Serialize, SerializeMap, SerializeStruct, Serializer};

/// Writes a model.
///
/// # Errors
/// What the serializer reports.
pub fn serialize_record<T: Record, S: Serializer>(
    record: &T,
    name: &'static str,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut object = serializer.serialize_struct(name, T::LEN)?;
    record.write(Object::new(&mut object)).end()?;
    object.end()
}

/// Fields as the entries of a map: of a model that keeps undeclared fields too.
#[derive(Debug)]
pub struct Entries<'m, M>(&'m mut M);

impl<'m, M: SerializeMap> Entries<'m, M> {
    /// Writes into `map`.
    pub const fn new(map: &'m mut M) -> Self {
        Self(map)
    }
}

impl<M: SerializeMap> SerializeStruct for Entries<'_, M> {
    type Ok = ();
    type Error = M::Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), M::Error> {
        self.0.serialize_entry(name, value)
    }

    fn end(self) -> Result<(), M::Error> {
        Ok(())
    }
}

/// Fields that are being written into an object: the first fault is kept until the end.
///
/// Generated code calls one method for each field; with `?` after each it would cost the compiler twice as much.
#[derive(Debug)]
pub struct Object<'o, S: SerializeStruct> {
    object: &'o mut S,
    written: Result<(), S::Error>,
}

impl<'o, S: SerializeStruct> Object<'o, S> {
    /// Begins.
    #[inline]
    pub const fn new(object: &'o mut S) -> Self {
        Self { object, written: Ok(()) }
    }

    /// A field, unless it is a [`Patch`](crate::Patch) that is unset.
    #[inline]
    #[must_use]
    pub fn field<T: Serialize + Describe>(mut self, name: &'static str, value: &T) -> Self {
        if value.is_unset() {
            if self.written.is_ok() {
                self.written = self.object.skip_field(name);
            }
            return self;
        }
        self.computed(name, value)
    }

    /// What is no field: a tag, or what a method computes.
    #[inline]
    #[must_use]
    pub fn computed<T: Serialize + ?Sized>(mut self, name: &'static str, value: &T) -> Self {
        if self.written.is_ok() {
            self.written = self.object.serialize_field(name, value);
        }
        self
    }

    /// Ends.
    ///
    /// # Errors
    /// The first fault.
    #[inline]
    pub fn end(self) -> Result<(), S::Error> {
        self.written
    }
}

/// Writes a member that is a type of its own, with the union's tag as its first field.
///
/// # Errors
/// What the serializer reports; a member that is no object.
pub(crate) fn serialize_member<T: Serialize, S: Serializer>(
    serializer: S,
    tag: &'static str,
    name: &'static str,
    value: &T,
) -> Result<S::Ok, S::Error> {
    value.serialize(Tagged { tag, name, serializer })
}

struct Tagged<S> {
    tag: &'static str,
    name: &'static str,
    serializer: S,
}

impl<S: Serializer> Tagged<S> {
    fn no_object<T>(self) -> Result<T, S::Error> {
        Err(S::Error::custom(format_args!("the member `{}` of a tagged union is no object", self.name)))
    }
}

/// Everything but objects is refused: only an object can hold a tag.
macro_rules! refuse {
    ($($method:ident($($argument:ty),*))*) => {$(
        fn $method(self, $(_: $argument),*) -> Result<S::Ok, S::Error> {
            self.no_object()
        }
    )*};
}

impl<S: Serializer> Serializer for Tagged<S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Impossible<S::Ok, S::Error>;
    type SerializeTuple = Impossible<S::Ok, S::Error>;
    type SerializeTupleStruct = Impossible<S::Ok, S::Error>;
    type SerializeTupleVariant = Impossible<S::Ok, S::Error>;
    type SerializeMap = S::SerializeMap;
    type SerializeStruct = S::SerializeStruct;
    type SerializeStructVariant = Impossible<S::Ok, S::Error>;

    refuse! {
        serialize_bool(bool) serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64) serialize_f32(f32)
        serialize_f64(f64) serialize_char(char) serialize_str(&str) serialize_bytes(&[u8]) serialize_none()
        serialize_unit() serialize_unit_variant(&'static str, u32, &'static str)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<S::Ok, S::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<S::Ok, S::Error> {
        self.no_object()
    }

    fn serialize_unit_struct(self, name: &'static str) -> Result<S::Ok, S::Error> {
        self.serialize_struct(name, 0)?.end()
    }

    fn serialize_struct(self, name: &'static str, len: usize) -> Result<S::SerializeStruct, S::Error> {
        let mut fields = self.serializer.serialize_struct(name, len + 1)?;
        fields.serialize_field(self.tag, self.name)?;
        Ok(fields)
    }

    fn serialize_map(self, len: Option<usize>) -> Result<S::SerializeMap, S::Error> {
        let mut map = self.serializer.serialize_map(len.map(|len| len + 1))?;
        map.serialize_entry(self.tag, self.name)?;
        Ok(map)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, S::Error> {
        self.no_object()
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, S::Error> {
        self.no_object()
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, S::Error> {
        self.no_object()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, S::Error> {
        self.no_object()
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, S::Error> {
        self.no_object()
    }
}
