use versify::prelude::*;

#[model]
struct Item {
    #[field]
    name: String,
}

fn main() {}
