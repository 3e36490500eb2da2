//! [`Tagged`]: an answer with an `ETag` of its own; [`IfNoneMatch`]: the one that a client has.

use poem::{
    Response,
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{ETAG, IF_NONE_MATCH},
    },
};

use crate::{
    conditional::{ETag, matches_any},
    decode::Field,
    openapi::{HeaderSpec, ResponseSpec, Schema},
    operation::{Argument, Call, Description, Reply},
};

/// An answer with an `ETag` that is known before the answer is made: who has that is told so, and nothing is made.
///
/// (Where the answer is JSON and quickly made, `#[get(.., etag)]` does the same by itself.)
///
/// ```
/// use versify::{ETag, IfNoneMatch, Tagged, Text, prelude::*};
///
/// #[get("/report")]
/// async fn report(known: IfNoneMatch) -> Tagged<Text<String>> {
///     let etag = ETag::strong("version-7");
///     if known.has(&etag) {
///         return Tagged::not_modified(etag);
///     }
///     Tagged::new(etag, Text("long to make".repeat(1000)))
/// }
/// ```
#[derive(Debug, Clone)]
#[must_use = "it is an answer only if it is returned"]
pub struct Tagged<T> {
    etag: ETag,
    answer: Option<T>,
}

impl<T> Tagged<T> {
    /// This answer, of a state of this name.
    pub fn new(etag: ETag, answer: T) -> Self {
        Self { etag, answer: Some(answer) }
    }

    /// 304: the client has it.
    pub fn not_modified(etag: ETag) -> Self {
        Self { etag, answer: None }
    }
}

impl<T: Reply> Reply for Tagged<T> {
    fn reply(self, status: StatusCode) -> Response {
        let mut response = match self.answer {
            Some(answer) => answer.reply(status),
            None => Response::builder().status(StatusCode::NOT_MODIFIED).finish(),
        };
        if let Ok(etag) = HeaderValue::try_from(self.etag.to_string()) {
            response.headers_mut().insert(ETAG, etag);
        }
        response
    }

    fn describe(description: &mut Description<'_>, status: StatusCode) {
        T::describe(description, status);
        let etag = HeaderSpec { description: Some("Names what was answered.".to_owned()), schema: Schema::string() };
        description.failed(ResponseSpec {
            headers: vec![("etag".to_owned(), etag)],
            ..ResponseSpec::new(StatusCode::NOT_MODIFIED, "Not Modified")
        });
    }
}

/// The request's `If-None-Match`: what the client has already.
#[derive(Debug, Clone, Default)]
pub struct IfNoneMatch(HeaderMap);

impl IfNoneMatch {
    /// Whether the client has this.
    #[must_use]
    pub fn has(&self, etag: &ETag) -> bool {
        matches_any(&self.0, IF_NONE_MATCH, &etag.to_string())
    }
}

impl Argument for IfNoneMatch {
    fn describe(_: &Field<Self>, description: &mut Description<'_>) {
        description.header_field("If-None-Match", "The `ETag` of an answer that the client has.");
    }

    fn prepare(_: &Field<Self>, call: &mut Call) -> Option<Self> {
        let values = call.request().headers().get_all(IF_NONE_MATCH).into_iter();
        Some(Self(values.map(|value| (IF_NONE_MATCH, value.clone())).collect()))
    }
}
