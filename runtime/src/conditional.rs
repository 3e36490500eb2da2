//! Conditional requests (RFC 9110, section 13): [`ETag`], [`IfMatch`], and `#[get(.., etag)]`.

use std::fmt;

use poem::{
    Body, Request, Response,
    http::{
        HeaderMap, HeaderName, HeaderValue, Method, StatusCode,
        header::{CONTENT_TYPE, ETAG, IF_MATCH, IF_NONE_MATCH},
    },
};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{
    decode::Field,
    http_error::{HttpError, Result},
    operation::{Argument, Call, Description, FailureBody, describe_failure, is_json_response, phrase, take_bytes},
};

/// Names one state of a resource.
///
/// ```
/// use versify::ETag;
///
/// assert_eq!(ETag::strong("v7").to_string(), "\"v7\"");
/// assert_eq!(ETag::weak("v7").to_string(), "W/\"v7\"");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ETag {
    weak: bool,
    tag: String,
}

impl ETag {
    /// Of states whose representations are equal to the byte. Characters that a tag cannot have are left out.
    pub fn strong(tag: impl fmt::Display) -> Self {
        let mut tag = tag.to_string();
        tag.retain(|char| matches!(char, '\u{21}' | '\u{23}'..='\u{7e}'));
        Self { weak: false, tag }
    }

    /// Of states that mean the same.
    pub fn weak(tag: impl fmt::Display) -> Self {
        Self { weak: true, ..Self::strong(tag) }
    }

    /// That of a value, as it is answered in JSON: what `#[get(.., etag)]` sends with it.
    pub fn of<T: Serialize + ?Sized>(value: &T) -> Self {
        Self::of_bytes(&serde_json::to_vec(value).unwrap_or_default())
    }

    /// That of a body.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self::of_hash(&Sha256::digest(bytes))
    }

    /// The same, of states that mean the same.
    pub(crate) fn weakened(self) -> Self {
        Self { weak: true, ..self }
    }

    /// That of a body whose hash is known: the first 16 bytes of it.
    pub(crate) fn of_hash(hash: &[u8]) -> Self {
        Self { weak: false, tag: hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect() }
    }
}

impl fmt::Display for ETag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\"{}\"", if self.weak { "W/" } else { "" }, self.tag)
    }
}

/// The tags of a list, each with whether it is weak; `*` is a tag that matches all.
fn listed(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = (bool, &str)> {
    let values = headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
    // A comma may stand in a tag: what is between quotes is looked for.
    values.flat_map(|value| {
        let mut rest = value.trim();
        std::iter::from_fn(move || {
            rest = rest.trim_start_matches([' ', '\t', ',']);
            if let Some(after) = rest.strip_prefix('*') {
                rest = after;
                return Some((false, "*"));
            }
            let (weak, quoted) = match rest.strip_prefix("W/") {
                Some(quoted) => (true, quoted),
                None => (false, rest),
            };
            let (tag, after) = quoted.strip_prefix('"')?.split_once('"')?;
            rest = after;
            Some((weak, tag))
        })
    })
}

/// Whether a list names `etag`, weak or not: what `If-None-Match` asks.
pub(crate) fn matches_any(headers: &HeaderMap, name: HeaderName, etag: &str) -> bool {
    let own = etag.trim_start_matches("W/").trim_matches('"');
    listed(headers, name).any(|(_, tag)| tag == "*" || tag == own)
}

/// The request's `If-Match`: a write that shall only happen to the state that the client has seen.
///
/// ```
/// use versify::{IfMatch, prelude::*};
///
/// #[model]
/// #[derive(Clone)]
/// struct Item {
///     name: String,
/// }
///
/// #[put("/items/1")]
/// async fn put_item(item: Item, if_match: IfMatch) -> Result<Item> {
///     let stored = Item { name: "Foo".to_owned() };
///     if_match.check(&stored)?;
///     Ok(item)
/// }
/// ```
#[derive(Debug, Clone, Default)]
pub struct IfMatch {
    /// `None`: the request has no such header.
    tags: Option<Vec<(bool, String)>>,
}

impl IfMatch {
    /// Lets the write happen if the client asked for nothing, or has seen `current`.
    ///
    /// # Errors
    /// 412: it has not.
    pub fn check<T: Serialize + ?Sized>(&self, current: &T) -> Result<()> {
        self.check_tag(&ETag::of(current))
    }

    /// The same for a resource that knows its version.
    ///
    /// # Errors
    /// 412: the client has not seen this one.
    pub fn check_tag(&self, current: &ETag) -> Result<()> {
        let Some(tags) = &self.tags else { return Ok(()) };
        // The strong comparison: a weak tag never matches, save `*`.
        let seen = |(weak, tag): &(bool, String)| tag == "*" || (!weak && !current.weak && *tag == current.tag);
        match tags.iter().any(seen) {
            true => Ok(()),
            false => Err(HttpError::status_only(StatusCode::PRECONDITION_FAILED)),
        }
    }

    /// As [`IfMatch::check_tag`], but a client that asks for nothing is refused: nobody writes over what he has not seen.
    ///
    /// # Errors
    /// 428: there is no `If-Match`. 412: the client has not seen this version.
    pub fn require_tag(&self, current: &ETag) -> Result<()> {
        match self.tags {
            Some(_) => self.check_tag(current),
            None => Err(HttpError::status_only(StatusCode::PRECONDITION_REQUIRED)),
        }
    }

    /// As [`IfMatch::check`], but a client that asks for nothing is refused.
    ///
    /// # Errors
    /// 428: there is no `If-Match`. 412: the client has not seen this value.
    pub fn require<T: Serialize + ?Sized>(&self, current: &T) -> Result<()> {
        self.require_tag(&ETag::of(current))
    }

    /// Of a request's headers.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Self {
        let tags = || listed(headers, IF_MATCH).map(|(weak, tag)| (weak, tag.to_owned())).collect();
        Self { tags: headers.contains_key(IF_MATCH).then(tags) }
    }
}

impl Argument for IfMatch {
    fn describe(_: &Field<Self>, description: &mut Description<'_>) {
        description.header_field("If-Match", "The `ETag` of the state that the request is about.");
        let status = StatusCode::PRECONDITION_FAILED;
        describe_failure(description, status, phrase(status), FailureBody::Message, &[]);
    }

    fn prepare(_: &Field<Self>, call: &mut Call) -> Option<Self> {
        Some(Self::of(call.request().headers()))
    }
}

/// Gives a JSON answer an `ETag`, its own or that of its bytes, and answers a client that has it with 304.
pub async fn with_etag(request: &Request, mut response: Response, weak: bool) -> Response {
    if response.status() != StatusCode::OK || !is_json_response(&response) {
        return response;
    }
    if !response.headers().contains_key(ETAG) {
        let bytes = match take_bytes(&mut response).await {
            Ok(bytes) => bytes,
            Err(failed) => return failed,
        };
        let etag = ETag { weak, ..ETag::of_bytes(&bytes) }.to_string();
        response.set_body(Body::from_bytes(bytes));
        if let Ok(etag) = HeaderValue::try_from(etag) {
            response.headers_mut().insert(ETAG, etag);
        }
    }
    let asks = matches!(*request.method(), Method::GET | Method::HEAD);
    let etag = response.headers().get(ETAG).and_then(|etag| etag.to_str().ok()).unwrap_or_default();
    if asks && matches_any(request.headers(), IF_NONE_MATCH, etag) {
        response.set_status(StatusCode::NOT_MODIFIED);
        response.headers_mut().remove(CONTENT_TYPE);
        response.set_body(Body::empty());
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: HeaderName, values: &[&'static str]) -> HeaderMap {
        values.iter().map(|value| (name.clone(), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn if_none_match_compares_weakly() {
        for (sent, etag, matches) in [
            (&["\"a\""][..], "\"a\"", true),
            (&["\"a\""], "W/\"a\"", true),
            (&["W/\"a\""], "\"a\"", true),
            (&["\"b\", W/\"a,b\""], "\"a,b\"", true),
            (&["\"b\"", "\"a\""], "\"a\"", true),
            (&["*"], "\"a\"", true),
            (&["\"b\""], "\"a\"", false),
            (&["a"], "\"a\"", false),
            (&["\"a"], "\"a\"", false),
            (&[], "\"a\"", false),
        ] {
            assert_eq!(matches_any(&headers(IF_NONE_MATCH, sent), IF_NONE_MATCH, etag), matches, "{sent:?} {etag}");
        }
    }

    #[test]
    fn if_match_compares_strongly() {
        let strong = ETag::strong("a");
        for (sent, etag, status) in [
            (&[][..], &strong, None),
            (&["\"a\""], &strong, None),
            (&["\"b\", \"a\""], &strong, None),
            (&["*"], &strong, None),
            (&["W/\"a\""], &strong, Some(412)),
            (&["\"a\""], &ETag::weak("a"), Some(412)),
            (&["\"b\""], &strong, Some(412)),
            (&["rubbish"], &strong, Some(412)),
        ] {
            let checked = IfMatch::of(&headers(IF_MATCH, sent)).check_tag(etag);
            assert_eq!(checked.err().map(|error| error.status().as_u16()), status, "{sent:?} {etag}");
        }
        let absent = IfMatch::of(&HeaderMap::new());
        assert_eq!(absent.require_tag(&strong).unwrap_err().status(), 428);
        assert_eq!(absent.require("x").unwrap_err().status(), 428);
    }
}
