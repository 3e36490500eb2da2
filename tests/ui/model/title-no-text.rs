use versify::prelude::*;

#[model(title = Item)]
struct Item {
    name: String,
}

fn main() {}
