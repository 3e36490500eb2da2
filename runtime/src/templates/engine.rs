//! minijinja, as pages want it.

use std::{fmt::Write, fs, io, path::Path};

use minijinja::{
    AutoEscape, Environment, Error, Output, State, Value, escape_formatter, path_loader, value::ValueKind,
};

use super::url_for::Link;

pub(super) fn environment(directory: &Path, reload: bool) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_loader(path_loader(directory));
    environment.set_auto_reload(reload);
    environment.set_formatter(write);
    environment
}

/// Texts in HTML are escaped as Jinja2 escapes them: minijinja would write `&#x2f;` for the slashes of every URL.
fn write(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    let is_text = value.kind() == ValueKind::String || value.downcast_object_ref::<Link>().is_some();
    if !is_text || value.is_safe() || !matches!(state.auto_escape(), AutoEscape::Html) {
        return escape_formatter(out, state, value);
    }
    for char in value.to_string().chars() {
        match char {
            '&' => out.write_str("&amp;"),
            '<' => out.write_str("&lt;"),
            '>' => out.write_str("&gt;"),
            '"' => out.write_str("&#34;"),
            '\'' => out.write_str("&#39;"),
            char => out.write_char(char),
        }?;
    }
    Ok(())
}

/// All files of a directory by their paths in it, in order; hidden ones, and what is no text, are no templates.
pub(super) fn names(directory: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    collect(directory, "", &mut names)?;
    names.sort();
    Ok(names)
}

fn collect(directory: &Path, prefix: &str, names: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()).filter(|name| !name.starts_with('.')) else {
            continue;
        };
        let name = format!("{prefix}{name}");
        if path.is_dir() {
            collect(&path, &format!("{name}/"), names)?;
        } else if fs::read_to_string(&path).is_ok() {
            names.push(name);
        }
    }
    Ok(())
}
