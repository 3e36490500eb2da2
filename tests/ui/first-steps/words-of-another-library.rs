use versify::prelude::*;

#[model]
struct Item {
    #[field(min = 1)]
    count: u32,
}

fn main() {}
