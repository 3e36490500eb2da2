use versify::prelude::*;

#[model]
struct Item {
    #[field(read_only, alias = ["id", "number"])]
    number: u32,
}

fn main() {}
