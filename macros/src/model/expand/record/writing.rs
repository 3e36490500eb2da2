//! How a record is written.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::LitStr;

use super::{super::super::input::Flattened, Fields, asked};
use crate::spanned::{called, inferred, spanned};

impl Fields<'_> {
    /// Models that keep undeclared fields are written as maps.
    pub(super) fn serialize_with_extras(&self) -> Option<TokenStream> {
        let Flattened { ident, ty, .. } = self.record.extras.as_ref()?;
        let serialize = called(ty, "ExtrasField", "serialize", quote!(&self.#ident, &mut __map));
        Some(quote! {
            let mut __map = __versify::Serializer::serialize_map(__serializer, __versify::None)?;
            __versify::Record::write(self, __versify::Object::new(&mut __versify::Entries::new(&mut __map))).end()?;
            #serialize?;
            __versify::SerializeMap::end(__map)
        })
    }

    /// The items of `Record` that write it.
    pub(super) fn write(&self) -> TokenStream {
        let body = self.writes(|ident| quote!(&self.#ident));
        let names = self.record.fields.iter().map(|field| 1 + field.decl.aliases.len()).sum::<usize>();
        let len = self.len(0);
        // By default as many as there are names.
        let len = (names != self.written() || !self.record.flattened.is_empty())
            .then(|| quote!(const LEN: __versify::usize = #len;));
        quote! {
            #len
            fn write<'o, __S: __versify::SerializeStruct>(
                &self,
                __object: __versify::Object<'o, __S>,
            ) -> __versify::Object<'o, __S> {
                #body
                __object
            }
        }
    }

    /// How many fields are written, and `more`.
    fn len(&self, more: usize) -> TokenStream {
        let own = self.written() + more;
        let parts = self.record.flattened.iter().map(|part| spanned(&part.ty, "Record", "LEN"));
        quote!(#own #(+ #parts)*)
    }

    fn written(&self) -> usize {
        self.record.fields.iter().filter(|field| field.is_written()).count() + self.record.computed.len()
    }

    /// Writes each field into `__object`.
    fn writes(&self, access: impl Fn(&Ident) -> TokenStream) -> TokenStream {
        let flattened = |before: usize| {
            let parts = self.record.flattened.iter().filter(move |part| part.before == before);
            let calls = parts.map(|part| {
                let value = access(&part.ident);
                let write = called(&part.ty, "Record", "write", quote!(#value, __object));
                quote!(let __object = #write;)
            });
            calls.collect::<TokenStream>()
        };
        let mut body = TokenStream::new();
        for (index, field) in self.record.fields.iter().enumerate() {
            body.extend(flattened(index));
            let value = access(&field.ident);
            let name = &field.decl.name;
            if field.is_written() {
                let write = called(&field.decl.ty, asked(field), "write", quote!(#value, #name, __object));
                body.extend(quote!(let __object = #write;));
            }
        }
        body.extend(flattened(self.record.fields.len()));
        for method in &self.record.computed {
            let name = method.to_string();
            let name = name.trim_start_matches("r#");
            let write = inferred(
                method.span(),
                "AnswerField",
                None,
                "write_computed",
                |place| quote_spanned!(place=> __versify::Computed::new(#name, Self::#method), self, __object),
            );
            body.extend(quote!(let __object = #write;));
        }
        body
    }

    /// Writes the fields of a union's member, with its tag in front.
    pub(in super::super) fn serialize_member(&self, name: &str, (tag, value): (&LitStr, &LitStr)) -> TokenStream {
        let len = self.len(1);
        let body = self.writes(|ident| quote!(#ident));
        quote! {
            let mut __struct = __versify::Serializer::serialize_struct(__serializer, #name, #len)?;
            let __object = __versify::Object::new(&mut __struct).computed(#tag, #value);
            #body
            __object.end()?;
            __versify::SerializeStruct::end(__struct)
        }
    }
}
