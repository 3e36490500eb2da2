//! The type for `PATCH`: the same fields, each of which may be left out.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Meta, spanned::Spanned};

use super::super::input::{Model, Partial, Shape};
use crate::krate;

/// A model of its own, and how it is written over the whole.
pub(super) fn expand(model: &Model, partial: &Partial) -> TokenStream {
    let krate = krate();
    let Model { ident: whole, visibility, .. } = model;
    let Partial { ident, attributes, options, fields } = partial;
    let attributes = attributes.iter().filter(|attribute| !attribute.path().is_ident("model"));
    let extras = match &model.shape {
        Shape::Record(record) => record.extras.as_ref().map(|extras| &extras.ident),
        _ => None,
    };
    let mut declared = TokenStream::new();
    let mut names = Vec::new();
    for field in fields {
        let Some(name) = &field.ident else { continue };
        if extras == Some(name) {
            // Of these there is no telling which were left out.
            declared.extend(quote!(#field,));
            continue;
        }
        let Some(field_attributes) = shared(&field.attrs) else { continue };
        let (visibility, ty) = (&field.vis, &field.ty);
        // What is wrong with it is wrong in the place of its type.
        let place = Span::call_site().located_at(ty.span());
        let krate = krate.clone().into_iter().map(|mut token| {
            token.set_span(place);
            token
        });
        let patch = quote_spanned!(place=> #(#krate)*::decode::Patch<#ty>);
        declared.extend(quote! {
            #(#field_attributes)*
            #visibility #name: #patch,
        });
        names.push(name);
    }
    let extras = extras.into_iter();
    let apply = format!("Writes what was sent over the fields of a [`{whole}`].");
    quote! {
        #(#attributes)*
        #[#krate::model(#options)]
        #visibility struct #ident { #declared }

        impl #krate::__private::PartialOf for #ident {
            type Whole = #whole;
        }

        impl #ident {
            #[doc = #apply]
            #visibility fn apply(self, whole: &mut #whole) {
                #(self.#names.apply(&mut whole.#names);)*
                #(::core::iter::Extend::extend(&mut whole.#extras, self.#extras);)*
            }
        }
    }
}

/// The attributes that a field has in both types; `None` for one that requests do not set.
fn shared(attributes: &[syn::Attribute]) -> Option<Vec<TokenStream>> {
    let mut kept = Vec::new();
    for attribute in attributes {
        match &attribute.meta {
            Meta::List(list) if attribute.path().is_ident("field") => {
                let mut options: Vec<TokenStream> = Vec::new();
                for option in split(list.tokens.clone()) {
                    let word = option.clone().into_iter().next().map(|token| token.to_string()).unwrap_or_default();
                    match word.as_str() {
                        "read_only" | "flatten" => return None,
                        "default" | "default_with" | "validate_default" | "validate" => {}
                        _ => options.push(option),
                    }
                }
                kept.push(quote!(#[field(#(#options),*)]));
            }
            _ => kept.push(quote!(#attribute)),
        }
    }
    Some(kept)
}

/// The options, each with its value.
fn split(tokens: TokenStream) -> Vec<TokenStream> {
    let mut options = vec![TokenStream::new()];
    for token in tokens {
        match &token {
            proc_macro2::TokenTree::Punct(punct) if punct.as_char() == ',' => options.push(TokenStream::new()),
            _ => {
                if let Some(last) = options.last_mut() {
                    last.extend([token]);
                }
            }
        }
    }
    options.retain(|option| !option.is_empty());
    options
}
