//! Names in the document: titles, operation ids, components. All of them are FastAPI's.

use std::collections::HashMap;

use super::{ComponentId, Components, OperationSpec};

/// Python's `str.title`: the first letter of each run of letters large, all others small.
fn title_case(text: &str) -> String {
    let mut title = String::with_capacity(text.len());
    let mut inside = false;
    for char in text.chars() {
        if !char.is_alphabetic() {
            title.push(char);
        } else if inside {
            title.extend(char.to_lowercase());
        } else {
            title.extend(char.to_uppercase());
        }
        inside = char.is_alphabetic();
    }
    title
}

/// The title of a parameter or field: `item_id` is `Item Id`.
pub(crate) fn title_of(name: &str) -> String {
    title_case(name).replace('_', " ")
}

/// The summary of an operation: `read_item` is `Read Item`.
pub(crate) fn summary_of(function: &str) -> String {
    title_case(&function.replace('_', " "))
}

/// The id of an operation: its own, or `read_item_items__item_id__get`.
pub(crate) fn operation_id(spec: &OperationSpec) -> String {
    if let Some(id) = &spec.operation_id {
        return id.clone();
    }
    let method = spec.methods.first().map(|method| method.as_str().to_lowercase()).unwrap_or_default();
    let word = |char: char| if char.is_alphanumeric() || char == '_' { char } else { '_' };
    let named: String = format!("{}{}", spec.function, spec.path).chars().map(word).collect();
    format!("{named}_{method}")
}

/// The name of each component. Types of one name get their path before it, as FastAPI does; a type that looks different
/// in requests and in answers is `Item-Input` and `Item-Output`.
pub(super) fn component_names(components: &Components) -> HashMap<ComponentId, String> {
    let differing = components.differing();
    let mut count: HashMap<String, usize> = HashMap::new();
    // The document's own: a type of such a name gets a longer one.
    for reserved in ["HTTPValidationError", "ValidationError"] {
        count.insert(reserved.to_owned(), 1);
    }
    let is_second = |id: ComponentId| id.is_output() && components.get(id.input()).is_some();
    for component in components.iter().filter(|component| !is_second(component.id)) {
        *count.entry(legal(&component.name)).or_default() += 1;
    }
    let mut names: HashMap<ComponentId, String> = HashMap::new();
    let mut taken: Vec<String> = Vec::new();
    for component in components.iter().filter(|component| !is_second(component.id)) {
        let short = legal(&component.name);
        let mut name = match count.get(&short) {
            Some(1) => short,
            _ => qualified(component.id, &short),
        };
        // Two local types of functions in one module have even the path in common.
        while taken.contains(&name) {
            name.push('_');
        }
        taken.push(name.clone());
        names.insert(component.id, name);
    }
    for component in components.iter().filter(|component| is_second(component.id)) {
        let input = component.id.input();
        let Some(name) = names.get(&input).cloned() else { continue };
        if differing.contains(&input) {
            names.insert(input, format!("{name}-Input"));
            names.insert(component.id, format!("{name}-Output"));
        } else {
            names.insert(component.id, name);
        }
    }
    names
}

/// `shop::items::Item` as `shop__items__Item`.
fn qualified(id: ComponentId, name: &str) -> String {
    let path = id.type_name().split('<').next().unwrap_or_default();
    let module = path.rsplit_once("::").map_or("", |(module, _)| module);
    legal(&format!("{}__{name}", module.replace("::", "__")))
}

/// Only what OpenAPI allows in the name of a component: letters, digits, `.`, `-`, `_`.
fn legal(name: &str) -> String {
    let allowed = |char: char| char.is_ascii_alphanumeric() || matches!(char, '.' | '-' | '_');
    name.chars().map(|char| if allowed(char) { char } else { '_' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_pythons() {
        for (name, title) in [
            ("item_id", "Item Id"),
            ("item-query", "Item-Query"),
            ("aliName", "Aliname"),
            ("x2y", "X2Y"),
            ("q", "Q"),
            ("_a__b", " A  B"),
        ] {
            assert_eq!(title_of(name), title);
        }
        assert_eq!(summary_of("read_items_v2"), "Read Items V2");
    }
}
