use versify::prelude::*;

#[model]
struct Item {
    of: Part,
}

fn main() {}
