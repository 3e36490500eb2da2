//! Forms: values that were sent under names, read into single arguments, models and unions of models.

use std::{borrow::Cow, sync::Arc};

use bytes::Bytes;
use serde::de::{IgnoredAny, IntoDeserializer, MapAccess, value};

use super::{
    Decode, Field,
    content::Content,
    context::{Context, Mode},
    issue::{Issue, Segment},
    record::Extra,
    text::QUOTED,
};
use crate::form::{Form, FormFile, FormValue, UploadFile};

/// The key of what stands for a file in a [`Content`]: the file's number is the value.
const FILE: &str = "$versify::private::UploadFile";

/// The same of a file of which the bytes are wanted.
const BYTES: &str = "$versify::private::Bytes";

/// What was sent in a form, by name. A name that was sent several times holds all its values.
#[derive(Debug)]
pub(crate) struct Sent<'f> {
    named: Vec<(&'f str, Vec<&'f FormValue>)>,
}

impl<'f> Sent<'f> {
    pub(crate) fn new(form: &'f Form) -> Self {
        let mut named: Vec<(&'f str, Vec<&'f FormValue>)> = Vec::new();
        let mut positions = std::collections::HashMap::new();
        for (name, value) in &form.values {
            let position = *positions.entry(name.as_str()).or_insert_with(|| {
                named.push((name, Vec::new()));
                named.len() - 1
            });
            if let Some((_, values)) = named.get_mut(position) {
                values.push(value);
            }
        }
        Self { named }
    }

    fn get(&self, name: &str) -> &[&'f FormValue] {
        self.named.iter().find(|(known, _)| *known == name).map_or(&[], |(_, values)| values)
    }

    /// The whole form as an object.
    fn whole(&self, files: &mut Files) -> Content<'f> {
        let entry = |(name, values): &(&'f str, Vec<&'f FormValue>)| {
            let value = match values.as_slice() {
                [value] => files.content(value, FILE),
                values => Content::Seq(values.iter().map(|value| files.content(value, FILE)).collect()),
            };
            (Cow::Borrowed(*name), value)
        };
        Content::Map(self.named.iter().map(entry).collect())
    }
}

/// The files that a walk may meet.
#[derive(Debug, Default)]
struct Files(Vec<FormFile>);

impl Files {
    fn content<'f>(&mut self, value: &'f FormValue, key: &'static str) -> Content<'f> {
        match value {
            FormValue::Text(text) => Content::Str(Cow::Borrowed(text)),
            FormValue::File(file) => {
                self.0.push(file.clone());
                Content::Map(vec![(Cow::Borrowed(key), Content::U64(self.0.len() as u64 - 1))])
            }
        }
    }

    fn shared(self) -> Option<Arc<Vec<FormFile>>> {
        if self.0.is_empty() { None } else { Some(Arc::new(self.0)) }
    }
}

/// Reads a single argument. With `bytes` its files are read as bytes.
///
/// The first of its names counts that was sent with a value: an empty text counts as not sent, as does the part of a
/// file that nobody chose.
pub(crate) fn decode_form_value<T: Decode>(
    field: &Field<T>,
    sent: &Sent<'_>,
    bytes: bool,
    issues: &mut Vec<Issue>,
) -> Option<T> {
    let mut files = Files::default();
    let key = if bytes { BYTES } else { FILE };
    let found = std::iter::once(field.name)
        .chain(field.aliases.iter().copied())
        .find_map(|name| Some((name, value_of(sent.get(name), T::SEVERAL, &mut files, key)?)));
    let mut cx = Context::new(Mode::LastText);
    let Some((name, content)) = found else {
        let value = field.missing(&mut cx);
        return explained(value, cx, &[Segment::from("body")], &Content::Null, issues);
    };
    cx.files = files.shared();
    let source = IntoDeserializer::<value::Error>::into_deserializer(&content);
    let value = field.decode(&mut cx, |cx| T::decode(source, cx)).ok().flatten();
    explained(value, cx, &[Segment::from("body"), Segment::from(name)], &content, issues)
}

fn value_of<'f>(values: &[&'f FormValue], several: bool, files: &mut Files, key: &'static str) -> Option<Content<'f>> {
    let is_unselected = |value: &FormValue| matches!(value, FormValue::File(file) if file.is_unselected());
    if several {
        let chosen: Vec<_> = values.iter().filter(|value| !is_unselected(value)).collect();
        return (!chosen.is_empty())
            .then(|| Content::Seq(chosen.into_iter().map(|value| files.content(value, key)).collect()));
    }
    match values.last()? {
        FormValue::Text(text) if text.is_empty() => None,
        value if is_unselected(value) => None,
        value => Some(files.content(value, key)),
    }
}

/// Reads a model, or a union of models, from the form as a whole.
pub(crate) fn decode_form<T: Decode>(field: &Field<T>, sent: &Sent<'_>, issues: &mut Vec<Issue>) -> Option<T> {
    let mut cx = Context::new(Mode::LastText);
    // Where undeclared fields matter anything begins the model, else only a field of its own, be it empty.
    let begun = sent.named.iter().any(|(name, _)| T::EXTRA != Extra::Ignore || T::field(name).is_some());
    if !begun {
        if field.when_missing().is_some() {
            let value = field.missing(&mut cx);
            return explained(value, cx, &[Segment::from("body")], &Content::Null, issues);
        }
        if T::when_missing().is_some() {
            // An optional model that was declared `required`.
            cx.report(Issue::new("missing", "Field required"));
            return explained(None, cx, &[Segment::from("body")], &Content::Null, issues);
        }
    }
    let mut files = Files::default();
    let mut content = sent.whole(&mut files);
    cx.files = files.shared();
    cx.form = !T::FIELDS;
    if T::FIELDS {
        content = own_values(&content, None, files_of(&cx), |name| T::field(name));
    }
    let source = IntoDeserializer::<value::Error>::into_deserializer(&content);
    let value = field.decode(&mut cx, |cx| T::decode(source, cx)).ok().flatten();
    explained(value, cx, &[Segment::from("body")], &content, issues)
}

/// Puts what the walk found among the issues of the request.
#[inline]
fn explained<T>(
    value: Option<T>,
    mut cx: Context,
    prefix: &[Segment],
    root: &Content<'_>,
    issues: &mut Vec<Issue>,
) -> Option<T> {
    if cx.mark() != 0 {
        quote(&mut cx, 0, root);
        issues.extend(cx.into_issues().into_iter().map(|mut issue| {
            issue.finish(prefix, &Content::Null, &mut 0);
            issue
        }));
    }
    value
}

/// Gives the issues since `mark` their input from `root`, unless they have it.
#[cold]
fn quote(cx: &mut Context, mark: usize, root: &Content<'_>) {
    let mut root = shown(root, files_of(cx));
    if !cx.secrets().is_empty() {
        root = root.masked(cx.secrets());
    }
    let mut budget = QUOTED;
    for issue in cx.since(mark) {
        issue.quote_from(&root, &mut budget);
    }
}

fn is_unselected(value: &Content<'_>, files: &[FormFile]) -> bool {
    file_at(files, value).is_some_and(FormFile::is_unselected)
}

/// What a model reads: of a name that it declares as a list all values, of others that it declares the last, unless it
/// is empty; then what it does not declare.
fn own_values<'f>(
    whole: &Content<'f>,
    tag: Option<&str>,
    files: &[FormFile],
    field: impl Fn(&str) -> Option<(usize, bool)>,
) -> Content<'f> {
    let is_empty = |value: &Content<'_>| match value {
        Content::Str(text) => text.is_empty(),
        value => is_unselected(value, files),
    };
    let Content::Map(entries) = whole else { return Content::Map(Vec::new()) };
    let mut declared = Vec::new();
    let mut rest = Vec::new();
    for (name, value) in entries {
        let values = match value {
            Content::Seq(values) => values.as_slice(),
            value => std::slice::from_ref(value),
        };
        match field(name) {
            _ if tag == Some(name) => declared.push((0, (name.clone(), value.clone()))),
            Some((position, true)) => {
                let chosen: Vec<_> = values.iter().filter(|value| !is_unselected(value, files)).cloned().collect();
                if !chosen.is_empty() {
                    declared.push((position + 1, (name.clone(), Content::Seq(chosen))));
                }
            }
            Some((position, false)) => {
                if let Some(value) = values.last().filter(|value| !is_empty(value)) {
                    declared.push((position + 1, (name.clone(), value.clone())));
                }
            }
            None => rest.push((name.clone(), value.clone())),
        }
    }
    declared.sort_by_key(|(position, _)| *position);
    Content::Map(declared.into_iter().map(|(_, entry)| entry).chain(rest).collect())
}

/// Reads a member of a union of models from a form, in the member's own way.
#[cold]
pub(super) fn decode_form_member<T>(
    whole: &Content<'_>,
    field: impl Fn(&str) -> Option<(usize, bool)>,
    cx: &mut Context,
    read: impl FnOnce(&Content<'_>, &mut Context) -> Option<T>,
) -> Option<T> {
    let own = own_values(whole, cx.tag, files_of(cx), field);
    let mark = cx.mark();
    cx.form = false;
    let value = read(&own, cx);
    cx.form = true;
    if cx.mark() != mark {
        quote(cx, mark, &own);
    }
    value
}

/// Reads a map that stands for a file.
pub(crate) fn file_of<'de, A: MapAccess<'de>>(mut map: A, cx: &Context) -> Result<Option<UploadFile>, A::Error> {
    let mut found = None;
    while let Some(name) = map.next_key::<Cow<'de, str>>()? {
        if name == FILE {
            let number = map.next_value::<Content<'de>>()?;
            found = file_in(files_of(cx), &number).map(|found| found.file.clone());
        } else {
            map.next_value::<IgnoredAny>()?;
        }
    }
    Ok(found)
}

/// Whether an object that begins with `key` stands for the bytes of a file.
pub(super) fn stands_for_bytes(key: &str) -> bool {
    key == BYTES
}

/// The bytes of a file.
pub(super) fn bytes_of(number: u64, cx: &Context) -> Option<Bytes> {
    file_in(files_of(cx), &Content::U64(number))?.bytes.clone()
}

fn files_of(cx: &Context) -> &[FormFile] {
    cx.files.as_deref().map_or(&[], Vec::as_slice)
}

fn file_in<'f>(files: &'f [FormFile], number: &Content<'_>) -> Option<&'f FormFile> {
    match number {
        Content::I64(number) => files.get(usize::try_from(*number).ok()?),
        Content::U64(number) => files.get(usize::try_from(*number).ok()?),
        _ => None,
    }
}

/// The file that an object stands for.
fn file_at<'f>(files: &'f [FormFile], content: &Content<'_>) -> Option<&'f FormFile> {
    match content {
        Content::Map(entries) => match entries.as_slice() {
            [(key, number)] if key == FILE => file_in(files, number),
            _ => None,
        },
        _ => None,
    }
}

/// The input as it is quoted: files by their names and sizes, or by their bytes where these were wanted.
fn shown(content: &Content<'_>, files: &[FormFile]) -> Content<'static> {
    match content {
        Content::Map(entries) => match entries.as_slice() {
            [(key, number)] if key == FILE => {
                file_in(files, number).map_or(Content::Null, |file| shown_file(&file.file))
            }
            [(key, number)] if key == BYTES => file_in(files, number).map_or(Content::Null, shown_bytes),
            entries => Content::Map(
                entries.iter().map(|(key, value)| (Cow::Owned(key.to_string()), shown(value, files))).collect(),
            ),
        },
        Content::Seq(values) => Content::Seq(values.iter().map(|value| shown(value, files)).collect()),
        scalar => scalar.to_owned_content(),
    }
}

fn shown_bytes(file: &FormFile) -> Content<'static> {
    match &file.bytes {
        Some(bytes) if bytes.len() <= QUOTED => Content::Str(Cow::Owned(String::from_utf8_lossy(bytes).into_owned())),
        _ => Content::Null,
    }
}

fn shown_file(file: &UploadFile) -> Content<'static> {
    let text = |text: &str| Content::Str(Cow::Owned(text.to_owned()));
    let headers = file
        .headers()
        .iter()
        .map(|(name, value)| (Cow::Owned(name.as_str().to_owned()), text(&String::from_utf8_lossy(value.as_bytes()))));
    Content::Map(vec![
        (Cow::Borrowed("filename"), text(file.file_name())),
        (Cow::Borrowed("size"), Content::U64(file.size())),
        (Cow::Borrowed("headers"), Content::Map(headers.collect())),
    ])
}
