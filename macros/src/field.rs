//! [`FieldDecl`]: what is declared of a parameter or a field, and the constant it becomes.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Expr, ExprLit, ExprUnary, Ident, Lit, LitStr, Path, Type, UnOp, spanned::Spanned};

use crate::{ctxt::Ctxt, options::Options};

/// The options that every parameter and field takes.
pub(crate) const COMMON: [&str; 26] = [
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
    "unique_items",
    "items",
    "fail_fast",
    "strict",
    "validate",
    "alias",
    "default",
    "default_with",
    "validate_default",
    "required",
    "title",
    "description",
    "examples",
    "json_schema_extra",
    "deprecated",
];

/// What further keys of a schema look like.
pub(crate) const SCHEMA_EXTRA: &str = "json!({\"x-unit\": \"EUR\"})";

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

/// Everything that is declared of one parameter or field.
pub(crate) struct FieldDecl {
    /// The name on the wire.
    pub(crate) name: LitStr,
    /// Whether that was declared.
    aliased: bool,
    /// Other names that are accepted.
    pub(crate) aliases: Vec<LitStr>,
    pub(crate) ty: Type,
    constraints: Constraints,
    default: Option<Default>,
    title: Option<LitStr>,
    description: Option<LitStr>,
    examples: Vec<Expr>,
    pub(crate) openapi_examples: Option<Path>,
    /// Further keys of its schema.
    json_schema_extra: Option<Expr>,
    validator: Option<Path>,
    /// `strict`, `fail_fast`, `deprecated` …: methods without arguments, at the spans of their words.
    pub(crate) flags: Vec<Ident>,
    pub(crate) media_type: Option<LitStr>,
    /// The OAuth2 scopes that are asked for of a dependency.
    pub(crate) scopes: Vec<LitStr>,
    /// Further methods, with arguments.
    calls: TokenStream,
}

enum Default {
    /// `default`: the type's own.
    Type,
    Value(Expr),
    /// `default_with = function`: the document does not show it.
    Function(Path),
}

impl FieldDecl {
    /// Reads the common options; `name` is the wire name unless `alias` says otherwise.
    pub(crate) fn new(name: LitStr, ty: Type, options: &Options, doc: Option<String>, cx: &Ctxt) -> Self {
        let default = options.get("default").map(|item| match &item.value {
            None => Default::Type,
            Some(value) => Default::Value(value.clone()),
        });
        let function = options.path("default_with", "new_id", cx).map(Default::Function);
        if let (Some(_), Some(_), Some(span)) = (&default, &function, options.span("default_with")) {
            cx.error_at(span, "a field has one default; remove this or `default`");
        }
        let default = default.or(function);
        let flags: Vec<Ident> = ["strict", "fail_fast", "unique_items", "validate_default", "required", "deprecated"]
            .into_iter()
            .filter(|word| options.flag(word, cx))
            .filter_map(|word| options.span(word).map(|span| Ident::new(word, span)))
            .collect();
        if let (None, Some(span)) = (&default, options.span("validate_default")) {
            cx.error_at(span, "there is no default to validate; add `default = ..`");
        }
        if let (Some(_), Some(span)) = (&default, options.span("required")) {
            cx.error_at(span, "a value with a default need not be sent; remove this or the default");
        }
        let description = options.text("description", cx).or_else(|| doc.map(|doc| LitStr::new(&doc, name.span())));
        let mut names = options.texts("alias", cx).into_iter();
        let alias = names.next();
        let decl = Self {
            aliased: alias.is_some(),
            name: alias.unwrap_or(name),
            aliases: names.collect(),
            ty,
            constraints: Constraints::new(options, cx),
            default,
            title: options.text("title", cx),
            description,
            examples: options.list("examples", "[\"foo\"]", cx).unwrap_or_default(),
            openapi_examples: None,
            json_schema_extra: options.expr("json_schema_extra", SCHEMA_EXTRA, cx),
            validator: options.path("validate", "check_name", cx),
            flags,
            media_type: None,
            scopes: Vec::new(),
            calls: TokenStream::new(),
        };
        decl.check_default(cx);
        decl
    }

    /// A value without a name, and without options.
    pub(crate) fn plain(name: LitStr, ty: Type) -> Self {
        Self {
            name,
            aliased: false,
            aliases: Vec::new(),
            ty,
            constraints: Constraints::default(),
            default: None,
            title: None,
            description: None,
            examples: Vec::new(),
            openapi_examples: None,
            json_schema_extra: None,
            validator: None,
            flags: Vec::new(),
            media_type: None,
            scopes: Vec::new(),
            calls: TokenStream::new(),
        }
    }

    pub(crate) fn has_constraints(&self) -> bool {
        !self.constraints.is_empty()
    }

    pub(crate) const fn has_default(&self) -> bool {
        self.default.is_some()
    }

    pub(crate) fn validate_with(&mut self, path: Path, cx: &Ctxt) {
        if self.validator.is_some() {
            cx.error(&path, "a newtype has one validator; remove this or the one of its field");
        }
        self.validator = Some(path);
    }

    /// Its name in Rust is accepted, too, after all others.
    pub(crate) fn accept_name(&mut self, name: &str) {
        if self.name.value() != name && self.aliases.iter().all(|alias| alias.value() != name) {
            self.aliases.push(LitStr::new(name, self.name.span()));
            self.add_flag("by_name");
        }
    }

    /// Whether the other name at this position is its name in Rust.
    pub(crate) fn is_own_name(&self, alias: usize) -> bool {
        alias + 1 == self.aliases.len() && self.flags.iter().any(|flag| flag == "by_name")
    }

    /// Says so of the field, as if its author had.
    pub(crate) fn add_flag(&mut self, word: &str) {
        if self.flags.iter().all(|flag| flag != word) {
            self.flags.push(Ident::new(word, self.name.span()));
        }
    }

    /// Calls a method of the runtime's field.
    pub(crate) fn add_call(&mut self, method: &str, argument: TokenStream) {
        let method = Ident::new(method, self.name.span());
        self.calls.extend(quote!(.#method(#argument)));
    }

    pub(crate) fn default_of_type(&mut self) {
        self.default = Some(Default::Function(syn::parse_quote!(::core::default::Default::default)));
    }

    fn check_default(&self, cx: &Ctxt) {
        let Some(Default::Value(value)) = &self.default else { return };
        if let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = value {
            return self.check_length(text, cx);
        }
        let Some(default) = literal(value) else { return };
        let holds = |word: &str, bound: f64| match word {
            "gt" => default > bound,
            "ge" => default >= bound,
            "lt" => default < bound,
            "le" => default <= bound,
            _ => true,
        };
        for word in ["gt", "ge", "lt", "le"] {
            if let Some((bound, _)) = self.constraints.number(word).filter(|(bound, _)| !holds(word, *bound)) {
                cx.error(value, format!("the default {default} does not satisfy `{word} = {bound}`"));
            }
        }
    }

    fn check_length(&self, default: &LitStr, cx: &Ctxt) {
        let length = default.value().chars().count() as f64;
        let least = self.constraints.number("min_length").filter(|(least, _)| length < *least);
        let most = self.constraints.number("max_length").filter(|(most, _)| length > *most);
        for (word, bound) in [("min_length", least), ("max_length", most)] {
            if let Some((bound, _)) = bound {
                cx.error(
                    default,
                    format!("the default has {length} characters and does not satisfy `{word} = {bound}`"),
                );
            }
        }
    }

    /// The patterns, and the constant; in a generic model they stand in different places.
    pub(crate) fn constant(&self, ident: &Ident) -> (TokenStream, TokenStream) {
        let (patterns, value) = self.value(ident);
        let ty = &self.ty;
        (patterns, quote!(const #ident: __versify::Field<#ty> = #value;))
    }

    /// The patterns, named after `ident`, and the constant's value.
    pub(crate) fn value(&self, ident: &Ident) -> (TokenStream, TokenStream) {
        let Self { name, ty, title, description, media_type, calls, .. } = self;
        let mut patterns = TokenStream::new();
        let rules = self.has_constraints().then(|| {
            let rules = self.constraints.expand(&quote!(#ty), ident, &mut patterns);
            quote!(.rules(#rules))
        });
        let aliased = self.aliased.then(|| quote!(.aliased()));
        let aliases = (!self.aliases.is_empty()).then(|| {
            let aliases = &self.aliases;
            quote!(.aliases(&[#(#aliases),*]))
        });
        let title = title.as_ref().map(|title| quote!(.title(#title)));
        let description = description.as_ref().map(|text| quote!(.description(#text)));
        let media_type = media_type.as_ref().map(|text| quote!(.media_type(#text)));
        let scopes = (!self.scopes.is_empty()).then(|| {
            let scopes = &self.scopes;
            quote!(.scopes(&[#(#scopes),*]))
        });
        let flags = self.flags.iter().map(|flag| quote_spanned!(flag.span()=> .#flag()));
        let examples = (!self.examples.is_empty()).then(|| {
            let examples = &self.examples;
            quote!(.examples(|| __versify::vec![#(__versify::to_value(#examples)),*]))
        });
        let openapi_examples =
            self.openapi_examples.as_ref().map(|path| quote_spanned!(path.span()=> .openapi_examples(#path)));
        let json_schema_extra = self.json_schema_extra.as_ref().map(|extra| quote!(.json_schema_extra(|| #extra)));
        let default = self.default.as_ref().map(|default| match default {
            Default::Type => quote!(.default(__versify::Default::default)),
            Default::Value(value @ Expr::Lit(ExprLit { lit: Lit::Str(_), .. })) => {
                quote_spanned!(value.span()=> .default(|| __versify::Into::into(#value)))
            }
            Default::Value(value) => quote_spanned!(value.span()=> .default(|| #value)),
            Default::Function(path) => quote_spanned!(path.span()=> .default_with(#path)),
        });
        let validator = self
            .validator
            .as_ref()
            .map(|path| quote_spanned!(path.span()=> .validator(|__value| __versify::said(#path(__value)))));
        let value = quote! {
            __versify::Field::<#ty>::new(#name) #aliased #aliases #rules #title #description #media_type #examples
                #openapi_examples #json_schema_extra #default #validator #scopes #calls #(#flags)*
        };
        (patterns, value)
    }
}

/// Constraints, and those of what is inside.
#[derive(Default)]
struct Constraints {
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
    fn new(options: &Options, cx: &Ctxt) -> Self {
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

    fn is_empty(&self) -> bool {
        self.all.is_empty() && self.unique.is_none() && self.items.is_none()
    }

    fn number(&self, word: &str) -> Option<(f64, Span)> {
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
    fn expand(&self, ty: &TokenStream, ident: &Ident, patterns: &mut TokenStream) -> TokenStream {
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
            let ty = quote_spanned!(*span=> <#ty as __versify::Container>::Item);
            let rules = items.expand(&ty, &format_ident!("{ident}_ITEMS"), patterns);
            quote_spanned!(*span=> .items(const { &#rules }))
        });
        let span = self.all.first().map(|first| first.span).or(self.unique);
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
fn literal(value: &Expr) -> Option<f64> {
    let positive = match unsigned(value)? {
        Lit::Int(int) => int.base10_parse::<i128>().ok()? as f64,
        Lit::Float(float) => float.base10_parse::<f64>().ok()?,
        _ => return None,
    };
    Some(if matches!(value, Expr::Unary(_)) { -positive } else { positive })
}
