//! Mistakes: one each, and what the compiler says of it.
//!
//! `TRYBUILD=overwrite cargo test -p versify-tests mistakes` writes the expectations anew; read them before you keep them.

use std::{collections::BTreeMap, fs, path::Path};

#[test]
fn each_mistake_explains_itself() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("ui/**/*.rs");
}

/// What is expected of each case, by its name.
fn expectations(folder: &Path, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            expectations(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "stderr") {
            let name = path.strip_prefix("ui").unwrap().with_extension("");
            found.insert(name.to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap());
        }
    }
}

/// `ui/allowed.txt` says which cases have more errors than one, how many, and why.
#[test]
fn one_mistake_is_one_error() {
    let text = fs::read_to_string("ui/allowed.txt").unwrap();
    let allowed: BTreeMap<&str, usize> = text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| {
            let (name, rest) = line.split_once(' ').unwrap();
            let (count, reason) = rest.trim_start().split_once(' ').unwrap();
            assert!(reason.split_whitespace().count() > 3, "`{name}` has no reason");
            (name, count.parse().unwrap())
        })
        .collect();
    let mut found = BTreeMap::new();
    expectations(Path::new("ui"), &mut found);
    assert!(found.len() > 160, "{}", found.len());
    for (name, expected) in &found {
        let errors = expected.lines().filter(|line| line.starts_with("error")).count();
        let several = allowed.get(name.as_str()).copied().unwrap_or(1);
        assert_eq!(errors, several, "`{name}`: so many errors are said, so many are allowed in ui/allowed.txt");
        for private in ["__private", "versify::app::"] {
            assert!(!expected.contains(private), "`{name}` shows a path that is not public:\n{expected}");
        }
    }
    for name in allowed.keys() {
        assert!(found.contains_key(*name), "`{name}` of ui/allowed.txt is no case");
    }
}
