//! A model that is faulty: its uses have no further faults to report.

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use crate::krate;

/// The implementations alone.
pub(in super::super) fn stub(input: &DeriveInput) -> TokenStream {
    let krate = krate();
    let ident = &input.ident;
    if !input.generics.params.is_empty() {
        return TokenStream::new();
    }
    quote! {
        const _: () = {
            use #krate::__private as __versify;
            impl __versify::Decode for #ident {
                fn decode<'de, __D: __versify::Deserializer<'de>>(
                    _: __D,
                    _: &mut __versify::Context,
                ) -> __versify::Result<__versify::Option<Self>, __D::Error> {
                    __versify::not_compiled()
                }
            }
            impl __versify::Describe for #ident {
                fn describe(_: &mut __versify::Components) -> __versify::Schema {
                    __versify::not_compiled()
                }
            }
            impl __versify::Parameter for #ident {
                const PLACE: __versify::Place = __versify::Place::Body;
            }
            impl __versify::JsonReply for #ident {}
            impl __versify::MapKey for #ident {}
            impl __versify::Serialize for #ident {
                fn serialize<__S: __versify::Serializer>(
                    &self,
                    _: __S,
                ) -> __versify::Result<__S::Ok, __S::Error> {
                    __versify::not_compiled()
                }
            }
            impl<'de> __versify::Deserialize<'de> for #ident {
                fn deserialize<__D: __versify::Deserializer<'de>>(
                    _: __D,
                ) -> __versify::Result<Self, __D::Error> {
                    __versify::not_compiled()
                }
            }
        };
    }
}
