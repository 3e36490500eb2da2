//! From variables to a model.

use std::{borrow::Cow, collections::HashSet};

use serde::de::{IntoDeserializer, value};

use super::{Fault, variables::Variables};
use crate::{
    decode::{Content, Context, Decode, Issue, Mode, Segment},
    openapi::{Components, Describe, Kind, Reference, Schema},
};

/// Reads a model of which each field is a variable.
pub(super) fn settings<T: Decode + Describe>(variables: &Variables, prefix: &str) -> Result<T, Vec<Fault>> {
    const { assert!(T::FIELDS, "settings are read into a struct with `#[model]`, whose fields name the variables") };
    let mut components = Components::default();
    let schema = T::describe(&mut components);
    let mut faults = Vec::new();
    let mut entries = Vec::new();
    let mut position = 0;
    let mut seen = HashSet::new();
    while let Some((name, _)) = T::field_name(position) {
        position += 1;
        let Some(text) = variables.get(&format!("{prefix}{name}")).filter(|_| seen.insert(name)) else { continue };
        match content(text, property(&schema, &components, name), &components) {
            Ok(content) => entries.push((Cow::Borrowed(name), content)),
            Err(reason) => faults.push(fault(prefix, name, reason)),
        }
    }
    let faulty: HashSet<&str> = entries.iter().map(|(name, _)| &**name).collect();
    let unread: Vec<&str> = seen.iter().filter(|name| !faulty.contains(**name)).copied().collect();
    let content = Content::Map(entries);
    let mut cx = Context::new(Mode::LastText);
    let source = IntoDeserializer::<value::Error>::into_deserializer(&content);
    let settings = T::decode(source, &mut cx).ok().flatten();
    let secrets: Vec<&str> = cx.secrets().to_vec();
    let issues = cx.into_issues();
    // What could not be read is not missing.
    let is_news = |issue: &&Issue| name_of(issue).is_none_or(|name| !unread.contains(&name));
    faults.extend(issues.iter().filter(is_news).map(|issue| explain(issue, prefix, &secrets)));
    match settings {
        Some(settings) if faults.is_empty() => Ok(settings),
        _ => Err(faults),
    }
}

fn fault(prefix: &str, name: &str, reason: String) -> Fault {
    Fault { name: format!("{prefix}{name}").to_ascii_uppercase().into(), reason }
}

/// The field of a fault, whose location still begins with the innermost step.
fn name_of(issue: &Issue) -> Option<&str> {
    match issue.location().last()? {
        Segment::Key(name) => Some(name),
        _ => None,
    }
}

fn explain(issue: &Issue, prefix: &str, secrets: &[&str]) -> Fault {
    let Some(name) = name_of(issue) else {
        return Fault { name: "the settings".into(), reason: issue.message().to_owned() };
    };
    let inner = issue.location().iter().rev().skip(1).filter_map(|step| match step {
        Segment::Key(key) => Some(format!(".{key}")),
        Segment::Index(index) => Some(format!("[{index}]")),
        Segment::Label(_) => None,
    });
    let place: String = inner.collect();
    let reason = match issue.kind() {
        "missing" if place.is_empty() => "it is not set, and has no default".to_owned(),
        // The words of a parser or of a validator may quote the value.
        _ if (secrets.contains(&name) || issue.is_masked()) && issue.is_explained() => {
            "it is not valid; its value is secret".to_owned()
        }
        _ if place.is_empty() => issue.message().to_owned(),
        _ => format!("`{}`: {}", place.trim_start_matches('.'), issue.message()),
    };
    fault(prefix, name, reason)
}

/// A list, a map or a model is JSON; a value that may be one or a text is JSON if it can be.
fn content(text: &str, schema: Option<&Schema>, components: &Components) -> Result<Content<'static>, String> {
    let own = || Content::Str(Cow::Owned(text.to_owned()));
    let Some(schema) = schema else { return Ok(own()) };
    let composed = composed(schema, components, 0);
    if composed == Composed::Never {
        return Ok(own());
    }
    match serde_json::from_str::<Content<'_>>(text) {
        Ok(content) => Ok(content.to_owned_content()),
        Err(_) if composed == Composed::Perhaps => Ok(own()),
        Err(_) => Err("it is a list, a map or an object, which is written as JSON, and this is no JSON".to_owned()),
    }
}

/// Whether a value has parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Composed {
    Never,
    Perhaps,
    Always,
}

fn composed(schema: &Schema, components: &Components, depth: usize) -> Composed {
    // A component that is made of itself has parts.
    if depth > 8 || matches!(schema.kind, Some(Kind::Array | Kind::Object)) {
        return Composed::Always;
    }
    if let Some(Reference::Component(id)) = schema.reference {
        return components.get(id).map_or(Composed::Never, |known| composed(&known.schema, components, depth + 1));
    }
    let members = schema.any_of.iter().chain(&schema.one_of).filter(|member| member.kind != Some(Kind::Null));
    let members: Vec<Composed> = members.map(|member| composed(member, components, depth + 1)).collect();
    match members.as_slice() {
        [] => Composed::Never,
        all if all.iter().all(|member| *member == Composed::Always) => Composed::Always,
        all if all.iter().all(|member| *member == Composed::Never) => Composed::Never,
        _ => Composed::Perhaps,
    }
}

/// What a model's schema says of a field.
fn property<'s>(schema: &'s Schema, components: &'s Components, name: &str) -> Option<&'s Schema> {
    let schema = match schema.reference {
        Some(Reference::Component(id)) => &components.get(id)?.schema,
        _ => schema,
    };
    schema.properties.iter().find(|(known, _)| known == name).map(|(_, schema)| schema)
}
