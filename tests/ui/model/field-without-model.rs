use versify::prelude::*;

struct Part;

#[model]
struct Item {
    part: Part,
}

fn main() {}
