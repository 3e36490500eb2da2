use std::collections::HashMap;

use versify::prelude::*;

#[model]
struct Item {
    name: String,
    #[field(flatten)]
    rest: HashMap<u32, String>,
}

fn main() {}
