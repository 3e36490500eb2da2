//! What a `Range` header wants, by Starlette's rules.

use std::ops::Range;

use poem::{
    Response,
    http::{HeaderValue, StatusCode, header::CONTENT_RANGE},
};

use crate::operation::text_response;

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    All,
    One(Range<u64>),
    Several(Vec<Range<u64>>),
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refused {
    Malformed(&'static str),
    NotSatisfiable,
}

/// More than this many are answered with the whole file.
const MAX_RANGES: usize = 100;

/// The ranges of a file of `size` bytes; those that overlap are joined.
pub(super) fn wanted(header: &str, size: u64) -> Result<Wanted, Refused> {
    let (unit, ranges) = header.split_once('=').ok_or(Refused::Malformed("Malformed range header."))?;
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return Err(Refused::Malformed("Only support bytes range"));
    }
    if ranges.split(',').count() > MAX_RANGES {
        return Ok(Wanted::All);
    }
    let mut ranges: Vec<Range<u64>> = ranges.split(',').filter_map(|range| one(range, size)).collect();
    if ranges.is_empty() {
        return Err(Refused::Malformed("Range header: range must be requested"));
    }
    if ranges.iter().any(|range| range.start >= size) {
        return Err(Refused::NotSatisfiable);
    }
    if ranges.iter().any(Range::is_empty) {
        return Err(Refused::Malformed("Range header: start must be less than end"));
    }
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<u64>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    Ok(match <[Range<u64>; 1]>::try_from(joined) {
        Ok([range]) => Wanted::One(range),
        Err(ranges) => Wanted::Several(ranges),
    })
}

/// `5-9`, `5-`, `-5`. What is no range is passed over.
fn one(range: &str, size: u64) -> Option<Range<u64>> {
    let (start, end) = range.trim().split_once('-')?;
    let (start, end) = (start.trim(), end.trim());
    let number = |text: &str| text.parse::<u64>().ok();
    match (start.is_empty(), end.is_empty()) {
        (true, true) => None,
        (true, false) => Some(size.saturating_sub(number(end)?)..size),
        (false, true) => Some(number(start)?..size),
        (false, false) => Some(number(start)?..number(end)?.saturating_add(1).min(size)),
    }
}

impl Refused {
    pub(super) fn answer(self, size: u64) -> Response {
        match self {
            Self::Malformed(words) => text_response(StatusCode::BAD_REQUEST, words),
            Self::NotSatisfiable => {
                let mut response = text_response(StatusCode::RANGE_NOT_SATISFIABLE, "");
                if let Ok(range) = HeaderValue::try_from(format!("bytes */{size}")) {
                    response.headers_mut().insert(CONTENT_RANGE, range);
                }
                response
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        let malformed = |words| Err(Refused::Malformed(words));
        for (header, expected) in [
            ("bytes=0-4", Ok(Wanted::One(0..5))),
            ("Bytes = 2-", Ok(Wanted::One(2..10))),
            ("bytes=-3", Ok(Wanted::One(7..10))),
            ("bytes=-30", Ok(Wanted::One(0..10))),
            ("bytes=5-500", Ok(Wanted::One(5..10))),
            ("bytes=0-2, 2-5", Ok(Wanted::One(0..6))),
            ("bytes=6-7,0-1", Ok(Wanted::Several(vec![0..2, 6..8]))),
            ("bytes=10-", Err(Refused::NotSatisfiable)),
            ("bytes=5-2", malformed("Range header: start must be less than end")),
            ("bytes=-0", Err(Refused::NotSatisfiable)),
            ("bytes=a-b", malformed("Range header: range must be requested")),
            ("bytes=-", malformed("Range header: range must be requested")),
            ("items=0-1", malformed("Only support bytes range")),
            ("bytes", malformed("Malformed range header.")),
        ] {
            assert_eq!(wanted(header, 10), expected, "{header}");
        }
        let many = format!("bytes={}", vec!["0-1"; 101].join(","));
        assert_eq!(wanted(&many, 10), Ok(Wanted::All));
    }
}
