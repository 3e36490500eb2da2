//! Unions whose member is named by a field.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{LitStr, spanned::Spanned};

use super::{
    super::input::{Content, Member, Model, Name},
    Parts, Place, option,
    record::Fields,
    scope::Scope,
};
use crate::spanned::{called, spanned};

pub(super) fn parts(model: &Model, tag: &LitStr, members: &[Member]) -> Parts {
    let Model { ident, description, visibility, .. } = model;
    let mut items = TokenStream::new();
    let mut reads = Vec::new();
    let mut descriptions = Vec::new();
    let mut serialize = Vec::new();
    let mut fields_of = Vec::new();
    let mut found = Vec::new();
    let mut extras = Vec::new();
    for (position, member) in members.iter().enumerate() {
        let Member { name: Name { ident: variant, wire }, content, description } = member;
        let variant_name = variant.to_string();
        let description = option(description.as_deref());
        let mut forbids_extra = false;
        let shape = match content {
            Content::Type(ty) => {
                let call = |item, arguments| called(ty, "TaggedMember", item, arguments);
                let read = call("read", quote!(__map, __cx));
                reads.push(quote!(#position => __versify::Ok(#read?.map(Self::#variant))));
                let write = call("serialize", quote!(__value, __serializer, #tag, #wire));
                serialize.push(quote!(Self::#variant(__value) => #write));
                let describe_fields = call("describe_fields", quote!(__fields));
                fields_of.push(quote!(#describe_fields;));
                found.push(call("field", quote!(__name)));
                extras.push(spanned(ty, "TaggedMember", "EXTRA"));
                let is_object = spanned(ty, "TaggedMember", "IS_OBJECT");
                items.extend(quote_spanned! {ty.span()=>
                    const _: () = __versify::assert!(
                        #is_object,
                        "a member of a tagged union is an object, which holds the tag: make this a struct with \
                         `#[model]`, or the union `#[model(untagged)]`",
                    );
                });
                let describe = spanned(ty, "TaggedMember", "describe");
                quote!(Type(#describe))
            }
            Content::Fields(record) => {
                forbids_extra = record.forbids_extra;
                // `__A` and the like are type parameters of what is generated.
                let structure = format_ident!("__Variant{variant}");
                let scope = Scope::of(&structure);
                let all = Fields::new(record, &scope, &format!("{position}_"));
                let parts = record.flattened.iter().map(|part| (&part.ident, &part.ty));
                let declared = record.fields.iter().map(|field| (&field.ident, &field.decl.ty)).chain(parts);
                let (fields, types): (Vec<&Ident>, Vec<&syn::Type>) = declared.unzip();
                let declarations = all.declarations();
                let implementation = all.implementation(&scope.target, &TokenStream::new());
                items.extend(quote! {
                    #[allow(non_camel_case_types, unreachable_pub)]
                    #visibility struct #structure { #(#fields: #types),* }
                    #declarations
                    #implementation
                });
                reads.push(quote! {
                    #position => {
                        let __value = __versify::decode_variant::<#structure, __A>(__map, __cx)?;
                        __versify::Ok(__value.map(|#structure { #(#fields),* }| Self::#variant { #(#fields),* }))
                    }
                });
                let body = all.serialize_member(&variant_name, (tag, wire));
                serialize.push(quote!(Self::#variant { #(#fields),* } => { #body }));
                fields_of.push(quote!(<#structure as __versify::Record>::describe_fields(__fields);));
                found.push(quote!(__versify::field_of::<#structure>(__name)));
                extras.push(quote!(<#structure as __versify::Record>::EXTRA));
                quote!(Fields(<#structure as __versify::Record>::describe_fields))
            }
        };
        descriptions.push(quote! {
            __versify::Member {
                tag: #wire,
                variant: #variant_name,
                description: #description,
                forbids_extra: #forbids_extra,
                shape: __versify::Shape::#shape,
            }
        });
    }
    let wires = members.iter().map(|member| &member.name.wire);
    items.extend(quote! {
        #[automatically_derived]
        impl __versify::Tagged for #ident {
            const TAG: &'static __versify::str = #tag;
            const NAMES: &'static [&'static __versify::str] = &[#(#wires),*];
            fn read<'de, __A: __versify::MapAccess<'de>>(
                __position: __versify::usize,
                __map: __A,
                __cx: &mut __versify::Context,
            ) -> __versify::Result<__versify::Option<Self>, __A::Error> {
                match __position {
                    #(#reads,)*
                    _ => __versify::Ok(__versify::None),
                }
            }
        }
    });
    let description = option(description.as_deref());
    Parts {
        items,
        decode: quote!(__versify::decode_tagged(__source, __cx)),
        decode_items: quote! {
            const FORM: bool = true;
            const EXTRA: __versify::Extra = __versify::Extra::Ignore #(.or(#extras))*;
            fn field(__name: &__versify::str) -> __versify::Option<(__versify::usize, bool)> {
                if __name == #tag {
                    return __versify::Some((0, false));
                }
                __versify::None #(.or_else(|| #found))*
            }
        },
        describe: quote! {
            __versify::describe_tagged::<Self>(
                __components, &<Self as __versify::Decode>::type_name(), #description, #tag, &[#(#descriptions),*],
            )
        },
        describe_items: quote! {
            fn describe_fields(__fields: &mut __versify::Fields<'_>) {
                __fields.tag(#tag, "");
                #(#fields_of)*
            }
        },
        serialize: quote!(match self { #(#serialize,)* }),
        place: Place::Body,
        key: None,
    }
}
