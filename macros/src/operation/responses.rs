//! [`Responses`]: `responses(404 = "The item was not found")`.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::{
    Expr, LitInt, LitStr, Token, Type,
    parse::{Parse, ParseStream, Parser},
    spanned::Spanned,
    token,
};

use super::is_status;
use crate::{ctxt::Ctxt, options::Options};

/// Answers that are documented beside what the signature says.
#[derive(Default)]
pub(super) struct Responses(Vec<Entry>);

enum Entry {
    /// `..usual()`
    Base(Expr),
    One {
        status: TokenStream,
        doc: Doc,
    },
}

enum Doc {
    /// A description, or a `ResponseDoc`.
    Value(Expr),
    Declared {
        model: Option<Type>,
        description: Option<LitStr>,
        content_types: Vec<LitStr>,
        example: Option<Expr>,
    },
}

/// An entry as it was written.
enum Written {
    Base(Expr),
    Value(Status, Expr),
    Options(Status, TokenStream),
}

enum Status {
    Number(LitInt),
    Text(LitStr),
    Default(Token![default]),
}

impl Parse for Written {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.parse::<Option<Token![..]>>()?.is_some() {
            return Ok(Self::Base(input.parse()?));
        }
        let status = if input.peek(LitInt) {
            Status::Number(input.parse()?)
        } else if input.peek(LitStr) {
            Status::Text(input.parse()?)
        } else if input.peek(Token![default]) {
            Status::Default(input.parse()?)
        } else {
            return Err(
                input.error("write a status: `404 = \"The item was not found\"`, `\"4XX\" = ..`, `default = ..`")
            );
        };
        input.parse::<Token![=]>()?;
        if input.peek(token::Paren) {
            let content;
            syn::parenthesized!(content in input);
            return Ok(Self::Options(status, content.parse()?));
        }
        Ok(Self::Value(status, input.parse()?))
    }
}

impl Responses {
    pub(super) fn parse(tokens: TokenStream, cx: &Ctxt) -> Self {
        let mut written = Vec::new();
        let parsed = (|input: ParseStream<'_>| {
            while !input.is_empty() {
                written.push(input.parse::<Written>()?);
                if !input.is_empty() {
                    input.parse::<Token![,]>()?;
                }
            }
            Ok(())
        })
        .parse2(tokens);
        cx.ok(parsed);
        let mut known: Vec<String> = Vec::new();
        let mut status = |status: &Status| {
            let (tokens, name) = status.check(cx)?;
            if known.contains(&name) {
                cx.error(status, format!("`{name}` is described twice; remove one"));
            }
            known.push(name);
            Some(tokens)
        };
        let entry = |written| match written {
            Written::Base(base) => Some(Entry::Base(base)),
            Written::Value(key, value) => Some(Entry::One { status: status(&key)?, doc: Doc::Value(value) }),
            Written::Options(key, tokens) => Some(Entry::One { status: status(&key)?, doc: Doc::new(tokens, cx) }),
        };
        Self(written.into_iter().filter_map(entry).collect())
    }

    pub(super) fn expand(&self) -> Option<TokenStream> {
        if self.0.is_empty() {
            return None;
        }
        let calls = self.0.iter().map(|entry| match entry {
            Entry::Base(base) => quote_spanned!(base.span()=> .and(#base)),
            Entry::One { status, doc } => {
                let doc = doc.expand();
                quote!(.on(#status, #doc))
            }
        });
        Some(quote!(__description.responses(__versify::Responses::new() #(#calls)*);))
    }
}

impl ToTokens for Status {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Number(number) => number.to_tokens(tokens),
            Self::Text(text) => text.to_tokens(tokens),
            Self::Default(token) => token.to_tokens(tokens),
        }
    }
}

impl Status {
    /// The status in the runtime's terms, and its name in the document.
    fn check(&self, cx: &Ctxt) -> Option<(TokenStream, String)> {
        let text = match self {
            Self::Default(_) => "default".to_owned(),
            Self::Number(number) => number.base10_digits().to_owned(),
            Self::Text(text) => text.value(),
        };
        match text.to_ascii_uppercase().as_bytes() {
            b"DEFAULT" => return Some((quote!(__versify::ResponseStatus::Default), "default".to_owned())),
            [digit @ b'1'..=b'5', b'X', b'X'] => {
                let digit = digit - b'0';
                return Some((quote!(__versify::ResponseStatus::Range(#digit)), format!("{digit}XX")));
            }
            _ => {}
        }
        let number = text
            .parse::<u16>()
            .map_or_else(|_| LitInt::new("0", self.span()), |number| LitInt::new(&number.to_string(), self.span()));
        if !is_status(&number) {
            cx.error(self, format!("`{text}` is no status; write one from 100 to 599, `\"4XX\"`, or `default`"));
            return None;
        }
        // No call of `From`, which the user may call something else.
        let number = LitInt::new(&format!("{}u16", number.base10_digits()), number.span());
        Some((quote!(#number), text))
    }
}

impl Doc {
    fn new(tokens: TokenStream, cx: &Ctxt) -> Self {
        let options = Options::parse(tokens, cx);
        options.check("responses(..)", &["model", "description", "content_type", "example"], cx);
        let (model, content_types) = (options.ty("model", "Message", cx), options.texts("content_type", cx));
        if let (Some(_), Some(second)) = (&model, content_types.get(1)) {
            cx.error(second, "a model is documented in one media type; describe others with a `ResponseDoc`");
        }
        Self::Declared {
            model,
            content_types,
            description: options.text("description", cx),
            example: options.expr("example", "json!({\"id\": 1})", cx),
        }
    }

    fn expand(&self) -> TokenStream {
        let Self::Declared { model, description, content_types, example } = self else {
            let Self::Value(value) = self else { return TokenStream::new() };
            return quote!(#value);
        };
        let description = description.as_ref().map(|text| quote!(.description(#text)));
        let example = example.as_ref().map(|example| {
            let media_type =
                content_types.first().map_or_else(|| quote!("application/json"), ToTokens::to_token_stream);
            quote!(.example(#media_type, #example))
        });
        match (model, content_types.first()) {
            (Some(model), Some(media_type)) => {
                let doc = quote_spanned!(model.span()=> __versify::ResponseDoc::model_as::<#model>(#media_type));
                quote!(#doc #description #example)
            }
            (Some(model), None) => {
                let doc = quote_spanned!(model.span()=> __versify::ResponseDoc::model::<#model>());
                quote!(#doc #description #example)
            }
            (None, _) => quote!(__versify::ResponseDoc::new() #description #(.content(#content_types))* #example),
        }
    }
}
