use std::collections::BTreeMap;

use versify::prelude::*;

#[model]
struct Index<K: Ord> {
    entries: BTreeMap<K, String>,
}

fn main() {}
