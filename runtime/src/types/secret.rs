//! [`Secret`]: values that are never shown.

use std::fmt;

use serde::{Deserializer, Serialize, Serializer};

use crate::{
    decode::{Context, Decode, MASK, Measured, Rules, Textual},
    openapi::{Components, Describe, Place, Schema},
    operation::{Description, Parameter, Reply, reply_json},
};

/// A password, a key: read like the value in it, and then shown as `**********` in logs, in answers and in the input
/// that the errors of a request quote.
///
/// ```
/// use versify::{prelude::*, types::Secret};
///
/// #[model]
/// #[derive(Debug)]
/// struct Login {
///     name: String,
///     #[field(min_length = 8)]
///     password: Secret<String>,
/// }
///
/// let login = Login { name: "ann".into(), password: Secret::new("correct horse".into()) };
/// assert_eq!(format!("{login:?}"), r#"Login { name: "ann", password: ********** }"#);
/// assert_eq!(login.password.expose(), "correct horse");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Secret<T>(T);

impl<T> Secret<T> {
    /// Hides a value.
    #[must_use]
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value.
    #[must_use]
    pub const fn expose(&self) -> &T {
        &self.0
    }

    /// The value.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> From<T> for Secret<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

impl<T> fmt::Display for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

impl<T> Serialize for Secret<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(MASK)
    }
}

impl<T: Decode> Decode for Secret<T> {
    const SECRET: bool = true;
    const SEVERAL: bool = T::SEVERAL;

    fn decode<'de, D: Deserializer<'de>>(source: D, cx: &mut Context) -> Result<Option<Self>, D::Error> {
        let mark = cx.mark();
        let value = T::decode(source, cx)?.map(Self);
        cx.hide_inputs(mark);
        Ok(value)
    }

    fn when_missing() -> Option<Self> {
        T::when_missing().map(Self)
    }

    fn check(&self, rules: &Rules, cx: &mut Context) -> bool {
        let mark = cx.mark();
        let sound = self.0.check(rules, cx);
        cx.hide_inputs(mark);
        sound
    }
}

impl<T: Measured> Measured for Secret<T> {}
impl<T: Textual> Textual for Secret<T> {}

impl<T: Describe> Describe for Secret<T> {
    fn describe(components: &mut Components) -> Schema {
        Schema { format: Some("password"), write_only: true, ..T::describe(components) }
    }
}

impl<T: Parameter> Parameter for Secret<T> {
    const PLACE: Place = T::PLACE;
}

impl<T: Describe> Reply for Secret<T> {
    fn reply(self, status: poem::http::StatusCode) -> poem::Response {
        reply_json(&self, status)
    }

    fn describe(description: &mut Description<'_>, status: poem::http::StatusCode) {
        description.json_response::<Self>(status);
    }
}
