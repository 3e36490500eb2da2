//! [`Field`]: a named value that a request carries, with all that was declared of it.

use std::borrow::Cow;

use serde::{Serialize, de::MapAccess};
use serde_json::Value;

use super::{
    Decode, Seed,
    context::{Context, Demands},
    issue::{ContextValue, Issue, Segment},
    record::Name,
    rules::{Container, Rules},
};
use crate::{dependency::LimitOf, openapi::Example};

/// A parameter of an operation or a field of a model: name, constraints, default, documentation.
///
/// The macros declare it as a constant; nothing of it is computed per request.
#[derive(Debug, Clone, Copy)]
pub struct Field<T: 'static> {
    /// The name on the wire.
    pub name: &'static str,
    /// Other names that are accepted.
    pub aliases: &'static [&'static str],
    /// Declared constraints.
    pub rules: Rules,
    /// Whether something is checked once the value is read.
    checked: bool,
    /// What is demanded while it is read.
    demands: Demands,
    /// Whether something is.
    demanding: bool,
    repeats: Option<fn(&T) -> bool>,
    validator: Option<fn(&T) -> Result<(), String>>,
    /// The value when none was sent.
    pub default: Option<fn() -> T>,
    /// Whether the default is checked as if it had been sent.
    validates_default: bool,
    /// The default as the document shows it.
    pub(crate) default_json: Option<fn(fn() -> T) -> Option<Value>>,
    /// Whether the name was declared for the wire: it is taken as it is.
    pub(crate) aliased: bool,
    /// Whether the last of the other names is the field's own in Rust.
    by_name: bool,
    keeps_underscores: bool,
    required: bool,
    /// What the document says.
    pub docs: Docs,
}

/// A type whose default may be written as a text.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no default that is a text",
    label = "its default is written as a text",
    note = "write a value of the type, such as `default = 10`, or name a function that makes one: `default_with = new_id`"
)]
pub trait TextDefault {
    /// The default.
    fn text_default(text: &'static str) -> Self;
}

#[diagnostic::do_not_recommend]
impl<T: From<&'static str>> TextDefault for T {
    fn text_default(text: &'static str) -> Self {
        text.into()
    }
}

/// Documentation of a [`Field`].
#[derive(Debug, Clone, Copy)]
pub struct Docs {
    /// `title`; by default the name in words.
    pub title: Option<&'static str>,
    /// `description`, in Markdown.
    pub description: Option<&'static str>,
    /// `examples`.
    pub examples: Option<fn() -> Vec<Value>>,
    /// `examples` of the parameter or body itself, by name.
    pub openapi_examples: Option<fn() -> Vec<(&'static str, Example)>>,
    /// `deprecated`.
    pub deprecated: bool,
    /// Whether the document shows the parameter.
    pub include_in_schema: bool,
    /// Further keys of its schema, which are put over what is there.
    pub json_schema_extra: Option<fn() -> Value>,
    /// The media type of a body.
    pub media_type: Option<&'static str>,
    /// Whether it stands in answers only.
    pub read_only: bool,
    /// Whether it stands in requests only.
    pub write_only: bool,
    /// The OAuth2 scopes that are asked for of a dependency.
    pub scopes: &'static [&'static str],
    /// Whether a dependency's value is shared within the request.
    pub use_cache: bool,
    /// How many calls of a dependency run at once for this argument.
    pub(crate) max_concurrency: Option<LimitOf>,
}

impl<T> Field<T> {
    /// A required value without constraints.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        let docs = Docs {
            title: None,
            description: None,
            examples: None,
            openapi_examples: None,
            json_schema_extra: None,
            deprecated: false,
            include_in_schema: true,
            media_type: None,
            read_only: false,
            write_only: false,
            scopes: &[],
            use_cache: true,
            max_concurrency: None,
        };
        Self {
            name,
            aliases: &[],
            rules: Rules::NONE,
            checked: false,
            demands: Demands::NONE,
            demanding: false,
            repeats: None,
            validator: None,
            default: None,
            validates_default: false,
            default_json: None,
            aliased: false,
            by_name: false,
            keeps_underscores: false,
            required: false,
            docs,
        }
    }

    /// With constraints.
    #[must_use]
    pub const fn rules(mut self, rules: Rules) -> Self {
        self.rules = rules;
        self.checked = true;
        self.demands.items = rules.items;
        self.demanding |= rules.items.is_some();
        self
    }

    /// Nothing is converted: an integer is no text, and a text is no integer.
    #[must_use]
    pub const fn strict(mut self) -> Self {
        self.demands.strict = true;
        self.demanding = true;
        self
    }

    /// No item comes twice.
    #[must_use]
    pub const fn unique_items(mut self, repeats: fn(&T) -> bool) -> Self {
        self.repeats = Some(repeats);
        self.checked = true;
        self
    }

    /// A list ends at its first faulty item.
    #[must_use]
    pub const fn fail_fast(mut self) -> Self
    where
        T: Container,
    {
        self.demands.fail_fast = true;
        self.demanding = true;
        self
    }

    /// Checked by a function once its constraints hold; what it says is reported as a `value_error`.
    #[must_use]
    pub const fn validator(mut self, validator: fn(&T) -> Result<(), String>) -> Self {
        self.validator = Some(validator);
        self.checked = true;
        self
    }

    /// With other names that are accepted.
    #[must_use]
    pub const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    /// The header fields of a model have the names of its fields as they are.
    #[must_use]
    pub const fn keep_underscores(mut self) -> Self {
        self.keeps_underscores = true;
        self
    }

    /// Its name was declared for the wire.
    #[must_use]
    pub const fn aliased(mut self) -> Self {
        self.aliased = true;
        self
    }

    /// The last of its other names is its own in Rust: in the names of header fields its underscores are hyphens.
    #[must_use]
    pub const fn by_name(mut self) -> Self {
        self.by_name = true;
        self
    }

    /// The default is checked as if it had been sent.
    #[must_use]
    pub const fn validate_default(mut self) -> Self {
        self.validates_default = true;
        self
    }

    /// With a default that the document does not show, since it may differ each time.
    #[must_use]
    pub const fn default_with(mut self, default: fn() -> T) -> Self {
        self.default = Some(default);
        self
    }

    /// A dependency of which OAuth2 scopes are asked for.
    #[must_use]
    pub const fn scopes(mut self, scopes: &'static [&'static str]) -> Self {
        self.docs.scopes = scopes;
        self
    }

    /// A dependency that runs again for this argument.
    #[must_use]
    pub const fn use_cache(mut self, shared: bool) -> Self {
        self.docs.use_cache = shared;
        self
    }

    /// A dependency of which only so many calls for this argument run at once.
    #[must_use]
    pub const fn max_concurrency(mut self, limit: LimitOf) -> Self {
        self.docs.max_concurrency = Some(limit);
        self
    }

    /// It stands in answers only.
    #[must_use]
    pub const fn read_only(mut self) -> Self {
        self.docs.read_only = true;
        self
    }

    /// It stands in requests only.
    #[must_use]
    pub const fn write_only(mut self) -> Self {
        self.docs.write_only = true;
        self
    }

    /// With a `title`.
    #[must_use]
    pub const fn title(mut self, title: &'static str) -> Self {
        self.docs.title = Some(title);
        self
    }

    /// With a `description`.
    #[must_use]
    pub const fn description(mut self, description: &'static str) -> Self {
        self.docs.description = Some(description);
        self
    }

    /// With `examples`.
    #[must_use]
    pub const fn examples(mut self, examples: fn() -> Vec<Value>) -> Self {
        self.docs.examples = Some(examples);
        self
    }

    /// With examples that have names and words of their own.
    #[must_use]
    pub const fn openapi_examples(mut self, examples: fn() -> Vec<(&'static str, Example)>) -> Self {
        self.docs.openapi_examples = Some(examples);
        self
    }

    /// With further keys of its schema (an object), which are put over what is there.
    #[must_use]
    pub const fn json_schema_extra(mut self, extra: fn() -> Value) -> Self {
        self.docs.json_schema_extra = Some(extra);
        self
    }

    /// It must be sent, though its type has a value for what is not: an optional value must be sent as `null` then.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Marked as deprecated.
    #[must_use]
    pub const fn deprecated(mut self) -> Self {
        self.docs.deprecated = true;
        self
    }

    /// Left out of the document.
    #[must_use]
    pub const fn hidden(mut self) -> Self {
        self.docs.include_in_schema = false;
        self
    }

    /// With the media type of a body.
    #[must_use]
    pub const fn media_type(mut self, media_type: &'static str) -> Self {
        self.docs.media_type = Some(media_type);
        self
    }
}

impl<T> Field<T> {
    /// Its own name, among those of its record.
    #[must_use]
    pub const fn named(&self, several: bool) -> Name {
        Name::new(self.name, self.aliased, several)
    }
}

impl<T: Serialize> Field<T> {
    /// With a default, which the document shows.
    #[must_use]
    pub const fn default(mut self, default: fn() -> T) -> Self {
        self.default = Some(default);
        self.default_json = Some(|default| serde_json::to_value(default()).ok());
        self
    }
}

impl<T: Decode> Field<T> {
    /// No answer may quote a secret, not even within the object around it.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn keep_secret(&self, cx: &mut Context) {
        if T::SECRET {
            cx.keep_secret(self.aliases.iter().copied().chain([self.name]));
        }
    }

    /// The value when none was sent; `None` makes that a fault.
    #[inline]
    pub fn when_missing(&self) -> Option<T> {
        match self.default {
            Some(default) => Some(default()),
            None if self.required => None,
            None => T::when_missing(),
        }
    }

    /// The value when none was sent, or the fault: that it is missing, or that the default itself is wrong.
    #[inline]
    pub(crate) fn missing(&self, cx: &mut Context) -> Option<T> {
        let mark = cx.mark();
        match self.default_value(cx) {
            Some(value) => {
                if cx.mark() != mark {
                    let name = self.name_on_the_wire(cx);
                    cx.locate(mark, || Segment::Key(name));
                }
                value
            }
            None => cx.refuse(Issue::missing(self.name_on_the_wire(cx))),
        }
    }

    /// The value when none was sent, if there is one; within, `None` if it was validated and is wrong.
    #[inline]
    pub(crate) fn default_value(&self, cx: &mut Context) -> Option<Option<T>> {
        let value = self.when_missing()?;
        Some(if self.validates_default { self.check_default(value, cx) } else { Some(value) })
    }

    #[cold]
    fn check_default(&self, value: T, cx: &mut Context) -> Option<T> {
        let mark = cx.mark();
        let shown = self.default_json.zip(self.default).and_then(|(to_json, default)| to_json(default));
        let value = self.check(value, cx);
        for issue in cx.since(mark) {
            issue.quote(shown.clone().unwrap_or_default());
        }
        value
    }

    /// This under the first of its names that is `known`.
    pub(crate) fn among(&self, known: &[String]) -> Option<Self> {
        let mut names = std::iter::once(&self.name).chain(self.aliases);
        let name = names.find(|name| known.iter().any(|known| known == **name))?;
        Some(Self { name, aliases: &[], ..*self })
    }

    pub(crate) const fn is_required(&self) -> bool {
        self.required
    }

    pub(crate) const fn converts_underscores(&self) -> bool {
        !self.keeps_underscores
    }

    /// Reads the value and checks it; `read` is the walk over it.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn decode<E>(
        &self,
        cx: &mut Context,
        read: impl FnOnce(&mut Context) -> Result<Option<T>, E>,
    ) -> Result<Option<T>, E> {
        let value = if self.demanding { self.decode_demanding(cx, read) } else { read(cx) }?;
        Ok(value.and_then(|value| self.check(value, cx)))
    }

    #[cold]
    fn decode_demanding<E>(
        &self,
        cx: &mut Context,
        read: impl FnOnce(&mut Context) -> Result<Option<T>, E>,
    ) -> Result<Option<T>, E> {
        let outer = std::mem::replace(&mut cx.demands, self.demands);
        cx.demands.strict |= outer.strict;
        let value = read(cx);
        cx.demands = outer;
        value
    }

    /// Checks the declared constraints, and then what the validator says.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn check(&self, value: T, cx: &mut Context) -> Option<T> {
        (!self.checked || self.is_valid(&value, cx)).then_some(value)
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn is_valid(&self, value: &T, cx: &mut Context) -> bool {
        value.check(&self.rules, cx)
            && (self.repeats.is_none_or(|repeats| !repeats(value)) || repeated(cx))
            && self.validator.is_none_or(|validator| accepted(validator(value), cx))
    }

    /// Says of the issues since `mark` that they are the field's.
    #[cold]
    pub(super) fn locate(&self, cx: &mut Context, mark: usize) {
        let name = self.name_on_the_wire(cx);
        cx.locate(mark, || Segment::Key(name));
    }

    /// The name as requests write it.
    #[cold]
    fn name_on_the_wire(&self, cx: &Context) -> Cow<'static, str> {
        hyphened(self.name, cx.hyphens && !self.aliased)
    }

    /// One of its other names, as requests write it.
    #[cold]
    pub(super) fn alias_on_the_wire(&self, index: usize, cx: &Context) -> Option<Cow<'static, str>> {
        let own = self.by_name && index + 1 == self.aliases.len();
        self.aliases.get(index).map(|alias| hyphened(alias, cx.hyphens && own))
    }
}

/// Underscores are hyphens in the names of header fields.
fn hyphened(name: &'static str, hyphens: bool) -> Cow<'static, str> {
    if hyphens && name.contains('_') { Cow::Owned(name.replace('_', "-")) } else { Cow::Borrowed(name) }
}

#[cold]
fn repeated(cx: &mut Context) -> bool {
    cx.report(Issue::new("unique_items", "List should have unique items"));
    false
}

/// Reports what a validator says, as Pydantic reports a `ValueError`.
pub fn accepted(said: Result<(), String>, cx: &mut Context) -> bool {
    match said {
        Ok(()) => true,
        Err(text) => {
            let issue = Issue::new("value_error", format!("Value error, {text}"));
            cx.report(issue.with("error", ContextValue::Object));
            false
        }
    }
}

/// A field's value while its record is being read.
#[derive(Debug, Default)]
pub enum Slot<T> {
    /// Not met yet.
    #[default]
    Absent,
    /// Met, and wrong.
    Faulty,
    /// Read.
    Value(T),
}

impl<T: Decode> Slot<T> {
    /// Reads the value that `map` offers. `start` is the mark at which the record began.
    ///
    /// It is made for each field anew: what is not declared of a field costs nothing.
    ///
    /// # Errors
    /// Only when the input itself is broken.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn read<'de, A: MapAccess<'de>>(
        &mut self,
        field: &Field<T>,
        map: &mut A,
        cx: &mut Context,
        start: usize,
    ) -> Result<(), A::Error> {
        if matches!(self, Self::Absent) {
            cx.count_field();
        } else {
            self.forget(field, cx, start);
        }
        field.keep_secret(cx);
        let mark = cx.mark();
        let value = field.decode(cx, |cx| map.next_value_seed(Seed::<T>::new(cx)))?;
        // It is empty: there is nothing to drop.
        std::mem::forget(std::mem::replace(self, value.map_or(Self::Faulty, Self::Value)));
        if cx.mark() != mark {
            field.locate(cx, mark);
        }
        Ok(())
    }

    /// The same key again: the last one counts, as in Python.
    #[cold]
    fn forget(&mut self, field: &Field<T>, cx: &mut Context, start: usize) {
        cx.forget(start, field.name);
        *self = Self::Absent;
    }

    /// The value, its default, or the fault that it is missing.
    #[inline]
    pub fn finish(self, field: &Field<T>, cx: &mut Context) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Faulty => None,
            Self::Absent => field.missing(cx),
        }
    }

    /// Whether the value was sent.
    #[inline]
    pub(super) const fn is_sent(&self) -> bool {
        !matches!(self, Self::Absent)
    }
}
