//! [`intern`]: text for poem-openapi's fields that want `&'static str`.

use std::{
    collections::HashSet,
    sync::{Mutex, PoisonError},
};

/// The same text, kept for ever. Each text is kept once: describing an app again takes no more memory.
pub(super) fn intern(text: &str) -> &'static str {
    static TEXTS: Mutex<Option<HashSet<&'static str>>> = Mutex::new(None);
    let mut texts = TEXTS.lock().unwrap_or_else(PoisonError::into_inner);
    let texts = texts.get_or_insert_default();
    match texts.get(text) {
        Some(known) => known,
        None => {
            let kept: &'static str = Box::leak(text.to_owned().into_boxed_str());
            texts.insert(kept);
            kept
        }
    }
}
