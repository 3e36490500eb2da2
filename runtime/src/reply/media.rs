//! [`media_type!`](crate::media_type): answers that are text or bytes of a media type.

use bytes::Bytes;
use poem::{
    Body, Response,
    http::{HeaderValue, StatusCode, header::CONTENT_TYPE},
};

use crate::{
    http_error::without_content,
    openapi::Schema,
    operation::{Description, Reply},
};

/// Declares a type whose values are answers of a media type.
///
/// It wraps whatever becomes bytes: `String`, `&'static str`, `Vec<u8>`, [`Bytes`](crate::Bytes). A media type
/// `text/..` gets `; charset=utf-8` on the wire, as in FastAPI.
///
/// ```
/// use versify::prelude::*;
///
/// versify::media_type! {
///     /// A table.
///     pub Csv = "text/csv";
/// }
///
/// #[get("/table")]
/// async fn table() -> Csv<String> {
///     Csv("a,b\n1,2\n".to_owned())
/// }
/// ```
#[macro_export]
macro_rules! media_type {
    ($($(#[$attribute:meta])* $visibility:vis $name:ident = $media_type:literal;)+) => {$(
        $(#[$attribute])*
        #[derive(Debug, Clone)]
        $visibility struct $name<T = ::std::string::String>(pub T);

        impl<T: ::core::convert::Into<$crate::Bytes>> $crate::Reply for $name<T> {
            fn reply(self, status: $crate::poem::http::StatusCode) -> $crate::poem::Response {
                $crate::__private::media_response(status, $media_type, self.0.into())
            }

            fn describe(
                description: &mut $crate::operation::Description<'_>,
                status: $crate::poem::http::StatusCode,
            ) {
                $crate::__private::describe_media(description, status, $media_type);
            }
        }

        impl<T: ::core::convert::Into<$crate::Bytes> + ::core::marker::Send> $crate::poem::IntoResponse for $name<T> {
            fn into_response(self) -> $crate::poem::Response {
                $crate::Reply::reply(self, $crate::poem::http::StatusCode::OK)
            }
        }
    )+};
}

media_type! {
    /// HTML.
    ///
    /// ```
    /// use versify::{Html, prelude::*};
    ///
    /// #[get("/")]
    /// async fn home() -> Html<&'static str> {
    ///     Html("<h1>Hello</h1>")
    /// }
    /// ```
    pub Html = "text/html";

    /// Plain text. (A `String` by itself is a JSON string.)
    ///
    /// ```
    /// use versify::{Text, prelude::*};
    ///
    /// #[get("/")]
    /// async fn hello() -> Text<&'static str> {
    ///     Text("Hello World")
    /// }
    /// ```
    pub Text = "text/plain";

    /// XML.
    pub Xml = "application/xml";
}

/// Answers with bytes of a media type.
#[must_use]
pub fn media_response(status: StatusCode, media_type: &'static str, bytes: Bytes) -> Response {
    if without_content(status) {
        return Response::builder().status(status).finish();
    }
    let mut response = Response::builder().status(status).body(Body::from_bytes(bytes));
    response.headers_mut().insert(CONTENT_TYPE, content_type(media_type));
    response
}

/// The header field for a media type: text is UTF-8.
pub(super) fn content_type(media_type: &str) -> HeaderValue {
    let is_text = media_type.starts_with("text/") && !media_type.to_ascii_lowercase().contains("charset=");
    let text = if is_text { format!("{media_type}; charset=utf-8") } else { media_type.to_owned() };
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static("application/octet-stream"))
}

/// Says in the document that an answer is text or bytes.
pub fn describe_media(description: &mut Description<'_>, status: StatusCode, media_type: &str) {
    description.response(status, vec![(media_type.to_owned(), Schema::string())]);
}

/// Bytes are `application/octet-stream`.
impl Reply for Bytes {
    fn reply(self, status: StatusCode) -> Response {
        media_response(status, "application/octet-stream", self)
    }

    fn describe(description: &mut Description<'_>, status: StatusCode) {
        let schema = Schema { content_media_type: Some("application/octet-stream"), ..Schema::string() };
        description.response(status, vec![("application/octet-stream".to_owned(), schema)]);
    }
}
