use versify::prelude::*;

struct Plain;

#[model]
struct Item {
    name: String,
    #[field(flatten)]
    rest: Plain,
}

fn main() {}
