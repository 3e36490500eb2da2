//! [`Matcher`]: from method and path to the operation.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use poem::http::Method;

use crate::operation::Captures;

/// One radix tree per method: an operation of another method never hides one of this.
#[derive(Default)]
pub(super) struct Matcher {
    trees: Vec<(Method, matchit::Router<usize>)>,
    /// The routes whose last parameter takes the rest of the path.
    rests: Vec<usize>,
}

/// What a path leads to.
pub(super) enum Found {
    /// The route at this index.
    Route(usize, Captures),
    /// The path is served, by another method: the first such route in the order of declaration.
    OtherMethod(usize),
    /// The path is served with its last slash added or removed.
    Slash(String),
    /// Nothing.
    Nothing,
}

/// Why a template was not taken.
pub(super) enum Refused {
    /// The route at this index serves it already.
    Taken(usize),
    /// It cannot be served.
    Unservable(String),
}

impl Matcher {
    /// Adds a template in OpenAPI's form (`/items/{id}`, `/files/{path:path}`).
    pub(super) fn insert(&mut self, method: &Method, template: &str, route: usize) -> Result<(), Refused> {
        let tree = match self.trees.iter_mut().position(|(known, _)| known == method) {
            Some(index) => self.trees.get_mut(index),
            None => {
                self.trees.push((method.clone(), matchit::Router::new()));
                self.trees.last_mut()
            }
        };
        let Some((_, tree)) = tree else { return Ok(()) };
        if template.ends_with(":path}") {
            self.rests.push(route);
        }
        tree.insert(tree_template(template), route).map_err(|error| match error {
            matchit::InsertError::Conflict { .. } => match tree.at(&sample(template)) {
                Ok(found) => Refused::Taken(*found.value),
                Err(_) => Refused::Unservable(format!("{error}")),
            },
            other => Refused::Unservable(other.to_string()),
        })
    }

    /// Whether it serves nothing.
    #[cfg(feature = "websocket")]
    pub(super) fn is_empty(&self) -> bool {
        self.trees.is_empty()
    }

    /// Finds what serves a request.
    #[inline]
    pub(super) fn find(&self, method: &Method, path: &str) -> Found {
        if path.as_bytes().contains(&b'%') {
            let decoded = percent_decode_str(path).decode_utf8_lossy();
            return self.find_decoded(method, &decoded, true);
        }
        self.find_decoded(method, path, false)
    }

    #[inline]
    fn find_decoded(&self, method: &Method, path: &str, owned: bool) -> Found {
        let tree = self.trees.iter().find(|(known, _)| known == method);
        if let Some(found) = tree.and_then(|(_, tree)| tree.at(path).ok()) {
            let captures = if owned {
                Captures::Owned(found.params.iter().map(|(_, text)| text.to_owned()).collect())
            } else {
                Captures::Ranges(found.params.iter().map(|(_, text)| range_in(path, text)).collect())
            };
            return Found::Route(*found.value, captures);
        }
        if let Some((route, texts)) = tree.and_then(|(_, tree)| self.without_rest(tree, path)) {
            return Found::Route(route, Captures::Owned(texts));
        }
        self.find_otherwise(path)
    }

    /// `/files/` is a path of `/files/{p:path}`, with nothing for the rest.
    #[cold]
    fn without_rest(&self, tree: &matchit::Router<usize>, path: &str) -> Option<(usize, Vec<String>)> {
        if !path.ends_with('/') {
            return None;
        }
        let longer = format!("{path}0");
        let found = tree.at(&longer).ok()?;
        if !self.rests.contains(found.value) {
            return None;
        }
        let mut texts: Vec<String> = found.params.iter().map(|(_, text)| text.to_owned()).collect();
        *texts.last_mut()? = String::new();
        Some((*found.value, texts))
    }

    #[cold]
    fn find_otherwise(&self, path: &str) -> Found {
        let in_tree = |tree: &matchit::Router<usize>, path: &str| match tree.at(path) {
            Ok(found) => Some(*found.value),
            Err(_) => self.without_rest(tree, path).map(|(route, _)| route),
        };
        let first = |path: &str| self.trees.iter().filter_map(|(_, tree)| in_tree(tree, path)).min();
        if let Some(route) = first(path) {
            return Found::OtherMethod(route);
        }
        let other = match path.strip_suffix('/') {
            Some("") => return Found::Nothing,
            Some(shorter) => Cow::Borrowed(shorter),
            None => Cow::Owned(format!("{path}/")),
        };
        match first(&other) {
            Some(_) => Found::Slash(other.into_owned()),
            None => Found::Nothing,
        }
    }
}

/// Where `part` lies in `path`, of which it is a part.
#[inline]
fn range_in(path: &str, part: &str) -> std::ops::Range<u32> {
    let start = (part.as_ptr() as usize).saturating_sub(path.as_ptr() as usize) as u32;
    start..start + part.len() as u32
}

/// matchit's form: `{path:path}` is `{*path}`.
fn tree_template(template: &str) -> String {
    let mut text = String::with_capacity(template.len() + 1);
    for (index, part) in template.split('{').enumerate() {
        match part.split_once('}') {
            Some((name, rest)) if index > 0 => {
                match name.strip_suffix(":path") {
                    Some(name) => text.push_str(&format!("{{*{name}}}")),
                    None => text.push_str(&format!("{{{name}}}")),
                }
                text.push_str(rest);
            }
            _ => text.push_str(part),
        }
    }
    text
}

/// A path that the template matches.
fn sample(template: &str) -> String {
    template
        .split('{')
        .enumerate()
        .map(|(index, part)| match part.split_once('}') {
            Some((_, rest)) if index > 0 => format!("0{rest}"),
            _ => part.to_owned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matcher(routes: &[(&str, &str)]) -> Matcher {
        let mut matcher = Matcher::default();
        for (index, (method, template)) in routes.iter().enumerate() {
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            assert!(matcher.insert(&method, template, index).is_ok(), "{template}");
        }
        matcher
    }

    fn show(matcher: &Matcher, method: &str, path: &str) -> String {
        match matcher.find(&Method::from_bytes(method.as_bytes()).unwrap(), path) {
            Found::Route(route, Captures::Ranges(ranges)) => {
                let texts: Vec<_> =
                    ranges.iter().map(|range| &path[range.start as usize..range.end as usize]).collect();
                format!("{route} {}", texts.join("|")).trim_end().to_owned()
            }
            Found::Route(route, Captures::Owned(texts)) => format!("{route} {}", texts.join("|")).trim_end().to_owned(),
            Found::OtherMethod(route) => format!("405 {route}"),
            Found::Slash(path) => format!("307 {path}"),
            Found::Nothing => "404".to_owned(),
        }
    }

    #[test]
    fn paths_lead_where_fastapi_leads_them() {
        let matcher = matcher(&[
            ("GET", "/users/me"),
            ("GET", "/users/{id}"),
            ("DELETE", "/users/{user}"),
            ("GET", "/users/{id}/posts/{post}"),
            ("GET", "/files/{p:path}"),
            ("POST", "/items/"),
            ("PUT", "/items/"),
            ("GET", "/"),
        ]);
        for (method, path, answer) in [
            ("GET", "/users/me", "0"),
            ("GET", "/users/7", "1 7"),
            ("DELETE", "/users/me", "2 me"),
            ("GET", "/users/7/posts/x", "3 7|x"),
            ("GET", "/files/a/b.txt", "4 a/b.txt"),
            ("GET", "/files/a/", "4 a/"),
            ("GET", "/files/", "4"),
            ("PUT", "/files/", "405 4"),
            ("GET", "/files", "307 /files/"),
            ("GET", "/users/%37", "1 7"),
            ("GET", "/users/a%2Fb", "404"),
            ("GET", "/items/", "405 5"),
            ("GET", "/items", "307 /items/"),
            ("POST", "/users/7/", "307 /users/7"),
            ("GET", "/nothing", "404"),
            ("PATCH", "/", "405 7"),
        ] {
            assert_eq!(show(&matcher, method, path), answer, "{method} {path}");
        }
    }

    #[test]
    fn conflicts_name_the_route_that_is_there() {
        let mut matcher = matcher(&[("GET", "/users/{id}")]);
        for template in ["/users/{id}", "/users/{name}"] {
            assert!(matches!(matcher.insert(&Method::GET, template, 1), Err(Refused::Taken(0))), "{template}");
        }
        assert!(matches!(matcher.insert(&Method::GET, "/a/{b}{c}", 1), Err(Refused::Unservable(_))));
    }
}
