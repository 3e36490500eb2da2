use versify::prelude::*;

#[model]
struct Item {
    #[filed(min_length = 1)]
    name: String,
}

fn main() {}
