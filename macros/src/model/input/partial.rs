//! `partial = ItemPatch`.

use quote::quote;
use syn::{Data, DataStruct, DeriveInput, Fields};

use super::Partial;
use crate::{ctxt::Ctxt, options::Options};

/// The type that `partial` names.
pub(super) fn partial(input: &DeriveInput, options: &Options, cx: &Ctxt) -> Option<Partial> {
    // That an enum takes no such option has been told.
    if let Data::Enum(_) = &input.data {
        return None;
    }
    let ident = options.path("partial", "ItemPatch", cx)?;
    let Some(ident) = ident.get_ident().cloned() else {
        cx.error(ident, "write a name: `partial = ItemPatch`");
        return None;
    };
    let Data::Struct(DataStruct { fields: Fields::Named(fields), .. }) = &input.data else {
        cx.error(&ident, "only a struct with named fields has a part of its fields");
        return None;
    };
    if !input.generics.params.is_empty() {
        cx.error(&ident, "a model with type parameters has no `partial`");
        return None;
    }
    let kept = ["rename_all", "populate_by_name", "extra", "strict"].into_iter().filter_map(|key| options.get(key));
    let kept = kept.map(|item| {
        let key = &item.key;
        item.value.as_ref().map_or_else(|| quote!(#key), |value| quote!(#key = #value))
    });
    Some(Partial {
        ident,
        attributes: input.attrs.clone(),
        options: quote!(#(#kept),*),
        fields: fields.named.iter().cloned().collect(),
    })
}
