use versify::prelude::*;

#[model]
struct Part {
    name: String,
}

#[model]
struct Item {
    #[field(read_only)]
    of: Part,
}

fn main() {}
