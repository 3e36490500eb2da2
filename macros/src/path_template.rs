//! [`PathTemplate`]: `/items/{item_id}`; of a callback `{$request.body#/url}/shipped`, of a webhook a name.

use syn::LitStr;

use crate::ctxt::Ctxt;

/// The path of an operation and the names in it.
pub(crate) struct PathTemplate {
    pub(crate) text: LitStr,
    /// The parameters' names, in order, without what follows a colon.
    pub(crate) names: Vec<String>,
}

impl PathTemplate {
    /// `declared`: others serve it, at a place of their own.
    pub(crate) fn new(text: LitStr, declared: bool, cx: &Ctxt) -> Self {
        let value = text.value();
        let mut names: Vec<String> = Vec::new();
        // Empty: the prefix of a router is all of it.
        if !declared && !value.is_empty() && !value.starts_with('/') && !value.starts_with("{$") {
            cx.error(&text, format!("a path begins with `/`: write `\"/{value}\"`"));
        }
        if let Some(name) = value.split('/').find_map(|part| part.strip_prefix(':')) {
            cx.error(&text, format!("a parameter of a path stands in braces: write `{{{name}}}` instead of `:{name}`"));
        }
        let mut rest = value.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            if before.contains('}') {
                cx.error(&text, "there is a `}` without a `{` before it");
            }
            let Some((name, tail)) = after.split_once('}') else {
                cx.error(&text, "a `{` is not closed: write `{name}`");
                return Self { text, names };
            };
            // An expression of what was asked and answered, which the client puts in.
            if !name.starts_with('$') {
                names.extend(Self::name(name, tail, &names, &text, cx));
            }
            rest = tail;
        }
        if rest.contains('}') {
            cx.error(&text, "there is a `}` without a `{` before it");
        }
        Self { text, names }
    }

    fn name(name: &str, tail: &str, known: &[String], text: &LitStr, cx: &Ctxt) -> Option<String> {
        let plain = match name.split_once(':') {
            None => name,
            Some((plain, "path")) => {
                if !tail.is_empty() {
                    cx.error(
                        text,
                        format!("`{{{name}}}` takes the rest of the path: nothing can follow it, here `{tail}` does"),
                    );
                }
                plain
            }
            Some((plain, "str" | "int" | "float" | "uuid")) => plain,
            Some((plain, kind)) => {
                let hint = "for digits, and `:float`, `:uuid`";
                cx.error(
                    text,
                    format!(
                        "`:{kind}` is not known here; write `{{{plain}}}`, `{{{plain}:path}}` for one that holds slashes, \
                         `{{{plain}:int}}` {hint}"
                    ),
                );
                plain
            }
        };
        if syn::parse_str::<syn::Ident>(plain).is_err() {
            cx.error(text, format!("`{{{plain}}}` is not the name of an argument; write something like `{{item_id}}`"));
            return None;
        }
        if known.iter().any(|other| other == plain) {
            cx.error(text, format!("the path has two parameters of the name `{plain}`; rename one"));
            return None;
        }
        Some(plain.to_owned())
    }

    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|known| known == name)
    }
}
