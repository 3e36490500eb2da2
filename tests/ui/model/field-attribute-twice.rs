use versify::prelude::*;

#[model]
struct Item {
    #[field(min_length = 1)]
    #[field(max_length = 9)]
    name: String,
}

fn main() {}
