//! [`Schema`]: one JSON Schema, as OpenAPI 3.1 writes it.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Number, Value};

use super::components::ComponentId;

/// A JSON Schema of the 2020-12 dialect, the one that OpenAPI 3.1 uses.
///
/// Types describe themselves with it through [`Describe`](super::Describe). Fields that are `None`, empty or `false`
/// are not written.
///
/// ```
/// use versify::openapi::Schema;
///
/// let schema = Schema { min_length: Some(1), ..Schema::string() };
/// assert_eq!(serde_json::to_string(&schema).unwrap(), r#"{"type":"string","minLength":1}"#);
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Schema {
    /// `$ref`: a component instead of (or beside) what is said here.
    pub reference: Option<Reference>,
    /// `title`.
    pub title: Option<String>,
    /// `description`, in Markdown.
    pub description: Option<String>,
    /// `type`; `None` allows every type.
    pub kind: Option<Kind>,
    /// `format`, such as `date-time`.
    pub format: Option<&'static str>,
    /// `enum`.
    pub enumeration: Vec<Value>,
    /// `const`.
    pub constant: Option<Value>,
    /// `default`.
    pub default: Option<Value>,
    /// `examples`.
    pub examples: Vec<Value>,
    /// `multipleOf`.
    pub multiple_of: Option<Number>,
    /// `minimum`.
    pub minimum: Option<Number>,
    /// `exclusiveMinimum`.
    pub exclusive_minimum: Option<Number>,
    /// `maximum`.
    pub maximum: Option<Number>,
    /// `exclusiveMaximum`.
    pub exclusive_maximum: Option<Number>,
    /// `minLength`, in characters.
    pub min_length: Option<usize>,
    /// `maxLength`, in characters.
    pub max_length: Option<usize>,
    /// `pattern`, a regular expression that is searched for, not anchored.
    pub pattern: Option<&'static str>,
    /// `items`.
    pub items: Option<Box<Schema>>,
    /// `prefixItems`.
    pub prefix_items: Vec<Schema>,
    /// `minItems`.
    pub min_items: Option<usize>,
    /// `maxItems`.
    pub max_items: Option<usize>,
    /// `uniqueItems`.
    pub unique_items: bool,
    /// `properties`, in order.
    pub properties: Vec<(String, Schema)>,
    /// `required`.
    pub required: Vec<String>,
    /// `additionalProperties`.
    pub additional_properties: Option<Box<Additional>>,
    /// `propertyNames`.
    pub property_names: Option<Box<Schema>>,
    /// `minProperties`.
    pub min_properties: Option<usize>,
    /// `maxProperties`.
    pub max_properties: Option<usize>,
    /// `anyOf`.
    pub any_of: Vec<Schema>,
    /// `oneOf`.
    pub one_of: Vec<Schema>,
    /// `allOf`.
    pub all_of: Vec<Schema>,
    /// `discriminator` (OpenAPI 3.1, section 4.8.25).
    pub discriminator: Option<Discriminator>,
    /// `contentMediaType`.
    pub content_media_type: Option<&'static str>,
    /// `contentEncoding`.
    pub content_encoding: Option<&'static str>,
    /// `contentSchema`.
    pub content_schema: Option<Box<Schema>>,
    /// `deprecated`.
    pub deprecated: bool,
    /// `readOnly`.
    pub read_only: bool,
    /// `writeOnly`.
    pub write_only: bool,
    /// Any other keyword, `x-…` extensions above all. What stands here is written instead of what is said above.
    pub extensions: Map<String, Value>,
}

/// The JSON type that a [`Schema`] asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `"null"`.
    Null,
    /// `"boolean"`.
    Boolean,
    /// `"integer"`.
    Integer,
    /// `"number"`.
    Number,
    /// `"string"`.
    String,
    /// `"array"`.
    Array,
    /// `"object"`.
    Object,
}

impl Kind {
    /// The word that JSON Schema uses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

/// What a `$ref` points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference {
    /// A component whose name is not decided yet: names are given when all components are known.
    Component(ComponentId),
    /// A finished pointer, such as `#/components/schemas/Item`.
    Pointer(String),
}

/// `additionalProperties`.
#[derive(Debug, Clone, PartialEq)]
pub enum Additional {
    /// `true` or `false`.
    Allowed(bool),
    /// Each further property is of this schema.
    Schema(Schema),
}

impl From<Schema> for Additional {
    fn from(values: Schema) -> Self {
        if values == Schema::any() { Self::Allowed(true) } else { Self::Schema(values) }
    }
}

/// How the members of a `oneOf` are told apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Discriminator {
    /// The property that holds the tag.
    pub property_name: String,
    /// From tag to member.
    pub mapping: Vec<(String, Reference)>,
}

impl Schema {
    /// A schema that allows everything: `{}`.
    #[must_use]
    pub fn any() -> Self {
        Self::default()
    }

    /// A schema of one JSON type.
    #[must_use]
    pub fn of(kind: Kind) -> Self {
        Self { kind: Some(kind), ..Self::default() }
    }

    /// `{"type":"string"}`.
    #[must_use]
    pub fn string() -> Self {
        Self::of(Kind::String)
    }

    /// `{"type":"integer"}`.
    #[must_use]
    pub fn integer() -> Self {
        Self::of(Kind::Integer)
    }

    /// `{"type":"number"}`.
    #[must_use]
    pub fn number() -> Self {
        Self::of(Kind::Number)
    }

    /// `{"type":"boolean"}`.
    #[must_use]
    pub fn boolean() -> Self {
        Self::of(Kind::Boolean)
    }

    /// `{"type":"array","items":…}`.
    #[must_use]
    pub fn array(items: Schema) -> Self {
        Self { items: Some(Box::new(items)), ..Self::of(Kind::Array) }
    }

    /// `{"type":"object","additionalProperties":…}`, a map from text to `values`.
    #[must_use]
    pub fn map(values: Schema) -> Self {
        Self { additional_properties: Some(Box::new(values.into())), ..Self::of(Kind::Object) }
    }

    /// A `$ref` to a component.
    #[must_use]
    pub fn reference(component: ComponentId) -> Self {
        Self { reference: Some(Reference::Component(component)), ..Self::default() }
    }

    /// This or null: `{"anyOf":[…,{"type":"null"}]}`.
    #[must_use]
    pub fn or_null(mut self) -> Self {
        // Alternatives and nothing else: null is one more.
        let alternatives = std::mem::take(&mut self.any_of);
        if self == Self::default() && !alternatives.is_empty() {
            let null = Self::of(Kind::Null);
            let known = alternatives.contains(&null);
            let any_of = alternatives.into_iter().chain((!known).then_some(null)).collect();
            return Self { any_of, ..self };
        }
        self.any_of = alternatives;
        Self { any_of: vec![self, Self::of(Kind::Null)], ..Self::default() }
    }

    /// Puts further keys over those that are there; what is no object has none.
    pub fn extend(&mut self, extra: Value) {
        if let Value::Object(keys) = extra {
            self.extensions.extend(keys);
        }
    }

    /// Calls `visit` on every reference in this schema and within it.
    pub(super) fn walk_references(&mut self, visit: &mut dyn FnMut(&mut Reference)) {
        self.walk_mut(&mut |schema| {
            let mapping = schema.discriminator.iter_mut().flat_map(|discriminator| &mut discriminator.mapping);
            schema.reference.iter_mut().chain(mapping.map(|(_, reference)| reference)).for_each(&mut *visit);
        });
    }

    /// Whether it is a component, or one or null: such a schema takes no title from its place.
    pub(crate) fn is_optional_reference(&self) -> bool {
        match self.any_of.as_slice() {
            [member, null] if null.kind == Some(Kind::Null) => member.reference.is_some(),
            _ => self.reference.is_some(),
        }
    }

    /// Calls `visit` on this schema and on every schema within it.
    pub fn walk_mut(&mut self, visit: &mut dyn FnMut(&mut Schema)) {
        visit(self);
        let boxed = [&mut self.items, &mut self.property_names, &mut self.content_schema];
        let boxed = boxed.into_iter().flatten().map(|schema| &mut **schema);
        let lists = [&mut self.prefix_items, &mut self.any_of, &mut self.one_of, &mut self.all_of];
        let properties = self.properties.iter_mut().map(|(_, schema)| schema);
        for schema in boxed.chain(lists.into_iter().flatten()).chain(properties) {
            schema.walk_mut(visit);
        }
        if let Some(Additional::Schema(schema)) = self.additional_properties.as_deref_mut() {
            schema.walk_mut(visit);
        }
    }
}

impl Serialize for Reference {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Pointer(pointer) => serializer.serialize_str(pointer),
            // Only a document gives names; a lone schema shows the type's own.
            Self::Component(id) => serializer.collect_str(&format_args!("#/components/schemas/{}", id.type_name())),
        }
    }
}

impl Serialize for Additional {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Allowed(allowed) => serializer.serialize_bool(*allowed),
            Self::Schema(schema) => schema.serialize(serializer),
        }
    }
}

/// A list of pairs, written as an object in the list's order.
struct Pairs<'a, T>(&'a [(String, T)]);

impl<T: Serialize> Serialize for Pairs<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl Serialize for Discriminator {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("propertyName", &self.property_name)?;
        if !self.mapping.is_empty() {
            map.serialize_entry("mapping", &Pairs(&self.mapping))?;
        }
        map.end()
    }
}

impl Serialize for Schema {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let own = |key: &str| self.extensions.is_empty() || !self.extensions.contains_key(key);
        macro_rules! option {
            ($($key:literal $value:expr),* $(,)?) => {$(
                if let Some(value) = &$value && own($key) { map.serialize_entry($key, value)?; }
            )*};
        }
        macro_rules! list {
            ($($key:literal $value:expr),* $(,)?) => {$(
                if !$value.is_empty() && own($key) { map.serialize_entry($key, &$value)?; }
            )*};
        }
        macro_rules! flag {
            ($($key:literal $value:expr),* $(,)?) => {$(
                if $value && own($key) { map.serialize_entry($key, &true)?; }
            )*};
        }
        option!["$ref" self.reference, "type" self.kind.map(Kind::as_str), "format" self.format];
        list!["enum" self.enumeration];
        option!["const" self.constant];
        if !self.properties.is_empty() && own("properties") {
            map.serialize_entry("properties", &Pairs(&self.properties))?;
        }
        list!["required" self.required];
        option![
            "additionalProperties" self.additional_properties,
            "propertyNames" self.property_names,
            "minProperties" self.min_properties,
            "maxProperties" self.max_properties,
            "items" self.items,
        ];
        list!["prefixItems" self.prefix_items];
        option!["minItems" self.min_items, "maxItems" self.max_items];
        flag!["uniqueItems" self.unique_items];
        list!["anyOf" self.any_of, "oneOf" self.one_of, "allOf" self.all_of];
        option![
            "discriminator" self.discriminator,
            "multipleOf" self.multiple_of,
            "minimum" self.minimum,
            "exclusiveMinimum" self.exclusive_minimum,
            "maximum" self.maximum,
            "exclusiveMaximum" self.exclusive_maximum,
            "minLength" self.min_length,
            "maxLength" self.max_length,
            "pattern" self.pattern,
            "contentMediaType" self.content_media_type,
            "contentEncoding" self.content_encoding,
            "contentSchema" self.content_schema,
            "title" self.title,
            "description" self.description,
            "default" self.default,
        ];
        list!["examples" self.examples];
        flag!["deprecated" self.deprecated, "readOnly" self.read_only, "writeOnly" self.write_only];
        for (key, value) in &self.extensions {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}
