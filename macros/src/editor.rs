//! What is written for rust-analyzer alone.

use syn::{FnArg, Pat, Signature, Token, parse_quote_spanned};

/// Whether rust-analyzer expands the macro, not the compiler.
pub(crate) fn expands() -> bool {
    // It sets this for the process that expands macros.
    std::env::var_os("RUST_ANALYZER_INTERNALS_DO_NOT_USE").is_some()
}

/// Makes the arguments of an `async fn` what its body uses: `item_id` becomes `item_id @ _`.
///
/// Some releases of rust-analyzer take the argument, and the use of it in an async body, for two variables of one name
/// (rust-lang/rust-analyzer#22648): where the argument is written, they find no use of it, and rename it alone. It is one
/// variable wherever the pattern is more than a name. What they show of the function has a needless `mut`, then.
pub(crate) fn join_arguments(signature: &mut Signature) {
    if signature.asyncness.is_none() {
        return;
    }
    for input in &mut signature.inputs {
        let FnArg::Typed(typed) = input else { continue };
        let Pat::Ident(pat) = &mut *typed.pat else { continue };
        if pat.by_ref.is_none() && pat.subpat.is_none() {
            // At the name's place: so the pattern, too, is found where it was written.
            let span = pat.ident.span();
            pat.subpat = Some((Token![@](span), Box::new(parse_quote_spanned!(span=> _))));
        }
    }
}

#[cfg(test)]
mod tests {
    use quote::{ToTokens, quote};

    fn joined(signature: proc_macro2::TokenStream) -> String {
        let mut signature = syn::parse2(signature).expect("a signature");
        super::join_arguments(&mut signature);
        signature.to_token_stream().to_string()
    }

    #[test]
    fn an_argument_is_the_variable_of_an_async_body() {
        let found = joined(quote!(async fn read(&self, id: u64, mut word: String, (a, b): Pair, ref c: u8)));
        let expected =
            quote!(async fn read(&self, id @ _: u64, mut word @ _: String, (a, b): Pair, ref c: u8)).to_string();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_plain_function_stays() {
        let written = quote!(fn read(id: u64) -> Item);
        assert_eq!(joined(written.clone()), written.to_string());
    }
}
