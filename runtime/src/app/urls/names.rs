//! [`Names`]: what an app serves, by name.

use std::{borrow::Cow, sync::Arc};

use percent_encoding::utf8_percent_encode;

use super::UrlError;
use crate::{
    openapi::SourceLocation,
    operation::{Convertor, path_names, path_pieces},
    percent::IN_PATHS,
};

/// What an app serves, in the order in which it was added.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names(Vec<Name>);

#[derive(Debug, Clone)]
enum Name {
    Route {
        name: Cow<'static, str>,
        /// Of an operation: where its function stands.
        location: Option<SourceLocation>,
        path: String,
        socket: bool,
    },
    Mount {
        name: String,
        /// Without a slash at its end.
        prefix: String,
        /// Of an app.
        inner: Option<Arc<Names>>,
    },
}

/// What is looked for.
#[derive(Clone, Copy)]
pub(super) enum Wanted<'n> {
    Operation(&'static str, SourceLocation),
    Name(&'n str),
}

/// Where it was found.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Encoded.
    pub(super) path: String,
    /// Whether one talks over a WebSocket there.
    pub(super) socket: bool,
}

impl Names {
    pub(crate) fn add_operation(&mut self, function: (&'static str, SourceLocation), path: &str, socket: bool) {
        let (name, location) = (Cow::Borrowed(function.0), Some(function.1));
        self.0.push(Name::Route { name, location, path: path.to_owned(), socket });
    }

    pub(crate) fn add_page(&mut self, name: &'static str, path: &str) {
        let name = Cow::Borrowed(name);
        // As in FastAPI, which has them before all others.
        self.0.insert(0, Name::Route { name, location: None, path: path.to_owned(), socket: false });
    }

    pub(crate) fn add_mount(&mut self, name: Option<&str>, prefix: &str, inner: Option<Arc<Self>>) {
        let name = name.unwrap_or(prefix).trim_matches('/').to_owned();
        self.0.push(Name::Mount { name, prefix: prefix.to_owned(), inner });
    }

    pub(super) fn find(&self, wanted: &Wanted<'_>, given: &[(String, String)]) -> Result<Place, UrlError> {
        let unknown = || match *wanted {
            Wanted::Operation(function, _) => UrlError::UnknownOperation { function },
            Wanted::Name(name) => UrlError::UnknownName { name: name.to_owned(), known: self.all() },
        };
        self.search(wanted, given).unwrap_or_else(|| Err(unknown()))
    }

    /// The first that takes the parameters; else what the first says that does not. `None` if nothing is wanted.
    fn search(&self, wanted: &Wanted<'_>, given: &[(String, String)]) -> Option<Result<Place, UrlError>> {
        let mut refused = None;
        for found in self.0.iter().filter_map(|name| name.search(wanted, given)) {
            match found {
                Ok(place) => return Some(Ok(place)),
                Err(error) => refused = refused.or(Some(Err(error))),
            }
        }
        refused
    }

    fn all(&self) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for name in &self.0 {
            match name {
                Name::Route { name, .. } => all.push(name.to_string()),
                Name::Mount { name, inner: None, .. } => all.push(name.clone()),
                Name::Mount { name, inner: Some(inner), .. } => {
                    all.extend(inner.all().into_iter().map(|own| format!("{name}:{own}")));
                }
            }
        }
        all.retain(|name| !name.is_empty());
        all
    }
}

impl Name {
    /// `None` if it is another's name.
    fn search(&self, wanted: &Wanted<'_>, given: &[(String, String)]) -> Option<Result<Place, UrlError>> {
        match (self, wanted) {
            (Self::Route { name, location, path, socket }, wanted) => {
                let is_wanted = match *wanted {
                    Wanted::Operation(function, place) => *location == Some(place) && name == function,
                    Wanted::Name(wanted) => name == wanted,
                };
                is_wanted.then(|| Ok(Place { path: fill(name, path, given)?, socket: *socket }))
            }
            (Self::Mount { prefix, inner: Some(inner), name }, wanted) => {
                let within = match *wanted {
                    Wanted::Name(text) => {
                        let own = text.strip_prefix(name.as_str()).and_then(|rest| rest.strip_prefix(':'));
                        Wanted::Name(own.unwrap_or(text))
                    }
                    Wanted::Operation(..) => *wanted,
                };
                let found = inner.search(&within, given)?;
                let prefix = utf8_percent_encode(prefix, IN_PATHS);
                Some(found.map(|place| Place { path: format!("{prefix}{}", place.path), ..place }))
            }
            (Self::Mount { name, prefix, inner: None }, Wanted::Name(wanted)) => (name == wanted).then(|| {
                // As Starlette has it, the file's path may begin with a slash or not.
                let given: Vec<_> = given
                    .iter()
                    .map(|(name, value)| (name.clone(), value.trim_start_matches('/').to_owned()))
                    .collect();
                Ok(Place { path: fill(name, &format!("{prefix}/{{path:path}}"), &given)?, socket: false })
            }),
            (Self::Mount { inner: None, .. }, Wanted::Operation(..)) => None,
        }
    }
}

/// The template with values for its parameters.
fn fill(name: &str, template: &str, given: &[(String, String)]) -> Result<String, UrlError> {
    let missing: Vec<String> = path_names(template)
        .filter(|parameter| !given.iter().any(|(name, _)| name == parameter))
        .map(str::to_owned)
        .collect();
    let unknown: Vec<String> = given
        .iter()
        .map(|(name, _)| name)
        .filter(|name| !path_names(template).any(|known| known == *name))
        .cloned()
        .collect();
    if !missing.is_empty() || !unknown.is_empty() {
        return Err(UrlError::Parameters { name: name.to_owned(), path: template.to_owned(), missing, unknown });
    }
    let mut path = String::new();
    for (parameter, literal) in path_pieces(template) {
        let Some((parameter, convertor)) = parameter else {
            path.extend(utf8_percent_encode(literal, IN_PATHS));
            continue;
        };
        let is_rest = convertor == Convertor::Path;
        let value = given.iter().find(|(name, _)| name == parameter).map_or("", |(_, value)| value);
        let refuse = |reason| UrlError::Value { path: template.to_owned(), parameter: parameter.to_owned(), reason };
        if !is_rest && value.is_empty() {
            return Err(refuse("it is empty"));
        }
        if !is_rest && value.contains('/') {
            return Err(refuse("it has a slash, which only a `:path` parameter takes"));
        }
        if !convertor.takes_all() && !convertor.fits(value) {
            return Err(refuse("the path takes no such text there"));
        }
        path.extend(utf8_percent_encode(value, IN_PATHS));
        path.extend(utf8_percent_encode(literal, IN_PATHS));
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_take_the_places_of_their_names() {
        let refused =
            |parameter: &str, reason| UrlError::Value { path: String::new(), parameter: parameter.to_owned(), reason };
        for (template, given, expected) in [
            ("/", &[][..], Ok("/")),
            ("/items/{id}", &[("id", "ä b?#%")], Ok("/items/%C3%A4%20b%3F%23%25")),
            ("/a/{x}-{y}/käse", &[("y", "2"), ("x", "1")], Ok("/a/1-2/k%C3%A4se")),
            ("/files/{rest:path}", &[("rest", "a/b c")], Ok("/files/a/b%20c")),
            ("/files/{rest:path}", &[("rest", "")], Ok("/files/")),
            (
                "/items/{id}",
                &[("id", "a/b")],
                Err(refused("id", "it has a slash, which only a `:path` parameter takes")),
            ),
            ("/items/{id}", &[("id", "")], Err(refused("id", "it is empty"))),
            ("/items/{id:int}/{price:float}", &[("id", "5"), ("price", "25.5")], Ok("/items/5/25.5")),
            ("/items/{id:int}", &[("id", "-5")], Err(refused("id", "the path takes no such text there"))),
        ] {
            let given: Vec<_> = given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            let filled = fill("read", template, &given).map_err(|error| match error {
                UrlError::Value { parameter, reason, .. } => UrlError::Value { path: String::new(), parameter, reason },
                other => other,
            });
            assert_eq!(filled, expected.map(str::to_owned), "{template}");
        }
    }
}
