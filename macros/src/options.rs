//! [`Options`]: the `key = value` list of an attribute, each key once and known.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::{
    Expr, ExprLit, Ident, Lit, LitStr, Path, Token, Type,
    ext::IdentExt,
    parenthesized,
    parse::{Parse, ParseStream, Parser},
    token,
};

use crate::{ctxt::Ctxt, nearest};

/// The options whose value is a type.
const TYPES: [&str; 3] = ["model", "response", "response_class"];

/// The options with brackets.
const NESTED: [&str; 4] = ["items", "form_limits", "responses", "headers"];

/// One option: `key`, `key = value`, `key(..)`.
pub(crate) struct OptionItem {
    pub(crate) key: Ident,
    pub(crate) value: Option<Expr>,
    /// The value of an option that names a type.
    ty: Option<Type>,
    nested: Option<TokenStream>,
}

impl Parse for OptionItem {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if !input.peek(Ident::peek_any) {
            return Err(input.error("an option is a word, mostly with a value: `key = value`"));
        }
        // `default`, `type`, `where`: keywords are fine names of options.
        let key = input.call(Ident::parse_any)?;
        if input.peek(token::Paren) {
            let content;
            parenthesized!(content in input);
            return Ok(Self { key, value: None, ty: None, nested: Some(content.parse()?) });
        }
        let mut item = Self { key, value: None, ty: None, nested: None };
        if input.parse::<Option<Token![=]>>()?.is_some() {
            match TYPES.iter().any(|name| item.key == name) {
                true => item.ty = Some(input.parse()?),
                false => item.value = Some(ungrouped(input.parse()?)),
            }
        }
        Ok(item)
    }
}

/// The expression without the invisible brackets that a `macro_rules` puts around what it was given.
fn ungrouped(value: Expr) -> Expr {
    match value {
        Expr::Group(group) => ungrouped(*group.expr),
        value => value,
    }
}

/// The options of one attribute.
pub(crate) struct Options(Vec<OptionItem>);

impl Options {
    pub(crate) fn none() -> Self {
        Self(Vec::new())
    }

    /// Parses `tokens`; a syntax fault is reported and what came before it kept.
    pub(crate) fn parse(tokens: TokenStream, cx: &Ctxt) -> Self {
        let mut items = Vec::new();
        let parsed = (|input: ParseStream<'_>| {
            while !input.is_empty() {
                items.push(input.parse()?);
                if !input.is_empty() && input.parse::<Option<Token![,]>>()?.is_none() {
                    return Err(input.error("options are parted by commas: write `,` before this"));
                }
            }
            Ok(())
        })
        .parse2(tokens);
        cx.ok(parsed);
        Self(items)
    }

    /// Reports keys that are not `known` and keys that come twice.
    pub(crate) fn check(&self, attribute: &str, known: &[&str], cx: &Ctxt) {
        cx.complete(attribute, self.0.iter().map(|item| item.key.clone()).collect());
        for (index, item) in self.0.iter().enumerate() {
            let key = item.key.to_string();
            if item.nested.is_some() && !NESTED.contains(&key.as_str()) {
                cx.error(&item.key, format!("`{key}` takes no brackets: write `{key} = ..`"));
            }
            if !known.contains(&key.as_str()) {
                cx.error(&item.key, nearest::unknown(&format!("option of `{attribute}`"), &key, known));
            }
            if self.0.iter().take(index).any(|earlier| earlier.key == item.key) {
                cx.error(&item.key, format!("`{key}` is given twice; remove one"));
            }
        }
    }

    pub(crate) fn get(&self, key: &str) -> Option<&OptionItem> {
        self.0.iter().find(|item| item.key == key)
    }

    pub(crate) fn span(&self, key: &str) -> Option<Span> {
        self.get(key).map(|item| item.key.span())
    }

    /// `key` or `key = true`.
    pub(crate) fn flag(&self, key: &str, cx: &Ctxt) -> bool {
        self.boolean(key, cx).unwrap_or(false)
    }

    pub(crate) fn boolean(&self, key: &str, cx: &Ctxt) -> Option<bool> {
        let item = self.get(key)?;
        match &item.value {
            None => Some(true),
            Some(Expr::Lit(ExprLit { lit: Lit::Bool(value), .. })) => Some(value.value),
            Some(other) => {
                cx.error(other, format!("write `{key} = true` or `{key} = false`"));
                None
            }
        }
    }

    pub(crate) fn text(&self, key: &str, cx: &Ctxt) -> Option<LitStr> {
        let item = self.get(key)?;
        match &item.value {
            Some(Expr::Lit(ExprLit { lit: Lit::Str(text), .. })) => Some(text.clone()),
            _ => {
                let at = item.value.as_ref().map_or_else(|| item.key.to_token_stream(), ToTokens::to_token_stream);
                cx.error(at, format!("write a text: `{key} = \"..\"`"));
                None
            }
        }
    }

    pub(crate) fn expr(&self, key: &str, example: &str, cx: &Ctxt) -> Option<Expr> {
        let item = self.get(key)?;
        // Brackets are a fault that has been told.
        if item.value.is_none() && item.nested.is_none() {
            cx.error(&item.key, format!("`{key}` needs a value: `{key} = {example}`"));
        }
        item.value.clone()
    }

    /// `key = path::to::something`.
    pub(crate) fn path(&self, key: &str, example: &str, cx: &Ctxt) -> Option<Path> {
        match self.expr(key, example, cx)? {
            Expr::Path(path) => Some(path.path),
            other => {
                cx.error(other, format!("write a path: `{key} = {example}`"));
                None
            }
        }
    }

    /// `key(..)`.
    pub(crate) fn nested(&self, key: &str, example: &str, cx: &Ctxt) -> Option<Self> {
        self.brackets(key, example, cx).map(|tokens| Self::parse(tokens, cx))
    }

    /// What stands in the brackets of `key(..)`.
    pub(crate) fn brackets(&self, key: &str, example: &str, cx: &Ctxt) -> Option<TokenStream> {
        let item = self.get(key)?;
        if item.nested.is_none() {
            cx.error(&item.key, format!("write `{key}({example})`"));
        }
        item.nested.clone()
    }

    /// `key = Type`.
    pub(crate) fn ty(&self, key: &str, example: &str, cx: &Ctxt) -> Option<Type> {
        let item = self.get(key)?;
        if item.ty.is_none() {
            cx.error(&item.key, format!("`{key}` needs a type: `{key} = {example}`"));
        }
        item.ty.clone()
    }

    /// `key = "a"`, `key = ["a", "b"]`.
    pub(crate) fn texts(&self, key: &str, cx: &Ctxt) -> Vec<LitStr> {
        let Some(Expr::Array(array)) = self.get(key).and_then(|item| item.value.as_ref()) else {
            return self.text(key, cx).into_iter().collect();
        };
        if array.elems.is_empty() {
            cx.error(array, format!("write at least one name: `{key} = [\"..\"]`"));
        }
        let text = |value: &Expr| match value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.clone()),
            other => {
                cx.error(other, format!("write texts: `{key} = [\"..\", \"..\"]`"));
                None
            }
        };
        array.elems.iter().filter_map(text).collect()
    }

    /// As [`Options::texts`]; none if there is no such key.
    pub(crate) fn texts_if_any(&self, key: &str, cx: &Ctxt) -> Vec<LitStr> {
        if self.get(key).is_some() { self.texts(key, cx) } else { Vec::new() }
    }

    /// `key = [a, b]`, or a single value.
    pub(crate) fn list(&self, key: &str, example: &str, cx: &Ctxt) -> Option<Vec<Expr>> {
        Some(match self.expr(key, example, cx)? {
            Expr::Array(array) => array.elems.into_iter().collect(),
            other => {
                cx.error(other, format!("write a list: `{key} = {example}`"));
                Vec::new()
            }
        })
    }
}
