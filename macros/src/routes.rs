//! `routes![read_item, items::create_item]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Path, Token, parse::Parser, punctuated::Punctuated};

use crate::krate;

pub(crate) fn routes(input: TokenStream) -> TokenStream {
    let krate = krate();
    match Punctuated::<Path, Token![,]>::parse_terminated.parse2(input) {
        Ok(paths) => {
            let paths = paths.iter();
            quote!([#(#krate::__private::Route::of::<#paths>()),*])
        }
        Err(error) => {
            let error =
                syn::Error::new(error.span(), "list annotated functions: `routes![read_item, items::create_item]`");
            let error = error.into_compile_error();
            quote!({ #error; [] as [#krate::__private::Route; 0] })
        }
    }
}
