//! [`Argument`]: one argument of an operation, and where it comes from.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{
    Attribute, FnArg, GenericArgument, Ident, LitStr, Meta, Pat, PathArguments, Type, TypeReference, spanned::Spanned,
};

use super::dependency::max_concurrency;
use crate::{
    ctxt::Ctxt,
    doc_comment::doc_comment,
    field::{COMMON, FieldDecl},
    nearest,
    options::Options,
    path_template::PathTemplate,
    spanned::{called, spanned},
};

/// The attributes that say where an argument comes from.
pub(crate) const PLACES: [&str; 9] =
    ["path", "query", "header", "cookie", "body", "form", "file", "extract", "depends"];

/// The options of `#[file]`.
pub(crate) const OF_FILES: [&str; 12] = [
    "min_length",
    "max_length",
    "items",
    "fail_fast",
    "validate",
    "alias",
    "default_with",
    "required",
    "title",
    "description",
    "examples",
    "deprecated",
];

/// The options of `#[depends]`.
pub(crate) const OF_DEPENDS: [&str; 3] = ["scopes", "use_cache", "max_concurrency"];

/// The options that some places have beyond the common ones.
#[cfg(test)]
pub(crate) const OF_PLACES: [&str; 5] =
    ["include_in_schema", "openapi_examples", "convert_underscores", "prefix", "content_type"];

pub(super) struct Argument {
    pub(super) source: Source,
    pub(super) field: FieldDecl,
}

/// Where an argument comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// The path parameter at this position.
    Path(usize),
    /// The path parameter of its name, in a router's prefix or in the path of whoever depends on the function.
    PathByName,
    Query,
    Header,
    Cookie,
    Body,
    /// A field of a form, or a form model.
    Form,
    /// A file of a form.
    File,
    /// A poem extractor.
    Extract,
    /// A dependency of which more is said than its type.
    Depends,
    /// `&Request`.
    Request,
    /// Its type decides.
    Type,
}

impl Argument {
    /// `path` is the operation's; a dependency has none of its own.
    pub(super) fn new(input: &FnArg, path: Option<&PathTemplate>, cx: &Ctxt) -> Option<Self> {
        let typed = match input {
            FnArg::Typed(typed) => typed,
            FnArg::Receiver(receiver) => {
                cx.error(
                    receiver,
                    "this attribute stands on free functions: take what it needs as `State<..>` instead of `self`",
                );
                return None;
            }
        };
        let ident = match &*typed.pat {
            Pat::Ident(pat) if pat.by_ref.is_none() && pat.subpat.is_none() => pat.ident.clone(),
            other => {
                cx.error(other, "give the argument a name, which is its name in the request: `item: Item`; take it apart in the body");
                return None;
            }
        };
        let source = Self::declared(&typed.attrs, cx);
        let options = source.as_ref().map_or_else(Options::none, |(_, tokens)| Options::parse(tokens.clone(), cx));
        let word = source.as_ref().map(|(word, _)| *word);
        let named = ident.to_string();
        let named = named.trim_start_matches("r#");
        let names = Self::path_names(word, &options, named);
        let position = path.and_then(|path| names.iter().find_map(|name| path.position(name)));
        let source = match word {
            Some("path") => match (position, path) {
                (Some(position), _) => Source::Path(position),
                (None, None) => Source::PathByName,
                (None, Some(_)) if options.flag("prefix", cx) => Source::PathByName,
                (None, Some(path)) => {
                    let name = names.first().map_or(named, String::as_str);
                    let known: Vec<&str> = path.names.iter().map(String::as_str).collect();
                    let hint = match known.is_empty() {
                        true => format!(
                            "the path has no parameters; add `{{{name}}}` to it, or write `#[path(prefix)]` if it is in the prefix of a router"
                        ),
                        false => nearest::unknown("path parameter", name, &known),
                    };
                    cx.error(&ident, hint);
                    return None;
                }
            },
            Some("query") => Source::Query,
            Some("header") => Source::Header,
            Some("cookie") => Source::Cookie,
            Some("body") => Source::Body,
            Some("form") => Source::Form,
            Some("file") => Source::File,
            Some("extract") => Source::Extract,
            Some("depends") => Source::Depends,
            _ => match position {
                Some(position) => Source::Path(position),
                None if is_request(&typed.ty) => Source::Request,
                None => Source::Type,
            },
        };
        Self::check_type(&typed.ty, source, cx)?;
        let mut field = Self::field(&ident, named, word, source, &options, typed, cx);
        if let Source::Path(position) = source
            && let Some(name) = path.and_then(|path| path.names.get(position))
        {
            field.name = LitStr::new(name, field.name.span());
            field.aliases.clear();
        }
        Some(Self { source, field })
    }

    /// Its names in the path, of which the first that stands there counts: those of `alias`, or its own.
    fn path_names(word: Option<&str>, options: &Options, named: &str) -> Vec<String> {
        // What is wrong with them is reported with the other options.
        let quiet = Ctxt::new();
        let aliases = if word == Some("path") { options.texts("alias", &quiet) } else { Vec::new() };
        quiet.finish();
        match aliases.is_empty() {
            true => vec![named.to_owned()],
            false => aliases.iter().map(LitStr::value).collect(),
        }
    }

    /// The place that an attribute names, and its options.
    fn declared(attributes: &[syn::Attribute], cx: &Ctxt) -> Option<(&'static str, TokenStream)> {
        let mut found = None;
        for attribute in attributes {
            if let Some(advice) = misplaced(attribute) {
                cx.error(attribute.path(), advice);
            }
            let Some(place) = PLACES.into_iter().find(|place| attribute.path().is_ident(place)) else { continue };
            if found.is_some() {
                cx.error(attribute, "an argument comes from one place; remove one of these attributes");
                continue;
            }
            let tokens = match &attribute.meta {
                Meta::Path(_) => TokenStream::new(),
                Meta::List(list) => list.tokens.clone(),
                Meta::NameValue(_) => {
                    cx.error(attribute, format!("write `#[{place}(..)]`"));
                    TokenStream::new()
                }
            };
            found = Some((place, tokens));
        }
        found
    }

    fn check_type(ty: &Type, source: Source, cx: &Ctxt) -> Option<()> {
        match ty {
            Type::ImplTrait(_) => {
                cx.error(ty, "write the argument's type: the request is read and documented by it");
                None
            }
            Type::Reference(reference) if source != Source::Request => {
                let is_text = matches!(&*reference.elem, Type::Path(path) if path.path.is_ident("str"));
                let owned = if is_text { "`String`" } else { "the type without `&`" };
                cx.error(
                    reference,
                    format!("an argument owns its value: write {owned} (only `&Request` can be borrowed)"),
                );
                None
            }
            _ if matches!(source, Source::Extract | Source::Request) => Some(()),
            _ => match borrowed(ty) {
                None => Some(()),
                Some(reference) => Self::check_type(&Type::Reference(reference.clone()), source, cx),
            },
        }
    }

    fn field(
        ident: &Ident,
        named: &str,
        word: Option<&str>,
        source: Source,
        options: &Options,
        typed: &syn::PatType,
        cx: &Ctxt,
    ) -> FieldDecl {
        let extra: &[&str] = match source {
            Source::Header => &["convert_underscores", "include_in_schema", "openapi_examples"],
            Source::Path(_) | Source::PathByName => &["include_in_schema", "openapi_examples", "prefix"],
            Source::Query | Source::Cookie => &["include_in_schema", "openapi_examples"],
            Source::Body => &["content_type", "openapi_examples"],
            Source::Depends => &OF_DEPENDS,
            Source::Form => &["content_type"],
            Source::File | Source::Extract | Source::Request | Source::Type => &[],
        };
        if let Some(word) = word {
            let known: Vec<&str> = match source {
                Source::Extract => Vec::new(),
                Source::Depends => extra.to_vec(),
                Source::File => OF_FILES.to_vec(),
                _ => COMMON.iter().chain(extra).copied().collect(),
            };
            options.check(&format!("#[{word}]"), &known, cx);
        }
        if let (Source::Path(_) | Source::PathByName, Some(span)) = (source, options.span("default")) {
            cx.error_at(span, "a path parameter is always there: it has no default");
        }
        let convert = options.boolean("convert_underscores", cx).unwrap_or(true);
        let wire = if source == Source::Header && convert { named.replace('_', "-") } else { named.to_owned() };
        let doc = doc_comment(&typed.attrs);
        let name = LitStr::new(&wire, ident.span());
        let mut field = FieldDecl::new(name, (*typed.ty).clone(), options, doc, cx);
        if options.boolean("include_in_schema", cx) == Some(false) {
            field.add_flag("hidden");
        }
        if !convert {
            field.add_flag("keep_underscores");
        }
        field.scopes = options.texts_if_any("scopes", cx);
        if options.boolean("use_cache", cx) == Some(false) {
            field.add_call("use_cache", quote!(false));
        }
        if let Some(limit) = max_concurrency(options, cx) {
            field.add_call("max_concurrency", limit);
        }
        field.media_type = options.text("content_type", cx);
        field.openapi_examples = options.path("openapi_examples", "examples", cx);
        field
    }

    pub(super) fn is_of_form(&self) -> bool {
        matches!(self.source, Source::Form | Source::File)
    }

    /// Only its type knows whether it reads the body.
    pub(super) fn check_beside_form(&self) -> TokenStream {
        let allowed = self.of("Argument", "BESIDE_FORM");
        quote_spanned! {self.field.ty.span()=>
            __versify::assert!(
                #allowed,
                "a request has one body, which another argument reads as a form: write `#[form]` before this one, too",
            );
        }
    }

    /// Only its type knows whether it is read from the body.
    pub(super) fn check_without_body(&self) -> TokenStream {
        let body = self.of("Argument", "BODY");
        quote_spanned! {self.field.ty.span()=>
            const _: () = __versify::assert!(
                !#body,
                "a WebSocket's handshake has no body: write `#[query]`, `#[header]` or `#[cookie]` before this \
                 argument, or receive it as a message: `WebSocket<In, Out>`",
            );
        }
    }

    /// Only its type knows whether it is one text.
    pub(super) fn check_in_path(&self) -> Option<TokenStream> {
        if !matches!(self.source, Source::Path(_) | Source::PathByName) {
            return None;
        }
        let one = self.of("Placed", "ONE_TEXT");
        Some(quote_spanned! {self.field.ty.span()=>
            __versify::assert!(
                #one,
                "a path parameter is one text, and a model has several fields: take each by its own name, \
                 or the model from the query string or the body",
            );
        })
    }

    /// An item of what its type is asked for.
    fn of(&self, of: &str, item: &str) -> TokenStream {
        spanned(&self.field.ty, of, item)
    }

    pub(super) const fn is_of_path(&self) -> bool {
        matches!(self.source, Source::Path(_) | Source::PathByName)
    }

    pub(super) fn is_path_parameter(&self, index: usize) -> bool {
        self.source == Source::Path(index)
    }

    /// Its type and value in the static that holds all of them, and the patterns that stand beside it.
    ///
    /// Nothing else names its type: what that is not fit for is told here, once.
    pub(super) fn source(&self, ident: &Ident) -> (TokenStream, TokenStream, TokenStream) {
        let ty = &self.field.ty;
        let (patterns, field) = self.field.value(ident);
        let (of, way) = match self.source {
            Source::Path(_) => ("Placed", "PATH"),
            Source::PathByName => ("Placed", "PATH_BY_NAME"),
            Source::Query => ("Placed", "QUERY"),
            Source::Header => ("Placed", "HEADER"),
            Source::Cookie => ("Placed", "COOKIE"),
            Source::Form => ("Placed", "FORM"),
            Source::Body => ("Argument", "BODY_WAY"),
            Source::Type | Source::Depends => ("Argument", "WAY"),
            Source::File | Source::Extract | Source::Request => {
                return (patterns, quote!(__versify::Field<#ty>), field);
            }
        };
        let way = self.of(of, way);
        let at = match self.source {
            Source::Path(position) if position > 0 => Some(quote!(.at(#position))),
            _ => None,
        };
        let value = quote!(__versify::Source { field: #field #at, way: #way });
        (patterns, quote!(__versify::Source<#ty>), value)
    }

    /// Whether the runtime reads it without more being said.
    pub(super) const fn is_plain(&self) -> bool {
        !matches!(self.source, Source::File | Source::Extract | Source::Request)
    }

    /// What the document says of it.
    pub(super) fn describe(&self, constant: &TokenStream) -> TokenStream {
        match self.source {
            Source::Extract | Source::Request => TokenStream::new(),
            Source::File => {
                let call = self.call("File", "describe_file", quote!(&#constant, __description));
                quote!(#call;)
            }
            _ => quote!(#constant.describe(__description);),
        }
    }

    /// Takes it out of the call, as an `Option`.
    pub(super) fn prepare(&self, constant: &TokenStream) -> TokenStream {
        match self.source {
            Source::Extract | Source::Request => TokenStream::new(),
            Source::File => {
                let call = self.call("File", "take", quote!(&#constant, __call));
                quote!(#call.await)
            }
            _ => quote!(#constant.read(__call)),
        }
    }

    /// Completes what has to wait for something.
    pub(super) fn resolve(&self, constant: &TokenStream, value: &Ident) -> Option<TokenStream> {
        match self.source {
            Source::Extract => {
                let ty = &self.field.ty;
                Some(quote! {
                    let #value = __versify::extract::<#ty>(__call.request(), &mut __body).await;
                    let #value = __call.extracted(#value);
                })
            }
            Source::Type | Source::Depends | Source::Body => {
                Some(quote!(let #value = #constant.later(#value, __call).await;))
            }
            _ => None,
        }
    }

    fn call(&self, of: &str, item: &str, arguments: TokenStream) -> TokenStream {
        called(&self.field.ty, of, item, arguments)
    }
}

fn is_request(ty: &Type) -> bool {
    let Type::Reference(reference) = ty else { return false };
    let Type::Path(path) = &*reference.elem else { return false };
    reference.mutability.is_none() && path.path.segments.last().is_some_and(|segment| segment.ident == "Request")
}

/// What is sent in a body, where there is none.
pub(super) fn check_without_bodies(arguments: &[Argument], cx: &Ctxt) {
    for argument in arguments.iter().filter(|argument| argument.is_of_form() || argument.source == Source::Body) {
        cx.error(
            &argument.field.name,
            "a WebSocket's handshake has no body: take this from the query, a header or a cookie, or receive it as a \
             message: `WebSocket<In, Out>`",
        );
    }
}

/// What no argument alone can be wrong about.
pub(super) fn check_together(arguments: &[Argument], cx: &Ctxt) {
    if let Some(form) = arguments.iter().find(|argument| argument.is_of_form()) {
        let form = form.field.name.value();
        for body in arguments.iter().filter(|argument| argument.source == Source::Body) {
            cx.error(
                &body.field.name,
                format!("a request has one body, and `{form}` reads a form from it; write `#[form]` here, too"),
            );
        }
    }
    for (index, argument) in arguments.iter().enumerate() {
        let twin = arguments.iter().take(index).find(|other| {
            let same_place = match (other.source, argument.source) {
                (Source::Path(_), Source::Path(_)) => false,
                // Of a form, several may read the same: a file, and its bytes.
                (Source::Form | Source::File, _) => false,
                (a, b) => a == b && !matches!(a, Source::Extract | Source::Request | Source::Type | Source::Depends),
            };
            same_place && other.field.name.value() == argument.field.name.value()
        });
        if twin.is_some() {
            let name = argument.field.name.value();
            cx.error(
                &argument.field.name,
                format!("two arguments read `{name}` from one place; give one another `alias`"),
            );
        }
    }
}

/// What to say of an attribute that is none of an argument, and was meant for one of ours.
pub(super) fn misplaced(attribute: &Attribute) -> Option<String> {
    let word = attribute.path().get_ident()?.to_string();
    if word == "field" {
        let advice =
            "`#[field(..)]` is for models: what is declared of an argument stands with its place, `#[query(ge = 1)]`";
        return Some(advice.to_owned());
    }
    let near = nearest::mistyped(&word, &PLACES).filter(|_| !PLACES.contains(&word.as_str()))?;
    Some(format!("unknown attribute `{word}`; did you mean `{near}`?"))
}

/// The first type within that is borrowed, and not for ever.
fn borrowed(ty: &Type) -> Option<&TypeReference> {
    match ty {
        Type::Array(array) => borrowed(&array.elem),
        Type::Paren(paren) => borrowed(&paren.elem),
        Type::Tuple(tuple) => tuple.elems.iter().find_map(borrowed),
        Type::Path(path) => path.path.segments.iter().find_map(|segment| {
            let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
            arguments.args.iter().find_map(|argument| match argument {
                GenericArgument::Type(ty) => borrowed(ty),
                _ => None,
            })
        }),
        Type::Reference(reference) => {
            let for_ever = reference.lifetime.as_ref().is_some_and(|lifetime| lifetime.ident == "static");
            (!for_ever).then_some(reference)
        }
        _ => None,
    }
}
