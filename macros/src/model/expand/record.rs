//! Objects with fields.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::LitStr;

use super::{
    super::input::{Access, Field, Flattened, Model, Record},
    Parts, option,
    scope::{self, Scope},
};

pub(super) fn parts(model: &Model, record: &Record, scope: &Scope) -> Parts {
    let Model { ident, description, .. } = model;
    let forbids_extra = record.forbids_extra;
    let fields = Fields::new(record, scope, "");
    let declarations = fields.declarations();
    let implementation = fields.implementation(&scope.target);
    let description = option(description.as_deref());
    let name = ident.to_string();
    let serialize_fields = fields.serialize_fields();
    let describe_fields = fields.describe();
    let target = &scope.target;
    let serialize = fields.serialize_with_extras().unwrap_or_else(|| {
        quote! {
            let mut __struct = __versify::Serializer::serialize_struct(
                __serializer, #name, <#target as __versify::SerializeFields>::LEN,
            )?;
            __versify::SerializeFields::serialize_fields(self, &mut __struct)?;
            __versify::SerializeStruct::end(__struct)
        }
    });
    Parts {
        items: quote! {
            #declarations
            #implementation
            #serialize_fields
        },
        decode: quote!(__versify::decode_record(__source, __cx)),
        decode_items: quote! {
            const FIELDS: bool = true;
            const EXTRA: __versify::Extra = <Self as __versify::Record>::EXTRA;
            fn field(__name: &__versify::str) -> __versify::Option<(__versify::usize, bool)> {
                __versify::field_of::<Self>(__name)
            }
            fn field_name(__position: __versify::usize) -> __versify::Option<(&'static __versify::str, bool)> {
                <Self as __versify::Record>::name(__position)
            }
        },
        describe: quote! {
            __versify::describe_record(
                __components, __versify::ComponentId::of::<Self>(), &<Self as __versify::Decode>::type_name(), #description, #forbids_extra,
                <Self as __versify::Describe>::describe_fields,
            )
        },
        describe_items: quote! {
            fn describe_fields(__fields: &mut __versify::Fields<'_>) {
                #describe_fields
            }
        },
        serialize,
        place: quote!(__versify::Place::Body),
    }
}

/// The fields of one record, and what is made of them.
pub(super) struct Fields<'m> {
    record: &'m Record,
    scope: &'m Scope,
    prefix: String,
    holder: Ident,
}

impl<'m> Fields<'m> {
    pub(super) fn new(record: &'m Record, scope: &'m Scope, prefix: &str) -> Self {
        Self { record, scope, prefix: prefix.to_owned(), holder: scope::holder(prefix) }
    }

    fn ident(&self) -> Ident {
        format_ident!("__FIELDS{}", self.prefix)
    }

    /// What is declared of a field: one constant holds all, since each constant costs the compiler.
    fn constant(&self, index: usize) -> TokenStream {
        let all = self.scope.constant(&self.holder, &self.ident());
        let index = syn::Index::from(index);
        quote!(#all.#index)
    }

    /// The constant that holds what is declared of the fields.
    pub(super) fn declarations(&self) -> TokenStream {
        let ident = self.ident();
        let mut patterns = TokenStream::new();
        let mut values = Vec::new();
        for (index, field) in self.record.fields.iter().enumerate() {
            let (pattern, value) = field.decl.value(&format_ident!("{ident}_{index}"));
            patterns.extend(pattern);
            values.push(value);
        }
        let types = self.record.fields.iter().map(|field| &field.decl.ty);
        let constant = quote! {
            const #ident: &'static (#(__versify::Field<#types>,)*) = &(#(#values,)*);
        };
        let constant = self.scope.constants(&self.holder, &constant);
        quote!(#patterns #constant)
    }

    /// What the document says of each field.
    pub(super) fn describe(&self) -> TokenStream {
        let mut calls = TokenStream::new();
        for (index, _) in self.record.fields.iter().enumerate() {
            calls.extend(self.describe_flattened(index));
            let constant = self.constant(index);
            calls.extend(quote!(__fields.field(&#constant);));
        }
        calls.extend(self.describe_flattened(self.record.fields.len()));
        for method in &self.record.computed {
            let name = method.to_string();
            let name = name.trim_start_matches("r#");
            calls.extend(quote!(__fields.computed(#name, Self::#method);));
        }
        if let Some(Flattened { ty, .. }) = &self.record.extras {
            calls.extend(quote!(__fields.extras::<#ty>();));
        }
        calls
    }

    fn describe_flattened(&self, before: usize) -> TokenStream {
        let types = self.record.flattened.iter().filter(|part| part.before == before).map(|part| &part.ty);
        quote!(#(<#types as __versify::Describe>::describe_fields(__fields);)*)
    }

    /// How many positions the flattened fields take that stand before the field at `index`.
    fn offset(&self, index: usize) -> TokenStream {
        let types = self.record.flattened.iter().filter(|part| part.before <= index).map(|part| &part.ty);
        quote!(#(+ <#types as __versify::Record>::COUNT)*)
    }

    /// Where a flattened field begins.
    fn offset_of(&self, part: &Flattened) -> TokenStream {
        let before = part.before;
        let types = self.record.flattened.iter().take_while(|other| other.ident != part.ident).map(|other| &other.ty);
        quote!(#before #(+ <#types as __versify::Record>::COUNT)*)
    }

    /// The slots, and how they are filled and emptied.
    pub(super) fn implementation(&self, target: &TokenStream) -> TokenStream {
        let Self { record, scope, .. } = self;
        let slots = format_ident!("__Slots{}", self.prefix);
        let Scope { impl_generics, type_generics, where_clause, .. } = scope;
        let declaration = scope.declaration(&slots);
        let fields: Vec<&Ident> = record.fields.iter().map(|field| &field.ident).collect();
        let slot_types = record.fields.iter().map(|field| {
            let ty = &field.decl.ty;
            if field.decl.aliases.is_empty() { quote!(__versify::Slot<#ty>) } else { quote!(__versify::Choices<#ty>) }
        });
        let empty_slots = record.fields.iter().map(|field| {
            if field.decl.aliases.is_empty() {
                quote!(__versify::Slot::Absent)
            } else {
                quote!(__versify::Choices::new())
            }
        });
        let parts: Vec<&Ident> = record.flattened.iter().map(|part| &part.ident).collect();
        let part_types: Vec<&syn::Type> = record.flattened.iter().map(|part| &part.ty).collect();
        let own = record.fields.len() + record.fields.iter().map(|field| field.decl.aliases.len()).sum::<usize>();
        let extra = match (record.forbids_extra, &record.extras) {
            (true, _) => format_ident!("Forbid"),
            (false, Some(_)) => format_ident!("Keep"),
            (false, None) => format_ident!("Ignore"),
        };
        let extras: Vec<&Ident> = record.extras.iter().map(|part| &part.ident).collect();
        let extras_types: Vec<&syn::Type> = record.extras.iter().map(|part| &part.ty).collect();
        let keep = extras.first().map(|ident| {
            quote! {
                fn keep<'de, __A: __versify::MapAccess<'de>>(
                    __slots: &mut Self::Slots,
                    __name: __versify::String,
                    __map: &mut __A,
                    __cx: &mut __versify::Context,
                    __start: __versify::usize,
                ) -> __versify::Result<(), __A::Error> {
                    __slots.#ident.read(__name, __map, __cx, __start)
                }
            }
        });
        let position = self.position();
        let read = self.read();
        let several = self.several();
        let choice = self.choice();
        let name = self.name();
        let constants: Vec<TokenStream> = (0..fields.len()).map(|index| self.constant(index)).collect();
        let all: Vec<&Ident> = [&fields, &parts, &extras].into_iter().flatten().copied().collect();
        // With `?` for each field the compiler has much more to do.
        let made = if all.is_empty() {
            quote!(__versify::Some(Self {}))
        } else {
            quote! {
                match (#(#all,)*) {
                    (#(__versify::Some(#all),)*) => __versify::Some(Self { #(#all),* }),
                    _ => __versify::None,
                }
            }
        };
        let validate = record.validator.as_ref().map(|path| {
            quote! {
                fn validate(&self, __cx: &mut __versify::Context) -> bool {
                    __versify::accepted(__versify::said(#path(self)), __cx)
                }
            }
        });
        quote! {
            #[allow(unreachable_pub)]
            pub struct #declaration #where_clause {
                #(#fields: #slot_types,)*
                #(#parts: <#part_types as __versify::Record>::Slots,)*
                #(#extras: __versify::ExtrasSlot<#extras_types>,)*
            }

            #[automatically_derived]
            impl #impl_generics __versify::Record for #target #where_clause {
                type Slots = #slots #type_generics;
                const EXTRA: __versify::Extra = __versify::Extra::#extra;
                const COUNT: __versify::usize = #own #(+ <#part_types as __versify::Record>::COUNT)*;
                #[inline]
                fn slots() -> Self::Slots {
                    #slots {
                        #(#fields: #empty_slots,)*
                        #(#parts: <#part_types as __versify::Record>::slots(),)*
                        #(#extras: __versify::ExtrasSlot::new(),)*
                    }
                }
                #[inline]
                fn position(__key: &__versify::str) -> __versify::Option<__versify::usize> {
                    #position
                }
                #[inline]
                fn read<'de, __A: __versify::MapAccess<'de>>(
                    __slots: &mut Self::Slots,
                    __position: __versify::usize,
                    __map: &mut __A,
                    __cx: &mut __versify::Context,
                    __start: __versify::usize,
                ) -> __versify::Result<(), __A::Error> {
                    #read
                }
                #keep
                fn name(__position: __versify::usize) -> __versify::Option<(&'static __versify::str, bool)> {
                    #name
                }
                #choice
                fn several(__position: __versify::usize) -> bool {
                    #several
                }
                fn sent(__slots: &Self::Slots) -> __versify::usize {
                    0 #(+ __slots.#fields.is_sent() as __versify::usize)*
                        #(+ <#part_types as __versify::Record>::sent(&__slots.#parts))*
                }
                #[inline]
                fn finish(__slots: Self::Slots, __cx: &mut __versify::Context) -> __versify::Option<Self> {
                    #(let #fields = __slots.#fields.finish(&#constants, __cx);)*
                    #(let #parts = <#part_types as __versify::Record>::finish(__slots.#parts, __cx);)*
                    #(let #extras = __slots.#extras.finish();)*
                    #made
                }
                #validate
            }
        }
    }

    /// Names that requests may use, with the position of each.
    fn position(&self) -> TokenStream {
        let mut arms = TokenStream::new();
        let mut other = self.record.fields.len();
        for (index, field) in self.record.fields.iter().enumerate() {
            let readable = field.access != Access::ReadOnly;
            let name = &field.decl.name;
            let offset = self.offset(index);
            if readable {
                arms.extend(quote!(#name => __versify::Some(#index #offset),));
            }
            for alias in &field.decl.aliases {
                // Other names have positions of their own, after all fields.
                let offset = self.offset(self.record.fields.len());
                arms.extend(quote!(#alias => __versify::Some(#other #offset),));
                other += 1;
            }
        }
        let parts = self.record.flattened.iter().map(|part| {
            let ty = &part.ty;
            let offset = self.offset_of(part);
            quote! {
                if let __versify::Some(__position) = <#ty as __versify::Record>::position(__key) {
                    return __versify::Some(__position + #offset);
                }
            }
        });
        quote! {
            match __key {
                #arms
                _ => {
                    #(#parts)*
                    __versify::None
                }
            }
        }
    }

    /// The field at a position: what `with` makes of it, or of the part that it belongs to.
    fn at(
        &self,
        field: impl Fn(&Field, usize, Option<usize>) -> TokenStream,
        part: impl Fn(&Flattened) -> TokenStream,
        otherwise: &TokenStream,
    ) -> TokenStream {
        let mut arms: Vec<(usize, usize, TokenStream)> = Vec::new();
        let count = self.record.fields.len();
        let mut other = count;
        for (index, declared) in self.record.fields.iter().enumerate() {
            arms.push((index, index, field(declared, index, None)));
            for (choice, _) in declared.decl.aliases.iter().enumerate() {
                arms.push((other, count, field(declared, index, Some(choice))));
                other += 1;
            }
        }
        if self.record.flattened.is_empty() {
            let arms = arms.iter().map(|(position, _, body)| quote!(#position => #body,));
            return quote!(match __position { #(#arms)* _ => #otherwise });
        }
        let arms = arms.iter().map(|(position, index, body)| {
            let offset = self.offset(*index);
            quote!(if __position == #position #offset { return #body; })
        });
        let parts = self.record.flattened.iter().map(|flattened| {
            let ty = &flattened.ty;
            let offset = self.offset_of(flattened);
            let body = part(flattened);
            quote! {
                if let __versify::Some(__position) = __position.checked_sub(#offset)
                    && __position < <#ty as __versify::Record>::COUNT
                {
                    return #body;
                }
            }
        });
        quote!(#(#arms)* #(#parts)* #otherwise)
    }

    fn read(&self) -> TokenStream {
        self.at(
            |field, index, alias| {
                let ident = &field.ident;
                let constant = self.constant(index);
                match alias {
                    None => quote!(__slots.#ident.read(&#constant, __map, __cx, __start)),
                    Some(choice) => quote!(__slots.#ident.read_alias(&#constant, #choice, __map, __cx, __start)),
                }
            },
            |part| {
                let Flattened { ident, ty, .. } = part;
                quote! {
                    <#ty as __versify::Record>::read(&mut __slots.#ident, __position, __map, __cx, __start)
                }
            },
            &quote!(__versify::skip_value(__map)),
        )
    }

    fn name(&self) -> TokenStream {
        self.at(
            |field, index, alias| match alias.and_then(|choice| field.decl.aliases.get(choice)) {
                Some(name) => {
                    let literal = !alias.is_some_and(|choice| field.decl.is_own_name(choice));
                    quote!(__versify::Some((#name, #literal)))
                }
                None => {
                    let constant = self.constant(index);
                    quote!(__versify::Some(#constant.wire_name()))
                }
            },
            |part| {
                let ty = &part.ty;
                quote!(<#ty as __versify::Record>::name(__position))
            },
            &quote!(__versify::None),
        )
    }

    /// Which names are of one field; nothing if none are.
    fn choice(&self) -> Option<TokenStream> {
        let has_choices = self.record.fields.iter().any(|field| !field.decl.aliases.is_empty());
        if !has_choices && self.record.flattened.is_empty() {
            return None;
        }
        let body = self.at(
            |field, index, alias| match (field.decl.aliases.is_empty(), alias) {
                (true, _) => quote!(__versify::None),
                (false, alias) => {
                    let rank = alias.map_or(0, |choice| choice + 1);
                    let offset = self.offset(index);
                    quote!(__versify::Some((#index #offset, #rank)))
                }
            },
            |part| {
                let Flattened { ty, .. } = part;
                let offset = self.offset_of(part);
                quote! {
                    <#ty as __versify::Record>::choice(__position)
                        .map(|(__field, __rank)| (__field + #offset, __rank))
                }
            },
            &quote!(__versify::None),
        );
        Some(quote! {
            fn choice(__position: __versify::usize) -> __versify::Option<(__versify::usize, __versify::usize)> {
                #body
            }
        })
    }

    fn several(&self) -> TokenStream {
        self.at(
            |field, _, _| {
                let ty = &field.decl.ty;
                quote!(<#ty as __versify::Decode>::SEVERAL)
            },
            |part| {
                let ty = &part.ty;
                quote!(<#ty as __versify::Record>::several(__position))
            },
            &quote!(false),
        )
    }

    /// Models that keep undeclared fields are written as maps.
    fn serialize_with_extras(&self) -> Option<TokenStream> {
        let Flattened { ident, .. } = self.record.extras.as_ref()?;
        let body = self.writes(|ident| quote!(&self.#ident));
        Some(quote! {
            let mut __map = __versify::Serializer::serialize_map(__serializer, __versify::None)?;
            __versify::Object::new(&mut __versify::Entries::new(&mut __map)) #body .end()?;
            __versify::serialize_extras(&mut __map, &self.#ident)?;
            __versify::SerializeMap::end(__map)
        })
    }

    /// None where undeclared fields are kept: such a model is no part of another.
    fn serialize_fields(&self) -> Option<TokenStream> {
        if self.record.extras.is_some() {
            return None;
        }
        let Self { record, scope: Scope { target, impl_generics, where_clause, .. }, .. } = self;
        let access = |ident: &Ident| quote!(&self.#ident);
        let body = self.writes(access);
        let types = record.flattened.iter().map(|part| &part.ty);
        let own = self.written();
        Some(quote! {
            #[automatically_derived]
            impl #impl_generics __versify::SerializeFields for #target #where_clause {
                const LEN: __versify::usize = #own #(+ <#types as __versify::SerializeFields>::LEN)*;
                fn serialize_fields<__S: __versify::SerializeStruct>(
                    &self,
                    __object: &mut __S,
                ) -> __versify::Result<(), __S::Error> {
                    __versify::Object::new(__object) #body .end()
                }
            }
        })
    }

    fn written(&self) -> usize {
        let fields = self.record.fields.iter().filter(|field| field.access != Access::WriteOnly);
        fields.count() + self.record.computed.len()
    }

    /// Writes each field.
    fn writes(&self, access: impl Fn(&Ident) -> TokenStream) -> TokenStream {
        let flattened = |before: usize| {
            let parts = self.record.flattened.iter().filter(move |part| part.before == before);
            let values: Vec<TokenStream> = parts.map(|part| access(&part.ident)).collect();
            quote!(#(.flatten(#values))*)
        };
        let mut body = TokenStream::new();
        for (index, field) in self.record.fields.iter().enumerate() {
            body.extend(flattened(index));
            let value = access(&field.ident);
            let name = &field.decl.name;
            if field.access != Access::WriteOnly {
                body.extend(quote!(.field(#name, #value)));
            }
        }
        body.extend(flattened(self.record.fields.len()));
        for method in &self.record.computed {
            let name = method.to_string();
            let name = name.trim_start_matches("r#");
            body.extend(quote!(.computed(#name, &self.#method())));
        }
        body
    }

    /// Writes the fields of a union's member, with its tag in front.
    pub(super) fn serialize_member(&self, name: &str, (tag, value): (&LitStr, &LitStr)) -> TokenStream {
        let len = self.written() + 1;
        let types = self.record.flattened.iter().map(|part| &part.ty);
        let body = self.writes(|ident| quote!(#ident));
        quote! {
            let mut __struct = __versify::Serializer::serialize_struct(
                __serializer, #name, #len #(+ <#types as __versify::SerializeFields>::LEN)*,
            )?;
            __versify::Object::new(&mut __struct).computed(#tag, #value) #body .end()?;
            __versify::SerializeStruct::end(__struct)
        }
    }
}
