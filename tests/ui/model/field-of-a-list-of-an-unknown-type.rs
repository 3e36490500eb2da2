use versify::prelude::*;

#[model]
struct Item {
    parts: Vec<Part>,
}

fn main() {}
