//! `#[get("/items/{item_id}")]` and the other methods.

mod argument;
mod attribute;
mod dependency;
mod expand;
mod responses;
mod signature;

use proc_macro2::TokenStream;

use self::{attribute::Attribute, signature::Signature};
use crate::{ctxt::Ctxt, nearest, path_template::PathTemplate};

pub(crate) use argument::PLACES;
#[cfg(test)]
pub(crate) use argument::{OF_DEPENDS, OF_FILES, OF_PLACES};
#[cfg(test)]
pub(crate) use attribute::{FORM_LIMITS, OPTIONS};
pub(crate) use attribute::{Methods, is_status};
#[cfg(test)]
pub(crate) use dependency::OF_DEPENDENCIES;
pub(crate) use dependency::dependency;

/// The annotated function, as it stands, and the operation beside it.
pub(crate) fn operation(methods: Methods, attribute: TokenStream, item: TokenStream) -> TokenStream {
    let cx = Ctxt::new();
    let Some(signature) = Signature::parse(item.clone(), &cx) else {
        let errors = cx.finish();
        return quote::quote!(#item #errors);
    };
    let operation = Attribute::parse(methods, attribute, signature.is_declared(), &cx)
        .and_then(|attribute| Operation::check(attribute, &signature, &cx));
    let function = signature.function();
    let faulty = cx.count() > 0;
    let errors = cx.finish();
    let expanded = match operation {
        Some(operation) if !faulty => expand::expand(&operation, &signature),
        // Beside a method no struct can stand.
        _ if signature.is_method() => TokenStream::new(),
        // The names stay, so that `routes![..]` has no second fault to report.
        _ => expand::stub(&signature),
    };
    quote::quote!(#function #errors #expanded)
}

/// An operation without faults.
struct Operation {
    attribute: Attribute,
    arguments: Vec<argument::Argument>,
}

impl Operation {
    fn check(attribute: Attribute, signature: &Signature, cx: &Ctxt) -> Option<Self> {
        let arguments = signature.arguments(Some(&attribute.path), cx);
        if attribute.websocket && !signature.is_async() {
            cx.error(signature.name(), "a WebSocket's function waits for messages: write `async fn`");
        }
        if let (true, Some(arguments)) = (attribute.websocket, &arguments) {
            argument::check_without_bodies(arguments, cx);
        }
        if attribute.websocket {
            signature.check_body("a WebSocket's function", cx);
        }
        if signature.is_declared() && signature.output_is_opaque() {
            cx.error(signature.output(), "write the type that is answered: a function without a body has no other");
        }
        if attribute.inline && signature.is_async() {
            cx.error(signature.name(), "an `async fn` never runs on the blocking pool: remove `inline`");
        }
        if !attribute.inline {
            signature.check_borrows(arguments.as_deref().unwrap_or_default(), cx);
        }
        for other in signature.further_methods() {
            cx.error(other, "a function has one such attribute; for several methods write `#[route(\"/path\", method = [GET, POST])]`");
        }
        unused_path_parameters(&attribute.path, &arguments, cx);
        Some(Self { arguments: arguments?, attribute })
    }
}

/// Every name in the path is an argument.
fn unused_path_parameters(path: &PathTemplate, arguments: &Option<Vec<argument::Argument>>, cx: &Ctxt) {
    let Some(arguments) = arguments else { return };
    for (index, name) in path.names.iter().enumerate() {
        if !arguments.iter().any(|argument| argument.is_path_parameter(index)) {
            let free = arguments.iter().filter(|argument| !argument.is_of_path());
            let given: Vec<String> = free.map(|argument| argument.field.name.value()).collect();
            if given.contains(name) {
                cx.error(
                    &path.text,
                    format!("the path has `{{{name}}}`, but the argument `{name}` is read from elsewhere: remove its attribute, or rename one of the two"),
                );
                continue;
            }
            let given: Vec<&str> = given.iter().map(String::as_str).collect();
            let what_to_do = match nearest::nearest(name, &given) {
                Some(near) => format!("did you mean its argument `{near}`?"),
                None => format!("add one: `{name}: u64`"),
            };
            cx.error(
                &path.text,
                format!("the path has `{{{name}}}`, the function no argument of that name; {what_to_do}"),
            );
        }
    }
}
