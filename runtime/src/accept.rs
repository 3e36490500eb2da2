//! [`Accept`]: which media types a client likes.

use poem::http::{HeaderMap, StatusCode, header::ACCEPT};

use crate::{
    decode::Field,
    http_error::{HttpError, Result},
    operation::{Argument, Call, Description, FailureBody, describe_failure, phrase},
};

/// The request's `Accept`, to choose the form of an answer by.
///
/// ```
/// use versify::{Accept, Either, Text, prelude::*};
///
/// #[derive(Clone, Copy)]
/// enum Form {
///     Json,
///     Text,
/// }
///
/// #[get("/items/{item_id}")]
/// async fn read_item(item_id: u64, accept: Accept) -> Result<Either<u64, Text<String>>> {
///     Ok(match accept.choose([(Form::Json, "application/json"), (Form::Text, "text/plain")])? {
///         Form::Json => Either::Left(item_id),
///         Form::Text => Either::Right(Text(format!("item {item_id}"))),
///     })
/// }
/// ```
///
/// (It is no parameter of the document: the media types of the answers say it all.)
#[derive(Debug, Clone, Default)]
pub struct Accept {
    /// Empty: the request has no such header, all is welcome.
    ranges: Vec<Range>,
}

/// A range of media types, and how much it is liked, from 0 to 1.
#[derive(Debug, Clone, PartialEq)]
struct Range {
    kind: String,
    subtype: String,
    quality: f32,
}

impl Accept {
    /// Of those that are offered the one that the client likes best; of equal ones, the first.
    ///
    /// What has several media types is offered once with each.
    ///
    /// # Errors
    /// 406: it likes none of them.
    pub fn choose<'m, T>(&self, offers: impl IntoIterator<Item = (T, &'m str)>) -> Result<T> {
        let mut best: Option<(f32, T)> = None;
        let mut offered = Vec::new();
        for (offer, media_type) in offers {
            let quality = self.quality(media_type);
            if quality > 0.0 && best.as_ref().is_none_or(|(known, _)| quality > *known) {
                best = Some((quality, offer));
            }
            offered.push(media_type);
        }
        match best {
            Some((_, offer)) => Ok(offer),
            None => Err(HttpError::new(
                StatusCode::NOT_ACCEPTABLE,
                format!("Not Acceptable: there is {}", offered.join(", ")),
            )),
        }
    }

    /// How much a media type is liked: the most specific range counts.
    fn quality(&self, media_type: &str) -> f32 {
        if self.ranges.is_empty() {
            return 1.0;
        }
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        let (kind, subtype) = essence.split_once('/').unwrap_or((essence, ""));
        let specific = |range: &Range| match (&*range.kind, &*range.subtype) {
            ("*", "*") => Some(1),
            (other, "*") if other.eq_ignore_ascii_case(kind) => Some(2),
            (other, name) if other.eq_ignore_ascii_case(kind) && name.eq_ignore_ascii_case(subtype) => Some(3),
            _ => None,
        };
        let matching = self.ranges.iter().filter_map(|range| Some((specific(range)?, range.quality)));
        matching.fold((0, 0.0), |best, found| if found.0 > best.0 { found } else { best }).1
    }

    /// Of a request's headers. What is no range of media types is passed over.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Self {
        let values = headers.get_all(ACCEPT).into_iter().filter_map(|value| value.to_str().ok());
        let ranges = values.flat_map(|value| value.split(',')).filter_map(|range| {
            let mut parts = range.split(';').map(str::trim);
            let (kind, subtype) = parts.next()?.split_once('/')?;
            let quality = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
            let quality = quality.map_or(Some(1.0), |quality| quality.trim().parse().ok())?;
            Some(Range { kind: kind.to_owned(), subtype: subtype.to_owned(), quality })
        });
        let ranges = ranges.collect::<Vec<_>>();
        let nothing = Range { kind: String::new(), subtype: String::new(), quality: 0.0 };
        let is_asked = headers.contains_key(ACCEPT) && ranges.is_empty();
        Self { ranges: if is_asked { vec![nothing] } else { ranges } }
    }
}

impl Argument for Accept {
    fn describe(_: &Field<Self>, description: &mut Description<'_>) {
        let status = StatusCode::NOT_ACCEPTABLE;
        describe_failure(description, status, phrase(status), FailureBody::Message, &[]);
    }

    fn prepare(_: &Field<Self>, call: &mut Call) -> Option<Self> {
        Some(Self::of(call.request().headers()))
    }
}

#[cfg(test)]
mod tests {
    use poem::http::HeaderValue;

    use super::*;

    const OFFERS: [&str; 4] = ["application/json", "application/x-ndjson", "text/csv; charset=utf-8", "image/png"];

    #[test]
    fn the_form_that_is_liked_best() {
        for (sent, expected) in [
            (&[][..], Some(0)),
            (&["*/*"], Some(0)),
            (&["text/csv"], Some(2)),
            (&["TEXT/*"], Some(2)),
            (&["text/html, application/xhtml+xml, */*;q=0.8"], Some(0)),
            (&["application/json;q=0.5, application/x-ndjson"], Some(1)),
            (&["application/json;q=0.5", "image/png ; q=0.6"], Some(3)),
            (&["image/png, */*;q=0.1"], Some(3)),
            (&["application/*;q=0.2, application/json;q=0"], Some(1)),
            (&["text/csv;header=present;q=0.4, image/png;Q=0.3"], Some(2)),
            (&["text/html"], None),
            (&["application/json;q=0"], None),
            (&["application/json;q=much"], None),
            (&[""], None),
            (&["json"], None),
        ] {
            let headers = sent.iter().map(|value| (ACCEPT, HeaderValue::from_static(value))).collect();
            let chosen = Accept::of(&headers).choose(OFFERS.into_iter().enumerate());
            assert_eq!(chosen.ok(), expected, "{sent:?}");
        }
        let headers = [(ACCEPT, HeaderValue::from_static("text/html"))].into_iter().collect();
        let error = Accept::of(&headers).choose([((), "text/csv")]).unwrap_err();
        assert_eq!(error.status(), 406);
        assert_eq!(error.detail(), Some("Not Acceptable: there is text/csv".into()));
    }
}
