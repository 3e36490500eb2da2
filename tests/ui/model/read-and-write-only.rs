use versify::prelude::*;

#[model]
struct Item {
    #[field(read_only, write_only)]
    name: String,
}

fn main() {}
