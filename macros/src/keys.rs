//! The known keys of each attribute: for editors, which complete what is looked up in a module.
//!
//! rust-analyzer completes paths. It expands the attribute with the half-written key in it, and where that key comes
//! out as a name in `use versify::__private::keys::get::..`, it offers the names of that module.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::{editor, krate::krate};

/// What makes `keys` complete among those of `attribute` (`#[get]`): in an editor only, the compiler has enough to do.
pub(crate) fn completions(attribute: &str, keys: &[Ident]) -> TokenStream {
    if !editor::expands() {
        return TokenStream::new();
    }
    uses(attribute, keys)
}

fn uses(attribute: &str, keys: &[Ident]) -> TokenStream {
    let word: String = attribute.chars().skip_while(|c| !c.is_alphabetic()).take_while(|c| c.is_alphabetic()).collect();
    let module = match word.as_str() {
        "post" | "put" | "patch" | "delete" | "head" | "options" | "trace" => format_ident!("get"),
        "path" | "query" | "header" | "cookie" | "body" | "form" => format_ident!("argument"),
        word => format_ident!("{word}"),
    };
    let krate = krate();
    quote! {
        const _: () = {
            #(
                #[allow(unused_imports)]
                use #krate::__private::keys::#module::#keys as _;
            )*
        };
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::{field, model, operation};

    #[test]
    fn a_half_written_key_is_looked_up() {
        let keys = [quote::format_ident!("sta")];
        let expected = "use :: versify :: __private :: keys :: get :: sta as _ ;";
        assert!(super::uses("#[post]", &keys).to_string().contains(expected));
    }

    /// The keys in the tables below a heading.
    fn documented(heading: &str) -> BTreeSet<String> {
        let guide = include_str!("../../runtime/src/guide/attributes.md");
        let section = guide.split("\n## ").find(|section| section.lines().next() == Some(heading)).unwrap_or_default();
        let cells = section.lines().filter_map(|line| line.strip_prefix("| `")?.split(" | ").next());
        let options = cells.flat_map(|cell| cell.split("` `").map(str::to_owned).collect::<Vec<_>>());
        options.map(|option| option.split([' ', '(', '`']).next().unwrap_or_default().to_owned()).collect()
    }

    /// The keys that an editor completes in a module.
    fn completed(module: &str) -> BTreeSet<String> {
        let keys = include_str!("../../runtime/src/__private/keys.rs");
        let list = keys.split(&format!("\n    {module}: ")).nth(1).and_then(|rest| rest.split(';').next());
        list.unwrap_or_default().split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn the_reference_and_the_editor_know_every_option() {
        let set = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect::<BTreeSet<String>>();
        let argument: Vec<&str> = field::COMMON.into_iter().chain(operation::OF_PLACES).collect();
        let in_fields: Vec<&str> = field::COMMON.into_iter().chain(model::OF_FIELDS).collect();
        for (heading, module, keys, inherited) in [
            ("Operations", "get", &operation::OPTIONS[..], &[][..]),
            ("Route", "route", &[&operation::OPTIONS[..], &["method"]].concat()[..], &operation::OPTIONS),
            ("Arguments", "", &field::COMMON, &[]),
            ("Options of one place", "argument", &argument, &field::COMMON),
            ("Limits of a form", "", &operation::FORM_LIMITS, &[]),
            ("File", "file", &operation::OF_FILES, &[]),
            ("Depends", "depends", &operation::OF_DEPENDS, &[]),
            ("Dependency", "dependency", &operation::OF_DEPENDENCIES, &[]),
            ("Model of a struct", "", &model::OF_STRUCTS, &[]),
            ("Model of an enum", "", &model::OF_ENUMS, &[]),
            ("Field", "field", &in_fields, &field::COMMON),
        ] {
            let own: BTreeSet<String> = set(keys).difference(&set(inherited)).cloned().collect();
            assert_eq!(documented(heading), own, "the guide's chapter on attributes: {heading}");
            if !module.is_empty() {
                assert_eq!(completed(module), set(keys), "the runtime's `__private::keys::{module}`");
            }
        }
        let models = set(&[&model::OF_STRUCTS[..], &model::OF_ENUMS].concat());
        assert_eq!(completed("model"), models, "the runtime's `__private::keys::model`");
    }
}
