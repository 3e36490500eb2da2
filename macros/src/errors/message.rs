//! [`Message`]: a text with fields in it, `"Item {0} not found"`.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{LitStr, Member};

use crate::{ctxt::Ctxt, nearest};

pub(super) struct Message {
    /// As it was written.
    pub(super) text: LitStr,
    /// The same with names that no field has.
    format: LitStr,
    /// The fields in it, each once.
    pub(super) fields: Vec<Member>,
}

/// The name under which a field's value is known in generated code.
pub(super) fn binding(field: &Member) -> Ident {
    match field {
        Member::Named(name) => format_ident!("__field_{}", name.to_string().trim_start_matches("r#")),
        Member::Unnamed(index) => format_ident!("__field_{}", index.index),
    }
}

/// The word that stands for a field in a text.
fn word(field: &Member) -> String {
    match field {
        Member::Named(name) => name.to_string().trim_start_matches("r#").to_owned(),
        Member::Unnamed(index) => index.index.to_string(),
    }
}

impl Message {
    /// Finds the fields of `known` in `text`.
    pub(super) fn new(text: LitStr, known: &[Member], cx: &Ctxt) -> Self {
        let value = text.value();
        let mut format = String::with_capacity(value.len());
        let mut fields: Vec<Member> = Vec::new();
        let mut rest = value.as_str();
        while let Some(open) = rest.find(['{', '}']) {
            let (before, from) = rest.split_at(open);
            format.push_str(before);
            if from.starts_with("{{") || from.starts_with("}}") {
                format.push_str(from.get(..2).unwrap_or_default());
                rest = from.get(2..).unwrap_or_default();
                continue;
            }
            let Some((inside, after)) = from.strip_prefix('{').and_then(|inside| inside.split_once('}')) else {
                cx.error(&text, "a brace is never closed, or never opened; write `{{` or `}}` for a brace itself");
                break;
            };
            let (name, form) = inside.find(':').map_or((inside, ""), |colon| inside.split_at(colon));
            match known.iter().find(|field| word(field) == name.trim()) {
                Some(field) => {
                    format.push_str(&format!("{{{}{form}}}", binding(field)));
                    if !fields.contains(field) {
                        fields.push(field.clone());
                    }
                }
                None => Self::unknown(&text, name.trim(), known, cx),
            }
            rest = after;
        }
        format.push_str(rest);
        let format = LitStr::new(&format, text.span());
        Self { text, format, fields }
    }

    fn unknown(text: &LitStr, name: &str, known: &[Member], cx: &Ctxt) {
        let words: Vec<String> = known.iter().map(word).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let message = match (name, words.first()) {
            (_, None) => format!("`{{{name}}}`: this variant has no fields; write `{{{{` for a brace itself"),
            ("", Some(first)) => format!("name the field: `{{{first}}}`"),
            _ => nearest::unknown("field", name, &words),
        };
        cx.error(text, message);
    }

    fn arguments(&self) -> impl Iterator<Item = TokenStream> {
        self.fields.iter().map(|field| {
            let name = binding(field);
            quote!(#name = #name)
        })
    }

    /// Writes it into the formatter `__f`.
    pub(super) fn write(&self) -> TokenStream {
        let (format, arguments) = (&self.format, self.arguments());
        quote_spanned!(self.text.span()=> __versify::write!(__f, #format #(, #arguments)*))
    }

    /// As a `String`.
    pub(super) fn format(&self) -> TokenStream {
        let (format, arguments) = (&self.format, self.arguments());
        quote_spanned!(self.text.span()=> __versify::format!(#format #(, #arguments)*))
    }
}
