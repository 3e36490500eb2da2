//! Unions whose member is found by trying.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{
    super::input::{Model, UnionMember},
    Parts, Place, option,
    scope::{self, Scope},
};
use crate::spanned::{called, spanned};

pub(super) fn parts(model: &Model, left_to_right: bool, members: &[UnionMember], scope: &Scope) -> Parts {
    let holder = scope::holder("");
    let mut patterns = TokenStream::new();
    let mut declared = TokenStream::new();
    let mut constants = Vec::new();
    for (index, member) in members.iter().enumerate() {
        let ident = format_ident!("__FIELD{index}");
        let (pattern, constant) = member.decl.constant(&ident);
        patterns.extend(pattern);
        declared.extend(constant);
        constants.push(scope.constant(&holder, &ident));
    }
    let declared = scope.constants(&holder, &declared);
    let count = members.len();
    let positions: Vec<usize> = (0..count).collect();
    let types: Vec<&syn::Type> = members.iter().map(|member| &member.decl.ty).collect();
    let of_members =
        |item: &str| -> Vec<TokenStream> { types.iter().map(|ty| spanned(ty, "UntaggedMember", item)).collect() };
    let (several, form, extra) = (of_members("SEVERAL"), of_members("FORM"), of_members("EXTRA"));
    let calls = |item: &str, arguments: &dyn Fn(&TokenStream) -> TokenStream| -> Vec<TokenStream> {
        let members = types.iter().zip(&constants);
        members.map(|(ty, constant)| called(ty, "UntaggedMember", item, arguments(constant))).collect()
    };
    let read = calls("read", &|constant| quote!(__input, &#constant, __cx));
    let label = calls("label", &|constant| quote!(&#constant));
    let describe = calls("describe", &|constant| quote!(&#constant, __components));
    let field = calls("field", &|_| quote!(__name));
    let describe_fields = calls("describe_fields", &|_| quote!(__fields));
    let serialize = calls("serialize", &|_| quote!(__value, __serializer));
    let is_unit = |member: &UnionMember| matches!(&member.decl.ty, syn::Type::Tuple(tuple) if tuple.elems.is_empty());
    let made = members.iter().map(|member| {
        let ident = &member.ident;
        if is_unit(member) { quote!(|()| Self::#ident) } else { quote!(Self::#ident) }
    });
    let written = members.iter().zip(&serialize).map(|(member, serialize)| {
        let ident = &member.ident;
        if is_unit(member) {
            quote!(Self::#ident => __versify::Serializer::serialize_unit(__serializer))
        } else {
            quote!(Self::#ident(__value) => #serialize)
        }
    });
    let description = option(model.description.as_deref());
    let Scope { target, impl_generics, where_clause, .. } = scope;
    Parts {
        items: quote! {
            #patterns
            #declared
            #[automatically_derived]
            impl #impl_generics __versify::Union for #target #where_clause {
                const MEMBERS: __versify::usize = #count;
                const LEFT_TO_RIGHT: bool = #left_to_right;
                fn read(
                    __position: __versify::usize,
                    __input: __versify::Input<'_, '_>,
                    __cx: &mut __versify::Context,
                ) -> __versify::Option<Self> {
                    match __position {
                        #(#positions => #read.map(#made),)*
                        _ => __versify::None,
                    }
                }
                fn label(__position: __versify::usize) -> __versify::Cow<'static, __versify::str> {
                    match __position {
                        #(#positions => #label,)*
                        _ => __versify::Cow::Borrowed(""),
                    }
                }
            }
        },
        decode: quote!(__versify::decode_untagged(__source, __cx)),
        decode_items: quote! {
            const SEVERAL: bool = false #(|| #several)*;
            const FORM: bool = true #(&& #form)*;
            const EXTRA: __versify::Extra = __versify::Extra::Ignore #(.or(#extra))*;
            fn field(__name: &__versify::str) -> __versify::Option<(__versify::usize, bool)> {
                __versify::None #(.or_else(|| #field))*
            }
        },
        describe: quote! {
            __versify::describe_untagged::<Self>(
                __components,
                &<Self as __versify::Decode>::type_name(),
                #description,
                &[#(|__components| #describe),*],
            )
        },
        describe_items: quote! {
            fn describe_fields(__fields: &mut __versify::Fields<'_>) {
                #(#describe_fields;)*
            }
        },
        serialize: quote!(match self { #(#written,)* }),
        key: Some(members.iter().filter(|member| !is_unit(member)).map(|member| member.decl.ty.clone()).collect()),
        place: Place::Of(types.into_iter().cloned().collect()),
    }
}
