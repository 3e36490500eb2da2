//! Enums without data.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{
    super::input::{Constant, Model, Value},
    Parts, Place, option,
};

/// Whether a text can be read as one of the values: a literal takes nothing but what it is.
fn is_key(literal: bool, values: &[Value]) -> bool {
    !literal || values.iter().any(|value| matches!(value.value, Constant::Text(_)))
}

pub(super) fn parts(model: &Model, literal: bool, values: &[Value]) -> Parts {
    let Model { ident, description, .. } = model;
    let variants: Vec<&Ident> = values.iter().map(|value| &value.ident).collect();
    let constants = values.iter().map(|value| match &value.value {
        Constant::Text(text) => quote!(Text(#text)),
        Constant::Integer(number) => quote!(Integer(#number)),
        Constant::Boolean(value) => quote!(Boolean(#value)),
        Constant::Null => quote!(Null),
    });
    let name = ident.to_string();
    let written = values.iter().zip(0_u32..).map(|(Value { ident, value }, index)| {
        let write = match value {
            Constant::Text(text) => {
                quote!(__versify::Serializer::serialize_unit_variant(__serializer, #name, #index, #text))
            }
            Constant::Integer(number) => quote!(__versify::Serializer::serialize_i64(__serializer, #number)),
            Constant::Boolean(value) => quote!(__versify::Serializer::serialize_bool(__serializer, #value)),
            Constant::Null => quote!(__versify::Serializer::serialize_unit(__serializer)),
        };
        quote!(Self::#ident => #write,)
    });
    let positions = 0..values.len();
    let description = option(description.as_deref());
    Parts {
        items: quote! {
            #[automatically_derived]
            impl __versify::Enumeration for #ident {
                const VALUES: &'static [__versify::Constant] = &[#(__versify::Constant::#constants),*];
                const LITERAL: bool = #literal;
                fn at(__position: __versify::usize) -> __versify::Option<Self> {
                    match __position {
                        #(#positions => __versify::Some(Self::#variants),)*
                        _ => __versify::None,
                    }
                }
            }
        },
        decode: quote!(__versify::decode_enumeration(__source, __cx)),
        decode_items: quote! {
            fn label() -> __versify::Cow<'static, __versify::str> {
                __versify::enumeration_label::<Self>()
            }
        },
        describe: quote! {
            __versify::describe_enumeration::<Self>(
                __components, &<Self as __versify::Decode>::type_name(), #description,
            )
        },
        describe_items: TokenStream::new(),
        serialize: quote!(match self { #(#written)* }),
        place: Place::Query,
        key: is_key(literal, values).then(Vec::new),
    }
}
