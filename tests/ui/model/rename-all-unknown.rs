use versify::prelude::*;

#[model(rename_all = "camel")]
struct Item {
    name: String,
}

fn main() {}
