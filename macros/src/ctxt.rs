//! [`Ctxt`]: all faults of one declaration, reported together.

use std::{cell::RefCell, fmt::Display};

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// Collects the faults of a declaration, each at its own tokens.
///
/// It must be finished: dropping it unfinished is a bug of this crate, and says so.
pub(crate) struct Ctxt(RefCell<Option<Vec<syn::Error>>>);

impl Ctxt {
    pub(crate) fn new() -> Self {
        Self(RefCell::new(Some(Vec::new())))
    }

    pub(crate) fn error_at(&self, span: Span, message: impl Display) {
        self.push(syn::Error::new(span, message));
    }

    pub(crate) fn error(&self, tokens: impl ToTokens, message: impl Display) {
        self.push(syn::Error::new_spanned(tokens.into_token_stream(), message));
    }

    pub(crate) fn push(&self, error: syn::Error) {
        if let Some(errors) = self.0.borrow_mut().as_mut() {
            errors.push(error);
        }
    }

    /// The value, or `None` and a fault.
    pub(crate) fn ok<T>(&self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// How many faults there are.
    pub(crate) fn count(&self) -> usize {
        self.0.borrow().as_ref().map_or(0, Vec::len)
    }

    /// All faults as `compile_error!`s; empty if there are none.
    pub(crate) fn finish(self) -> TokenStream {
        let errors = self.0.borrow_mut().take().unwrap_or_default();
        errors.into_iter().map(syn::Error::into_compile_error).collect()
    }
}

#[allow(clippy::panic)]
impl Drop for Ctxt {
    fn drop(&mut self) {
        if !std::thread::panicking() && self.0.borrow().is_some() {
            panic!("versify-macros: faults were collected and not reported; please report this bug");
        }
    }
}
