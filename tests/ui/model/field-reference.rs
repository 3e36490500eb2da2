use versify::prelude::*;

#[model]
struct Item {
    name: &'static [u32],
}

fn main() {}
