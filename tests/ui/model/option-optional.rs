use versify::prelude::*;

#[model]
struct Item {
    #[field(optional)]
    note: String,
}

fn main() {}
