use versify::prelude::*;

#[derive(Default)]
struct Plain;

#[model]
struct Item {
    #[field(read_only)]
    of: Plain,
}

fn main() {}
