//! `#[model]`.

mod expand;
mod input;
mod rename;

use proc_macro2::TokenStream;
use quote::quote;

#[cfg(test)]
pub(crate) use self::input::{OF_ENUMS, OF_FIELDS, OF_STRUCTS};

use self::input::Model;
use crate::ctxt::Ctxt;

/// The type as it stands, without our attributes, and its implementations.
pub(crate) fn model(attribute: TokenStream, item: TokenStream) -> TokenStream {
    let cx = Ctxt::new();
    let Some(mut derive_input) = cx.ok(syn::parse2::<syn::DeriveInput>(item.clone())) else {
        let errors = cx.finish();
        return quote!(#item #errors);
    };
    let model = Model::new(attribute, &derive_input, &cx);
    input::strip(&mut derive_input);
    let expanded = match model {
        Some(model) if cx.count() == 0 => expand::expand(&model),
        _ => expand::stub(&derive_input),
    };
    let errors = cx.finish();
    quote!(#derive_input #errors #expanded)
}
