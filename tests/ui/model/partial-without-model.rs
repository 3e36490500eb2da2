use versify::prelude::*;

struct Plain;

#[model(partial = ItemPatch)]
struct Item {
    name: String,
    of: Plain,
}

fn main() {}
