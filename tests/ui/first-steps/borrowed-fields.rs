use versify::prelude::*;

#[model]
struct Item {
    name: &'static str,
    tags: Vec<&'static str>,
}

fn main() {}
