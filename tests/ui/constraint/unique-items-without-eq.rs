use versify::prelude::*;

#[model]
struct Part {
    name: String,
}

#[model]
struct Item {
    #[field(unique_items)]
    parts: Vec<Part>,
}

fn main() {}
