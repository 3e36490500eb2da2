//! Titles by which tools of 3.0 name what they generate: they take a part with the title of a component for the component,
//! and two enumerations of one title for one type.

use std::collections::HashSet;

use crate::decode::Content;

/// Leaves out the titles of parts that a component has for its name, and those of enumerations that are no components.
pub(super) fn render(document: &mut Content<'_>) {
    let Some(Content::Map(schemas)) = document.get("components").and_then(|components| components.get("schemas"))
    else {
        return;
    };
    let names: HashSet<String> = schemas.iter().map(|(name, _)| name.to_string()).collect();
    let Content::Map(parts) = document else { return };
    for (key, part) in parts {
        match &**key {
            "components" => components(part, &names),
            "paths" => within(part, &names),
            _ => {}
        }
    }
}

/// A component keeps its own title.
fn components(components: &mut Content<'_>, names: &HashSet<String>) {
    let Content::Map(kinds) = components else { return };
    for (kind, parts) in kinds {
        match parts {
            Content::Map(schemas) if kind == "schemas" => {
                schemas.iter_mut().for_each(|(_, schema)| parts_of(schema, names));
            }
            parts => within(parts, names),
        }
    }
}

fn within(part: &mut Content<'_>, names: &HashSet<String>) {
    if let Content::Map(entries) = part {
        let is_named = entries.iter().any(|(key, value)| key == "enum" && matches!(value, Content::Seq(_)));
        // A property of the name `title` is a schema, and no text.
        entries.retain(|(key, value)| {
            !matches!(value, Content::Str(title) if key == "title" && (is_named || names.contains(&**title)))
        });
    }
    parts_of(part, names);
}

fn parts_of(part: &mut Content<'_>, names: &HashSet<String>) {
    match part {
        Content::Map(entries) => {
            // Values of the user's are no schemas.
            let parts = entries.iter_mut().filter(|(key, _)| {
                !matches!(&**key, "default" | "enum" | "example" | "examples") && !key.starts_with("x-")
            });
            parts.for_each(|(_, part)| within(part, names));
        }
        Content::Seq(parts) => parts.iter_mut().for_each(|part| within(part, names)),
        _ => {}
    }
}
