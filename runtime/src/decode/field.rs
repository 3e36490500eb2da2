//! [`Field`]: a named value that a request carries, with all that was declared of it.

mod default_json;
mod reading;

use serde::Serialize;
use serde_json::Value;

pub use self::default_json::{DefaultJson, NoDefaultJson, ToJson};
pub use self::reading::accepted;
use super::{
    Docs,
    context::Demands,
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
    pub(crate) default_json: Option<ToJson<T>>,
    /// Whether the name was declared for the wire: it is taken as it is.
    pub(crate) aliased: bool,
    /// Whether the last of the other names is the field's own in Rust.
    by_name: bool,
    keeps_underscores: bool,
    required: bool,
    /// Of a path parameter: which one of the operation's path it is.
    pub(crate) position: usize,
    /// What the document says.
    pub docs: Docs,
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
            position: 0,
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

    /// The document shows its default, if it can be [written](DefaultJson).
    #[must_use]
    pub const fn default_json(mut self, to_json: Option<ToJson<T>>) -> Self {
        self.default_json = to_json;
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

    /// It is the path parameter at this position.
    #[must_use]
    pub const fn at(mut self, position: usize) -> Self {
        self.position = position;
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

impl<T: Serialize> Field<T> {
    /// With a default, which the document shows.
    #[must_use]
    pub const fn default(self, default: fn() -> T) -> Self {
        self.default_with(default).default_json(DefaultJson::<T>::TO_JSON)
    }
}
