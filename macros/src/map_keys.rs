//! Maps in a type of the user's: a key that is none is told at the key.

use syn::{GenericArgument, PathArguments, Type};

use crate::spanned::spanned;

/// What is read and written as what it holds is: not `State<..>`, which holds anything. Of a `Result` that cannot be an
/// answer, that would be told besides.
const CONTAINERS: [&str; 5] = ["Arc", "Box", "Option", "Patch", "Vec"];

/// The same type, in which each key of a map goes by way of `__versify::Key`.
///
/// That a map has no trait of ours would be said of all of it, and of the wrong reason. An alias is not seen through.
pub(crate) fn asked(ty: &Type) -> Type {
    let mut ty = ty.clone();
    ask(&mut ty);
    ty
}

fn ask(ty: &mut Type) {
    let is_map = is_map(ty);
    match ty {
        Type::Array(array) => ask(&mut array.elem),
        Type::Group(group) => ask(&mut group.elem),
        Type::Paren(paren) => ask(&mut paren.elem),
        Type::Tuple(tuple) => tuple.elems.iter_mut().for_each(ask),
        Type::Path(path) => {
            let Some(last) = path.path.segments.last_mut() else { return };
            if !is_map && !CONTAINERS.iter().any(|name| last.ident == name) {
                return;
            }
            let PathArguments::AngleBracketed(arguments) = &mut last.arguments else { return };
            let mut types = arguments.args.iter_mut().filter_map(|argument| match argument {
                GenericArgument::Type(ty) => Some(ty),
                _ => None,
            });
            if is_map && let Some(key) = types.next() {
                ask_key(key);
            }
            types.for_each(ask);
        }
        _ => {}
    }
}

fn ask_key(key: &mut Type) {
    // The key of most maps: nothing is to be asked, and the compiler has less to do.
    if matches!(key, Type::Path(path) if path.path.is_ident("String")) {
        return;
    }
    *key = Type::Verbatim(spanned(key, "Key", "Itself"));
}

/// Whether it is written as a map.
pub(crate) fn is_map(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    path.path.segments.last().is_some_and(|last| last.ident == "HashMap" || last.ident == "BTreeMap")
}
