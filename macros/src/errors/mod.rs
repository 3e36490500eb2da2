//! `#[errors]`.

mod expand;
mod input;
mod message;

use proc_macro2::TokenStream;
use quote::quote;

use self::input::Errors;
use crate::{ctxt::Ctxt, options::Options};

/// The enum as it stands, without our attributes, and its implementations.
pub(crate) fn errors(attribute: TokenStream, item: TokenStream) -> TokenStream {
    let cx = Ctxt::new();
    Options::parse(attribute, &cx).check("#[errors]", &[], &cx);
    let Some(mut derive_input) = cx.ok(syn::parse2::<syn::DeriveInput>(item.clone())) else {
        let errors = cx.finish();
        return quote!(#item #errors);
    };
    let errors = Errors::new(&derive_input, &cx);
    input::strip(&mut derive_input);
    let expanded = match errors {
        Some(errors) if cx.count() == 0 => expand::expand(&errors),
        _ => expand::stub(&derive_input),
    };
    let faults = cx.finish();
    quote!(#derive_input #faults #expanded)
}
