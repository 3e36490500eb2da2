use versify::prelude::*;

#[model]
struct Item {
    #[field(min_len = 1)]
    name: String,
}

fn main() {}
