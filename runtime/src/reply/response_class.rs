//! [`ResponseClass`]: how answers are written that are JSON otherwise.

use bytes::Bytes;
use poem::{
    Body, Response,
    http::header::{CONTENT_LENGTH, CONTENT_TYPE},
};

use super::media::content_type;
use crate::operation::{is_json_response, is_raised, take_bytes};

/// How the answers of operations are written that are JSON otherwise: another media type, another form.
///
/// An app has one for all its operations, or a router for its own, or an operation; the nearest counts. It concerns
/// what functions return that is written as JSON. Errors stay as they are, and so do answers that have a form of their
/// own: `Html`, files, poem's `Response`.
///
/// ```
/// use versify::{Bytes, ResponseClass, prelude::*};
///
/// /// JSON as <https://jsonapi.org> calls it.
/// struct JsonApi;
///
/// impl ResponseClass for JsonApi {
///     const MEDIA_TYPE: &'static str = "application/vnd.api+json";
/// }
///
/// /// JSON that people read.
/// struct Indented;
///
/// impl ResponseClass for Indented {
///     const MEDIA_TYPE: &'static str = "application/json";
///
///     fn render(json: Bytes) -> Bytes {
///         let value: Result<Value, _> = versify::serde_json::from_slice(&json);
///         value.map_or(json, |value| format!("{value:#}\n").into())
///     }
/// }
///
/// #[get("/items")]
/// async fn read_items() -> Vec<String> {
///     vec!["Portal Gun".to_owned()]
/// }
///
/// #[get("/status", response_class = Indented)]
/// async fn status() -> Value {
///     json!({"ready": true})
/// }
///
/// let app = App::new("Shop", "1.0.0").default_response_class::<JsonApi>().routes(routes![read_items, status]);
/// # app.build().unwrap();
/// ```
pub trait ResponseClass: 'static {
    /// What `Content-Type` says, and the document.
    const MEDIA_TYPE: &'static str;

    /// Writes the JSON of an answer in its own way.
    #[must_use]
    fn render(json: Bytes) -> Bytes {
        json
    }
}

/// A [`ResponseClass`] as a value.
#[derive(Debug, Clone, Copy)]
pub struct Class {
    media_type: &'static str,
    render: fn(Bytes) -> Bytes,
}

impl Class {
    /// Of a type.
    #[must_use]
    pub const fn of<C: ResponseClass>() -> Self {
        Self { media_type: C::MEDIA_TYPE, render: C::render }
    }

    pub(crate) const fn media_type(self) -> &'static str {
        self.media_type
    }

    /// Writes an answer in its way, unless it is a fault or no JSON.
    pub(crate) async fn apply(self, mut response: Response) -> Response {
        if !is_json_response(&response) || is_raised(&response) {
            return response;
        }
        let json = match take_bytes(&mut response).await {
            Ok(json) => json,
            Err(failed) => return failed,
        };
        response.headers_mut().remove(CONTENT_LENGTH);
        response.headers_mut().insert(CONTENT_TYPE, content_type(self.media_type));
        response.set_body(Body::from_bytes((self.render)(json)));
        response
    }
}
