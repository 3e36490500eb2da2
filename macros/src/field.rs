//! [`FieldDecl`]: what is declared of a parameter or a field, and the constant it becomes.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Expr, ExprLit, ExprUnary, Ident, Lit, LitStr, Type, UnOp, spanned::Spanned};

use crate::{ctxt::Ctxt, options::Options};

/// The options that every parameter and field takes.
pub(crate) const COMMON: [&str; 14] = [
    "gt",
    "ge",
    "lt",
    "le",
    "multiple_of",
    "min_length",
    "max_length",
    "pattern",
    "alias",
    "default",
    "title",
    "description",
    "examples",
    "deprecated",
];

const BOUNDS: [&str; 5] = ["gt", "ge", "lt", "le", "multiple_of"];
const LENGTHS: [&str; 2] = ["min_length", "max_length"];

/// A constraint, at the span of its word.
struct Constraint {
    word: &'static str,
    span: Span,
    value: Expr,
}

/// Everything that is declared of one parameter or field.
pub(crate) struct FieldDecl {
    /// The name on the wire.
    pub(crate) name: LitStr,
    pub(crate) ty: Type,
    constraints: Vec<Constraint>,
    default: Option<Default>,
    title: Option<LitStr>,
    description: Option<LitStr>,
    examples: Vec<Expr>,
    deprecated: bool,
    pub(crate) hidden: bool,
    pub(crate) media_type: Option<LitStr>,
}

enum Default {
    /// `default`: the type's own.
    Type,
    Value(Expr),
}

impl FieldDecl {
    /// Reads the common options; `name` is the wire name unless `alias` says otherwise.
    pub(crate) fn new(name: LitStr, ty: Type, options: &Options, doc: Option<String>, cx: &Ctxt) -> Self {
        let mut constraints = Vec::new();
        for word in BOUNDS.into_iter().chain(LENGTHS).chain(["pattern"]) {
            let example = if word == "pattern" { "\"^[a-z]+$\"" } else { "1" };
            if let (Some(value), Some(span)) = (options.expr(word, example, cx), options.span(word)) {
                constraints.push(Constraint { word, span, value });
            }
        }
        let default = options.get("default").map(|item| match &item.value {
            None => Default::Type,
            Some(value) => Default::Value(value.clone()),
        });
        let description = options.text("description", cx).or_else(|| doc.map(|doc| LitStr::new(&doc, name.span())));
        let decl = Self {
            name: options.text("alias", cx).unwrap_or(name),
            ty,
            constraints,
            default,
            title: options.text("title", cx),
            description,
            examples: options.list("examples", "[\"foo\"]", cx).unwrap_or_default(),
            deprecated: options.flag("deprecated", cx),
            hidden: false,
            media_type: None,
        };
        decl.check(cx);
        decl
    }

    pub(crate) fn has_constraints(&self) -> bool {
        !self.constraints.is_empty()
    }

    fn check(&self, cx: &Ctxt) {
        let number = |word: &str| {
            let found = self.constraints.iter().find(|constraint| constraint.word == word)?;
            literal(&found.value).map(|value| (value, found.span))
        };
        let pairs = [
            ("gt", "lt", true),
            ("gt", "le", true),
            ("ge", "lt", true),
            ("ge", "le", false),
            ("min_length", "max_length", false),
        ];
        for (low, high, strict) in pairs {
            if let (Some((least, _)), Some((most, span))) = (number(low), number(high))
                && (least > most || (strict && least == most))
            {
                cx.error_at(span, format!("no value can satisfy `{low} = {least}` and `{high} = {most}`"));
            }
        }
        for word in LENGTHS {
            if let Some((value, _)) = number(word)
                && (value < 0.0 || value.fract() != 0.0)
            {
                let found = self.constraints.iter().find(|constraint| constraint.word == word);
                cx.error(found.map(|found| &found.value), format!("`{word}` counts: write a whole number from 0"));
            }
        }
        for constraint in self.constraints.iter().filter(|constraint| constraint.word == "pattern") {
            if !matches!(constraint.value, Expr::Lit(ExprLit { lit: Lit::Str(_), .. })) {
                cx.error(&constraint.value, "write the regular expression as a text: `pattern = \"^[a-z]+$\"`");
            }
        }
        self.check_default(cx, number);
    }

    fn check_default(&self, cx: &Ctxt, number: impl Fn(&str) -> Option<(f64, Span)>) {
        let Some(Default::Value(value)) = &self.default else { return };
        let Some(default) = literal(value) else { return };
        let holds = |word: &str, bound: f64| match word {
            "gt" => default > bound,
            "ge" => default >= bound,
            "lt" => default < bound,
            "le" => default <= bound,
            _ => true,
        };
        for word in ["gt", "ge", "lt", "le"] {
            if let Some((bound, _)) = number(word).filter(|(bound, _)| !holds(word, *bound)) {
                cx.error(value, format!("the default {default} does not satisfy `{word} = {bound}`"));
            }
        }
    }

    /// `const #ident: Field<T> = ..;`, or a `static` where it holds a compiled pattern.
    pub(crate) fn expand(&self, ident: &Ident) -> TokenStream {
        let Self { name, ty, title, description, media_type, .. } = self;
        let pattern = self.constraints.iter().find(|constraint| constraint.word == "pattern");
        let (keyword, pattern_static) = match pattern {
            None => (quote!(const), None),
            Some(Constraint { value, .. }) => {
                let pattern_ident = format_ident!("{ident}_PATTERN");
                let item = quote!(static #pattern_ident: __versify::Pattern = __versify::Pattern::new(#value););
                (quote!(static), Some((pattern_ident, item)))
            }
        };
        let rules = self.has_constraints().then(|| {
            let calls = self.constraints.iter().map(|Constraint { word, span, value }| {
                let method = Ident::new(word, *span);
                let argument = match *word {
                    "pattern" => {
                        let pattern = pattern_static.as_ref().map(|(ident, _)| ident);
                        quote!(&#pattern)
                    }
                    word if LENGTHS.contains(&word) => quote!(#value),
                    _ => bound(value),
                };
                quote_spanned!(*span=> .#method(#argument))
            });
            let span = self.constraints.first().map_or_else(|| self.name.span(), |first| first.span);
            let new = quote_spanned!(span=> __versify::Constraints::<#ty>::new());
            quote!(.rules(#new #(#calls)* .rules()))
        });
        let title = title.as_ref().map(|title| quote!(.title(#title)));
        let description = description.as_ref().map(|text| quote!(.description(#text)));
        let media_type = media_type.as_ref().map(|text| quote!(.media_type(#text)));
        let deprecated = self.deprecated.then(|| quote!(.deprecated()));
        let hidden = self.hidden.then(|| quote!(.hidden()));
        let examples = (!self.examples.is_empty()).then(|| {
            let examples = &self.examples;
            quote!(.examples(|| __versify::vec![#(__versify::to_value(#examples)),*]))
        });
        let default = self.default.as_ref().map(|default| match default {
            Default::Type => quote!(.default(__versify::Default::default)),
            Default::Value(value @ Expr::Lit(ExprLit { lit: Lit::Str(_), .. })) => {
                quote_spanned!(value.span()=> .default(|| __versify::Into::into(#value)))
            }
            Default::Value(value) => quote_spanned!(value.span()=> .default(|| #value)),
        });
        let pattern_item = pattern_static.map(|(_, item)| item);
        quote! {
            #pattern_item
            #keyword #ident: __versify::Field<#ty> =
                __versify::Field::<#ty>::new(#name) #rules #title #description #media_type #examples #default
                #deprecated #hidden;
        }
    }
}

/// A bound whose type is known is written down; the compiler finds the others'.
fn bound(value: &Expr) -> TokenStream {
    match unsigned(value) {
        Some(Lit::Int(_)) => quote!(__versify::Bound::Integer(#value)),
        Some(Lit::Float(_)) => quote!(__versify::Bound::Float(#value)),
        _ => quote_spanned!(value.span()=> __versify::BoundOf(#value).bound()),
    }
}

/// The literal, without its sign. One with a suffix (`5u8`) has a type of its own.
fn unsigned(value: &Expr) -> Option<&Lit> {
    let literal = match value {
        Expr::Lit(ExprLit { lit, .. }) => lit,
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => match &**expr {
            Expr::Lit(ExprLit { lit, .. }) => lit,
            _ => return None,
        },
        _ => return None,
    };
    let suffix = match literal {
        Lit::Int(int) => int.suffix(),
        Lit::Float(float) => float.suffix(),
        _ => return None,
    };
    suffix.is_empty().then_some(literal)
}

/// The value of a literal number.
fn literal(value: &Expr) -> Option<f64> {
    let positive = match unsigned(value)? {
        Lit::Int(int) => int.base10_parse::<i128>().ok()? as f64,
        Lit::Float(float) => float.base10_parse::<f64>().ok()?,
        _ => return None,
    };
    Some(if matches!(value, Expr::Unary(_)) { -positive } else { positive })
}
