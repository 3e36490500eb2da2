//! [`JsonBody`]: bodies, read once when they are good and explained when they are not.

use bytes::Bytes;
use serde::de::{Deserialize, IgnoredAny, IntoDeserializer};

use super::{
    Decode, Field,
    content::Content,
    context::{Context, Mode},
    issue::{ContextValue, Input, Issue, Segment},
    json_reader::JsonReader,
    python_json::{self, FaultKind},
    text::QUOTED,
};

/// A body that has been read.
#[derive(Debug, Clone)]
pub(crate) enum JsonBody {
    /// Nothing was sent.
    Absent,
    /// It was sent as another media type: FastAPI takes the text itself for the value.
    Text(Bytes),
    /// JSON by its media type.
    Json(Bytes),
}

/// Why a body was refused.
#[derive(Debug)]
pub(crate) enum BodyFault {
    /// Values are wrong: the walk over the request goes on.
    Issues(Vec<Issue>),
    /// It is no JSON: this ends the request (422).
    Syntax(Box<Issue>),
    /// It is no UTF-8, or too deeply nested: this ends the request (400).
    Encoding,
}

impl JsonBody {
    /// As it was sent.
    pub(crate) fn bytes(&self) -> Bytes {
        match self {
            Self::Absent => Bytes::new(),
            Self::Text(bytes) | Self::Json(bytes) => bytes.clone(),
        }
    }

    /// Reads the body as one value.
    #[inline]
    pub(crate) fn decode<T: Decode>(&self, field: &Field<T>) -> Result<T, BodyFault> {
        match self {
            Self::Json(bytes) => read(utf8(bytes)?, field),
            Self::Text(bytes) => decode_content(field, &Content::Str(String::from_utf8_lossy(bytes))),
            Self::Absent => absent(field, None),
        }
    }

    /// Whether it is JSON at all, whatever it holds.
    pub(crate) fn check(&self) -> Result<(), BodyFault> {
        let Self::Json(bytes) = self else { return Ok(()) };
        let text = utf8(bytes)?;
        let mut source = JsonReader::new(text);
        match IgnoredAny::deserialize(&mut source).and_then(|_| source.end()) {
            Ok(()) => Ok(()),
            Err(_) => parse(text).map(|_| ()),
        }
    }

    /// Reads the body as an object of several values; each is then taken out by name.
    pub(crate) fn parse(&self) -> Result<Option<Content<'static>>, BodyFault> {
        match self {
            Self::Json(bytes) => Ok(Some(parse(utf8(bytes)?)?.to_owned_content())),
            Self::Text(_) | Self::Absent => Ok(None),
        }
    }
}

/// Reads JSON text as the body of a request is read: by the same rules, and with all faults at once.
///
/// ```
/// use versify::{decode::from_json, prelude::*};
///
/// #[model]
/// struct Point {
///     #[field(ge = 0)]
///     x: f64,
///     y: f64,
/// }
///
/// assert_eq!(from_json::<Point>(r#"{"x": "1.5", "y": 2}"#).unwrap().x, 1.5);
/// let issues = from_json::<Point>(r#"{"x": -1}"#).err().unwrap();
/// let kinds: Vec<&str> = issues.iter().map(|issue| issue.kind()).collect();
/// assert_eq!(kinds, ["greater_than_equal", "missing"]);
/// ```
///
/// # Errors
/// The faults that a 422 would name, each with its place from `body` on.
pub fn from_json<T: Decode + 'static>(text: &str) -> Result<T, Vec<Issue>> {
    read(text, &Field::new("body")).map_err(|fault| match fault {
        BodyFault::Issues(issues) => issues,
        BodyFault::Syntax(issue) => vec![*issue],
        BodyFault::Encoding => {
            let mut issue = Issue::new("json_invalid", "JSON nested too deeply, or a number of too many digits");
            issue.location = vec![Segment::from("body")];
            vec![issue]
        }
    })
}

#[inline]
fn read<T: Decode>(text: &str, field: &Field<T>) -> Result<T, BodyFault> {
    let mut cx = Context::new(Mode::Json);
    let mut source = JsonReader::new(text);
    let read = field.decode(&mut cx, |cx| T::decode(&mut source, cx).and_then(|value| source.end().map(|()| value)));
    match read {
        // A tag came twice: now it is read as Python reads it.
        Ok(_) if cx.read_again => decode_content(field, &parse(text)?),
        Ok(Some(value)) => Ok(value),
        Ok(None) => Err(explain(cx, &parse(text)?)),
        // Broken, or what only Python reads: NaN, lone surrogates, integers of any size, deeper nesting.
        Err(_) => decode_content(field, &parse(text)?),
    }
}

/// Takes the value `field` out of a body that embeds several.
pub(crate) fn decode_embedded<T: Decode>(field: &Field<T>, body: Option<&Content<'static>>) -> Result<T, BodyFault> {
    match sent(field.name, field.aliases, body)? {
        Some((name, value)) => match decode_content(field, value) {
            Ok(value) => Ok(value),
            Err(fault) => Err(fault.below(name)),
        },
        None => absent(field, Some(field.name)),
    }
}

/// What the body holds under the first of the names that was sent; null counts as sent.
fn sent<'c>(
    name: &'static str,
    aliases: &'static [&'static str],
    body: Option<&'c Content<'static>>,
) -> Result<Option<(&'static str, &'c Content<'static>)>, BodyFault> {
    match body {
        Some(object @ Content::Map(_)) => {
            let names = std::iter::once(&name).chain(aliases);
            Ok(names.copied().find_map(|name| object.get(name).map(|value| (name, value))))
        }
        // Null, a list or a scalar has no place for a name: defaults do not help either.
        Some(_) => Err(BodyFault::Issues(vec![missing(Some(name))])),
        None => Ok(None),
    }
}

/// What was not sent is its default, if that is sound.
fn absent<T: Decode>(field: &Field<T>, name: Option<&'static str>) -> Result<T, BodyFault> {
    let mut cx = Context::new(Mode::Json);
    match field.default_value(&mut cx) {
        None => Err(BodyFault::Issues(vec![missing(name)])),
        Some(Some(value)) => Ok(value),
        Some(None) => {
            let mut issues = cx.into_issues();
            for issue in &mut issues {
                issue.location = [Some("body"), name].into_iter().flatten().map(Segment::from).collect();
            }
            Err(BodyFault::Issues(issues))
        }
    }
}

impl BodyFault {
    fn below(mut self, name: &'static str) -> Self {
        if let Self::Issues(issues) = &mut self {
            for issue in issues {
                let at = 1.min(issue.location.len());
                issue.location.insert(at, Segment::from(name));
            }
        }
        self
    }
}

fn missing(name: Option<&'static str>) -> Issue {
    let mut issue = Issue::new("missing", "Field required");
    issue.input = Input::Known(Content::Null);
    issue.location = [Some("body"), name].into_iter().flatten().map(Segment::from).collect();
    issue
}

#[inline]
fn utf8(bytes: &[u8]) -> Result<&str, BodyFault> {
    let text = std::str::from_utf8(bytes).map_err(|_| BodyFault::Encoding)?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Reads the text by Python's rules: to quote from it, or to say what is wrong with it.
#[cold]
fn parse(text: &str) -> Result<Content<'_>, BodyFault> {
    python_json::parse(text).map_err(|fault| {
        if fault.kind == FaultKind::Limit {
            // Nested too deeply, or a number of thousands of digits: FastAPI does not say more either.
            return BodyFault::Encoding;
        }
        let mut issue =
            Issue::new("json_invalid", "JSON decode error").with("error", ContextValue::Text(fault.message.into()));
        issue.location = vec![Segment::from("body"), Segment::Index(fault.offset)];
        issue.input = Input::Known(Content::Map(Vec::new()));
        BodyFault::Syntax(Box::new(issue))
    })
}

#[cold]
fn decode_content<T: Decode>(field: &Field<T>, content: &Content<'_>) -> Result<T, BodyFault> {
    let mut cx = Context::new(Mode::Json);
    let source = IntoDeserializer::<serde::de::value::Error>::into_deserializer(content);
    match field.decode(&mut cx, |cx| T::decode(source, cx)) {
        Ok(Some(value)) => Ok(value),
        _ => Err(explain(cx, content)),
    }
}

#[cold]
fn explain(cx: Context, content: &Content<'_>) -> BodyFault {
    let mut budget = QUOTED;
    let masked = (!cx.secrets().is_empty()).then(|| content.masked(cx.secrets()));
    let mut issues = cx.into_issues();
    for issue in &mut issues {
        issue.finish(&[Segment::from("body")], masked.as_ref().unwrap_or(content), &mut budget);
    }
    BodyFault::Issues(issues)
}
