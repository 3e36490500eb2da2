//! poem-openapi's own traits, for use in its `#[OpenApi]` implementations.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::Scope;

pub(super) fn expand(scope: &Scope) -> TokenStream {
    let Scope { target, impl_generics, where_clause, .. } = scope;
    quote! {
        #[automatically_derived]
        impl #impl_generics __versify::Type for #target #where_clause {
            const IS_REQUIRED: bool = true;
            type RawValueType = Self;
            type RawElementValueType = Self;
            fn name() -> __versify::Cow<'static, __versify::str> {
                <Self as __versify::Decode>::type_name()
            }
            fn schema_ref() -> __versify::registry::MetaSchemaRef {
                __versify::schema_ref::<Self>()
            }
            fn register(__registry: &mut __versify::registry::Registry) {
                __versify::register_type::<Self>(__registry)
            }
            fn as_raw_value(&self) -> __versify::Option<&Self> {
                __versify::Some(self)
            }
            fn raw_element_iter<'a>(
                &'a self,
            ) -> __versify::Box<dyn ::core::iter::Iterator<Item = &'a Self> + 'a> {
                __versify::Box::new(::core::iter::once(self))
            }
        }
        #[automatically_derived]
        impl #impl_generics __versify::ParseFromJSON for #target #where_clause {
            fn parse_from_json(
                __value: __versify::Option<__versify::Value>,
            ) -> __versify::Result<Self, __versify::ParseError<Self>> {
                __versify::parse_from_json(__value)
            }
        }
        #[automatically_derived]
        impl #impl_generics __versify::ToJSON for #target #where_clause {
            fn to_json(&self) -> __versify::Option<__versify::Value> {
                __versify::Some(__versify::to_value(self))
            }
        }
    }
}
