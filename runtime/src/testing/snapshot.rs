//! [`assert_no_breaking_changes`]: an app against the document that its clients know.

use std::{fs, io, path::Path};

use serde_json::Value;

use super::changes::breaking_changes;
use crate::App;

/// The environment variable that accepts the document as it is.
const ACCEPT: &str = "VERSIFY_ACCEPT";

/// Compares an app's document with the one in a file, which is committed beside the code, and ends the test with the
/// name of each change that breaks a client: an operation that is gone, a parameter that is required now, a field of an
/// answer that is removed, a type that has become narrower where the app reads, or wider where it writes.
///
/// ```no_run
/// # use versify::prelude::*;
/// # fn app() -> App { App::new("Shop", "1.0.0") }
/// #[test]
/// fn clients_do_not_break() {
///     versify::testing::assert_no_breaking_changes(app(), "openapi.json");
/// }
/// ```
///
/// `VERSIFY_ACCEPT=1 cargo test` writes the file: at first, when a change is meant, and now and then when something was
/// added (which passes; from then on it is guarded, too). Paths are relative to the folder of `Cargo.toml`. The app
/// starts nothing: no lifespan runs.
///
/// # Panics
/// If a client breaks, there is no file, or the app has faults.
#[track_caller]
pub fn assert_no_breaking_changes(app: App, snapshot: impl AsRef<Path>) {
    let accept = std::env::var(ACCEPT).is_ok_and(|value| !matches!(value.as_str(), "" | "0" | "false"));
    match check(app, snapshot.as_ref(), accept) {
        Ok(None) => {}
        Ok(Some(note)) => eprintln!("{note}"),
        Err(report) => panic!("{report}"),
    }
}

/// What is to be said: to somebody who may ignore it, or to somebody whose test fails.
fn check(app: App, path: &Path, accept: bool) -> Result<Option<String>, String> {
    let shown = path.display();
    let document = app.openapi().map_err(|error| error.to_string())?;
    if accept {
        fs::write(path, format!("{document}\n")).map_err(|error| format!("{shown} cannot be written: {error}"))?;
        return Ok(Some(format!("{shown}: accepted")));
    }
    let known = match fs::read(path) {
        Ok(known) => known,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(format!(
                "there is no {shown} to compare with: write it with `{ACCEPT}=1 cargo test`, and commit it"
            ));
        }
        Err(error) => return Err(format!("{shown} cannot be read: {error}")),
    };
    let before: Value = serde_json::from_slice(&known).map_err(|error| format!("{shown} is no JSON: {error}"))?;
    let after: Value = serde_json::from_str(&document).unwrap_or_default();
    let changes = breaking_changes(&before, &after);
    if changes.is_empty() {
        let note = format!(
            "{shown} is not as the app is now; no client breaks. `{ACCEPT}=1 cargo test` writes it anew, so that what is new is guarded"
        );
        return Ok((before != after).then_some(note));
    }
    let list: Vec<String> =
        changes.iter().enumerate().map(|(index, change)| format!("{}. {change}", index + 1)).collect();
    let count =
        if changes.len() == 1 { "1 change breaks".to_owned() } else { format!("{} changes break", changes.len()) };
    Err(format!(
        "{count} clients that know {shown}:\n\n{}\n\nIf they are meant, `{ACCEPT}=1 cargo test` accepts them.",
        list.join("\n")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snapshot_is_written_guarded_and_written_anew() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("openapi.json");
        let app = |title: &'static str, servers: &[&str]| {
            let servers =
                servers.iter().map(|url| crate::openapi::Server { url: (*url).to_owned(), description: None });
            let info = crate::openapi::Info { servers: servers.collect(), ..crate::openapi::Info::new(title, "1") };
            App::new(title, "1").info(info)
        };
        let missing = check(app("A", &["/a"]), &path, false).unwrap_err();
        assert!(missing.contains("VERSIFY_ACCEPT=1 cargo test"), "{missing}");
        assert!(check(app("A", &["/a"]), &path, true).unwrap().unwrap().ends_with("accepted"));
        assert_eq!(check(app("A", &["/a"]), &path, false), Ok(None));
        let note = check(app("B", &["/a", "/b"]), &path, false).unwrap().unwrap();
        assert!(note.contains("no client breaks"), "{note}");
        let report = check(app("A", &["/b"]), &path, false).unwrap_err();
        assert!(report.starts_with("1 change breaks clients that know "), "{report}");
        assert!(report.contains("1. server /a: removed"), "{report}");
        check(app("A", &["/b"]), &path, true).unwrap();
        assert_eq!(check(app("A", &["/b"]), &path, false), Ok(None));
        fs::write(&path, "rubbish").unwrap();
        assert!(check(app("A", &[]), &path, false).unwrap_err().contains("is no JSON"));
    }
}
