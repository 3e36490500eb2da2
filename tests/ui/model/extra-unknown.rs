use versify::prelude::*;

#[model(extra = "deny")]
struct Item {
    name: String,
}

fn main() {}
