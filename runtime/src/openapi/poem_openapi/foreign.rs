//! [`Foreign`]: what an `#[OpenApi] impl` says of itself, for the document of an app.

use std::collections::BTreeMap;

use poem::http::Method;
use poem_openapi::{OpenApi, registry::Registry};
use serde_json::{Map, Value, json};

use super::upgrade;
use crate::openapi::SourceLocation;

/// The operations of APIs that were written with poem-openapi, and what they refer to, in the words of OpenAPI 3.1.
#[derive(Debug, Clone, Default)]
pub(crate) struct Foreign {
    pub(crate) operations: Vec<ForeignOperation>,
    pub(crate) schemas: BTreeMap<String, ForeignSchema>,
    pub(crate) security_schemes: Vec<ForeignScheme>,
    pub(crate) tags: Vec<Value>,
    /// The names of components that stand for two things.
    pub(crate) clashes: Vec<(String, (&'static str, SourceLocation))>,
}

/// A security scheme, and whose it is.
#[derive(Debug, Clone)]
pub(crate) struct ForeignScheme {
    pub(crate) name: &'static str,
    pub(crate) node: Value,
    pub(crate) function: (&'static str, SourceLocation),
}

#[derive(Debug, Clone)]
pub(crate) struct ForeignOperation {
    pub(crate) method: Method,
    /// As OpenAPI writes it.
    pub(crate) path: String,
    pub(crate) id: Option<&'static str>,
    /// The API's type, and where it was mounted.
    pub(crate) function: (&'static str, SourceLocation),
    pub(crate) node: Value,
}

#[derive(Debug, Clone)]
pub(crate) struct ForeignSchema {
    pub(crate) type_name: Option<&'static str>,
    /// The API's type, and where it was mounted.
    pub(crate) function: (&'static str, SourceLocation),
    pub(crate) node: Value,
}

impl ForeignOperation {
    /// It is a part of something that has tags, or is deprecated.
    pub(crate) fn belongs_to(&mut self, tags: &[String], deprecated: bool) {
        let Value::Object(node) = &mut self.node else { return };
        if let (false, Value::Array(own)) = (tags.is_empty(), node.entry("tags").or_insert_with(|| json!([]))) {
            own.splice(0..0, tags.iter().map(|tag| tag.as_str().into()));
        }
        if node.get("tags").and_then(Value::as_array).is_some_and(Vec::is_empty) {
            node.remove("tags");
        }
        if deprecated {
            node.insert("deprecated".to_owned(), true.into());
        }
    }
}

impl Foreign {
    pub(crate) fn of<T: OpenApi>(function: (&'static str, SourceLocation)) -> Self {
        let mut registry = Registry::new();
        T::register(&mut registry);
        let paths = T::meta().into_iter().flat_map(|api| api.paths);
        let operations = paths.flat_map(|path| {
            path.operations.into_iter().map(move |operation| {
                let mut node = serde_json::to_value(&operation).unwrap_or_default();
                upgrade::operation(&mut node);
                ForeignOperation {
                    method: operation.method,
                    path: path.path.clone(),
                    id: operation.operation_id,
                    function,
                    node,
                }
            })
        });
        let operations = operations.collect();
        let schemas = registry.schemas.into_iter().map(|(name, schema)| {
            let mut node = serde_json::to_value(&schema).unwrap_or_default();
            upgrade::schema(&mut node);
            (name, ForeignSchema { type_name: schema.rust_typename, function, node })
        });
        let schemes = registry.security_schemes.iter();
        let tags = registry.tags.iter().map(|tag| {
            let mut node = Map::new();
            node.insert("name".to_owned(), tag.name.into());
            if let Some(description) = tag.description {
                node.insert("description".to_owned(), description.into());
            }
            if let Some(docs) = &tag.external_docs {
                node.insert("externalDocs".to_owned(), json!(docs));
            }
            Value::Object(node)
        });
        Self {
            operations,
            schemas: schemas.collect(),
            security_schemes: schemes
                .map(|(name, scheme)| ForeignScheme { name, node: json!(scheme), function })
                .collect(),
            tags: tags.collect(),
            clashes: Vec::new(),
        }
    }

    /// Takes up another API, of which operations stand elsewhere.
    pub(crate) fn add(&mut self, other: &Self, operations: impl Iterator<Item = ForeignOperation>) {
        self.operations.extend(operations);
        for (name, schema) in &other.schemas {
            match self.schemas.get(name) {
                Some(known) if known.type_name != schema.type_name && known.node != schema.node => {
                    self.clashes.push((name.clone(), schema.function));
                }
                Some(_) => {}
                None => {
                    self.schemas.insert(name.clone(), schema.clone());
                }
            }
        }
        for tag in &other.tags {
            if !self.tags.iter().any(|known| known.get("name") == tag.get("name")) {
                self.tags.push(tag.clone());
            }
        }
    }
}
