//! From checked [`Errors`] to tokens.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{DeriveInput, Member, spanned::Spanned};

use super::{
    input::{Answer, Body, Errors, Field, Kind, Variant},
    message::binding,
};
use crate::krate;

pub(super) fn expand(errors: &Errors) -> TokenStream {
    let krate = krate();
    let ident = &errors.ident;
    let shown = errors.variants.iter().map(show);
    let sources = errors.variants.iter().filter_map(source);
    let source = errors.variants.iter().any(|variant| variant.source.is_some()).then(|| {
        quote! {
            fn source(&self) -> __versify::Option<&(dyn __versify::StdError + 'static)> {
                #[allow(unused_imports)]
                use __versify::AsSource as _;
                match self {
                    #(#sources)*
                    #[allow(unreachable_patterns)]
                    _ => __versify::None,
                }
            }
        }
    });
    let answers = errors.variants.iter().filter_map(answer);
    let given = errors.variants.iter().filter_map(|variant| transparent(variant, ident));
    let descriptions = errors.variants.iter().map(describe);
    let conversions = errors.variants.iter().filter_map(|variant| conversion(variant, ident));
    quote! {
        #[doc(hidden)]
        const _: () = {
            use #krate::__private as __versify;
            #[automatically_derived]
            impl __versify::Display for #ident {
                fn fmt(&self, __f: &mut __versify::Formatter<'_>) -> __versify::FmtResult {
                    match self { #(#shown)* }
                }
            }
            #[automatically_derived]
            impl __versify::StdError for #ident {
                #source
            }
            #[automatically_derived]
            impl __versify::Failure for #ident {
                fn fail(self) -> __versify::Response {
                    let __answer = match &self {
                        #(#answers)*
                        #[allow(unreachable_patterns)]
                        _ => __versify::None,
                    };
                    match (__answer, self) {
                        (__versify::Some(__answer), __error) => __versify::caught(__answer, __error),
                        #(#given)*
                        #[allow(unreachable_patterns)]
                        (__versify::None, __error) => __versify::fail_internal(&__error),
                    }
                }
                fn describe(__description: &mut __versify::Description<'_>) {
                    #(#descriptions)*
                }
            }
            #(#conversions)*
        };
    }
}

/// Enums that are faulty: their uses have no second fault to report.
pub(super) fn stub(input: &DeriveInput) -> TokenStream {
    let krate = krate();
    let ident = &input.ident;
    if !input.generics.params.is_empty() || !matches!(input.data, syn::Data::Enum(_)) {
        return TokenStream::new();
    }
    quote! {
        const _: () = {
            use #krate::__private as __versify;
            impl __versify::Display for #ident {
                fn fmt(&self, _: &mut __versify::Formatter<'_>) -> __versify::FmtResult {
                    __versify::not_compiled()
                }
            }
            impl __versify::StdError for #ident {}
            impl __versify::Failure for #ident {
                fn fail(self) -> __versify::Response {
                    __versify::not_compiled()
                }
            }
        };
    }
}

/// A pattern that binds the fields that are used.
fn pattern<'f>(variant: &Variant, used: impl IntoIterator<Item = &'f Member>) -> TokenStream {
    let ident = &variant.ident;
    let mut known: Vec<&Member> = Vec::new();
    for member in used {
        if !known.contains(&member) {
            known.push(member);
        }
    }
    let names = known.iter().map(|member| binding(member));
    quote!(Self::#ident { #(#known: #names,)* .. })
}

fn show(variant: &Variant) -> TokenStream {
    match &variant.kind {
        Kind::Transparent(field) => {
            let (pattern, name) = (pattern(variant, [&field.member]), binding(&field.member));
            quote_spanned!(field.ty.span()=> #pattern => __versify::Display::fmt(#name, __f),)
        }
        Kind::Answer(answer) => match (&answer.message, &variant.source) {
            (Some(message), _) => {
                let (pattern, write) = (pattern(variant, &message.fields), message.write());
                quote!(#pattern => #write,)
            }
            (None, Some(source)) => {
                let (pattern, name) = (pattern(variant, [&source.member]), binding(&source.member));
                quote_spanned!(source.ty.span()=> #pattern => __versify::Display::fmt(#name, __f),)
            }
            (None, None) => {
                let (pattern, status) = (pattern(variant, []), &answer.status);
                quote!(#pattern => __f.write_str(__versify::phrase(#status)),)
            }
        },
    }
}

fn source(variant: &Variant) -> Option<TokenStream> {
    let Field { member, ty } = variant.source.as_ref()?;
    let (pattern, name) = (pattern(variant, [member]), binding(member));
    Some(quote_spanned!(ty.span()=> #pattern => __versify::Some(#name.as_source()),))
}

/// The answer of a variant that has one of its own.
fn answer(variant: &Variant) -> Option<TokenStream> {
    let Kind::Answer(answer) = &variant.kind else { return None };
    let Answer { status, message, body, headers } = &**answer;
    let held = match body {
        Body::Detail(field) | Body::Whole(field) => Some(&field.member),
        Body::Message | Body::Internal => None,
    };
    let message_fields = message.iter().filter(|_| matches!(body, Body::Message)).flat_map(|message| &message.fields);
    let header_fields = headers.iter().flat_map(|(_, value)| &value.fields);
    let pattern = pattern(variant, message_fields.chain(header_fields).chain(held));
    let response = match body {
        Body::Message => match message {
            Some(message) => {
                let text = message.format();
                quote!(__versify::fail_text(#status, #text))
            }
            None => quote!(__versify::fail_text(#status, __versify::phrase(#status))),
        },
        Body::Detail(field) => {
            let name = binding(&field.member);
            quote_spanned!(field.ty.span()=> __versify::fail_detail(#status, #name))
        }
        Body::Whole(field) => {
            let name = binding(&field.member);
            quote_spanned!(field.ty.span()=> __versify::fail_body(#status, #name))
        }
        Body::Internal => quote!(__versify::fail_internal(&self)),
    };
    let headers = headers.iter().map(|(name, value)| {
        let value = value.format();
        quote!(let __answer = __versify::with_header(__answer, #name, &#value);)
    });
    Some(quote! {
        #pattern => {
            let __answer = #response;
            #(#headers)*
            __versify::Some(__answer)
        }
    })
}

/// What a transparent variant holds answers for itself.
fn transparent(variant: &Variant, enumeration: &syn::Ident) -> Option<TokenStream> {
    let Kind::Transparent(field) = &variant.kind else { return None };
    let (ident, member) = (&variant.ident, &field.member);
    Some(quote_spanned! {field.ty.span()=>
        (__versify::None, #enumeration::#ident { #member: __error }) => __versify::Failure::fail(__error),
    })
}

fn describe(variant: &Variant) -> TokenStream {
    let answer = match &variant.kind {
        Kind::Transparent(field) => {
            let ty = &field.ty;
            return quote_spanned!(ty.span()=> <#ty as __versify::Failure>::describe(__description););
        }
        Kind::Answer(answer) => answer,
    };
    let Answer { status, message, body, headers } = &**answer;
    let words = match (&variant.description, message) {
        (Some(words), _) => quote!(#words),
        (None, Some(message)) => {
            let text = &message.text;
            quote!(#text)
        }
        (None, None) => quote!(__versify::phrase(#status)),
    };
    let shape = match body {
        Body::Message => quote!(Message),
        Body::Detail(Field { ty, .. }) => quote_spanned!(ty.span()=> Detail(<#ty as __versify::Describe>::describe)),
        Body::Whole(Field { ty, .. }) => quote_spanned!(ty.span()=> Body(<#ty as __versify::Describe>::describe)),
        Body::Internal => return TokenStream::new(),
    };
    let headers = headers.iter().map(|(name, _)| name);
    quote!(__versify::describe_failure(__description, #status, #words, __versify::FailureBody::#shape, &[#(#headers),*]);)
}

fn conversion(variant: &Variant, enumeration: &syn::Ident) -> Option<TokenStream> {
    let Field { member, ty } = variant.from.as_ref()?;
    let ident = &variant.ident;
    Some(quote! {
        #[automatically_derived]
        impl __versify::From<#ty> for #enumeration {
            fn from(__error: #ty) -> Self {
                Self::#ident { #member: __error }
            }
        }
    })
}
