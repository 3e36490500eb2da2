//! [`Constraints`]: `ge = 1`, `max_length = 50` and the like, and the rules they become.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Expr, ExprLit, ExprUnary, Ident, Lit, UnOp, spanned::Spanned};

use crate::{ctxt::Ctxt, options::Options};

/// Those that may stand in `items(..)`.
const OF_ITEMS: [&str; 12] = [
    "gt",
    "ge",
    "lt",
    "le",
    "multiple_of",
    "min_length",
    "max_length",
    "pattern",
    "allow_inf_nan",
    "max_digits",
    "decimal_places",
    "items",
];

const BOUNDS: [&str; 5] = ["gt", "ge", "lt", "le", "multiple_of"];
const LENGTHS: [&str; 4] = ["min_length", "max_length", "max_digits", "decimal_places"];

/// Constraints, and those of what is inside.
#[derive(Default)]
pub(super) struct Constraints {
    all: Vec<Constraint>,
    unique: Option<Span>,
    items: Option<(Span, Box<Constraints>)>,
}

/// A constraint, at the span of its word.
struct Constraint {
    word: &'static str,
    span: Span,
    value: Expr,
}

impl Constraints {
    pub(super) fn new(options: &Options, cx: &Ctxt) -> Self {
        let mut all = Vec::new();
        for word in BOUNDS.into_iter().chain(LENGTHS).chain(["pattern", "allow_inf_nan"]) {
            let example = match word {
                "pattern" => "\"^[a-z]+$\"",
                "allow_inf_nan" => "false",
                _ => "1",
            };
            if let (Some(value), Some(span)) = (options.expr(word, example, cx), options.span(word)) {
                all.push(Constraint { word, span, value });
            }
        }
        let items = options.nested("items", "gt = 0", cx).zip(options.span("items")).map(|(nested, span)| {
            nested.check("items", &OF_ITEMS, cx);
            (span, Box::new(Self::new(&nested, cx)))
        });
        let unique = options.span("unique_items").filter(|_| options.flag("unique_items", cx));
        let constraints = Self { all, unique, items };
        constraints.check(cx);
        constraints
    }

    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty() && self.unique.is_none() && self.items.is_none()
    }

    pub(super) fn number(&self, word: &str) -> Option<(f64, Span)> {
        let found = self.all.iter().find(|constraint| constraint.word == word)?;
        literal(&found.value).map(|value| (value, found.span))
    }

    fn check(&self, cx: &Ctxt) {
        let pairs = [
            ("gt", "lt", true),
            ("gt", "le", true),
            ("ge", "lt", true),
            ("ge", "le", false),
            ("min_length", "max_length", false),
        ];
        for (low, high, strict) in pairs {
            if let (Some((least, _)), Some((most, span))) = (self.number(low), self.number(high))
                && (least > most || (strict && least == most))
            {
                cx.error_at(span, format!("no value can satisfy `{low} = {least}` and `{high} = {most}`"));
            }
        }
        for word in LENGTHS {
            if let Some((value, _)) = self.number(word)
                && (value < 0.0 || value.fract() != 0.0)
            {
                let found = self.all.iter().find(|constraint| constraint.word == word);
                cx.error(found.map(|found| &found.value), format!("`{word}` counts: write a whole number from 0"));
            }
        }
        for constraint in self.all.iter().filter(|constraint| constraint.word == "pattern") {
            if !matches!(constraint.value, Expr::Lit(ExprLit { lit: Lit::Str(_), .. })) {
                cx.error(&constraint.value, "write the regular expression as a text: `pattern = \"^[a-z]+$\"`");
            }
        }
    }

    /// The rules of a value of type `ty`; patterns become statics beside it.
    ///
    /// What the type as a whole is wrong for is told `at` the word that speaks of it, if there is one.
    pub(super) fn expand(
        &self,
        ty: &TokenStream,
        at: Option<Span>,
        ident: &Ident,
        patterns: &mut TokenStream,
    ) -> TokenStream {
        let calls: Vec<TokenStream> = self
            .all
            .iter()
            .map(|Constraint { word, span, value }| {
                let method = Ident::new(word, *span);
                let argument = match *word {
                    "pattern" => {
                        let pattern = format_ident!("{ident}_PATTERN");
                        patterns.extend(quote! {
                            static #pattern: __versify::Pattern = __versify::Pattern::new(#value);
                        });
                        // A constant may not hold a static that changes, as a compiled pattern does.
                        quote!(|| &#pattern)
                    }
                    "allow_inf_nan" => quote!(#value),
                    word if LENGTHS.contains(&word) => quote!(#value),
                    _ => bound(value),
                };
                quote_spanned!(*span=> .#method(#argument))
            })
            .collect();
        let unique = self.unique.map(|span| quote_spanned!(span=> .unique_items()));
        let items = self.items.as_ref().map(|(span, items)| {
            let place = ty.clone().into_iter().next().map_or(*span, |token| token.span());
            let ty = quote_spanned!(place=> <#ty as __versify::Container>::Item);
            let rules = items.expand(&ty, Some(place), &format_ident!("{ident}_ITEMS"), patterns);
            quote_spanned!(*span=> .items(const { &#rules }))
        });
        let span = at.or(self.all.first().map(|first| first.span)).or(self.unique);
        let span = span.or(self.items.as_ref().map(|(span, _)| *span)).unwrap_or_else(Span::call_site);
        let new = quote_spanned!(span=> __versify::Constraints::<#ty>::new());
        quote!(#new #(#calls)* #unique #items .rules())
    }
}

/// A bound whose type is known is written down; the compiler finds the others'.
fn bound(value: &Expr) -> TokenStream {
    match unsigned(value) {
        Some(Lit::Int(_)) => quote!(__versify::Bound::Integer(#value)),
        Some(Lit::Float(_)) => quote!(__versify::Bound::Float(#value)),
        _ if matches!(value, Expr::Lit(ExprLit { lit: Lit::Str(_), .. })) => quote!(__versify::Bound::Text(#value)),
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
pub(super) fn literal(value: &Expr) -> Option<f64> {
    let positive = match unsigned(value)? {
        Lit::Int(int) => int.base10_parse::<i128>().ok()? as f64,
        Lit::Float(float) => float.base10_parse::<f64>().ok()?,
        _ => return None,
    };
    Some(if matches!(value, Expr::Unary(_)) { -positive } else { positive })
}
