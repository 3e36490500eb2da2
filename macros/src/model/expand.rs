//! From a checked [`Model`] to tokens.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{DeriveInput, LitStr};

use super::input::{Content, Field, Member, Model, Name, Record, Shape};
use crate::krate;

pub(super) fn expand(model: &Model) -> TokenStream {
    let krate = krate();
    let Model { ident, .. } = model;
    let (items, decode, describe, serialize, place) = match &model.shape {
        Shape::Record(record) => of_record(model, record),
        Shape::Enumeration(names) => of_enumeration(model, names),
        Shape::Tagged { tag, members } => of_tagged(model, tag, members),
    };
    quote! {
        #[doc(hidden)]
        const _: () = {
            use #krate::__private as __versify;
            #items
            #[automatically_derived]
            impl __versify::Decode for #ident {
                #[inline]
                fn decode<'de, __D: __versify::Deserializer<'de>>(
                    __source: __D,
                    __cx: &mut __versify::Context,
                ) -> __versify::Result<__versify::Option<Self>, __D::Error> {
                    #decode
                }
            }
            #[automatically_derived]
            impl __versify::Describe for #ident {
                fn describe(__components: &mut __versify::Components) -> __versify::Schema {
                    #describe
                }
            }
            #[automatically_derived]
            impl __versify::Parameter for #ident {
                const PLACE: __versify::Place = __versify::Place::#place;
            }
            #[automatically_derived]
            impl __versify::Reply for #ident {
                fn reply(self, __status: __versify::StatusCode) -> __versify::Response {
                    __versify::reply_json(&self, __status)
                }
                fn describe(__description: &mut __versify::Description<'_>, __status: __versify::StatusCode) {
                    __description.json_response::<Self>(__status);
                }
            }
            #[automatically_derived]
            impl __versify::Serialize for #ident {
                fn serialize<__S: __versify::Serializer>(
                    &self,
                    __serializer: __S,
                ) -> __versify::Result<__S::Ok, __S::Error> {
                    #serialize
                }
            }
            #[automatically_derived]
            impl<'de> __versify::Deserialize<'de> for #ident {
                fn deserialize<__D: __versify::Deserializer<'de>>(
                    __source: __D,
                ) -> __versify::Result<Self, __D::Error> {
                    __versify::deserialize(__source)
                }
            }
        };
    }
}

/// The implementations alone, for a model that is faulty: its uses have no further faults to report.
pub(super) fn stub(input: &DeriveInput) -> TokenStream {
    let krate = krate();
    let ident = &input.ident;
    let (impl_generics, type_generics, where_clause) = input.generics.split_for_impl();
    if !input.generics.params.is_empty() {
        return TokenStream::new();
    }
    quote! {
        const _: () = {
            use #krate::__private as __versify;
            impl #impl_generics __versify::Decode for #ident #type_generics #where_clause {
                fn decode<'de, __D: __versify::Deserializer<'de>>(
                    _: __D,
                    _: &mut __versify::Context,
                ) -> __versify::Result<__versify::Option<Self>, __D::Error> {
                    __versify::not_compiled()
                }
            }
            impl #impl_generics __versify::Describe for #ident #type_generics #where_clause {
                fn describe(_: &mut __versify::Components) -> __versify::Schema {
                    __versify::not_compiled()
                }
            }
            impl #impl_generics __versify::Parameter for #ident #type_generics #where_clause {
                const PLACE: __versify::Place = __versify::Place::Body;
            }
            impl #impl_generics __versify::Reply for #ident #type_generics #where_clause {
                fn reply(self, _: __versify::StatusCode) -> __versify::Response {
                    __versify::not_compiled()
                }
                fn describe(_: &mut __versify::Description<'_>, _: __versify::StatusCode) {}
            }
            impl #impl_generics __versify::Serialize for #ident #type_generics #where_clause {
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

type Parts = (TokenStream, TokenStream, TokenStream, TokenStream, Ident);

fn option(text: Option<&str>) -> TokenStream {
    match text {
        Some(text) => quote!(__versify::Some(#text)),
        None => quote!(__versify::None),
    }
}

fn of_record(model: &Model, record: &Record) -> Parts {
    let Model { ident, title, description, .. } = model;
    let forbids_extra = record.forbids_extra;
    let constants = constants(record, "__FIELD");
    let declarations = declarations(record, &constants);
    let implementation = record_impl(&quote!(#ident), &format_ident!("__Slots"), record, &constants);
    let description = option(description.as_deref());
    let describe_fields = describe_fields(&constants);
    let describe = quote! {
        __versify::describe_record::<Self>(__components, #title, #description, #forbids_extra, #describe_fields)
    };
    let name = ident.to_string();
    let access = record.fields.iter().map(|Field { ident, .. }| quote!(&self.#ident));
    let serialize = serialize_struct(&name, None, record, access.collect());
    (
        quote!(#declarations #implementation),
        quote!(__versify::decode_record(__source, __cx)),
        describe,
        serialize,
        format_ident!("Body"),
    )
}

fn of_enumeration(model: &Model, names: &[Name]) -> Parts {
    let Model { ident, title, description, .. } = model;
    let variants: Vec<&Ident> = names.iter().map(|name| &name.ident).collect();
    let wires: Vec<&LitStr> = names.iter().map(|name| &name.wire).collect();
    let positions = 0..names.len();
    let description = option(description.as_deref());
    let items = quote! {
        #[automatically_derived]
        impl __versify::Enumeration for #ident {
            const NAMES: &'static [&'static __versify::str] = &[#(#wires),*];
            fn at(__position: __versify::usize) -> __versify::Option<Self> {
                match __position {
                    #(#positions => __versify::Some(Self::#variants),)*
                    _ => __versify::None,
                }
            }
        }
    };
    let name = ident.to_string();
    let indices = 0..names.len() as u32;
    let serialize = quote! {
        match self {
            #(Self::#variants => __versify::Serializer::serialize_unit_variant(__serializer, #name, #indices, #wires),)*
        }
    };
    (
        items,
        quote!(__versify::decode_enumeration(__source, __cx)),
        quote! {
            __versify::describe_enumeration::<Self>(
                __components, #title, #description, <Self as __versify::Enumeration>::NAMES,
            )
        },
        serialize,
        format_ident!("Query"),
    )
}

fn of_tagged(model: &Model, tag: &LitStr, members: &[Member]) -> Parts {
    let Model { ident, title, description, visibility, .. } = model;
    let mut items = TokenStream::new();
    let mut reads = Vec::new();
    let mut descriptions = Vec::new();
    let mut serialize = Vec::new();
    for (position, member) in members.iter().enumerate() {
        let Member { name: Name { ident: variant, wire }, content, description } = member;
        let variant_name = variant.to_string();
        let description = option(description.as_deref());
        let mut forbids_extra = false;
        let shape = match content {
            Content::Type(ty) => {
                reads.push(quote! {
                    #position => {
                        let __value = __versify::decode_member::<#ty, __A>(__map, __cx)?;
                        __versify::Ok(__value.map(Self::#variant))
                    }
                });
                serialize.push(quote! {
                    Self::#variant(__value) => __versify::serialize_member(__serializer, #tag, #wire, __value)
                });
                quote!(Type(<#ty as __versify::Describe>::describe))
            }
            Content::Fields(record) => {
                forbids_extra = record.forbids_extra;
                let structure = format_ident!("__{variant}");
                let constants = constants(record, &format!("__FIELD{position}_"));
                let fields: Vec<&Ident> = record.fields.iter().map(|field| &field.ident).collect();
                let types = record.fields.iter().map(|field| &field.decl.ty);
                let declarations = declarations(record, &constants);
                let slots = format_ident!("__Slots{position}");
                let implementation = record_impl(&quote!(#structure), &slots, record, &constants);
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
                let access = fields.iter().map(|field| quote!(#field)).collect();
                let body = serialize_struct(&variant_name, Some((tag, wire)), record, access);
                serialize.push(quote!(Self::#variant { #(#fields),* } => { #body }));
                let describe = describe_fields(&constants);
                quote!(Fields(#describe))
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
                    #(#reads)*
                    _ => __versify::Ok(__versify::None),
                }
            }
        }
    });
    let description = option(description.as_deref());
    (
        items,
        quote!(__versify::decode_tagged(__source, __cx)),
        quote! {
            __versify::describe_tagged::<Self>(__components, #title, #description, #tag, &[#(#descriptions),*])
        },
        quote!(match self { #(#serialize,)* }),
        format_ident!("Body"),
    )
}

fn constants(record: &Record, prefix: &str) -> Vec<Ident> {
    (0..record.fields.len()).map(|index| format_ident!("{prefix}{index}")).collect()
}

fn declarations(record: &Record, constants: &[Ident]) -> TokenStream {
    record.fields.iter().zip(constants).map(|(field, constant)| field.decl.expand(constant)).collect()
}

fn describe_fields(constants: &[Ident]) -> TokenStream {
    quote!(|__fields| { #(__fields.field(&#constants);)* })
}

/// The slots, and how they are filled and emptied.
fn record_impl(target: &TokenStream, slots: &Ident, record: &Record, constants: &[Ident]) -> TokenStream {
    let fields: Vec<&Ident> = record.fields.iter().map(|field| &field.ident).collect();
    let types = record.fields.iter().map(|field| &field.decl.ty);
    let names = record.fields.iter().map(|field| &field.decl.name);
    let positions: Vec<usize> = (0..fields.len()).collect();
    let extra = if record.forbids_extra { format_ident!("Forbid") } else { format_ident!("Ignore") };
    quote! {
        #[allow(unreachable_pub)]
        pub struct #slots { #(#fields: __versify::Slot<#types>),* }

        #[automatically_derived]
        impl __versify::Record for #target {
            type Slots = #slots;
            const EXTRA: __versify::Extra = __versify::Extra::#extra;
            #[inline]
            fn slots() -> #slots {
                #slots { #(#fields: __versify::Slot::Absent),* }
            }
            #[inline]
            fn position(__key: &__versify::str) -> __versify::Option<__versify::usize> {
                match __key {
                    #(#names => __versify::Some(#positions),)*
                    _ => __versify::None,
                }
            }
            #[inline]
            fn read<'de, __A: __versify::MapAccess<'de>>(
                __slots: &mut #slots,
                __position: __versify::usize,
                __map: &mut __A,
                __cx: &mut __versify::Context,
                __start: __versify::usize,
            ) -> __versify::Result<(), __A::Error> {
                match __position {
                    #(#positions => __slots.#fields.read(&#constants, __map, __cx, __start),)*
                    _ => __versify::skip_value(__map),
                }
            }
            #[inline]
            fn finish(__slots: #slots, __cx: &mut __versify::Context) -> __versify::Option<Self> {
                #(let #fields = __slots.#fields.finish(&#constants, __cx);)*
                __versify::Some(Self { #(#fields: #fields?),* })
            }
        }
    }
}

fn serialize_struct(
    name: &str,
    tag: Option<(&LitStr, &LitStr)>,
    record: &Record,
    access: Vec<TokenStream>,
) -> TokenStream {
    let len = record.fields.len() + usize::from(tag.is_some());
    let tag =
        tag.map(|(tag, value)| quote!(__versify::SerializeStruct::serialize_field(&mut __struct, #tag, #value)?;));
    let names = record.fields.iter().map(|field| &field.decl.name);
    quote! {
        #[allow(unused_mut)]
        let mut __struct = __versify::Serializer::serialize_struct(__serializer, #name, #len)?;
        #tag
        #(__versify::SerializeStruct::serialize_field(&mut __struct, #names, #access)?;)*
        __versify::SerializeStruct::end(__struct)
    }
}
