use std::collections::BTreeMap;

use versify::prelude::*;

#[model]
struct Open {
    #[field(flatten)]
    rest: BTreeMap<String, Value>,
}

#[model]
struct Whole {
    #[field(flatten)]
    open: Open,
}

fn main() {}
