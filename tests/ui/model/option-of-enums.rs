use versify::prelude::*;

#[model(tag = "kind")]
struct Item {
    name: String,
}

fn main() {}
