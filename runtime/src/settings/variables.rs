//! [`Variables`]: names and values, from the environment and from files.

use std::{io::ErrorKind, path::PathBuf};

use super::Fault;

/// Names and values; the first of a name counts.
pub(super) struct Variables(Vec<(String, String)>);

impl Variables {
    /// `given` instead of the environment of the process.
    pub(super) fn load(given: Option<&[(String, String)]>, files: &[PathBuf]) -> Result<Self, Vec<Fault>> {
        let mut variables = match given {
            Some(given) => given.to_vec(),
            None => std::env::vars_os()
                .map(|(name, value)| (name.to_string_lossy().into_owned(), value.to_string_lossy().into_owned()))
                .collect(),
        };
        let mut faults = Vec::new();
        for path in files.iter().rev() {
            match read(path) {
                Ok(mut own) => {
                    // Within a file the last of a name counts.
                    own.reverse();
                    variables.append(&mut own);
                }
                Err(reason) => faults.push(Fault { name: path.display().to_string().into(), reason }),
            }
        }
        if faults.is_empty() { Ok(Self(variables)) } else { Err(faults) }
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

fn read(path: &PathBuf) -> Result<Vec<(String, String)>, String> {
    let lines = match dotenvy::from_path_iter(path) {
        Ok(lines) => lines,
        Err(error) if error.not_found() => return Ok(Vec::new()),
        Err(error) => return Err(format!("it cannot be read: {error}")),
    };
    let mut variables: Vec<(String, String)> = Vec::new();
    for line in lines {
        match line {
            Ok(variable) => variables.push(variable),
            Err(dotenvy::Error::Io(error)) if error.kind() == ErrorKind::InvalidData => {
                return Err("it is no UTF-8".to_owned());
            }
            Err(dotenvy::Error::Io(error)) => return Err(format!("it cannot be read: {error}")),
            // The error itself quotes the value.
            Err(_) => {
                let place = variables.last().map(|(name, _)| format!(" after that of `{name}`")).unwrap_or_default();
                return Err(format!(
                    "the line{place} cannot be read: each is `NAME=value`, and a value with blanks stands in quotes"
                ));
            }
        }
    }
    Ok(variables)
}
