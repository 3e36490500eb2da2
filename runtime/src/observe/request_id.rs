//! [`RequestId`]: what one request is called, in the log and on the answer.

use std::{fmt, sync::Arc};

use poem::{
    Request,
    http::{HeaderName, HeaderValue},
};

use crate::{
    decode::Field,
    operation::{Argument, Call, Description},
};

/// Where it stands, in requests and answers.
pub(super) const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// What a client may choose: more would only fill the log.
const LONGEST: usize = 128;

/// What a request is called: an argument of operations and dependencies, in an app with
/// [`App::request_ids`](crate::App::request_ids).
///
/// It is what the client sent as `X-Request-Id`, if that is one (up to 128 letters, digits and `-_.:+/=@`), or a random
/// one. The answer carries it, and so does every line of the log that is written for the request.
///
/// ```
/// use versify::{RequestId, prelude::*};
///
/// #[get("/")]
/// async fn index(id: RequestId) -> String {
///     format!("This is request {id}")
/// }
///
/// let app = App::new("Shop", "1.0.0").request_ids().routes(routes![index]);
/// # app.build().unwrap();
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RequestId(Arc<str>);

impl RequestId {
    /// One that nobody else has.
    #[must_use]
    pub fn random() -> Self {
        Self(format!("{:032x}", fastrand::u128(..)).into())
    }

    /// One that was chosen elsewhere; `None` if it is too long, empty, or holds other characters than ids are made of.
    #[must_use]
    pub fn new(id: &str) -> Option<Self> {
        let legal = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:+/=@".contains(&byte);
        (!id.is_empty() && id.len() <= LONGEST && id.bytes().all(legal)).then(|| Self(id.into()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// That of the client, or a random one.
    pub(super) fn choose(request: &Request) -> Self {
        let mut sent = request.headers().get_all(HEADER).iter();
        let only = sent.next().filter(|_| sent.next().is_none());
        only.and_then(|id| Self::new(id.to_str().ok()?)).unwrap_or_else(Self::random)
    }

    pub(super) fn header(&self) -> Option<HeaderValue> {
        HeaderValue::from_str(&self.0).ok()
    }

    /// Of a request: for middleware. `None` in an app without them.
    #[must_use]
    pub fn of(request: &Request) -> Option<Self> {
        request.data::<Self>().cloned()
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Argument for RequestId {
    fn describe(_: &Field<Self>, description: &mut Description<'_>) {
        description.uses_request_id();
    }

    fn prepare(_: &Field<Self>, call: &mut Call) -> Option<Self> {
        // An app without ids does not start; poem's `OpenApiService` asks nobody.
        Some(Self::of(call.request()).unwrap_or_else(Self::random))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_clients_are_bounded() {
        for (sent, taken) in [
            (vec!["abc-123"], true),
            (vec!["550e8400-e29b-41d4-a716-446655440000"], true),
            (vec!["Root=1-67891233-abcdef012345678912345678"], true),
            (vec![""], false),
            (vec!["two words"], false),
            (vec!["line\tbreak"], false),
            (vec!["{\"json\":1}"], false),
            (vec!["a", "b"], false),
            (vec![], false),
        ] {
            let request = sent.iter().fold(Request::builder(), |request, id| request.header(HEADER, *id)).finish();
            let id = RequestId::choose(&request);
            assert_eq!(sent.first() == Some(&id.as_str()), taken, "{sent:?}: {id}");
            assert!(taken || id.as_str().len() == 32, "{id}");
        }
        assert!(RequestId::new(&"a".repeat(LONGEST)).is_some());
        assert!(RequestId::new(&"a".repeat(LONGEST + 1)).is_none());
        assert_ne!(RequestId::random(), RequestId::random());
    }
}
