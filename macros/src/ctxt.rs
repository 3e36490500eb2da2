//! [`Ctxt`]: all faults of one declaration, reported together.

use std::{cell::RefCell, fmt::Display};

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;

use crate::keys;

/// Collects the faults of a declaration, each at its own tokens.
///
/// It must be finished: dropping it unfinished is a bug of this crate, and says so.
pub(crate) struct Ctxt {
    errors: RefCell<Option<Vec<syn::Error>>>,
    /// What an editor completes in the attributes.
    completions: RefCell<TokenStream>,
}

impl Ctxt {
    pub(crate) fn new() -> Self {
        Self { errors: RefCell::new(Some(Vec::new())), completions: RefCell::default() }
    }

    pub(crate) fn error_at(&self, span: Span, message: impl Display) {
        self.push(syn::Error::new(span, message));
    }

    pub(crate) fn error(&self, tokens: impl ToTokens, message: impl Display) {
        self.push(syn::Error::new_spanned(tokens.into_token_stream(), message));
    }

    pub(crate) fn push(&self, error: syn::Error) {
        if let Some(errors) = self.errors.borrow_mut().as_mut() {
            errors.push(error);
        }
    }

    /// The value, or `None` and a fault.
    pub(crate) fn ok<T>(&self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// Makes `keys` complete in an editor.
    pub(crate) fn complete(&self, attribute: &str, keys: Vec<Ident>) {
        if !keys.is_empty() && attribute.starts_with('#') {
            self.completions.borrow_mut().extend(keys::completions(attribute, &keys));
        }
    }

    /// How many faults there are.
    pub(crate) fn count(&self) -> usize {
        self.errors.borrow().as_ref().map_or(0, Vec::len)
    }

    /// What an editor needs, and all faults as `compile_error!`s.
    ///
    /// In this order: an editor finds the half-written key in the expansion by its distance from the beginning, and faults
    /// that quote the key would shift it.
    pub(crate) fn finish(self) -> TokenStream {
        let errors = self.errors.borrow_mut().take().unwrap_or_default();
        let errors = errors.into_iter().map(syn::Error::into_compile_error);
        [self.completions.take()].into_iter().chain(errors).collect()
    }
}

#[allow(clippy::panic)]
impl Drop for Ctxt {
    fn drop(&mut self) {
        if !std::thread::panicking() && self.errors.borrow().is_some() {
            panic!("versify-macros: faults were collected and not reported; please report this bug");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_editor_needs_comes_first() {
        let cx = Ctxt::new();
        cx.error_at(Span::call_site(), "unknown option `sta`");
        cx.completions.borrow_mut().extend(quote::quote!(
            use keys::sta as _;
        ));
        let finished = cx.finish().to_string();
        assert!(finished.find("keys :: sta") < finished.find("compile_error"), "{finished}");
    }
}
