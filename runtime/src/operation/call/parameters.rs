//! Parameters: of the path, the query, header fields and cookies.

use poem::http::{HeaderValue, header::COOKIE};

use super::{Call, Captures};
use crate::{
    decode::{
        Content, Context, Decode, Field, Issue, Mode, Named, Segment, Texts, as_declared, decode_named, decode_texts,
    },
    http_error::HttpError,
    operation::{
        path_template::Convertor,
        query::{cookie_values, cookies, query_parameters, query_values},
    },
};

impl Call {
    /// The path parameter at the field's position in the operation's own template.
    #[inline]
    pub fn path<T: Decode>(&mut self, field: &Field<T>) -> Option<T> {
        let index = field.position + self.settings.prefixed;
        self.captured(field, field.name, index)
    }

    /// The path parameter of the field's name, or of the first of its names that is there, wherever in the path it is.
    pub fn path_by_name<T: Decode>(&mut self, field: &Field<T>, name: &str) -> Option<T> {
        let names = std::iter::once(&field.name).chain(field.aliases);
        let known = |name: &&str| self.settings.path_names.iter().position(|known| known == name);
        match names.copied().find_map(|name| Some((name, known(&name)?))) {
            Some((name, index)) => self.captured(field, name, index),
            None => {
                // Cannot happen in an `App`: it does not start.
                self.refuse(HttpError::internal(format!("the path has no parameter `{name}`")));
                None
            }
        }
    }

    /// A parameter that no attribute gives a place: of the path, if that has its name, else of the query.
    #[inline]
    pub fn inferred<T: Decode>(&mut self, field: &Field<T>) -> Option<T> {
        match self.settings.path_names.iter().position(|known| known == field.name) {
            Some(index) => self.captured(field, field.name, index),
            None => self.query(field),
        }
    }

    #[inline]
    fn captured<T: Decode>(&mut self, field: &Field<T>, name: &'static str, index: usize) -> Option<T> {
        let text = match &self.captures {
            Captures::Ranges(ranges) => ranges
                .get(index)
                .and_then(|range| self.request.uri().path().get(range.start as usize..range.end as usize)),
            Captures::Owned(texts) => texts.get(index).map(String::as_str),
        };
        let mut texts = Texts::new();
        texts.push(text.unwrap_or_default().into());
        let mark = self.issues.len();
        let value = decode_texts(field, name, &texts, Mode::LastText, "path", &mut self.issues);
        if self.issues.len() != mark
            && let Some(convertor) = self.settings.convertors.get(index)
        {
            quote_converted(&mut self.issues, mark, *convertor);
        }
        value
    }

    /// A query parameter.
    #[inline]
    pub fn query<T: Decode>(&mut self, field: &Field<T>) -> Option<T> {
        if T::FIELDS {
            return self.query_fields(field);
        }
        let query = self.request.uri().query().unwrap_or_default();
        let (name, texts) = sent(field, |name| query_values(query, name));
        if texts.is_empty() {
            return absent(field, "query", &mut self.issues);
        }
        decode_texts(field, name, &texts, Mode::LastText, "query", &mut self.issues)
    }

    fn query_fields<T: Decode>(&mut self, field: &Field<T>) -> Option<T> {
        let all = query_parameters(self.request.uri().query().unwrap_or_default());
        decode_named(field, &all, Context::new(Mode::LastText), "query", &mut self.issues)
    }

    /// A header field, or those that a model declares.
    pub fn header<T: Decode>(&mut self, field: &Field<T>) -> Option<T> {
        if T::FIELDS {
            return self.header_fields(field);
        }
        let headers = self.request.headers();
        let (name, texts) = sent(field, |name| {
            headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes())).collect()
        });
        if texts.is_empty() {
            return absent(field, "header", &mut self.issues);
        }
        decode_texts(field, name, &texts, Mode::FirstText, "header", &mut self.issues)
    }

    fn header_fields<T: Decode>(&mut self, field: &Field<T>) -> Option<T> {
        let headers = self.request.headers();
        let text = |value: &'_ HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned().into();
        let all = headers.keys().map(|name| (name.as_str().into(), headers.get_all(name).iter().map(text).collect()));
        let all: Named<'_> = all.collect();
        let mut cx = Context::new(Mode::FirstText);
        cx.hyphens = field.converts_underscores();
        decode_named(field, &as_declared::<T>(all, cx.hyphens), cx, "header", &mut self.issues)
    }

    /// A cookie, or those that a model declares.
    pub fn cookie<T: Decode>(&mut self, field: &Field<T>) -> Option<T> {
        if T::FIELDS {
            return self.cookie_fields(field);
        }
        let headers = self.request.headers().get_all(COOKIE);
        let headers = || headers.iter().filter_map(|header| header.to_str().ok());
        let (name, texts) = sent(field, |name| headers().flat_map(|header| cookie_values(header, name)).collect());
        if texts.is_empty() {
            return absent(field, "cookie", &mut self.issues);
        }
        decode_texts(field, name, &texts, Mode::LastText, "cookie", &mut self.issues)
    }

    fn cookie_fields<T: Decode>(&mut self, field: &Field<T>) -> Option<T> {
        let headers = self.request.headers().get_all(COOKIE);
        let all = cookies(headers.iter().filter_map(|header| header.to_str().ok()));
        decode_named(field, &all, Context::new(Mode::LastText), "cookie", &mut self.issues)
    }
}

/// What was sent under the field's name, or else under the first of its other names that was.
#[inline]
fn sent<'t, T>(field: &Field<T>, texts: impl Fn(&'static str) -> Texts<'t>) -> (&'static str, Texts<'t>) {
    let first = texts(field.name);
    if !first.is_empty() || field.aliases.is_empty() {
        return (field.name, first);
    }
    let others = field.aliases.iter().map(|name| (*name, texts(name)));
    others.into_iter().find(|(_, texts)| !texts.is_empty()).unwrap_or((field.name, first))
}

#[inline]
fn absent<T: Decode>(field: &Field<T>, place: &'static str, issues: &mut Vec<Issue>) -> Option<T> {
    let mut cx = Context::new(Mode::LastText);
    let value = field.missing(&mut cx);
    if cx.mark() != 0 {
        missing(cx, place, issues);
    }
    value
}

#[cold]
fn missing(cx: Context, place: &'static str, issues: &mut Vec<Issue>) {
    issues.extend(cx.into_issues().into_iter().map(|mut issue| {
        issue.finish(&[Segment::from(place)], &Content::Null, &mut 0);
        issue
    }));
}

/// What a convertor takes for a number, faults quote as one.
#[cold]
fn quote_converted(issues: &mut [Issue], mark: usize, convertor: Convertor) {
    for issue in issues.iter_mut().skip(mark) {
        issue.requote(|text| convertor.number(text));
    }
}
