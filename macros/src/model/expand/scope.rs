//! [`Scope`]: the type that is implemented, with its parameters.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{GenericParam, Generics, Lifetime, Type, WherePredicate, parse_quote};

use super::super::input::Model;

pub(super) struct Scope {
    generics: Generics,
    name: String,
    titled: bool,
    /// `Page<T>`.
    pub(super) target: TokenStream,
    /// `<T>`.
    pub(super) impl_generics: TokenStream,
    /// `<T>`, as arguments.
    pub(super) type_generics: TokenStream,
    /// `where T: Part`.
    pub(super) where_clause: TokenStream,
}

impl Scope {
    pub(super) fn new(model: &Model) -> Self {
        let mut generics = model.generics.clone();
        let params: Vec<Ident> = generics.type_params().map(|param| param.ident.clone()).collect();
        if !params.is_empty() {
            let clause = generics.make_where_clause();
            for param in &params {
                clause.predicates.push(parse_quote!(#param: __versify::Part));
            }
        }
        let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
        let ident = &model.ident;
        Self {
            target: quote!(#ident #type_generics),
            impl_generics: quote!(#impl_generics),
            type_generics: quote!(#type_generics),
            where_clause: quote!(#where_clause),
            name: model.title.clone(),
            titled: model.titled,
            generics,
        }
    }

    /// The scope of a struct that is made for a variant.
    pub(super) fn of(ident: &Ident) -> Self {
        Self {
            generics: Generics::default(),
            name: ident.to_string(),
            titled: false,
            target: quote!(#ident),
            impl_generics: TokenStream::new(),
            type_generics: TokenStream::new(),
            where_clause: TokenStream::new(),
        }
    }

    pub(super) fn is_generic(&self) -> bool {
        !self.generics.params.is_empty()
    }

    /// The parameters of an implementation, with a lifetime of its own.
    pub(super) fn generics_with(&self, lifetime: &str) -> TokenStream {
        let mut generics = self.generics.clone();
        let lifetime = Lifetime::new(lifetime, proc_macro2::Span::call_site());
        generics.params.insert(0, GenericParam::Lifetime(syn::LifetimeParam::new(lifetime)));
        let (impl_generics, ..) = generics.split_for_impl();
        quote!(#impl_generics)
    }

    /// What it takes for the type to have a trait of ours: that `types` have it.
    pub(super) fn where_all(&self, types: &[Type], of: &str) -> TokenStream {
        let mut generics = self.generics.clone();
        let clause = generics.make_where_clause();
        let of = format_ident!("{of}");
        // A bound without parameters is checked where it stands, unless a lifetime is declared for it: a model need be no
        // key, say.
        let bound = |ty| -> WherePredicate { parse_quote!(for<'__any> #ty: __versify::#of) };
        clause.predicates.extend(types.iter().map(bound));
        quote!(#clause)
    }

    /// What Python calls the type (`Page[Item]`), where that is not its name in Rust.
    pub(super) fn type_name(&self) -> Option<TokenStream> {
        let name = &self.name;
        let params: Vec<&Ident> = self.generics.type_params().map(|param| &param.ident).collect();
        let value = if self.titled {
            quote!(__versify::Cow::Borrowed(#name))
        } else if !params.is_empty() {
            quote!(__versify::generic_name(#name, &[#(<#params as __versify::Decode>::type_name()),*]))
        } else {
            return None;
        };
        Some(quote! {
            fn type_name() -> __versify::Cow<'static, __versify::str> {
                #value
            }
        })
    }

    /// Where constants stand that may name type parameters, and how they are referred to.
    pub(super) fn constants(&self, holder: &Ident, constants: &TokenStream) -> TokenStream {
        if !self.is_generic() {
            return constants.clone();
        }
        let Self { impl_generics, type_generics, where_clause, .. } = self;
        let params = self.generics.type_params().map(|param| &param.ident);
        let declared = &self.generics;
        quote! {
            struct #holder #declared (::core::marker::PhantomData<fn() -> (#(#params,)*)>) #where_clause;
            impl #impl_generics #holder #type_generics #where_clause { #constants }
        }
    }

    pub(super) fn constant(&self, holder: &Ident, constant: &Ident) -> TokenStream {
        if !self.is_generic() {
            return quote!(#constant);
        }
        let turbofish = self.generics.split_for_impl().1;
        let turbofish = turbofish.as_turbofish();
        quote!(#holder #turbofish :: #constant)
    }

    /// The declaration of the slots.
    pub(super) fn declaration(&self, ident: &Ident) -> TokenStream {
        let generics = &self.generics;
        quote!(#ident #generics)
    }
}

/// The name of what holds the constants of the fields.
pub(super) fn holder(prefix: &str) -> Ident {
    format_ident!("__Fields{prefix}")
}
