//! [`Document`]: an OpenAPI document, as it is walked through.

use serde_json::{Map, Value};

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

#[derive(Debug, Clone, Copy)]
pub(super) struct Document<'d>(&'d Value);

impl<'d> Document<'d> {
    pub(super) fn new(document: &'d Value) -> Self {
        Self(document)
    }

    pub(super) fn get(self, key: &str) -> Option<&'d Value> {
        self.0.get(key)
    }

    /// What a node stands for, and the name of the component if it refers to one.
    pub(super) fn resolve(self, mut node: &'d Value) -> &'d Value {
        // A reference to a reference, and never round in a circle.
        for _ in 0..8 {
            match node.get("$ref").and_then(Value::as_str).and_then(|pointer| self.at(pointer)) {
                Some(target) => node = target,
                None => break,
            }
        }
        node
    }

    pub(super) fn at(self, pointer: &str) -> Option<&'d Value> {
        self.0.pointer(pointer.strip_prefix('#')?)
    }

    pub(super) fn component(self, kind: &str, name: &str) -> Option<&'d Value> {
        self.0.get("components")?.get(kind)?.get(name)
    }
}

/// The entries of an object; none of what is no object.
pub(super) fn entries(node: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    node.and_then(Value::as_object).into_iter().flatten()
}

pub(super) fn items(node: Option<&Value>) -> impl Iterator<Item = &Value> {
    node.and_then(Value::as_array).into_iter().flatten()
}

/// The operations of a path item, each with its method.
pub(super) fn methods(item: &Value) -> impl Iterator<Item = (&'static str, &Value)> {
    METHODS.into_iter().filter_map(|method| Some((method, item.get(method)?)))
}

/// A path without the names of its parameters, and those names.
pub(super) fn template(path: &str) -> (String, Vec<&str>) {
    let mut names = Vec::new();
    let mut normal = String::new();
    for (index, part) in path.split('{').enumerate() {
        match part.split_once('}') {
            Some((name, rest)) if index > 0 => {
                names.push(name);
                normal.push_str("{}");
                normal.push_str(rest);
            }
            _ => normal.push_str(part),
        }
    }
    (normal, names)
}

/// Whether a field is there and true.
pub(super) fn is_set(node: &Value, key: &str) -> bool {
    node.get(key).and_then(Value::as_bool).unwrap_or_default()
}

pub(super) fn is_set_in(node: &Map<String, Value>, key: &str) -> bool {
    node.get(key).and_then(Value::as_bool).unwrap_or_default()
}
