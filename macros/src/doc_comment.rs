//! Doc comments, as the text that the document shows.

use syn::{Attribute, Expr, ExprLit, Lit, Meta};

/// The doc comment among `attributes`: lines joined, the common indent and blank ends cut.
pub(crate) fn doc_comment(attributes: &[Attribute]) -> Option<String> {
    let mut lines: Vec<String> = Vec::new();
    for attribute in attributes {
        let Meta::NameValue(meta) = &attribute.meta else { continue };
        if !meta.path.is_ident("doc") {
            continue;
        }
        if let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &meta.value {
            // Not `lines()`: of an empty line, which parts two paragraphs, it gives none.
            lines.extend(text.value().split('\n').map(str::to_owned));
        }
    }
    let indent = lines
        .iter()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start().len())
        .min()
        .unwrap_or(0);
    // A line of white space alone may be shorter, or hold a form feed.
    let unindented = |line: &String| line.get(indent..).filter(|_| !line.trim().is_empty()).map(str::to_owned);
    let unindented = |line: &String| unindented(line).unwrap_or_else(|| line.trim_matches([' ', '\t']).to_owned());
    let text = lines.iter().map(unindented);
    let text = text.map(|line| line.trim_end_matches([' ', '\t', '\r']).to_owned());
    let text = text.collect::<Vec<_>>().join("\n");
    // FastAPI cuts a description at a form feed: what follows is for readers of the code.
    let text = text.split('\u{c}').next().unwrap_or_default().trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    #[test]
    fn lines_are_joined_and_cut_at_a_form_feed() {
        let function: syn::ItemFn = parse_quote! {
            /// Reads.
            ///
            ///   * a list
            #[doc = " More.\u{c} For readers of the code."]
            fn read() {}
        };
        assert_eq!(doc_comment(&function.attrs).as_deref(), Some("Reads.\n\n  * a list\nMore."));
        let structure: syn::ItemStruct = parse_quote! {
            #[doc = " Shown."]
            #[doc = "\u{c}"]
            #[doc = " For readers of the code."]
            struct Cut;
        };
        assert_eq!(doc_comment(&structure.attrs).as_deref(), Some("Shown."));
        assert_eq!(doc_comment(&[]), None);
    }
}
