use versify::prelude::*;

struct Plain;

#[model]
struct Item {
    #[field(write_only)]
    of: Plain,
}

fn main() {}
