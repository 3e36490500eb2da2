//! From a checked [`Operation`] to tokens: calls into the runtime, and little else.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Expr, Type, spanned::Spanned};

use super::{
    Operation,
    argument::{Argument, Source},
    attribute::Selection,
    signature::Signature,
};
use crate::{
    krate,
    spanned::{called, inferred, spanned},
};

/// Where an operation is named.
const ROUTES: &str = "`routes![..]`";

pub(super) fn expand(operation: &Operation, signature: &Signature) -> TokenStream {
    let krate = krate();
    let structure = structure(operation.attribute.struct_name.as_ref(), signature, ROUTES);
    let declared = signature.is_declared();
    let name = operation.attribute.struct_name.as_ref().unwrap_or_else(|| signature.name());
    let cfgs: Vec<_> = signature.cfgs().collect();
    let constants = constants(&operation.arguments);
    let fields = fields(&operation.arguments);
    let socket = operation.attribute.websocket;
    let typed = operation.arguments.iter().filter(|argument| socket && argument.source == Source::Type);
    let without_body = typed.map(Argument::check_without_body);
    let meta = meta(operation, signature);
    let describe = describe(operation, signature, &constants);
    let call = call(operation, signature, &constants);
    // poem-openapi knows no WebSockets.
    let open_api = (!operation.attribute.websocket && !declared).then(|| open_api(name));
    quote! {
        #structure
        #(#cfgs)*
        #[doc(hidden)]
        #[allow(deprecated)]
        const _: () = {
            use #krate::__private as __versify;
            #fields
            #(#without_body)*
            #[automatically_derived]
            impl __versify::Operation for #name {
                #meta
                #describe
                #call
            }
            #open_api
        };
    }
}

fn open_api(name: &Ident) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl __versify::OpenApi for #name {
            fn meta() -> __versify::Vec<__versify::registry::MetaApi> {
                __versify::meta::<Self>()
            }
            fn register(registry: &mut __versify::registry::Registry) {
                __versify::register::<Self>(registry)
            }
            fn add_routes(self, routes: &mut __versify::RouteTable) {
                __versify::add_routes::<Self>(routes)
            }
        }
    }
}

/// The struct alone, for a function whose attribute is faulty.
pub(super) fn stub(signature: &Signature) -> TokenStream {
    let krate = krate();
    let structure = structure(None, signature, ROUTES);
    let name = signature.name();
    quote! {
        #structure
        const _: () = {
            use #krate::__private as __versify;
            impl __versify::Operation for #name {
                const META: __versify::OperationMeta = __versify::OperationMeta::new(&[], "/", "", "", 0);
                fn describe(_: &mut __versify::Description<'_>) {}
                fn call(_: &mut __versify::Call) -> __versify::Answer<'_> {
                    __versify::not_compiled()
                }
            }
        };
    }
}

/// A value, or the name of a function that gives it, as a function.
fn as_function(value: &syn::Expr) -> TokenStream {
    match value {
        syn::Expr::Path(path) => quote!(#path),
        value => quote!(|| #value),
    }
}

pub(super) fn structure(name: Option<&Ident>, signature: &Signature, list: &str) -> TokenStream {
    let function = signature.name();
    let name = name.unwrap_or(function);
    let visibility = &signature.visibility;
    let cfgs = signature.cfgs();
    let doc = match signature.is_declared() {
        true => "Describes what others answer, for `callbacks` and `App::webhooks`.".to_owned(),
        false => {
            format!(
                "Stands for the function [`{function}`](fn@{function}) in {}.",
                list.replace("..", &name.to_string())
            )
        }
    };
    quote! {
        #(#cfgs)*
        #[doc = #doc]
        #[allow(non_camel_case_types)]
        #visibility struct #name {}
    }
}

fn meta(operation: &Operation, signature: &Signature) -> TokenStream {
    let attribute = &operation.attribute;
    let methods = &attribute.methods;
    let path = &attribute.path.text;
    let function = signature.name().to_string();
    let function = function.trim_start_matches("r#");
    let text = |name: &str, value: Option<TokenStream>| {
        let name = format_ident!("{name}");
        value.map(|value| quote!(.#name(#value)))
    };
    let description = match (&attribute.description, signature.doc()) {
        (Some(own), _) => Some(quote!(#own)),
        (None, Some(doc)) => Some(quote!(#doc)),
        (None, None) => None,
    };
    let tags = (!attribute.tags.is_empty()).then(|| {
        let tags = &attribute.tags;
        quote!(.tags(&[#(#tags),*]))
    });
    let dependencies = (!attribute.dependencies.is_empty()).then(|| {
        let dependencies = attribute.dependencies.iter().map(|dependency| {
            let (path, scopes) = (&dependency.path, &dependency.scopes);
            quote_spanned!(path.span()=> __versify::RouteDependency::scoped::<#path>(&[#(#scopes),*]))
        });
        quote!(.dependencies(&[#(#dependencies),*]))
    });
    let layers = (!attribute.middleware.is_empty() || !attribute.layers.is_empty()).then(|| {
        // The first one written is outermost.
        let functions = attribute.middleware.iter().rev();
        let functions =
            functions.map(|function| quote_spanned!(function.span()=> || __versify::Layer::function(#function)));
        let others = attribute.layers.iter().rev();
        let others = others.map(|layer| quote_spanned!(layer.span()=> || __versify::Layer::poem(#layer)));
        let layers = functions.chain(others);
        quote!(.layers(&[#(#layers),*]))
    });
    let callbacks = (!attribute.callbacks.is_empty()).then(|| {
        let routes = attribute.callbacks.iter();
        let routes = routes.map(|path| quote_spanned!(path.span()=> __versify::Route::of::<#path>()));
        quote!(.callbacks(&[#(#routes),*]))
    });
    let form_limits = (!attribute.form_limits.is_empty()).then(|| {
        let limits = attribute.form_limits.iter().map(|(word, value)| quote_spanned!(word.span()=> .#word(#value)));
        quote!(.form_limits(__versify::FormLimits::new() #(#limits)*))
    });
    let selected = attribute
        .selection
        .as_ref()
        .map(|Selection { include, exclude, .. }| quote!(.selected(&[#(#include,)* #(#exclude,)*])));
    let calls = [
        text("status", attribute.status.as_ref().map(status)),
        text("summary", attribute.summary.as_ref().map(|value| quote!(#value))),
        text("description", description),
        text("operation_id", attribute.operation_id.as_ref().map(|value| quote!(#value))),
        text("response_description", attribute.response_description.as_ref().map(|value| quote!(#value))),
        text("body_limit", attribute.body_limit.as_ref().map(|value| quote!(#value))),
        text("timeout", attribute.timeout.as_ref().map(|value| quote!(#value))),
        text("deprecated", (attribute.deprecated || signature.is_deprecated()).then(|| quote!(true))),
        text("include_in_schema", (!attribute.include_in_schema).then(|| quote!(false))),
        text("openapi_extra", attribute.openapi_extra.as_ref().map(as_function)),
        tags,
        form_limits,
        text(
            "response_class",
            attribute
                .response_class
                .as_ref()
                .map(|class| quote_spanned!(class.span()=> __versify::Class::of::<#class>())),
        ),
        text("strict_content_type", attribute.strict_content_type.map(|strict| quote!(#strict))),
        attribute.embed.then(|| quote!(.embed(true))),
        dependencies,
        layers,
        attribute.websocket.then(|| quote!(.websocket())),
        signature.is_declared().then(|| quote!(.declared())),
        callbacks,
        selected,
    ];
    let line_span = signature.name().span();
    let line = quote_spanned!(line_span=> __versify::line!());
    quote! {
        const META: __versify::OperationMeta = __versify::OperationMeta::new(
            &[#(#methods),*], #path, #function, __versify::file!(), #line,
        ) #(#calls)*;
    }
}

/// A number, or one of the constants of `StatusCode`.
fn status(value: &Expr) -> TokenStream {
    match value {
        Expr::Lit(_) => quote!(#value),
        _ => quote_spanned!(value.span()=> __versify::StatusOf(#value).code()),
    }
}

fn describe(operation: &Operation, signature: &Signature, constants: &[TokenStream]) -> TokenStream {
    let arguments = operation.arguments.iter().zip(constants).map(|(argument, constant)| argument.describe(constant));
    let reply = describe_reply(operation, signature);
    let responses = operation.attribute.responses.expand();
    quote! {
        fn describe(__description: &mut __versify::Description<'_>) {
            #(#arguments)*
            #reply
            #responses
        }
    }
}

/// Names the answer's type; one with `impl` in it has no name but the function's own.
fn describe_reply(operation: &Operation, signature: &Signature) -> TokenStream {
    let span = signature.output_span();
    if operation.attribute.websocket {
        return TokenStream::new();
    }
    if let Some(response) = &operation.attribute.response {
        let output = signature.output();
        if !operation.attribute.exclude_unset {
            let describe = narrowed(
                response,
                "describe",
                |place| quote_spanned!(place=> __versify::PhantomData::<#output>, __description, Self::META.status_code()),
            );
            return quote!(#describe;);
        }
        return quote_spanned! {response.span()=>
            __versify::describe_portion::<#output, #response, _>(__description, Self::META.status_code());
        };
    }
    if !signature.output_is_opaque() {
        let arguments = quote!(__description, Self::META.status_code());
        let describe = called(&signature.output_as_type(), "Reply", "describe", arguments);
        return quote!(#describe;);
    }
    let function = signature.name();
    let arguments = operation.arguments.iter().map(|_| quote!(__versify::unasked()));
    let called = if operation.arguments.is_empty() { quote!(#function) } else { quote!(|| #function(#(#arguments),*)) };
    let answering = if signature.is_async() { quote!(AnsweringLater) } else { quote!(Answering) };
    quote_spanned! {span=>
        __versify::#answering::describe_answer(#called, __description, Self::META.status_code());
    }
}

/// A call to what returns as `response` says, in the place of that type.
fn narrowed(response: &Type, item: &str, arguments: impl FnOnce(Span) -> TokenStream) -> TokenStream {
    let generics = quote_spanned!(response.span()=> <#response, _>);
    inferred(response.span(), "Narrow", Some(generics), item, arguments)
}

fn call(operation: &Operation, signature: &Signature, constants: &[TokenStream]) -> TokenStream {
    if signature.is_declared() {
        return quote! {
            fn call(__call: &mut __versify::Call) -> __versify::Answer<'_> {
                __versify::not_served(__call)
            }
        };
    }
    if is_plain(operation, signature) {
        return plain_call(operation, signature);
    }
    let reading = Reading::new(&operation.arguments, constants);
    let read = reading.expand("is_faulty", &quote!(return __call.reject()));
    let answer = reading.call(signature, operation.attribute.inline);
    let narrow = operation.attribute.response.as_ref().filter(|_| !operation.attribute.exclude_unset);
    let span = signature.output_span();
    let reply = if operation.attribute.websocket {
        quote_spanned!(span=> __versify::SocketEnd::end(__answer))
    } else {
        let arguments = quote!(__answer, __call.status(Self::META.status_code()));
        match narrow {
            Some(response) => narrowed(
                response,
                "reply",
                |place| quote_spanned!(place=> __answer, __call.status(Self::META.status_code())),
            ),
            None if signature.output_is_opaque() => quote_spanned!(span=> __versify::Reply::reply(#arguments)),
            None => called(&signature.output_as_type(), "Reply", "reply", arguments),
        }
    };
    let unset = operation.attribute.exclude_unset.then(|| quote!(.unset()));
    let select = operation.attribute.selection.as_ref().map(|Selection { none, defaults, include, exclude }| {
        quote! {
            static __SELECTION: __versify::Selection =
                __versify::Selection::new(#none, #defaults, &[#(#include),*], &[#(#exclude),*]) #unset;
            let __response = __SELECTION.apply::<Self>(__response).await;
        }
    });
    let etag = operation
        .attribute
        .etag
        .map(|weak| quote!(let __response = __versify::with_etag(__call.request(), __response, #weak).await;));
    quote! {
        fn call(__call: &mut __versify::Call) -> __versify::Answer<'_> {
            __versify::Box::pin(async move {
                #read
                let __answer = #answer;
                let __response = #reply;
                #select
                #etag
                __response
            })
        }
    }
}

/// The most arguments for which the runtime has a function.
const MOST: usize = 8;

/// Whether nothing is asked for that the runtime does not do by itself.
fn is_plain(operation: &Operation, signature: &Signature) -> bool {
    let attribute = &operation.attribute;
    signature.is_async()
        && !attribute.websocket
        && attribute.response.is_none()
        && attribute.selection.is_none()
        && attribute.etag.is_none()
        && !signature.output_is_opaque()
        && operation.arguments.len() <= MOST
        && operation.arguments.iter().all(Argument::is_plain)
}

/// One call of the runtime, whose future the compiler knows.
fn plain_call(operation: &Operation, signature: &Signature) -> TokenStream {
    let function = signature.name();
    let serve = format_ident!("serve{}", operation.arguments.len());
    let arguments = if operation.arguments.is_empty() { quote!(&()) } else { quote!(&__ARGS) };
    let reply = spanned(&signature.output_as_type(), "Reply", "reply");
    // The arguments' types, and the future's.
    let inferred = std::iter::repeat_n(quote!(_), operation.arguments.len() + 1);
    quote! {
        fn call(__call: &mut __versify::Call) -> __versify::Answer<'_> {
            __versify::#serve::<Self, #(#inferred),*>(__call, || (#arguments, #function, #reply))
        }
    }
}

/// How a function's arguments are taken out of a call.
pub(super) struct Reading<'a> {
    arguments: Vec<(&'a Argument, &'a TokenStream, Ident)>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(arguments: &'a [Argument], constants: &'a [TokenStream]) -> Self {
        let arguments = arguments.iter().zip(constants).enumerate();
        let arguments =
            arguments.map(|(index, (argument, constant))| (argument, constant, format_ident!("__arg{index}")));
        Self { arguments: arguments.collect() }
    }

    /// Reads all of them, or does what `otherwise` says.
    ///
    /// What can be read at once comes first: broken JSON ends the request before a dependency runs. `faulty` is the
    /// call's word on whether to go on: an operation looks at all that is wrong, a dependency not at its neighbours.
    pub(super) fn expand(&self, faulty: &str, otherwise: &TokenStream) -> TokenStream {
        let faulty = format_ident!("{faulty}");
        let taken: Vec<_> = self.arguments.iter().filter(|(argument, ..)| argument.source != Source::Request).collect();
        let prepare = taken.iter().filter(|(argument, ..)| argument.source != Source::Extract).map(
            |(argument, constant, value)| {
                let prepare = argument.prepare(constant);
                quote!(let #value = #prepare;)
            },
        );
        let resolve: Vec<TokenStream> =
            taken.iter().filter_map(|(argument, constant, value)| argument.resolve(constant, value)).collect();
        let refused = (!resolve.is_empty()).then(|| {
            quote! {
                if __call.is_refused() {
                    #otherwise;
                }
            }
        });
        let extracts = taken.iter().any(|(argument, ..)| argument.source == Source::Extract);
        let body = extracts.then(|| quote!(let mut __body = __call.take_body();));
        let names: Vec<&Ident> = taken.iter().map(|(.., value)| value).collect();
        let unpack = (!names.is_empty()).then(|| {
            quote! {
                let (#(__versify::Some(#names),)*) = (#(#names,)*) else {
                    #otherwise;
                };
            }
        });
        quote! {
            #(#prepare)*
            #refused
            #body
            #(#resolve)*
            if __call.#faulty() {
                #otherwise;
            }
            #unpack
        }
    }

    /// The function's value.
    pub(super) fn call(&self, signature: &Signature, inline: bool) -> TokenStream {
        let given = self.arguments.iter().map(|(argument, _, value)| match argument.source {
            Source::Request => quote!(__call.request()),
            _ => quote!(#value),
        });
        let function = signature.name();
        match (signature.is_async(), inline) {
            (true, _) => quote!(#function(#(#given),*).await),
            (false, true) => quote!(#function(#(#given),*)),
            (false, false) => quote!(__versify::blocking(move || #function(#(#given),*)).await),
        }
    }
}

/// What is declared of each argument, as a path into the static that holds them all.
pub(super) fn constants(arguments: &[Argument]) -> Vec<TokenStream> {
    let mut fields = 0;
    let constant = |argument: &Argument| {
        let index = syn::Index::from(fields);
        fields += usize::from(has_field(argument));
        quote!(__ARGS.#index)
    };
    arguments.iter().map(constant).collect()
}

/// That static: one for all, since each costs the compiler.
pub(super) fn fields(arguments: &[Argument]) -> TokenStream {
    let sources: Vec<_> = arguments.iter().filter(|argument| has_field(argument)).collect();
    if sources.is_empty() {
        return TokenStream::new();
    }
    // Here, not in a constant of their own.
    let in_path = arguments.iter().filter_map(Argument::check_in_path);
    let has_form = arguments.iter().any(Argument::is_of_form);
    let typed = arguments.iter().filter(|argument| has_form && argument.source == Source::Type);
    let beside_form = typed.map(Argument::check_beside_form);
    let (mut patterns, mut types, mut values) = (TokenStream::new(), Vec::new(), Vec::new());
    for (index, argument) in sources.into_iter().enumerate() {
        let (pattern, ty, value) = argument.source(&format_ident!("__ARG{index}"));
        patterns.extend(pattern);
        types.push(ty);
        values.push(value);
    }
    quote! {
        #patterns
        static __ARGS: (#(#types,)*) = {
            #(#in_path)*
            #(#beside_form)*
            (#(#values,)*)
        };
    }
}

fn has_field(argument: &Argument) -> bool {
    !matches!(argument.source, Source::Extract | Source::Request)
}
