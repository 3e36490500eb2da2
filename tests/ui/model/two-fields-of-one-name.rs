use versify::prelude::*;

#[model]
struct Item {
    name: String,
    #[field(alias = "name")]
    title: String,
}

fn main() {}
