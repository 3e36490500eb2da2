//! [`Alternative`]: one of the forms that a schema allows, with nothing left to combine or to look up.

use serde_json::{Map, Value};

use super::{
    document::{Document, entries, is_set_in, items},
    shown,
};

/// More than so many forms are not told apart.
const MAX: usize = 256;
/// How deep `$ref`s and combinations may lie in each other without a property between them.
const DEPTH: usize = 16;

/// A schema of at most one type, without `$ref`, `anyOf`, `oneOf` and `allOf`.
#[derive(Debug, Clone, Default)]
pub(super) struct Alternative {
    /// The component that it is.
    pub(super) name: Option<String>,
    pub(super) keywords: Map<String, Value>,
}

/// The forms that a schema allows: none of `false`.
pub(super) fn alternatives(document: Document<'_>, schema: &Value) -> Vec<Alternative> {
    expand(document, schema, DEPTH)
}

fn expand(document: Document<'_>, schema: &Value, depth: usize) -> Vec<Alternative> {
    let keywords = match schema {
        Value::Object(keywords) => keywords,
        Value::Bool(false) => return Vec::new(),
        _ => return vec![Alternative::default()],
    };
    if depth == 0 {
        return vec![Alternative::default()];
    }
    let mut all = own(keywords);
    if let Some(pointer) = keywords.get("$ref").and_then(Value::as_str)
        && let Some(target) = document.at(pointer)
    {
        let name = pointer.rsplit('/').next().map(str::to_owned);
        let mut forms = expand(document, target, depth - 1);
        for form in &mut forms {
            form.name = form.name.take().or_else(|| name.clone());
        }
        all = product(&all, &forms);
    }
    for member in items(keywords.get("allOf")) {
        all = product(&all, &expand(document, member, depth - 1));
    }
    for combination in ["anyOf", "oneOf"] {
        if keywords.contains_key(combination) {
            let members = items(keywords.get(combination));
            let forms: Vec<Alternative> = members.flat_map(|member| expand(document, member, depth - 1)).collect();
            all = product(&all, &forms);
        }
    }
    all
}

/// What the schema says itself: one form for each type.
fn own(keywords: &Map<String, Value>) -> Vec<Alternative> {
    let mut own = keywords.clone();
    for combined in ["$ref", "allOf", "anyOf", "oneOf", "title", "description", "examples", "example", "default"] {
        own.remove(combined);
    }
    if let Some(constant) = own.remove("const") {
        own.insert("enum".to_owned(), Value::Array(vec![constant]));
    }
    // OpenAPI 3.0: a flag beside the bound.
    for (flag, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        match own.get(flag) {
            Some(Value::Bool(true)) => {
                own.remove(flag);
                if let Some(bound) = own.remove(bound) {
                    own.insert(flag.to_owned(), bound);
                }
            }
            Some(Value::Bool(false)) => {
                own.remove(flag);
            }
            _ => {}
        }
    }
    let is_nullable = is_set_in(&own, "nullable");
    own.remove("nullable");
    let types: Vec<Value> = match own.remove("type") {
        Some(Value::Array(types)) => types,
        Some(one) => vec![one],
        None => implied(&own).into_iter().map(Value::from).collect(),
    };
    let null = is_nullable.then(|| form(Some(&"null".into()), Map::new()));
    let forms = match types.as_slice() {
        [] => vec![form(None, own)],
        [one] => vec![form(Some(one), own)],
        several => several.iter().map(|one| form(Some(one), own.clone())).collect(),
    };
    forms.into_iter().chain(null).collect()
}

fn form(kind: Option<&Value>, mut keywords: Map<String, Value>) -> Alternative {
    if let Some(kind) = kind {
        keywords.insert("type".to_owned(), kind.clone());
    }
    Alternative { name: None, keywords }
}

/// The type of a schema that names none, by what it says of its values.
fn implied(keywords: &Map<String, Value>) -> Option<&'static str> {
    let groups: [(&str, &[&str]); 4] = [
        ("object", &["properties", "required", "additionalProperties", "propertyNames"]),
        ("array", &["items", "prefixItems", "minItems", "maxItems", "uniqueItems"]),
        ("string", &["pattern", "minLength", "maxLength", "format", "contentMediaType", "contentEncoding"]),
        ("number", &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
    ];
    let said = groups.into_iter().find(|(_, words)| words.iter().any(|word| keywords.contains_key(*word)));
    said.map(|(kind, _)| kind)
}

/// All forms that are one of `left` and one of `right`.
fn product(left: &[Alternative], right: &[Alternative]) -> Vec<Alternative> {
    let pairs = left.iter().flat_map(|left| right.iter().filter_map(|right| left.and(right)));
    let all: Vec<Alternative> = pairs.take(MAX + 1).collect();
    if all.len() > MAX { vec![Alternative::default()] } else { all }
}

impl Alternative {
    pub(super) fn kind(&self) -> Option<&str> {
        self.keywords.get("type").and_then(Value::as_str)
    }

    pub(super) fn get(&self, keyword: &str) -> Option<&Value> {
        self.keywords.get(keyword)
    }

    /// The only values that it allows, if they are listed.
    pub(super) fn listed(&self) -> Option<&Vec<Value>> {
        self.get("enum").and_then(Value::as_array)
    }

    /// The properties that have one value only: one of them may say which member of a union it is.
    pub(super) fn tags(&self) -> impl Iterator<Item = (&String, &Value)> {
        entries(self.get("properties")).filter_map(|(name, schema)| {
            let listed = schema.get("enum").and_then(Value::as_array).map(Vec::as_slice);
            let only = match listed {
                Some([only]) => Some(only),
                _ => None,
            };
            Some((name, schema.get("const").or(only)?))
        })
    }

    /// What is both; `None`, if nothing is.
    fn and(&self, other: &Self) -> Option<Self> {
        let kind = match (self.kind(), other.kind()) {
            (Some("number"), Some("integer")) | (Some("integer"), Some("number")) => Some("integer"),
            (Some(left), Some(right)) if left != right => return None,
            (left, right) => left.or(right),
        };
        let mut keywords = self.keywords.clone();
        for (keyword, right) in &other.keywords {
            let value = match keywords.get(keyword) {
                None => right.clone(),
                Some(left) => both(keyword, left, right),
            };
            keywords.insert(keyword.clone(), value);
        }
        if let Some(kind) = kind {
            keywords.insert("type".to_owned(), kind.into());
        }
        Some(Self { name: self.name.clone().or_else(|| other.name.clone()), keywords })
    }

    /// What it is, in few words.
    pub(super) fn words(&self) -> String {
        if let Some(name) = &self.name {
            return name.clone();
        }
        if let Some(values) = self.listed() {
            return values.iter().map(shown).collect::<Vec<_>>().join(", ");
        }
        let kind = self.kind().unwrap_or("anything");
        match self.get("format").and_then(Value::as_str) {
            Some(format) => format!("{kind} ({format})"),
            None => kind.to_owned(),
        }
    }
}

/// What two values of a keyword say together.
fn both(keyword: &str, left: &Value, right: &Value) -> Value {
    if left == right {
        return left.clone();
    }
    let all_of = || serde_json::json!({ "allOf": [left, right] });
    let tighter = |greater: bool| {
        let left_wins = left.as_f64() >= right.as_f64();
        if left_wins == greater { left.clone() } else { right.clone() }
    };
    match (keyword, left, right) {
        ("properties", Value::Object(left), Value::Object(right)) => {
            let mut all = left.clone();
            for (name, right) in right {
                let value = left.get(name).map_or_else(|| right.clone(), |left| both("", left, right));
                all.insert(name.clone(), value);
            }
            all.into()
        }
        ("required", Value::Array(left), Value::Array(right)) => {
            let more = right.iter().filter(|name| !left.contains(name));
            left.iter().chain(more).cloned().collect::<Vec<_>>().into()
        }
        ("enum", Value::Array(left), Value::Array(right)) => {
            left.iter().filter(|value| right.contains(value)).cloned().collect::<Vec<_>>().into()
        }
        ("additionalProperties", Value::Bool(false), _) | ("additionalProperties", _, Value::Bool(false)) => {
            false.into()
        }
        ("additionalProperties" | "items" | "propertyNames", Value::Bool(true), _) => right.clone(),
        ("additionalProperties" | "items" | "propertyNames", _, Value::Bool(true)) => left.clone(),
        ("minimum" | "exclusiveMinimum" | "minLength" | "minItems" | "minProperties", ..) => tighter(true),
        ("maximum" | "exclusiveMaximum" | "maxLength" | "maxItems" | "maxProperties", ..) => tighter(false),
        ("uniqueItems" | "readOnly" | "writeOnly" | "deprecated", ..) => true.into(),
        // Two conditions that no one keyword can say.
        ("pattern" | "format" | "multipleOf", ..) => format!("{} and {}", shown(left), shown(right)).into(),
        ("discriminator", ..) => left.clone(),
        _ => all_of(),
    }
}
