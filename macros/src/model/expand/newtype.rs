//! Structs of one field without a name: their JSON is that of the field.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{
    super::input::Model,
    Parts, option,
    scope::{self, Scope},
};
use crate::{field::FieldDecl, map_keys::asked};

pub(super) fn parts(model: &Model, field: &FieldDecl, scope: &Scope) -> Parts {
    let ident = format_ident!("__FIELD");
    let holder = scope::holder("");
    let (patterns, constant) = field.constant(&ident);
    let constants = scope.constants(&holder, &constant);
    let constant = scope.constant(&holder, &ident);
    let ty = &asked(&field.ty);
    let description = option(model.description.as_deref());
    let name = model.ident.to_string();
    Parts {
        items: quote!(#patterns #constants),
        decode: quote!(__versify::decode_newtype::<#ty, _, __D>(&#constant, __source, __cx, Self)),
        decode_items: quote! {
            const SEVERAL: bool = <#ty as __versify::Decode>::SEVERAL;
        },
        describe: quote! {
            __versify::describe_newtype::<Self, #ty>(
                __components, &<Self as __versify::Decode>::type_name(), #description, &#constant,
            )
        },
        describe_items: TokenStream::new(),
        serialize: quote!(__versify::Serializer::serialize_newtype_struct(__serializer, #name, &self.0)),
        place: Some(quote!(<#ty as __versify::Parameter>::PLACE)),
        key: Some(vec![field.ty.clone()]),
    }
}
