//! [`Errors`]: what `#[errors]` stands on, checked.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{
    Attribute, Data, DeriveInput, Expr, ExprLit, Fields, Ident, Index, Lit, LitInt, LitStr, Member, Meta, Token, Type,
    parse::{ParseStream, Parser},
};

use super::message::Message;
use crate::{ctxt::Ctxt, doc_comment::doc_comment, operation::is_status, options::Options};

pub(super) struct Errors {
    pub(super) ident: Ident,
    pub(super) variants: Vec<Variant>,
}

pub(super) struct Variant {
    pub(super) ident: Ident,
    pub(super) description: Option<String>,
    pub(super) kind: Kind,
    /// The field that the whole variant is made of by `?`.
    pub(super) from: Option<Field>,
    /// The field that caused it.
    pub(super) source: Option<Field>,
}

#[derive(Clone)]
pub(super) struct Field {
    pub(super) member: Member,
    pub(super) ty: Type,
}

pub(super) enum Kind {
    /// All that it is, its one field says.
    Transparent(Field),
    Answer(Box<Answer>),
}

pub(super) struct Answer {
    pub(super) status: Expr,
    pub(super) message: Option<Message>,
    pub(super) body: Body,
    pub(super) headers: Vec<(LitStr, Message)>,
}

pub(super) enum Body {
    /// `{"detail": "the message"}`
    Message,
    /// `{"detail": the field}`
    Detail(Field),
    /// The field itself.
    Whole(Field),
    /// Nothing of it is sent.
    Internal,
}

/// The attributes of fields.
const OF_FIELDS: [&str; 4] = ["from", "source", "detail", "body"];

/// Removes what is ours.
pub(super) fn strip(input: &mut DeriveInput) {
    let Data::Enum(data) = &mut input.data else { return };
    for variant in &mut data.variants {
        variant.attrs.retain(|attribute| !attribute.path().is_ident("error"));
        for field in &mut variant.fields {
            field.attrs.retain(|attribute| !OF_FIELDS.iter().any(|name| attribute.path().is_ident(name)));
        }
    }
}

impl Errors {
    pub(super) fn new(input: &DeriveInput, cx: &Ctxt) -> Option<Self> {
        let Data::Enum(data) = &input.data else {
            cx.error(
                &input.ident,
                "errors are an enum, each variant an answer: `enum ShopError { #[error(status = 404, \"..\")] NoSuchItem }`",
            );
            return None;
        };
        if !input.generics.params.is_empty() {
            cx.error(&input.generics, "errors cannot be generic: the document needs to know what they hold");
        }
        check_derives(&input.attrs, cx);
        if data.variants.is_empty() {
            cx.error(&input.ident, "there is nothing that can go wrong: add a variant");
        }
        let variants = data.variants.iter().filter_map(|variant| Variant::new(variant, cx)).collect();
        Some(Self { ident: input.ident.clone(), variants })
    }
}

/// `Display` and `Error` are made here.
fn check_derives(attributes: &[Attribute], cx: &Ctxt) {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
        let Ok(derives) =
            attribute.parse_args_with(syn::punctuated::Punctuated::<syn::Path, Token![,]>::parse_terminated)
        else {
            continue;
        };
        for derive in derives {
            if derive.segments.last().is_some_and(|last| last.ident == "Error" || last.ident == "Display") {
                cx.error(&derive, "`#[errors]` implements `Display` and `Error`; remove this derive");
            }
        }
    }
}

impl Variant {
    fn new(variant: &syn::Variant, cx: &Ctxt) -> Option<Self> {
        let fields: Vec<Field> = fields(&variant.fields);
        let marked = Marked::new(&variant.fields, &fields, cx);
        let mut attributes = variant.attrs.iter().filter(|attribute| attribute.path().is_ident("error"));
        let Some(attribute) = attributes.next() else {
            cx.error(
                &variant.ident,
                format!("say what it answers: `#[error(status = 404, \"..\")] {}`", variant.ident),
            );
            return None;
        };
        if let Some(second) = attributes.next() {
            cx.error(second, "a variant has one answer; join these attributes");
        }
        let tokens = match &attribute.meta {
            Meta::List(list) => list.tokens.clone(),
            _ => {
                cx.error(attribute, "write `#[error(status = 404, \"..\")]`");
                return None;
            }
        };
        let written = Written::parse(tokens, cx);
        let kind = written.check(attribute, &fields, &marked, cx)?;
        if let (Some(from), true) = (&marked.from, fields.len() > 1) {
            cx.error(&from.member, "a variant with `#[from]` has no other fields");
        }
        let transparent = matches!(kind, Kind::Transparent(_));
        let source = if transparent { None } else { marked.source.or_else(|| marked.from.clone()) };
        Some(Self {
            ident: variant.ident.clone(),
            description: doc_comment(&variant.attrs),
            kind,
            from: marked.from,
            source,
        })
    }
}

fn fields(fields: &Fields) -> Vec<Field> {
    let member = |(index, field): (usize, &syn::Field)| Field {
        member: match &field.ident {
            Some(ident) => Member::Named(ident.clone()),
            None => Member::Unnamed(Index { index: index as u32, span: syn::spanned::Spanned::span(&field.ty) }),
        },
        ty: field.ty.clone(),
    };
    fields.iter().enumerate().map(member).collect()
}

/// The fields with an attribute of ours.
#[derive(Default)]
struct Marked {
    from: Option<Field>,
    source: Option<Field>,
    detail: Option<Field>,
    body: Option<Field>,
}

impl Marked {
    fn new(declared: &Fields, fields: &[Field], cx: &Ctxt) -> Self {
        let mut marked = Self::default();
        for (declared, field) in declared.iter().zip(fields) {
            for attribute in &declared.attrs {
                let Some(name) = OF_FIELDS.into_iter().find(|name| attribute.path().is_ident(name)) else { continue };
                if !matches!(attribute.meta, Meta::Path(_)) {
                    cx.error(attribute, format!("write `#[{name}]`"));
                }
                let place = match name {
                    "from" => &mut marked.from,
                    "source" => &mut marked.source,
                    "detail" => &mut marked.detail,
                    _ => &mut marked.body,
                };
                if place.is_some() {
                    cx.error(attribute, format!("one field is `#[{name}]`; remove one"));
                }
                *place = Some(field.clone());
            }
        }
        marked
    }
}

/// What stands in the brackets of `#[error(..)]`.
struct Written {
    transparent: Option<Ident>,
    internal: Option<Ident>,
    message: Option<LitStr>,
    options: Options,
    /// Whether what is missing may be there by another name.
    misspelled: bool,
}

impl Written {
    /// The message may stand anywhere among the options, as do the words `transparent` and `internal`.
    fn parse(tokens: TokenStream, cx: &Ctxt) -> Self {
        let (mut message, mut transparent, mut internal) = (None, None, None);
        let mut rest = TokenStream::new();
        let parsed = (|input: ParseStream<'_>| {
            while !input.is_empty() {
                if input.peek(LitInt) {
                    let number = input.parse::<LitInt>()?;
                    cx.error(&number, format!("write what it is: `status = {number}`"));
                    rest.extend(quote::quote!(status = #number,));
                    input.parse::<Option<Token![,]>>()?;
                    continue;
                }
                if input.peek(LitStr) {
                    let text: LitStr = input.parse()?;
                    if message.is_some() {
                        return Err(syn::Error::new(text.span(), "one message is enough"));
                    }
                    message = Some(text);
                } else {
                    let word = input.fork().parse::<Ident>().ok();
                    match word {
                        Some(word) if word == "transparent" => transparent = Some(input.parse()?),
                        Some(word) if word == "internal" => internal = Some(input.parse()?),
                        _ => {
                            while !input.is_empty() && !input.peek(Token![,]) {
                                rest.extend(Some(input.parse::<proc_macro2::TokenTree>()?));
                            }
                            rest.extend(<Token![,]>::default().into_token_stream());
                        }
                    }
                }
                if !input.is_empty() {
                    input.parse::<Token![,]>()?;
                }
            }
            Ok(())
        })
        .parse2(tokens);
        cx.ok(parsed);
        let before = cx.count();
        let options = Options::parse(rest, cx);
        options.check("#[error]", &["status", "headers"], cx);
        Self { transparent, internal, message, options, misspelled: cx.count() > before }
    }

    fn check(self, attribute: &Attribute, fields: &[Field], marked: &Marked, cx: &Ctxt) -> Option<Kind> {
        let members: Vec<Member> = fields.iter().map(|field| field.member.clone()).collect();
        if let Some(word) = &self.transparent {
            if self.message.is_some() || self.options.get("status").is_some() {
                cx.error(word, "what is transparent says all by its field; remove `transparent`, or all else");
            }
            let [field] = fields else {
                cx.error(word, "what is transparent has one field, the error that it stands for");
                return None;
            };
            return Some(Kind::Transparent(field.clone()));
        }
        let message = self.message.map(|text| Message::new(text, &members, cx));
        let body = match (&self.internal, &marked.detail, &marked.body) {
            (Some(word), None, None) => {
                if self.options.get("status").is_some() {
                    cx.error(word, "what is internal is always a 500 without a detail; remove `status`");
                }
                Body::Internal
            }
            (Some(word), ..) => {
                cx.error(word, "nothing of what is internal is sent; remove `internal`, or the field's attribute");
                return None;
            }
            (None, Some(detail), None) => Body::Detail(detail.clone()),
            (None, None, Some(body)) => Body::Whole(body.clone()),
            (None, Some(_), Some(body)) => {
                cx.error(&body.member, "the body is this field, or it holds the other as its detail; remove one");
                return None;
            }
            (None, None, None) => Body::Message,
        };
        let status = match self.options.expr("status", "404", cx) {
            Some(status) => {
                check_status(&status, cx);
                status
            }
            None if self.internal.is_some() => syn::parse_quote!(500),
            None => {
                if self.options.get("status").is_none() && !self.misspelled {
                    cx.error(
                        attribute,
                        "an answer needs a status: `status = 404`, or `internal` for a logged 500, or `transparent`",
                    );
                }
                return None;
            }
        };
        let headers = headers_of(&self.options, &members, cx);
        Some(Kind::Answer(Box::new(Answer { status, message, body, headers })))
    }
}

fn check_status(status: &Expr, cx: &Ctxt) {
    if let Expr::Lit(ExprLit { lit, .. }) = status {
        match lit {
            Lit::Int(number) if is_status(number) => {}
            _ => cx.error(status, "write a status from 100 to 599, such as `status = 404`"),
        }
    }
}

/// `headers("retry-after" = "{seconds}")`
fn headers_of(options: &Options, members: &[Member], cx: &Ctxt) -> Vec<(LitStr, Message)> {
    let Some(tokens) = options.brackets("headers", "\"retry-after\" = \"{seconds}\"", cx) else { return Vec::new() };
    let mut headers = Vec::new();
    let parsed = (|input: ParseStream<'_>| {
        while !input.is_empty() {
            let name: LitStr = input.parse()?;
            input.parse::<Token![=]>()?;
            headers.push((name, Message::new(input.parse()?, members, cx)));
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(())
    })
    .parse2(tokens);
    cx.ok(parsed);
    for (name, _) in &headers {
        let text = name.value();
        let legal = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if text.is_empty() || !text.bytes().all(legal) {
            cx.error(name, "this is no name of a header field; write one such as `\"retry-after\"`");
        }
    }
    headers
}
