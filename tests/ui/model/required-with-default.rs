use versify::prelude::*;

#[model]
struct Item {
    #[field(required, default = 1)]
    count: u32,
}

fn main() {}
