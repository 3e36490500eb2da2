use versify::prelude::*;

#[model(rename = "x")]
struct Item {
    name: String,
}

fn main() {}
