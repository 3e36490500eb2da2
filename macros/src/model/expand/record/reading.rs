//! How a record is read: slots that are filled name by name.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{LitStr, spanned::Spanned};

use super::{
    super::super::input::{Field, Flattened},
    Fields, Scope,
};
use crate::spanned::{beginning, called, slot, slot_mut, spanned};

impl Fields<'_> {
    /// The slots, and how they are filled and emptied; `write` are the items that write it.
    pub(in super::super) fn implementation(&self, target: &TokenStream, write: &TokenStream) -> TokenStream {
        let Self { record, scope, .. } = self;
        let slots = format_ident!("__Slots{}", self.prefix);
        let Scope { impl_generics, type_generics, where_clause, .. } = scope;
        let declaration = scope.declaration(&slots);
        let fields: Vec<&Ident> = record.fields.iter().map(|field| &field.ident).collect();
        let slotted = || record.fields.iter().filter(|field| field.is_read());
        let slot_names = slotted().map(|field| &field.ident);
        let slot_types = slotted().map(|field| {
            let ty = &field.decl.ty;
            if field.decl.aliases.is_empty() { quote!(__versify::Slot<#ty>) } else { quote!(__versify::Choices<#ty>) }
        });
        let slots_made = slotted().map(|field| &field.ident);
        let empty_slots = slotted().map(|field| {
            if field.decl.aliases.is_empty() {
                quote!(__versify::Slot::Absent)
            } else {
                quote!(__versify::Choices::new())
            }
        });
        let parts: Vec<&Ident> = record.flattened.iter().map(|part| &part.ident).collect();
        let of_parts =
            |item: &str| -> Vec<TokenStream> { record.flattened.iter().map(|part| of_part(part, item)).collect() };
        let part_slots = of_parts("Slots");
        let part_names: Vec<Ident> = record.flattened.iter().map(|part| beginning(&part.ident, &part.ty)).collect();
        // Whether a struct has a size is asked of its last field: a wrong part is asked once less.
        let end = (!parts.is_empty()).then(|| quote!(__end: (),));
        let part_new = record.flattened.iter().map(|part| called(&part.ty, "Record", "slots", TokenStream::new()));
        let part_finish = record.flattened.iter().map(|part| {
            let slot = slot(&part.ty, &part.ident);
            called(&part.ty, "Record", "finish", quote!(#slot, __cx))
        });
        let extra = match (record.forbids_extra, &record.extras) {
            (true, _) => Some(quote!(Forbid)),
            (false, Some(_)) => Some(quote!(Keep)),
            (false, None) => None,
        };
        let extra = extra.map(|extra| quote!(const EXTRA: __versify::Extra = __versify::Extra::#extra;));
        let extras: Vec<&Ident> = record.extras.iter().map(|part| &part.ident).collect();
        let extras_types: Vec<&syn::Type> = record.extras.iter().map(|part| &part.ty).collect();
        let extras_slots = record.extras.iter().map(|part| called(&part.ty, "ExtrasField", "slot", TokenStream::new()));
        let extras_finish = record.extras.iter().map(|part| {
            let slot = slot(&part.ty, &part.ident);
            called(&part.ty, "ExtrasField", "finish", slot)
        });
        let keep = record.extras.iter().map(|part| {
            let slot = slot_mut(&part.ty, &part.ident);
            let read = called(&part.ty, "ExtrasField", "read", quote!(#slot, __name, __map, __cx, __start));
            quote! {
                fn keep<'de, __A: __versify::MapAccess<'de>>(
                    __slots: &mut Self::Slots,
                    __name: __versify::String,
                    __map: &mut __A,
                    __cx: &mut __versify::Context,
                    __start: __versify::usize,
                ) -> __versify::Result<(), __A::Error> {
                    #read
                }
            }
        });
        let names = self.names();
        let choice = self.choice();
        let position = self.position();
        let read = self.read();
        let finish = record.fields.iter().enumerate().map(|(index, field)| self.finish(index, field));
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
        let describe = self.describe();
        let validate = record.validator.as_ref().map(|path| {
            let said = quote_spanned!(path.span()=> __versify::said(#path(__whole)));
            quote! {
                fn validate(&self, __cx: &mut __versify::Context) -> bool {
                    let __whole = self;
                    __versify::accepted(#said, __cx)
                }
            }
        });
        quote! {
            #[allow(unreachable_pub)]
            pub struct #declaration #where_clause {
                #(#slot_names: #slot_types,)*
                #(#part_names: #part_slots,)*
                #(#extras: __versify::ExtrasSlot<#extras_types>,)*
                #end
            }

            #[automatically_derived]
            impl #impl_generics __versify::Record for #target #where_clause {
                type Slots = #slots #type_generics;
                #extra
                #names
                #choice
                #[inline]
                fn slots() -> Self::Slots {
                    #slots {
                        #(#slots_made: #empty_slots,)*
                        #(#part_names: #part_new,)*
                        #(#extras: #extras_slots,)*
                        #end
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
                #(#keep)*
                #[inline]
                fn finish(__slots: Self::Slots, __cx: &mut __versify::Context) -> __versify::Option<Self> {
                    #(#finish)*
                    #(let #parts = #part_finish;)*
                    #(let #extras = #extras_finish;)*
                    #made
                }
                #validate
                fn describe_fields(__fields: &mut __versify::Fields<'_>) {
                    #describe
                }
                #write
            }
        }
    }

    /// The names, and how many there are where some are those of other models.
    fn names(&self) -> TokenStream {
        let fields = self.record.fields.iter();
        // Written out: each call of a function would be typed, checked and computed.
        let named = |wire: &LitStr, aliased: bool, field: &Field| {
            let several = match field.is_read() {
                true => spanned(&field.decl.ty, "ModelField", "SEVERAL"),
                false => quote!(false),
            };
            quote!(__versify::Name { wire: #wire, aliased: #aliased, several: #several })
        };
        let own = fields.map(|field| named(&field.decl.name, field.decl.is_aliased(), field));
        let others = self.record.fields.iter().flat_map(|field| {
            let aliases = field.decl.aliases.iter().enumerate();
            aliases.map(move |(index, alias)| named(alias, !field.decl.is_own_name(index), field))
        });
        let names = quote!(const NAMES: &'static [__versify::Name] = &[#(#own,)* #(#others,)*];);
        if self.record.flattened.is_empty() {
            return names;
        }
        let counts = self.record.flattened.iter().map(|part| of_part(part, "COUNT"));
        let name = self.name();
        quote! {
            #names
            const COUNT: __versify::usize = Self::NAMES.len() #(+ #counts)*;
            fn name(__position: __versify::usize) -> __versify::Option<__versify::Name> {
                #name
            }
        }
    }

    /// How many positions the flattened fields take that stand before the field at `index`.
    fn offset(&self, index: usize) -> TokenStream {
        let parts = self.record.flattened.iter().filter(|part| part.before <= index);
        let counts = parts.map(|part| of_part(part, "COUNT"));
        quote!(#(+ #counts)*)
    }

    /// Where a flattened field begins.
    fn offset_of(&self, part: &Flattened) -> TokenStream {
        let before = part.before;
        let parts = self.record.flattened.iter().take_while(|other| other.ident != part.ident);
        let counts = parts.map(|part| of_part(part, "COUNT"));
        quote!(#before #(+ #counts)*)
    }

    /// Names that requests may use, with the position of each.
    fn position(&self) -> TokenStream {
        let mut arms = TokenStream::new();
        let mut other = self.record.fields.len();
        for (index, field) in self.record.fields.iter().enumerate() {
            let name = &field.decl.name;
            let offset = self.offset(index);
            if field.is_read() {
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
            let position = called(&part.ty, "Record", "position", quote!(__key));
            let offset = self.offset_of(part);
            quote! {
                if let __versify::Some(__position) = #position {
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

    /// The name at a position: what `field` makes of it, given its number among the own ones, or of the part that it
    /// belongs to.
    fn at(
        &self,
        field: impl Fn(&Field, usize, usize) -> TokenStream,
        part: impl Fn(&Flattened) -> TokenStream,
        otherwise: &TokenStream,
    ) -> TokenStream {
        let mut arms: Vec<(usize, usize, TokenStream)> = Vec::new();
        let count = self.record.fields.len();
        let mut other = count;
        for (index, declared) in self.record.fields.iter().enumerate() {
            arms.push((index, index, field(declared, index, 0)));
            for (choice, _) in declared.decl.aliases.iter().enumerate() {
                arms.push((other, count, field(declared, index, choice + 1)));
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
            let offset = self.offset_of(flattened);
            let count = of_part(flattened, "COUNT");
            let body = part(flattened);
            quote! {
                if let __versify::Some(__position) = __position.checked_sub(#offset)
                    && __position < #count
                {
                    return #body;
                }
            }
        });
        quote!(#(#arms)* #(#parts)* #otherwise)
    }

    fn read(&self) -> TokenStream {
        self.at(
            |field, index, rank| {
                let ident = &field.ident;
                let constant = self.constant(index);
                if !field.is_read() {
                    return quote!(__versify::skip_value(__map));
                }
                let (item, rank) = match field.decl.aliases.is_empty() {
                    true => ("read", None),
                    false => ("read_named", Some(quote!(#rank,))),
                };
                let arguments = quote!(&mut __slots.#ident, #rank &#constant, __map, __cx, __start);
                called(&field.decl.ty, "ModelField", item, arguments)
            },
            |part| {
                let slot = slot_mut(&part.ty, &part.ident);
                called(&part.ty, "Record", "read", quote!(#slot, __position, __map, __cx, __start))
            },
            &quote!(__versify::skip_value(__map)),
        )
    }

    fn finish(&self, index: usize, field: &Field) -> TokenStream {
        let (ident, constant) = (&field.ident, self.constant(index));
        if !field.is_read() {
            return quote!(let #ident = #constant.unread(););
        }
        let finish = if field.decl.aliases.is_empty() { "finish" } else { "finish_named" };
        let finish = called(&field.decl.ty, "ModelField", finish, quote!(__slots.#ident, &#constant, __cx));
        quote!(let #ident = #finish;)
    }

    fn name(&self) -> TokenStream {
        let count = self.record.fields.len();
        let aliases_before =
            |index: usize| self.record.fields.iter().take(index).map(|field| field.decl.aliases.len()).sum::<usize>();
        self.at(
            |_, index, rank| {
                let own = if rank == 0 { index } else { count + aliases_before(index) + rank - 1 };
                quote!(Self::NAMES.get(#own).copied())
            },
            |part| called(&part.ty, "Record", "name", quote!(__position)),
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
            |field, index, rank| {
                if field.decl.aliases.is_empty() {
                    return quote!(__versify::None);
                }
                let offset = self.offset(index);
                quote!(__versify::Some((#index #offset, #rank)))
            },
            |part| {
                let offset = self.offset_of(part);
                let choice = called(&part.ty, "Record", "choice", quote!(__position));
                quote!(#choice.map(|(__field, __rank)| (__field + #offset, __rank)))
            },
            &quote!(__versify::None),
        );
        Some(quote! {
            fn choice(__position: __versify::usize) -> __versify::Option<(__versify::usize, __versify::usize)> {
                #body
            }
        })
    }
}

fn of_part(part: &Flattened, item: &str) -> TokenStream {
    spanned(&part.ty, "Record", item)
}
