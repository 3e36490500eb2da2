use versify::prelude::*;

#[model]
struct Item {
    #[field(validate_default)]
    count: u32,
}

fn main() {}
