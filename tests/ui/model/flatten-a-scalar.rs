use versify::prelude::*;

#[model]
struct Item {
    #[field(flatten)]
    count: u32,
}

fn main() {}
