//! [`Matcher`]: from method and path to the operation.

use std::{borrow::Cow, sync::OnceLock};

use percent_encoding::percent_decode_str;
use poem::http::Method;
use regex::Regex;

use crate::operation::{Captures, Convertor, path_parameters, path_pieces, with_parameters};

/// One radix tree per method: an operation of another method never hides one of this.
#[derive(Default)]
pub(super) struct Matcher {
    trees: Vec<Tree>,
    /// The routes whose last parameter takes the rest of the path.
    rests: Vec<usize>,
}

/// The routes of a method.
struct Tree {
    method: Method,
    router: matchit::Router<usize>,
    /// The templates of all routes, in the order of declaration.
    templates: Vec<(usize, String)>,
    /// The routes whose parameters may not be anything: what the radix tree finds is a guess.
    choosy: Vec<usize>,
    patterns: OnceLock<Vec<(usize, Regex)>>,
}

impl Tree {
    fn new(method: Method) -> Self {
        Self {
            method,
            router: matchit::Router::new(),
            templates: Vec::new(),
            choosy: Vec::new(),
            patterns: OnceLock::new(),
        }
    }

    /// Whether what the radix tree found has to be looked at more closely.
    #[inline]
    fn doubts(&self, found: Option<usize>) -> bool {
        !self.choosy.is_empty() && found.is_none_or(|route| self.choosy.contains(&route))
    }

    /// The first route in the order of declaration that takes the path, and what its parameters are.
    #[cold]
    fn choose<'p>(&self, path: &'p str) -> Option<(usize, Vec<&'p str>)> {
        let patterns = self.patterns.get_or_init(|| {
            let regex = |template: &str| Regex::new(&pattern(template)).ok();
            self.templates.iter().filter_map(|(route, template)| Some((*route, regex(template)?))).collect()
        });
        patterns.iter().find_map(|(route, regex)| {
            let captures = regex.captures(path)?;
            Some((*route, captures.iter().skip(1).flatten().map(|text| text.as_str()).collect()))
        })
    }

    fn route_at(&self, path: &str) -> Option<usize> {
        let found = self.router.at(path).ok().map(|found| *found.value);
        if self.doubts(found) { self.choose(path).map(|(route, _)| route) } else { found }
    }

    /// Whether a route that is there takes all that another one would.
    fn hides(&self, taken: usize, template: &str) -> bool {
        let known = self.templates.iter().find(|(route, _)| *route == taken);
        known.is_none_or(|(_, known)| !self.choosy.contains(&taken) || pattern(known) == pattern(template))
    }
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
    /// Adds a template (`/items/{id}`, `/items/{id:int}`, `/files/{path:path}`).
    pub(super) fn insert(&mut self, method: &Method, template: &str, route: usize) -> Result<(), Refused> {
        if !self.trees.iter().any(|tree| tree.method == method) {
            self.trees.push(Tree::new(method.clone()));
        }
        let Some(tree) = self.trees.iter_mut().find(|tree| tree.method == method) else { return Ok(()) };
        if template.ends_with(":path}") {
            self.rests.push(route);
        }
        if let Err(error) = tree.router.insert(tree_template(template), route) {
            if !matches!(error, matchit::InsertError::Conflict { .. }) {
                return Err(Refused::Unservable(error.to_string()));
            }
            let known = tree.router.at(&sample(template)).map(|found| *found.value);
            let known = known.map_err(|_| Refused::Unservable(error.to_string()))?;
            // Of the same form; these are told apart by what their parameters may be.
            let form = tree_template(template);
            let alike = tree.templates.iter().filter(|(_, known)| tree_template(known) == form);
            let all = alike.map(|(route, _)| *route).chain([known]);
            if let Some(taken) = all.into_iter().find(|taken| tree.hides(*taken, template)) {
                return Err(Refused::Taken(taken));
            }
        }
        if path_parameters(template).any(|(_, convertor)| !convertor.takes_all()) {
            tree.choosy.push(route);
        }
        tree.templates.push((route, template.to_owned()));
        Ok(())
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
        let tree = self.trees.iter().find(|tree| tree.method == method);
        let found = tree.and_then(|tree| tree.router.at(path).ok());
        if let Some(tree) = tree.filter(|tree| tree.doubts(found.as_ref().map(|found| *found.value))) {
            return match tree.choose(path) {
                Some((route, texts)) => {
                    Found::Route(route, Captures::Owned(texts.into_iter().map(str::to_owned).collect()))
                }
                None => self.find_otherwise(path),
            };
        }
        if let Some(found) = found {
            let captures = if owned {
                Captures::Owned(found.params.iter().map(|(_, text)| text.to_owned()).collect())
            } else {
                Captures::Ranges(found.params.iter().map(|(_, text)| range_in(path, text)).collect())
            };
            return Found::Route(*found.value, captures);
        }
        if let Some((route, texts)) = tree.and_then(|tree| self.without_rest(&tree.router, path)) {
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
        let in_tree = |tree: &Tree, path: &str| {
            let rest = || self.without_rest(&tree.router, path).map(|(route, _)| route);
            tree.route_at(path).or_else(|| rest().filter(|route| !tree.choosy.contains(route)))
        };
        let first = |path: &str| self.trees.iter().filter_map(|tree| in_tree(tree, path)).min();
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

/// matchit's form: `{path:path}` is `{*p}`. The names do not matter.
fn tree_template(template: &str) -> String {
    let mut count = 0;
    with_parameters(template, |_, convertor| {
        count += 1;
        format!("{{{}p{count}}}", if convertor == Convertor::Path { "*" } else { "" })
    })
}

/// A path of the template's form.
fn sample(template: &str) -> String {
    with_parameters(template, |_, _| "0".to_owned())
}

/// The regular expression of the paths that the template matches.
fn pattern(template: &str) -> String {
    let mut text = r"\A".to_owned();
    for (parameter, rest) in path_pieces(template) {
        if let Some((_, convertor)) = parameter {
            text.push_str(&format!("({})", convertor.pattern()));
        }
        text.push_str(&regex::escape(rest));
    }
    text + r"\z"
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
    fn convertors_tell_paths_apart() {
        let matcher = matcher(&[
            ("GET", "/items/{id:int}"),
            ("GET", "/items/{price:float}"),
            ("GET", "/items/{name}"),
            ("GET", "/items/me"),
            ("POST", "/items/{id:int}"),
            ("GET", "/x/{id:int}/files/{rest:path}"),
            ("GET", "/x/{name}/y"),
            ("GET", "/x/{name}/files/all"),
        ]);
        for (method, path, answer) in [
            ("GET", "/items/7", "0 7"),
            ("GET", "/items/7.5", "1 7.5"),
            ("GET", "/items/seven", "2 seven"),
            ("GET", "/items/me", "3"),
            ("GET", "/items/%37", "0 7"),
            ("POST", "/items/seven", "405 2"),
            ("PUT", "/items/7", "405 0"),
            ("GET", "/items/7/", "307 /items/7"),
            ("GET", "/x/1/files/a/b", "5 1|a/b"),
            ("GET", "/x/1/files/", "5 1|"),
            ("GET", "/x/1/files/all", "7 1"),
            ("GET", "/x/a/files/b", "404"),
            ("GET", "/x/1/y", "6 1"),
        ] {
            assert_eq!(show(&matcher, method, path), answer, "{method} {path}");
        }
    }

    #[test]
    fn what_is_never_reached_is_refused() {
        let mut matcher = matcher(&[("GET", "/a/{id:int}"), ("GET", "/a/{name}"), ("GET", "/b/{name}")]);
        for (template, other) in [("/a/{number:int}", 0), ("/a/{price:float}", 1), ("/b/{id:int}", 2)] {
            let refused = matcher.insert(&Method::GET, template, 3);
            assert!(matches!(refused, Err(Refused::Taken(taken)) if taken == other), "{template}");
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
