use versify::prelude::*;

#[model]
struct Page {
    #[query]
    skip: u32,
}

fn main() {}
