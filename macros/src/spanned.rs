//! Paths through a type of the user's, whose faults are told there and once.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::Type;

use crate::map_keys::asked;

/// `<Type as __versify::Trait>::item`, from the first to the last token of the type.
///
/// That the type lacks the trait is a fault of that place, then. The compiler tells what it has told word for word no
/// second time: so many such paths with one trait are one fault.
pub(crate) fn spanned(ty: &Type, of: &str, item: &str) -> TokenStream {
    let (first, last) = ends(ty);
    let ty = asked(ty);
    let of = Ident::new(of, last);
    let item = Ident::new(item, last);
    let open = quote_spanned!(first=> <);
    let close = quote_spanned!(last=> as __versify::#of>::#item);
    quote!(#open #ty #close)
}

/// The same, called with `arguments`.
pub(crate) fn called(ty: &Type, of: &str, item: &str, arguments: TokenStream) -> TokenStream {
    let path = spanned(ty, of, item);
    // So that the call is no longer than the type, either.
    let mut arguments = Group::new(Delimiter::Parenthesis, arguments);
    arguments.set_span(ends(ty).1);
    quote!(#path #arguments)
}

/// `<_ as __versify::Trait>::item(..)`, where the compiler finds the type from the arguments.
///
/// All of it, and the arguments that `quoted` gives, is in one place.
pub(crate) fn inferred(
    place: Span,
    of: &str,
    generics: Option<TokenStream>,
    item: &str,
    quoted: impl FnOnce(Span) -> TokenStream,
) -> TokenStream {
    let place = Span::call_site().located_at(place);
    let (of, item, arguments) = (Ident::new(of, place), Ident::new(item, place), quoted(place));
    quote_spanned!(place=> <_ as __versify::#of #generics>::#item(#arguments))
}

/// `__slots.field`, from the first to the last token of the field's type.
pub(crate) fn slot(ty: &Type, field: &Ident) -> TokenStream {
    let (first, last) = ends(ty);
    let field = located(field, last);
    quote_spanned!(Span::call_site().located_at(first)=> __slots.#field)
}

/// `&mut __slots.field`, in the same place.
pub(crate) fn slot_mut(ty: &Type, field: &Ident) -> TokenStream {
    let slot = slot(ty, field);
    let borrow = quote_spanned!(ends(ty).0=> &mut);
    quote!(#borrow #slot)
}

/// A field's name where its type begins.
pub(crate) fn beginning(field: &Ident, ty: &Type) -> Ident {
    located(field, ends(ty).0)
}

fn located(ident: &Ident, place: Span) -> Ident {
    let mut ident = ident.clone();
    ident.set_span(ident.span().located_at(place));
    ident
}

/// The places of the first and the last token.
fn ends(ty: &Type) -> (Span, Span) {
    let tokens: Vec<TokenTree> = ty.to_token_stream().into_iter().collect();
    let place = |token: Option<&TokenTree>| token.map_or_else(Span::call_site, TokenTree::span);
    (place(tokens.first()), place(tokens.last()))
}
