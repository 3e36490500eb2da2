//! The type as it is emitted: without our attributes, and without what would be a second error.

use syn::{Attribute, Data, DeriveInput, Fields};

use super::misplaced;

/// Takes our attributes off.
pub(in super::super) fn strip(input: &mut DeriveInput) {
    let ours = |attribute: &Attribute| {
        attribute.path().is_ident("field") || attribute.path().is_ident("serde") || misplaced(attribute).is_some()
    };
    let strip_fields = |fields: &mut Fields| {
        for field in fields {
            field.attrs.retain(|attribute| !ours(attribute));
        }
    };
    match &mut input.data {
        Data::Struct(data) => strip_fields(&mut data.fields),
        Data::Enum(data) => {
            for variant in &mut data.variants {
                variant.attrs.retain(|attribute| !ours(attribute));
                strip_fields(&mut variant.fields);
            }
        }
        Data::Union(_) => {}
    }
    // A second derive of serde's traits would be a second error for the fault that was reported.
    for attribute in &mut input.attrs {
        if !attribute.path().is_ident("derive") {
            continue;
        }
        let kept =
            attribute.parse_args_with(syn::punctuated::Punctuated::<syn::Path, syn::Token![,]>::parse_terminated);
        if let Ok(paths) = kept {
            let kept: Vec<_> = paths
                .into_iter()
                .filter(|path| {
                    let last = path.segments.last().map(|segment| segment.ident.to_string());
                    !matches!(last.as_deref(), Some("Serialize" | "Deserialize"))
                })
                .collect();
            *attribute = syn::parse_quote!(#[derive(#(#kept),*)]);
        }
    }
    input.attrs.retain(|attribute| !attribute.path().is_ident("serde"));
}
