use versify::prelude::*;

#[derive(Default)]
struct Plain;

#[model]
struct Item {
    #[field(default)]
    of: Plain,
}

fn main() {}
