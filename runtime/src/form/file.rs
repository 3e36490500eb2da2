//! [`File`]: what an argument that reads files may be.

use std::{borrow::Cow, fmt};

use bytes::Bytes;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::UploadFile;
use crate::{
    decode::{Context, ContextValue, Decode, Field, Issue, file_of},
    dependency::Resolving,
    openapi::{Components, Describe, Place, Schema},
    operation::{Call, Description, Parameter},
    types::TextBytes,
};

/// What an argument of `#[file]` may be: [`UploadFile`], or [`Bytes`] where all of a file is wanted in memory; an
/// `Option` or a `Vec` of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a file",
    label = "no file of a form is read into this",
    note = "take `UploadFile`, which is on disk where it is large, or `versify::Bytes`; or an `Option` or a `Vec` of them"
)]
pub trait File: Decode + Describe + Send + 'static {
    /// Whether its bytes are wanted in memory.
    const IN_MEMORY: bool;

    /// Says in the document what is read.
    fn describe_file(field: &Field<Self>, description: &mut Description<'_>) {
        description.file(field);
    }

    /// Takes it out of the call. `None`: it was wrong, and the call knows why.
    ///
    /// In a box: so generated code waits for something whose type is known, whatever `Self` is.
    fn take<'c>(field: &'c Field<Self>, call: &'c mut Call) -> Resolving<'c, Self> {
        Box::pin(call.file(field))
    }
}

impl File for UploadFile {
    const IN_MEMORY: bool = false;
}

impl File for Bytes {
    const IN_MEMORY: bool = true;
}

impl File for TextBytes {
    const IN_MEMORY: bool = true;
}

impl<T: File> File for Option<T> {
    const IN_MEMORY: bool = T::IN_MEMORY;
}

impl<T: File> File for Vec<T> {
    const IN_MEMORY: bool = T::IN_MEMORY;
}

impl Decode for UploadFile {
    const FILES: bool = true;

    fn decode<'de, D: Deserializer<'de>>(source: D, cx: &mut Context) -> Result<Option<Self>, D::Error> {
        source.deserialize_any(FileVisitor(cx))
    }

    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed("UploadFile")
    }
}

impl Describe for UploadFile {
    fn describe(_: &mut Components) -> Schema {
        Schema { content_media_type: Some("application/octet-stream"), ..Schema::string() }
    }
}

impl Parameter for UploadFile {
    const PLACE: Place = Place::Body;
}

struct FileVisitor<'c>(&'c mut Context);

impl FileVisitor<'_> {
    #[cold]
    fn wrong(self, python_type: &str) -> Option<UploadFile> {
        let message = format!("Value error, Expected UploadFile, received: <class '{python_type}'>");
        self.0.refuse(Issue::new("value_error", message).with("error", ContextValue::Object))
    }
}

impl<'de> Visitor<'de> for FileVisitor<'_> {
    type Value = Option<UploadFile>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a file")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(self.wrong("bool"))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(self.wrong("int"))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(self.wrong("int"))
    }

    fn visit_i128<E>(self, _: i128) -> Result<Self::Value, E> {
        Ok(self.wrong("int"))
    }

    fn visit_u128<E>(self, _: u128) -> Result<Self::Value, E> {
        Ok(self.wrong("int"))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(self.wrong("float"))
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(self.wrong("str"))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(self.wrong("NoneType"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(self.wrong("list"))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        match file_of(map, self.0)? {
            Some(file) => Ok(Some(file)),
            None => Ok(self.wrong("dict")),
        }
    }
}
