//! Answers that say more than a value.

use futures_util::stream::BoxStream;
use futures_util::{Stream, StreamExt};
use serde::Serialize;
use versify::{
    Reply,
    openapi::{Describe, Schema},
    operation::{Description, reply_json},
    poem::{
        Body, Response,
        http::{HeaderValue, StatusCode, header},
    },
};

/// Something that was made, and where it is.
pub(super) struct Created<T> {
    pub(super) location: String,
    pub(super) value: T,
}

/// Something that will be made, and where to ask for it.
pub(super) type Accepted<T> = Created<T>;

impl<T: Serialize + Describe> Reply for Created<T> {
    fn reply(self, status: StatusCode) -> Response {
        let mut response = reply_json(&self.value, status);
        if let Ok(location) = HeaderValue::from_str(&self.location) {
            response.headers_mut().insert(header::LOCATION, location);
        }
        response
    }

    fn describe(description: &mut Description<'_>, status: StatusCode) {
        description.json_response::<T>(status);
    }
}

/// Nothing to say.
pub(super) struct NoContent;

impl Reply for NoContent {
    fn reply(self, status: StatusCode) -> Response {
        Response::builder().status(status).finish()
    }

    fn describe(description: &mut Description<'_>, status: StatusCode) {
        description.response(status, Vec::new());
    }
}

/// Values as server-sent events.
pub(super) struct Events<T>(BoxStream<'static, T>);

impl<T> Events<T> {
    pub(super) fn new(values: impl Stream<Item = T> + Send + 'static) -> Self {
        Self(values.boxed())
    }
}

impl<T: Serialize + Describe + 'static> Reply for Events<T> {
    fn reply(self, status: StatusCode) -> Response {
        let events = self.0.map(|value| match serde_json::to_string(&value) {
            Ok(data) => Ok(format!("data: {data}\n\n")),
            Err(error) => Err(std::io::Error::other(error)),
        });
        Response::builder()
            .status(status)
            .content_type("text/event-stream")
            .header(header::CACHE_CONTROL, "no-cache")
            .body(Body::from_bytes_stream(events))
    }

    fn describe(description: &mut Description<'_>, status: StatusCode) {
        T::describe(description.components());
        description.response(status, vec![("text/event-stream".to_owned(), Schema::string())]);
    }
}
