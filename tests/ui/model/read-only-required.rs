use versify::prelude::*;

#[model]
struct Item {
    #[field(read_only, required)]
    number: u32,
}

fn main() {}
