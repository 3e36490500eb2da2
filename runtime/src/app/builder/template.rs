//! Templates of paths, and what can be wrong with them.

use crate::operation::{Requirements, path_names, unknown_convertor, with_parameters};

/// The template without its names: two of the same normal form match the same paths.
pub(super) fn normal(template: &str) -> String {
    with_parameters(template, |_, convertor| format!("{{{}}}", convertor.pattern()))
}

/// What is wrong with a router's prefix.
pub(super) fn prefix_fault(prefix: &str) -> Option<&'static str> {
    if prefix.is_empty() {
        return None;
    }
    if !prefix.starts_with('/') {
        return Some("it does not begin with `/`");
    }
    prefix.ends_with('/').then_some("it ends with `/`, and the paths after it begin with one")
}

/// What the path's parameters and the arguments that want them disagree about.
pub(super) fn path_parameter_fault(template: &str, requirements: &Requirements) -> Option<String> {
    if let Some(name) = requirements.missing_path_parameters.first() {
        return Some(format!("an argument reads the path parameter `{name}`, which is not in it"));
    }
    let names: Vec<&str> = path_names(template).collect();
    let twice = names.iter().enumerate().find(|(index, name)| names.iter().take(*index).any(|other| other == *name));
    twice.map(|(_, name)| format!("it has two parameters of the name `{name}`"))
}

/// What is wrong with a template before the route table sees it.
pub(super) fn template_fault(template: &str) -> Option<String> {
    if !template.starts_with('/') {
        return Some("it does not begin with `/`".to_owned());
    }
    if let Some(word) = unknown_convertor(template) {
        return Some(format!("`:{word}` is not known; write `:int`, `:float`, `:uuid`, `:str` or `:path`"));
    }
    if let Some((_, rest)) = template.split_once(":path}")
        && !rest.is_empty()
    {
        return Some(format!(
            "nothing can follow a `:path` parameter, which takes the rest of the path; here `{rest}` does"
        ));
    }
    None
}
