//! Structs of one field without a name: their JSON is that of the field.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{
    super::input::Model,
    Parts, Place, option,
    scope::{self, Scope},
};
use crate::{
    field::FieldDecl,
    spanned::{called, spanned},
};

pub(super) fn parts(model: &Model, field: &FieldDecl, scope: &Scope) -> Parts {
    let ident = format_ident!("__FIELD");
    let holder = scope::holder("");
    let (patterns, constant) = field.constant(&ident);
    let constants = scope.constants(&holder, &constant);
    let constant = scope.constant(&holder, &ident);
    let ty = &field.ty;
    let description = option(model.description.as_deref());
    let name = model.ident.to_string();
    let several = spanned(ty, "ModelField", "SEVERAL");
    let component = quote! {
        __components, __versify::ComponentId::of::<Self>(), &<Self as __versify::Decode>::type_name(), #description, &#constant
    };
    Parts {
        items: quote!(#patterns #constants),
        decode: called(ty, "ModelField", "decode_newtype", quote!(&#constant, __source, __cx, Self)),
        decode_items: quote!(const SEVERAL: bool = #several;),
        describe: called(ty, "ModelField", "describe_newtype", component),
        describe_items: TokenStream::new(),
        serialize: called(ty, "ModelField", "serialize_newtype", quote!(&self.0, #name, __serializer)),
        place: Place::Of(vec![ty.clone()]),
        key: Some(vec![ty.clone()]),
    }
}
