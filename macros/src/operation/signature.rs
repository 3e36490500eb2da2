//! [`Signature`]: the annotated function. Its body is never parsed: what is wrong in it, rustc says. A `;` in its place
//! declares a request that others answer: a callback, or a webhook.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::{
    Attribute, FnArg, Ident, ReturnType, Token, Type, Visibility,
    parse::{ParseStream, Parser},
    spanned::Spanned,
};

use super::argument::{Argument, PLACES, Source, misplaced};
use crate::{ctxt::Ctxt, doc_comment::doc_comment, editor, path_template::PathTemplate};

/// The attributes that make a function an operation.
const METHODS: [&str; 9] = ["get", "post", "put", "patch", "delete", "head", "options", "trace", "route"];

pub(super) struct Signature {
    attributes: Vec<Attribute>,
    pub(super) visibility: Visibility,
    signature: syn::Signature,
    body: TokenStream,
}

impl Signature {
    pub(super) fn parse(item: TokenStream, cx: &Ctxt) -> Option<Self> {
        let parsed = (|input: ParseStream<'_>| {
            let attributes = input.call(Attribute::parse_outer)?;
            let visibility = input.parse()?;
            if !(input.peek(Token![fn])
                || input.peek(Token![async])
                || input.peek(Token![unsafe])
                || input.peek(Token![const])
                || input.peek(Token![extern]))
            {
                return Err(input.error("this attribute stands on a function: `async fn read_item(..) { .. }`"));
            }
            let signature = input.parse()?;
            let body = input.parse()?;
            Ok(Self { attributes, visibility, signature, body })
        })
        .parse2(item);
        let parsed = cx.ok(parsed)?;
        parsed.check(cx);
        Some(parsed)
    }

    fn check(&self, cx: &Ctxt) {
        let signature = &self.signature;
        if !signature.generics.params.is_empty() {
            cx.error(
                &signature.generics,
                "an operation cannot be generic: the document needs to know its types; write a function for each",
            );
        }
        if let Some(clause) = &signature.generics.where_clause {
            cx.error(clause, "an operation cannot be generic: remove the `where` clause");
        }
        for (token, word) in [
            (signature.unsafety.as_ref().map(ToTokens::to_token_stream), "unsafe"),
            (signature.abi.as_ref().map(ToTokens::to_token_stream), "extern"),
            (signature.variadic.as_ref().map(ToTokens::to_token_stream), "variadic"),
        ] {
            if let Some(token) = token {
                cx.error(token, format!("an operation cannot be `{word}`"));
            }
        }
        if let ReturnType::Type(_, ty) = &signature.output
            && let Type::ImplTrait(ty) = &**ty
        {
            cx.error(
                ty,
                "write the type that is returned: the document is made from it (a stream goes into `JsonLines<..>`, `Events<..>`, `TextStream<..>` or `ByteStream<..>`)",
            );
        }
    }

    /// What runs on another thread cannot borrow the request.
    pub(super) fn check_borrows(&self, arguments: &[Argument], cx: &Ctxt) {
        if self.is_async() {
            return;
        }
        for argument in arguments.iter().filter(|argument| argument.source == Source::Request) {
            cx.error(
                &argument.field.ty,
                "a plain `fn` runs on a thread of its own, which cannot borrow the request: write `async fn`, or \
                 `inline` in the attribute if the function never waits",
            );
        }
    }

    pub(super) fn name(&self) -> &Ident {
        &self.signature.ident
    }

    pub(super) fn is_method(&self) -> bool {
        self.signature.receiver().is_some()
    }

    /// Whether there is no body: it is documented, and not served.
    pub(super) fn is_declared(&self) -> bool {
        let mut body = self.body.clone().into_iter();
        matches!(body.next(), Some(TokenTree::Punct(end)) if end.as_char() == ';') && body.next().is_none()
    }

    /// What needs a body, and has none.
    pub(super) fn check_body(&self, what: &str, cx: &Ctxt) {
        if self.is_declared() {
            cx.error(
                &self.body,
                format!("{what} needs a body: only an operation that others serve, a callback or a webhook, has none"),
            );
        }
    }

    pub(super) fn is_async(&self) -> bool {
        self.signature.asyncness.is_some()
    }

    pub(super) fn doc(&self) -> Option<String> {
        doc_comment(&self.attributes)
    }

    /// Attributes that would make it an operation once more.
    pub(super) fn further_methods(&self) -> impl Iterator<Item = &Attribute> {
        self.attributes.iter().filter(|attribute| is_method(attribute))
    }

    pub(super) fn is_deprecated(&self) -> bool {
        self.attributes.iter().any(|attribute| attribute.path().is_ident("deprecated"))
    }

    /// `cfg`s hold for what stands beside the function, too.
    pub(super) fn cfgs(&self) -> impl Iterator<Item = &Attribute> {
        self.attributes.iter().filter(|attribute| attribute.path().is_ident("cfg"))
    }

    pub(super) fn output(&self) -> TokenStream {
        match &self.signature.output {
            ReturnType::Default => quote!(()),
            ReturnType::Type(_, ty) => ty.to_token_stream(),
        }
    }

    pub(super) fn output_as_type(&self) -> Type {
        match &self.signature.output {
            ReturnType::Default => {
                let span = self.signature.ident.span();
                Type::Verbatim(quote_spanned!(span=> ()))
            }
            ReturnType::Type(_, ty) => (**ty).clone(),
        }
    }

    pub(super) fn output_type(&self) -> ReturnType {
        self.signature.output.clone()
    }

    /// Whether there is an `impl Trait` in the answer's type.
    pub(super) fn output_is_opaque(&self) -> bool {
        fn has_impl(tokens: TokenStream) -> bool {
            tokens.into_iter().any(|token| match token {
                TokenTree::Ident(ident) => ident == "impl",
                TokenTree::Group(group) => has_impl(group.stream()),
                _ => false,
            })
        }
        has_impl(self.output())
    }

    /// Where a fault of the answer's type belongs.
    pub(super) fn output_span(&self) -> proc_macro2::Span {
        match &self.signature.output {
            ReturnType::Default => self.signature.ident.span(),
            ReturnType::Type(_, ty) => ty.span(),
        }
    }

    /// The function as it was written, without our attributes on its arguments.
    ///
    /// Of one that is declared there is none.
    pub(super) fn function(&self) -> TokenStream {
        if self.is_declared() {
            return TokenStream::new();
        }
        let Self { attributes, visibility, body, .. } = self;
        let mut signature = self.signature.clone();
        for input in &mut signature.inputs {
            let attributes = match input {
                FnArg::Receiver(receiver) => &mut receiver.attrs,
                FnArg::Typed(typed) => &mut typed.attrs,
            };
            attributes.retain(|attribute| {
                let ours = PLACES.iter().chain(&["doc"]).any(|word| attribute.path().is_ident(word));
                !ours && misplaced(attribute).is_none()
            });
        }
        let attributes: Vec<&Attribute> = attributes.iter().filter(|attribute| !is_method(attribute)).collect();
        if editor::expands() && attributes.iter().all(|attribute| is_inert(attribute)) {
            editor::join_arguments(&mut signature);
        }
        quote!(#(#attributes)* #visibility #signature #body)
    }

    pub(super) fn arguments(&self, path: Option<&PathTemplate>, cx: &Ctxt) -> Option<Vec<Argument>> {
        let before = cx.count();
        let arguments: Vec<Argument> =
            self.signature.inputs.iter().filter_map(|input| Argument::new(input, path, cx)).collect();
        super::argument::check_together(&arguments, cx);
        (cx.count() == before).then_some(arguments)
    }
}

/// Whether it makes the function an operation.
fn is_method(attribute: &Attribute) -> bool {
    METHODS.iter().any(|method| attribute.path().is_ident(method))
}

/// Whether no other macro reads the function after this one.
fn is_inert(attribute: &Attribute) -> bool {
    ["doc", "cfg", "allow", "warn", "deny", "expect", "deprecated", "must_use", "inline"]
        .iter()
        .any(|name| attribute.path().is_ident(name))
}
