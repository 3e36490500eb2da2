//! [`FieldDecl`]: what is declared of a parameter or a field, and the constant it becomes.

mod constraints;

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Expr, ExprLit, Ident, Lit, LitStr, Path, Type, spanned::Spanned};

use self::constraints::{Constraints, literal};
use crate::{ctxt::Ctxt, options::Options, spanned::spanned};

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
    /// The same where nothing was said: the document does not show it.
    Unsaid,
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

    pub(crate) const fn is_aliased(&self) -> bool {
        self.aliased
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
        self.default = Some(Default::Unsaid);
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
            let rules = self.constraints.expand(&quote!(#ty), None, ident, &mut patterns);
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
        let flags = self.flags.iter().map(|flag| match flag == "unique_items" {
            true => quote_spanned!(flag.span()=> .#flag(<#ty as __versify::Repeating>::repeats)),
            false => quote_spanned!(flag.span()=> .#flag()),
        });
        let examples = (!self.examples.is_empty()).then(|| {
            let examples = &self.examples;
            quote!(.examples(|| __versify::vec![#(__versify::to_value(#examples)),*]))
        });
        let openapi_examples =
            self.openapi_examples.as_ref().map(|path| quote_spanned!(path.span()=> .openapi_examples(#path)));
        let json_schema_extra = self.json_schema_extra.as_ref().map(|extra| quote!(.json_schema_extra(|| #extra)));
        let to_json = quote! {
            .default_json({
                use __versify::NoDefaultJson as _;
                __versify::DefaultJson::<#ty>::TO_JSON
            })
        };
        let default = self.default.as_ref().map(|default| match default {
            Default::Type => {
                let own = of_type(ty);
                quote!(.default_with(#own)#to_json)
            }
            Default::Unsaid => {
                let own = of_type(ty);
                quote!(.default_with(#own))
            }
            Default::Value(value @ Expr::Lit(ExprLit { lit: Lit::Str(_), .. })) => {
                quote_spanned!(value.span()=> .default_with(|| <#ty as __versify::TextDefault>::text_default(#value))#to_json)
            }
            Default::Value(value) => quote_spanned!(value.span()=> .default_with(|| #value)#to_json),
            Default::Function(path) => quote_spanned!(path.span()=> .default_with(#path)),
        });
        let validator = self.validator.as_ref().map(|path| {
            quote_spanned! {path.span()=>
                .validator(|__value| __versify::said(#path(__value)))
            }
        });
        let value = quote! {
            __versify::Field::<#ty>::new(#name) #aliased #aliases #rules #title #description #media_type #examples
                #openapi_examples #json_schema_extra #default #validator #scopes #calls #(#flags)*
        };
        (patterns, value)
    }
}

/// The default of a type, as a function.
fn of_type(ty: &Type) -> TokenStream {
    spanned(ty, "Default", "default")
}
