//! From a checked [`Operation`] to tokens: calls into the runtime, and little else.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::{Operation, argument::Source, signature::Signature};
use crate::krate;

pub(super) fn expand(operation: &Operation, signature: &Signature) -> TokenStream {
    let krate = krate();
    let structure = structure(operation.attribute.struct_name.as_ref(), signature);
    let name = operation.attribute.struct_name.as_ref().unwrap_or_else(|| signature.name());
    let cfgs: Vec<_> = signature.cfgs().collect();
    let constants: Vec<Ident> = (0..operation.arguments.len()).map(|index| format_ident!("__ARG{index}")).collect();
    let fields = operation.arguments.iter().zip(&constants).filter_map(|(argument, constant)| {
        let has_field = !matches!(argument.source, Source::Extract | Source::Request);
        has_field.then(|| argument.field.expand(constant))
    });
    let meta = meta(operation, signature);
    let describe = describe(operation, signature, &constants);
    let call = call(operation, signature, &constants);
    quote! {
        #structure
        #(#cfgs)*
        #[doc(hidden)]
        #[allow(deprecated)]
        const _: () = {
            use #krate::__private as __versify;
            #(#fields)*
            #[automatically_derived]
            impl __versify::Operation for #name {
                #meta
                #describe
                #call
            }
            #[automatically_derived]
            impl __versify::OpenApi for #name {
                fn meta() -> __versify::Vec<__versify::registry::MetaApi> {
                    __versify::meta::<Self>()
                }
                fn register(registry: &mut __versify::registry::Registry) {
                    __versify::register::<Self>(registry)
                }
                fn add_routes(self, routes: &mut __versify::RouteTable) {
                    __versify::add_routes::<Self>(routes)
                }
            }
        };
    }
}

/// The struct alone, for a function whose attribute is faulty.
pub(super) fn stub(signature: &Signature) -> TokenStream {
    let krate = krate();
    let structure = structure(None, signature);
    let name = signature.name();
    quote! {
        #structure
        const _: () = {
            use #krate::__private as __versify;
            impl __versify::Operation for #name {
                const META: __versify::OperationMeta = __versify::OperationMeta::new(&[], "/", "", "", 0);
                fn describe(_: &mut __versify::Description<'_>) {}
                fn call(_: __versify::Call) -> __versify::Answer {
                    __versify::not_compiled()
                }
            }
        };
    }
}

fn structure(name: Option<&Ident>, signature: &Signature) -> TokenStream {
    let function = signature.name();
    let name = name.unwrap_or(function);
    let visibility = &signature.visibility;
    let cfgs = signature.cfgs();
    let doc = format!("The operation of the function [`{function}`](fn@{function}), for `routes![{name}]`.");
    quote! {
        #(#cfgs)*
        #[doc = #doc]
        #[allow(non_camel_case_types)]
        #visibility struct #name {}
    }
}

fn meta(operation: &Operation, signature: &Signature) -> TokenStream {
    let attribute = &operation.attribute;
    let methods = &attribute.methods;
    let path = &attribute.path.text;
    let function = signature.name().to_string();
    let function = function.trim_start_matches("r#");
    let text = |name: &str, value: Option<TokenStream>| {
        let name = format_ident!("{name}");
        value.map(|value| quote!(.#name(#value)))
    };
    let description = match (&attribute.description, signature.doc()) {
        (Some(own), _) => Some(quote!(#own)),
        (None, Some(doc)) => Some(quote!(#doc)),
        (None, None) => None,
    };
    let tags = (!attribute.tags.is_empty()).then(|| {
        let tags = &attribute.tags;
        quote!(.tags(&[#(#tags),*]))
    });
    let calls = [
        text("status", attribute.status.as_ref().map(|value| quote!(#value))),
        text("summary", attribute.summary.as_ref().map(|value| quote!(#value))),
        text("description", description),
        text("operation_id", attribute.operation_id.as_ref().map(|value| quote!(#value))),
        text("response_description", attribute.response_description.as_ref().map(|value| quote!(#value))),
        text("body_limit", attribute.body_limit.as_ref().map(|value| quote!((#value) as u64))),
        text("deprecated", (attribute.deprecated || signature.is_deprecated()).then(|| quote!(true))),
        text("include_in_schema", (!attribute.include_in_schema).then(|| quote!(false))),
        tags,
        embed(operation).map(|embed| quote!(.embed(#embed))),
    ];
    let line_span = signature.name().span();
    let line = quote_spanned!(line_span=> __versify::line!());
    quote! {
        const META: __versify::OperationMeta = __versify::OperationMeta::new(
            &[#(#methods),*], #path, #function, __versify::file!(), #line,
        ) #(#calls)*;
    }
}

/// Whether the values of the body stand under their names; how many arguments are in the body, only types know.
fn embed(operation: &Operation) -> Option<TokenStream> {
    let uses: Vec<TokenStream> = operation.arguments.iter().filter_map(super::argument::Argument::body_use).collect();
    match (operation.attribute.embed, uses.len()) {
        (true, _) => Some(quote!(true)),
        (false, 0 | 1) => None,
        _ => Some(quote!(__versify::BodyUse::embeds(&[#(#uses),*]))),
    }
}

fn describe(operation: &Operation, signature: &Signature, constants: &[Ident]) -> TokenStream {
    let arguments = operation.arguments.iter().zip(constants).map(|(argument, constant)| argument.describe(constant));
    let output = signature.output();
    let reply = quote_spanned! {signature.output_span()=>
        <#output as __versify::Reply>::describe(__description, Self::META.status_code());
    };
    quote! {
        fn describe(__description: &mut __versify::Description<'_>) {
            #(#arguments)*
            #reply
        }
    }
}

fn call(operation: &Operation, signature: &Signature, constants: &[Ident]) -> TokenStream {
    let uses: Vec<TokenStream> = operation.arguments.iter().filter_map(super::argument::Argument::body_use).collect();
    let load = (!uses.is_empty()).then(|| {
        quote! {
            const __BODY: __versify::BodyUse = __versify::BodyUse::None #(.and(#uses))*;
            if let __versify::Err(__answer) =
                __call.load(__BODY, <Self as __versify::Operation>::META.embeds()).await
            {
                return __answer;
            }
        }
    });
    let values: Vec<Ident> = (0..operation.arguments.len()).map(|index| format_ident!("__arg{index}")).collect();
    let taken: Vec<(&super::argument::Argument, &Ident, &Ident)> = operation
        .arguments
        .iter()
        .zip(constants)
        .zip(&values)
        .map(|((argument, constant), value)| (argument, constant, value))
        .filter(|(argument, ..)| argument.source != Source::Request)
        .collect();
    let prepare =
        taken.iter().filter(|(argument, ..)| argument.source != Source::Extract).map(|(argument, constant, value)| {
            let prepare = argument.prepare(constant);
            quote!(let #value = #prepare;)
        });
    let resolve = taken.iter().filter_map(|(argument, constant, value)| {
        let ty = &argument.field.ty;
        match argument.source {
            Source::Extract => Some(quote! {
                let #value = <#ty as __versify::FromRequest<'_>>::from_request(__call.request(), &mut __body).await;
                let #value = __call.extracted(#value);
            }),
            Source::Type | Source::Body => Some(quote_spanned! {ty.span()=>
                let #value = <#ty as __versify::Argument>::resolve(#value, &#constant, &mut __call).await;
            }),
            _ => None,
        }
    });
    let names: Vec<&Ident> = taken.iter().map(|(.., value)| *value).collect();
    let given = operation.arguments.iter().zip(&values).map(|(argument, value)| match argument.source {
        Source::Request => quote!(__call.request()),
        _ => quote!(#value),
    });
    let function = signature.name();
    let answer = match (signature.is_async(), operation.attribute.inline) {
        (true, _) => quote!(#function(#(#given),*).await),
        (false, true) => quote!(#function(#(#given),*)),
        (false, false) => quote!(__versify::blocking(move || #function(#(#given),*)).await),
    };
    let extracts = operation.arguments.iter().any(|argument| argument.source == Source::Extract);
    let body = extracts.then(|| quote!(let mut __body = __call.take_body();));
    let unpack = (!names.is_empty()).then(|| {
        quote! {
            if let __versify::Some(__answer) = __call.refusal() {
                return __answer;
            }
            #body
            #(#resolve)*
            let (#(__versify::Some(#names),)*) = (#(#names,)*) else {
                return __call.reject();
            };
        }
    });
    let reply = quote_spanned!(signature.output_span()=> __versify::Reply::reply(__answer, Self::META.status_code()));
    quote! {
        fn call(mut __call: __versify::Call) -> __versify::Answer {
            __versify::Box::pin(async move {
                #load
                #(#prepare)*
                #unpack
                let __answer = #answer;
                #reply
            })
        }
    }
}
