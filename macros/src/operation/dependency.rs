//! `#[dependency]`: a function that operations depend on.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Expr, ExprLit, Ident, Lit, LitStr, ReturnType, Type, spanned::Spanned};

use super::{
    argument::Argument,
    expand::{Reading, constants, fields, structure},
    signature::Signature,
};
use crate::{
    ctxt::Ctxt,
    krate,
    options::Options,
    spanned::{called, spanned},
};

pub(crate) const OF_DEPENDENCIES: [&str; 5] = ["scope", "max_concurrency", "fallible", "inline", "dependency"];

/// Where a dependency is named.
const DEPENDS: &str = "`Depends<..>`";

/// The annotated function, as it stands, and the dependency beside it.
pub(crate) fn dependency(attribute: TokenStream, item: TokenStream) -> TokenStream {
    let cx = Ctxt::new();
    let Some(signature) = Signature::parse(item.clone(), &cx) else {
        let errors = cx.finish();
        return quote!(#item #errors);
    };
    signature.check_body("a dependency", &cx);
    let attribute = Attribute::parse(attribute, &cx);
    let arguments = signature.arguments(None, &cx);
    if !attribute.inline {
        signature.check_borrows(arguments.as_deref().unwrap_or_default(), &cx);
    }
    let function = signature.function();
    let faulty = cx.count() > 0;
    let errors = cx.finish();
    let expanded = match arguments {
        Some(arguments) if !faulty => expand(&attribute, &arguments, &signature),
        _ if signature.is_method() => TokenStream::new(),
        _ => stub(&attribute, &signature),
    };
    quote!(#function #errors #expanded)
}

struct Attribute {
    /// Whether it is released before the response is sent.
    early: bool,
    /// Whether that is said.
    scoped: bool,
    /// How many calls run at once, as a function that names the limit.
    max_concurrency: Option<TokenStream>,
    fallible: bool,
    inline: bool,
    struct_name: Option<Ident>,
}

impl Attribute {
    fn parse(tokens: TokenStream, cx: &Ctxt) -> Self {
        let options = Options::parse(tokens, cx);
        options.check("#[dependency]", &OF_DEPENDENCIES, cx);
        let scope = if options.get("scope").is_some() { options.text("scope", cx) } else { None };
        Self {
            scoped: scope.is_some(),
            max_concurrency: max_concurrency(&options, cx),
            early: scope.is_some_and(|scope| is_function(&scope, cx)),
            fallible: options.flag("fallible", cx),
            inline: options.flag("inline", cx),
            struct_name: options.path("dependency", "CurrentUser", cx).and_then(|path| path.get_ident().cloned()),
        }
    }
}

/// `max_concurrency = 5`: a limit of its own for each declaration.
pub(super) fn max_concurrency(options: &Options, cx: &Ctxt) -> Option<TokenStream> {
    let value = options.expr("max_concurrency", "5", cx)?;
    let is_number = match &value {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => {
            number.base10_parse::<usize>().is_ok_and(|number| number >= 1)
        }
        // A constant: the compiler looks at it.
        other => !matches!(other, Expr::Lit(_) | Expr::Unary(_)),
    };
    if !is_number {
        cx.error(&value, "this is how many calls may run at once: write a number from 1 on, `max_concurrency = 5`");
        return None;
    }
    Some(quote_spanned! {value.span()=>
        || {
            static __LIMIT: __versify::Limit = __versify::Limit::new(#value);
            &__LIMIT
        }
    })
}

fn is_function(scope: &LitStr, cx: &Ctxt) -> bool {
    match scope.value().as_str() {
        "function" => true,
        "request" => false,
        other => {
            cx.error(
                scope,
                format!("`{other}` is no scope: write \"request\" (held until the response has been sent) or \"function\" (until the operation has returned)"),
            );
            false
        }
    }
}

fn expand(attribute: &Attribute, arguments: &[Argument], signature: &Signature) -> TokenStream {
    let krate = krate();
    let structure = structure(attribute.struct_name.as_ref(), signature, DEPENDS);
    let name = attribute.struct_name.as_ref().unwrap_or_else(|| signature.name());
    let cfgs: Vec<_> = signature.cfgs().collect();
    let constants = constants(arguments);
    let fields = fields(arguments);
    let describe = arguments.iter().zip(&constants).map(|(argument, constant)| argument.describe(constant));
    let reading = Reading::new(arguments, &constants);
    let otherwise = quote!({
        __call.leave(__outer);
        return __versify::None;
    });
    let read = reading.expand("is_refused", &otherwise);
    let returned = reading.call(signature, attribute.inline);
    let output = signature.output();
    let span = signature.output_span();
    let fallible = attribute.fallible || is_result(&signature.output_type());
    let returned_type = &signature.output_as_type();
    let (value, failure, result) = if fallible {
        let describe = called(returned_type, "Settle", "describe_failure", quote!(__description));
        (
            spanned(returned_type, "Fallible", "Value"),
            Some(quote!(#describe;)),
            called(returned_type, "Settle", "settle", quote!(__value, __call)),
        )
    } else {
        (quote!(#output), None, quote!(__versify::Some(__value)))
    };
    let check = (!fallible).then(|| {
        quote_spanned! {span=>
            const _: () = {
                use __versify::Infallible as _;
                __versify::assert!(
                    !__versify::ReturnType::<#output>::IS_RESULT,
                    "this is a `Result` by another name: write `#[dependency(fallible)]`",
                );
            };
        }
    });
    let meta = meta(attribute, signature);
    quote! {
        #structure
        #(#cfgs)*
        #[doc(hidden)]
        #[allow(deprecated)]
        const _: () = {
            use #krate::__private as __versify;
            #fields
            #check
            #[automatically_derived]
            impl __versify::Dependency for #name {
                type Value = #value;
                #meta
                fn describe(__description: &mut __versify::Description<'_>) {
                    #(#describe)*
                    #failure
                }
                fn resolve(__call: &mut __versify::Call) -> __versify::Resolving<'_, Self::Value> {
                    __versify::Box::pin(async move {
                        let __outer = __call.enter();
                        #read
                        __call.leave(__outer);
                        if __call.is_limited() {
                            __call.wait_turn().await;
                        }
                        let __value = #returned;
                        #result
                    })
                }
            }
        };
    }
}

fn meta(attribute: &Attribute, signature: &Signature) -> TokenStream {
    let function = signature.name().to_string();
    let function = function.trim_start_matches("r#");
    let line = quote_spanned!(signature.name().span()=> __versify::line!());
    let scope = if attribute.early { quote!(Function) } else { quote!(Request) };
    let scope = attribute.scoped.then(|| quote!(.scope(__versify::Scope::#scope)));
    let limit = attribute.max_concurrency.as_ref().map(|limit| quote!(.max_concurrency(#limit)));
    quote! {
        const META: __versify::DependencyMeta =
            __versify::DependencyMeta::new(#function, __versify::file!(), #line) #scope #limit;
    }
}

/// A dependency that is faulty: whoever depends on it has no second fault to report.
fn stub(attribute: &Attribute, signature: &Signature) -> TokenStream {
    let krate = krate();
    let structure = structure(attribute.struct_name.as_ref(), signature, DEPENDS);
    let name = attribute.struct_name.as_ref().unwrap_or_else(|| signature.name());
    let output = signature.output();
    let fallible = attribute.fallible || is_result(&signature.output_type());
    let value = if fallible { quote!(<#output as __versify::Fallible>::Value) } else { quote!(#output) };
    quote! {
        #structure
        const _: () = {
            use #krate::__private as __versify;
            impl __versify::Dependency for #name {
                type Value = #value;
                const META: __versify::DependencyMeta = __versify::DependencyMeta::new("", "", 0);
                fn describe(_: &mut __versify::Description<'_>) {}
                fn resolve(_: &mut __versify::Call) -> __versify::Resolving<'_, Self::Value> {
                    __versify::not_compiled()
                }
            }
        };
    }
}

/// Whether the type is spelled `Result<..>`. What is not is looked at by the compiler: see `ReturnType` in the runtime.
fn is_result(output: &ReturnType) -> bool {
    let ReturnType::Type(_, ty) = output else { return false };
    let Type::Path(path) = &**ty else { return false };
    path.path.segments.last().is_some_and(|segment| segment.ident == "Result")
}
