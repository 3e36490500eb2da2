//! Objects with fields.

mod reading;
mod writing;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::{
    super::input::{Access, Field, Flattened, Model, Record},
    Parts, Place, option,
    scope::{self, Scope},
};
use crate::spanned::{called, inferred, spanned};

pub(super) fn parts(model: &Model, record: &Record, scope: &Scope) -> Parts {
    let Model { ident, description, .. } = model;
    let forbids_extra = record.forbids_extra;
    let fields = Fields::new(record, scope, "");
    let declarations = fields.declarations();
    let write = fields.write();
    let implementation = fields.implementation(&scope.target, &write);
    let description = option(description.as_deref());
    let name = ident.to_string();
    let serialize = fields
        .serialize_with_extras()
        .unwrap_or_else(|| quote!(__versify::serialize_record(self, #name, __serializer)));
    Parts {
        items: quote! {
            #declarations
            #implementation
        },
        decode: quote!(__versify::decode_record(__source, __cx)),
        decode_items: quote! {
            const DECLARED: __versify::Option<__versify::Declared> =
                __versify::Some(__versify::Declared::of::<Self>());
        },
        describe: quote! {
            __versify::describe_record(
                __components, __versify::ComponentId::of::<Self>(), &<Self as __versify::Decode>::type_name(), #description, #forbids_extra,
                <Self as __versify::Record>::describe_fields,
            )
        },
        describe_items: quote! {
            fn describe_fields(__fields: &mut __versify::Fields<'_>) {
                <Self as __versify::Record>::describe_fields(__fields);
            }
        },
        serialize,
        place: Place::Body,
        key: None,
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

    /// What is declared of a field: one static holds all, since each costs the compiler.
    fn constant(&self, index: usize) -> TokenStream {
        let all = self.scope.constant(&self.holder, &self.ident());
        let index = syn::Index::from(index);
        quote!(#all.#index)
    }

    /// What holds what is declared of the fields.
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
        let constant = match self.scope.is_generic() {
            // A static cannot name type parameters.
            true => quote!(const #ident: &'static (#(__versify::Field<#types>,)*) = &(#(#values,)*);),
            // What a constant refers to is one more value, which the compiler finds, checks and computes apart.
            false => quote!(static #ident: (#(__versify::Field<#types>,)*) = (#(#values,)*);),
        };
        let constant = self.scope.constants(&self.holder, &constant);
        let flattened = self.record.flattened.iter().map(|Flattened { ty, .. }| {
            let extra = spanned(ty, "Record", "EXTRA");
            let check = quote_spanned! {ty.span()=>
                const _: () = __versify::assert!(
                    !__versify::matches!(#extra, __versify::Extra::Keep),
                    "a model that takes undeclared fields itself is no part of another: flatten its map there",
                );
            };
            if self.scope.is_generic() { TokenStream::new() } else { check }
        });
        quote!(#patterns #constant #(#flattened)*)
    }

    /// What the document says of each field.
    fn describe(&self) -> TokenStream {
        let mut calls = TokenStream::new();
        for (index, field) in self.record.fields.iter().enumerate() {
            calls.extend(self.describe_flattened(index));
            let constant = self.constant(index);
            let describe = called(&field.decl.ty, asked(field), "describe", quote!(&#constant, __fields));
            calls.extend(quote!(#describe;));
        }
        calls.extend(self.describe_flattened(self.record.fields.len()));
        for method in &self.record.computed {
            let name = method.to_string();
            let name = name.trim_start_matches("r#");
            let describe = inferred(
                method.span(),
                "AnswerField",
                None,
                "describe_computed",
                |place| quote_spanned!(place=> __versify::Computed::new(#name, Self::#method), __fields),
            );
            calls.extend(quote!(#describe;));
        }
        if let Some(Flattened { ty, .. }) = &self.record.extras {
            let describe = called(ty, "ExtrasField", "describe", quote!(__fields));
            calls.extend(quote!(#describe;));
        }
        calls
    }

    fn describe_flattened(&self, before: usize) -> TokenStream {
        let types = self.record.flattened.iter().filter(|part| part.before == before).map(|part| &part.ty);
        let calls = types.map(|ty| called(ty, "Record", "describe_fields", quote!(__fields)));
        quote!(#(#calls;)*)
    }
}

/// What the type of a field is asked to be.
fn asked(field: &Field) -> &'static str {
    match field.access {
        Access::ReadOnly => "AnswerField",
        Access::Both | Access::WriteOnly => "ModelField",
    }
}
