//! The path of the runtime: `versify`, or what the user's `Cargo.toml` calls it.

use std::{
    cell::RefCell,
    collections::HashMap,
    env, fs,
    path::{Path, PathBuf},
};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

thread_local! {
    /// By package: an editor expands the macros of many in one process.
    static NAMES: RefCell<HashMap<PathBuf, String>> = RefCell::default();
}

/// `::versify`, or `::api` where it was written `api = { package = "versify" }`.
pub(crate) fn krate() -> TokenStream {
    let folder = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    let name = NAMES.with_borrow_mut(|names| names.entry(folder).or_insert_with_key(|folder| name_in(folder)).clone());
    let name = Ident::new(&name, Span::call_site());
    quote!(::#name)
}

fn name_in(folder: &Path) -> String {
    let read = |folder: &Path| fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    let own = read(folder);
    renamed(&own)
        .or_else(|| {
            let workspace = folder.ancestors().skip(1).map(read).find(|manifest| manifest.contains("[workspace"))?;
            renamed(&workspace).filter(|name| inherits(&own, name))
        })
        .map_or_else(|| "versify".to_owned(), |name| name.replace('-', "_"))
}

/// What a manifest calls the dependency: of all TOML that takes three forms.
fn renamed(manifest: &str) -> Option<String> {
    let mut section = "";
    for line in manifest.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']').trim();
            continue;
        }
        let words: String = line.split('#').next().unwrap_or_default().split_whitespace().collect();
        if !words.contains("package=\"versify\"") {
            continue;
        }
        // `api = { package = "versify" }`, `api.package = "versify"`, and `package = "versify"` below
        // `[dependencies.api]`.
        let (key, _) = words.split_once('=')?;
        let own = key.strip_suffix(".package").unwrap_or(key);
        let name = if own == "package" { section.rsplit_once('.')?.1 } else { own };
        let is_dependency = section.split('.').any(|part| part.ends_with("dependencies"));
        if is_dependency {
            return Some(name.trim_matches('"').to_owned());
        }
    }
    None
}

/// Whether a member takes this dependency from its workspace.
fn inherits(manifest: &str, name: &str) -> bool {
    manifest.lines().any(|line| {
        let line = line.trim_start_matches(['[', ' ']);
        let key = line.rsplit_once("dependencies.").map_or(line, |(_, key)| key);
        key.strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with(['.', '=', ']']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_is_the_manifests() {
        for (manifest, name) in [
            ("[dependencies]\nversify = \"0.1\"", None),
            ("[dependencies]\napi = { version = \"0.1\", package = \"versify\" }", Some("api")),
            ("[dependencies]\nmy-api = {package=\"versify\"} # ours", Some("my-api")),
            ("[dependencies]\napi.package = \"versify\"\napi.version = \"0.1\"", Some("api")),
            ("[dependencies.api]\nversion = \"0.1\"\npackage = \"versify\"", Some("api")),
            ("[target.'cfg(unix)'.dev-dependencies.api]\npackage = \"versify\"", Some("api")),
            ("[workspace.dependencies]\napi = { package = \"versify\", path = \"x\" }", Some("api")),
            ("[dependencies]\napi = { package = \"versify-macros\" }", None),
            ("[package.metadata.x]\npackage = \"versify\"", None),
        ] {
            assert_eq!(renamed(manifest).as_deref(), name, "{manifest}");
        }
    }

    #[test]
    fn a_workspace_may_name_it() {
        for (manifest, inherited) in [
            ("[dependencies]\napi.workspace = true", true),
            ("[dependencies]\napi = { workspace = true }", true),
            ("[dependencies.api]\nworkspace = true", true),
            ("[dependencies]\napis.workspace = true", false),
        ] {
            assert_eq!(inherits(manifest, "api"), inherited, "{manifest}");
        }
    }
}
