//! Answers that say more than a value.

use serde::Serialize;
use versify::{
    Reply,
    openapi::Describe,
    operation::{Description, reply_json},
    poem::{
        Response,
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
