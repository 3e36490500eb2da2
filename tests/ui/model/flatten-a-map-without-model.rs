use std::collections::BTreeMap;

use versify::prelude::*;

struct Plain;

#[model]
struct Item {
    name: String,
    #[field(flatten)]
    rest: BTreeMap<String, Plain>,
}

fn main() {}
