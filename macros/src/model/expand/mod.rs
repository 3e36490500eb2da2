//! From a checked [`Model`] to tokens.

mod enumeration;
mod newtype;
mod partial;
mod poem_openapi;
mod record;
mod scope;
mod stub;
mod tagged;
mod untagged;

use proc_macro2::TokenStream;
use quote::quote;

use self::scope::Scope;
pub(super) use self::stub::stub;
use super::input::{Model, Shape};
use crate::krate;

/// What the kinds of model differ in.
struct Parts {
    /// Constants, types and implementations of their own.
    items: TokenStream,
    /// The body of `Decode::decode`.
    decode: TokenStream,
    /// Further items of `Decode`.
    decode_items: TokenStream,
    /// The body of `Describe::describe`.
    describe: TokenStream,
    /// Further items of `Describe`.
    describe_items: TokenStream,
    /// The body of `Serialize::serialize`.
    serialize: TokenStream,
    /// Where such an argument is looked for.
    place: Place,
    /// The types that must be keys of maps for it to be one; `None`: it never is.
    key: Option<Vec<syn::Type>>,
}

/// Where an argument is looked for when nothing is said.
enum Place {
    Query,
    Body,
    /// Where one of these is.
    Of(Vec<syn::Type>),
}

pub(super) fn expand(model: &Model) -> TokenStream {
    let krate = krate();
    let scope = Scope::new(model);
    let Parts { items, decode, decode_items, describe, describe_items, serialize, place, key } = match &model.shape {
        Shape::Record(record) => record::parts(model, record, &scope),
        Shape::Newtype(field) => newtype::parts(model, field, &scope),
        Shape::Enumeration { literal, values } => enumeration::parts(model, *literal, values),
        Shape::Tagged { tag, members } => tagged::parts(model, tag, members),
        Shape::Untagged { left_to_right, members } => untagged::parts(model, *left_to_right, members, &scope),
    };
    let Scope { target, impl_generics, where_clause, .. } = &scope;
    let de_generics = scope.generics_with("'de");
    let type_name = scope.type_name();
    let parameter = parameter(&place, &scope);
    let key = key.map(|types| {
        let where_clause = scope.where_all(&types, "MapKey");
        quote! {
            #[automatically_derived]
            impl #impl_generics __versify::MapKey for #target #where_clause {}
        }
    });
    let partial = model.partial.as_ref().map(|partial| partial::expand(model, partial));
    let foreign = model.poem_openapi.then(|| poem_openapi::expand(&scope));
    let examples = &model.examples;
    let describe = if examples.is_empty() {
        describe
    } else {
        quote! {
            let __schema = { #describe };
            __components.add_examples(__schema, __versify::vec![#(__versify::to_value(#examples)),*])
        }
    };
    let describe = match &model.json_schema_extra {
        None => describe,
        Some(extra) => quote! {
            let __schema = { #describe };
            __components.extend(__schema, #extra)
        },
    };
    quote! {
        #[doc(hidden)]
        const _: () = {
            use #krate::__private as __versify;
            #items
            #[automatically_derived]
            impl #impl_generics __versify::Decode for #target #where_clause {
                #decode_items
                #type_name
                #[inline]
                fn decode<'de, __D: __versify::Deserializer<'de>>(
                    __source: __D,
                    __cx: &mut __versify::Context,
                ) -> __versify::Result<__versify::Option<Self>, __D::Error> {
                    #decode
                }
            }
            #[automatically_derived]
            impl #impl_generics __versify::Describe for #target #where_clause {
                fn describe(__components: &mut __versify::Components) -> __versify::Schema {
                    #describe
                }
                #describe_items
            }
            #parameter
            #[automatically_derived]
            impl #impl_generics __versify::JsonReply for #target #where_clause {}
            #[automatically_derived]
            impl #impl_generics __versify::Serialize for #target #where_clause {
                fn serialize<__S: __versify::Serializer>(
                    &self,
                    __serializer: __S,
                ) -> __versify::Result<__S::Ok, __S::Error> {
                    #serialize
                }
            }
            #[automatically_derived]
            impl #de_generics __versify::Deserialize<'de> for #target #where_clause {
                fn deserialize<__D: __versify::Deserializer<'de>>(
                    __source: __D,
                ) -> __versify::Result<Self, __D::Error> {
                    __versify::deserialize(__source)
                }
            }
            #key
            #foreign
        };
        #partial
    }
}

fn parameter(place: &Place, scope: &Scope) -> TokenStream {
    let Scope { target, impl_generics, where_clause, .. } = scope;
    let (where_clause, place) = match place {
        Place::Query => (where_clause.clone(), None),
        Place::Body => (where_clause.clone(), Some(quote!(__versify::Place::Body))),
        Place::Of(types) => {
            let places = quote!(__versify::widest(&[#(<#types as __versify::Parameter>::PLACE),*]));
            (scope.where_all(types, "Parameter"), Some(places))
        }
    };
    let place = place.map(|place| quote!(const PLACE: __versify::Place = #place;));
    quote! {
        #[automatically_derived]
        impl #impl_generics __versify::Parameter for #target #where_clause { #place }
    }
}

fn option(text: Option<&str>) -> TokenStream {
    match text {
        Some(text) => quote!(__versify::Some(#text)),
        None => quote!(__versify::None),
    }
}
