//! [`JsonBody`]: bodies, read once when they are good and explained when they are not.

use bytes::Bytes;
use serde::de::{Deserialize, IgnoredAny, IntoDeserializer};

use super::{
    Decode, Field,
    content::Content,
    context::{Context, Mode},
    issue::{ContextValue, Input, Issue, Segment},
    json_reader::{Broken, JsonReader},
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

/// What a body is read into: all that has to be made for each type anew.
pub(crate) trait Target {
    /// The name of the value, and other names that are accepted.
    fn names(&self) -> (&'static str, &'static [&'static str]);

    /// Reads JSON; whether the value is sound.
    fn read_json(&mut self, source: &mut JsonReader<'_>, cx: &mut Context) -> Result<bool, Broken>;

    /// Reads what was read before; whether the value is sound.
    fn read_content(&mut self, content: &Content<'_>, cx: &mut Context) -> bool;

    /// Takes the default, if there is one; whether that is sound.
    fn take_default(&mut self, cx: &mut Context) -> Option<bool>;
}

/// A value that is read.
pub(crate) struct Body<'f, T: 'static> {
    field: &'f Field<T>,
    pub(crate) value: Option<T>,
}

impl<'f, T> Body<'f, T> {
    pub(crate) const fn new(field: &'f Field<T>) -> Self {
        Self { field, value: None }
    }
}

impl<T: Decode> Target for Body<'_, T> {
    fn names(&self) -> (&'static str, &'static [&'static str]) {
        (self.field.name, self.field.aliases)
    }

    fn read_json(&mut self, source: &mut JsonReader<'_>, cx: &mut Context) -> Result<bool, Broken> {
        self.value = self.field.decode(cx, |cx| T::decode(source, cx))?;
        Ok(self.value.is_some())
    }

    fn read_content(&mut self, content: &Content<'_>, cx: &mut Context) -> bool {
        let source = IntoDeserializer::<serde::de::value::Error>::into_deserializer(content);
        self.value = self.field.decode(cx, |cx| T::decode(source, cx)).ok().flatten();
        self.value.is_some()
    }

    fn take_default(&mut self, cx: &mut Context) -> Option<bool> {
        self.value = self.field.default_value(cx)?;
        Some(self.value.is_some())
    }
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
    pub(crate) fn decode<T: Decode>(&self, field: &Field<T>) -> Result<T, BodyFault> {
        let mut body = Body::new(field);
        self.read(&mut body)?;
        body.value.ok_or_else(|| BodyFault::Issues(Vec::new()))
    }

    /// The same, where the value is kept by whoever asks.
    pub(crate) fn read(&self, target: &mut dyn Target) -> Result<(), BodyFault> {
        match self {
            Self::Json(bytes) => read(utf8(bytes)?, target),
            Self::Text(bytes) => read_content(target, &Content::Str(String::from_utf8_lossy(bytes))),
            Self::Absent => absent(target, None),
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
    let field = Field::new("body");
    let mut body = Body::new(&field);
    match read(text, &mut body) {
        Ok(()) => body.value.ok_or_else(Vec::new),
        Err(BodyFault::Issues(issues)) => Err(issues),
        Err(BodyFault::Syntax(issue)) => Err(vec![*issue]),
        Err(BodyFault::Encoding) => {
            let mut issue = Issue::new("json_invalid", "JSON nested too deeply, or a number of too many digits");
            issue.location = vec![Segment::from("body")];
            Err(vec![issue])
        }
    }
}

fn read(text: &str, target: &mut dyn Target) -> Result<(), BodyFault> {
    let mut cx = Context::new(Mode::Json);
    let mut source = JsonReader::new(text);
    let read = target.read_json(&mut source, &mut cx).and_then(|sound| source.end().map(|()| sound));
    match read {
        // A tag came twice: now it is read as Python reads it.
        Ok(_) if cx.read_again => read_content(target, &parse(text)?),
        Ok(true) => Ok(()),
        Ok(false) => Err(explain(cx, &parse(text)?)),
        // Broken, or what only Python reads: NaN, lone surrogates, integers of any size, deeper nesting.
        Err(_) => read_content(target, &parse(text)?),
    }
}

/// Takes a value out of a body that embeds several.
pub(crate) fn read_embedded(target: &mut dyn Target, body: Option<&Content<'static>>) -> Result<(), BodyFault> {
    let (name, aliases) = target.names();
    match sent(name, aliases, body)? {
        Some((name, value)) => read_content(target, value).map_err(|fault| fault.below(name)),
        None => absent(target, Some(name)),
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
fn absent(target: &mut dyn Target, name: Option<&'static str>) -> Result<(), BodyFault> {
    let mut cx = Context::new(Mode::Json);
    match target.take_default(&mut cx) {
        None => Err(BodyFault::Issues(vec![missing(name)])),
        Some(true) => Ok(()),
        Some(false) => {
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
fn read_content(target: &mut dyn Target, content: &Content<'_>) -> Result<(), BodyFault> {
    let mut cx = Context::new(Mode::Json);
    if target.read_content(content, &mut cx) { Ok(()) } else { Err(explain(cx, content)) }
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
